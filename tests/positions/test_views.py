"""The screens as a browser without JavaScript and htmx see them."""

import datetime
import re

import pytest
from django.test import Client

from articles.models import Article
from positions import recording
from tests.factories import (
    make_actor,
    make_article,
    make_event,
    make_issue,
    make_source,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


@pytest.fixture
def corpus():
    """Three actors, two issues, and statements by two outlets, one of them on the UK's other side."""
    for code in ("UK", "RU", "US"):
        make_actor(code)
    make_event(issues=("assad-departure",), date=datetime.date(2017, 4, 3))
    for day in range(1, 6):
        make_statement(day=datetime.date(2017, 4, day), source=make_source(f"outlet-{day % 2}"))
    make_statement(day=datetime.date(2017, 4, 8), stance="oppose")
    make_statement(day=datetime.date(2017, 4, 8), actor="RU", stance="oppose", issue="sanctions")


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


SCREENS = {
    "matrix": "/",
    "timeline": "/timeline/",
    "position": "/position/uk/assad-departure/",
}


@pytest.mark.parametrize("path", [*SCREENS.values(), "/methodology/", "/articles/1/", "/statement/1/"])
def test_screens_ask_to_sign_in(path):
    response = Client().get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=")


class TestMatrix:
    def test_cell_reads_in_full(self, reader, corpus):
        words = text_of(reader.get("/").content.decode())
        cell = "▲ Supports 5 of 6 statements, 3 outlets latest: Opposes, 8 Apr 2017 0/6 reviewed"
        assert f"UK, Assad departure should come about: UK {cell}" in words
        assert "– No evidence" in words

    def test_cell_is_one_link_with_the_scope(self, reader, corpus):
        html = reader.get("/?from=2017-04-02").content.decode()
        assert 'href="/position/uk/assad-departure/?from=2017-04-02"' in html

    def test_single_issue_is_summed_up_in_a_sentence(self, reader, corpus):
        html = text_of(reader.get("/?issue=assad-departure").content.decode())
        assert (
            "As of 8 Apr 2017, on “Assad departure should come about”:"
            " UK supports, nothing found on Russia and US." in html
        )

    def test_no_articles_yet(self, reader):
        make_issue()
        assert "No articles yet." in text_of(reader.get("/").content.decode())

    def test_articles_without_statements(self, reader):
        make_article()
        assert "1 article read, no published statement found." in text_of(reader.get("/").content.decode())

    def test_no_match_names_the_filter_that_leaves_most_out(self, reader, corpus):
        html = reader.get("/?issue=sanctions&from=2017-04-08&outlet=outlet-1").content.decode()
        assert "Removing “Outlets: Outlet 1” gives 1 statement" in text_of(html)
        assert 'href="/?issue=sanctions&amp;from=2017-04-08"' in html

    def test_no_match_whatever_filter_is_dropped(self, reader, corpus):
        html = text_of(reader.get("/?actor=us&issue=sanctions&outlet=outlet-1", follow=True).content.decode())
        assert "nor with any one of them removed" in html

    def test_statements_in_review_are_offered_where_none_is_published(self, reader):
        make_statement(published=False, confidence=0.5)
        assert "Include the 1 still in review" in text_of(reader.get("/").content.decode())

    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ("sort=france", "sort: “france”"),
            ("then=soon", "then: “soon”"),
            ("then=2016&from=2017", "then: Nothing to compare with on 2016-12-31"),
            ("then=2017-05-01&asof=2017-04-01", "then: Nothing to compare with on 2017-05-01"),
            ("changes=yes&then=2016", "changes: “yes”"),
        ],
    )
    def test_bad_look_is_named(self, reader, corpus, query, named):
        response = reader.get(f"/?{query}", follow=True)
        assert response.status_code == 400
        assert named in text_of(response.content.decode())

    def test_sorted_column_says_so(self, reader, corpus):
        html = reader.get("/?sort=uk").content.decode()
        assert html.count('aria-sort="descending"') == 1
        assert 'href="/?sort=-uk"' in html
        assert '<input form="scope" type="hidden" name="sort" value="uk">' in html

    def test_comparison_shows_then_and_now(self, reader, corpus):
        html = text_of(reader.get("/?then=2017-04-02&changes=1").content.decode())
        assert "Compared with 2 Apr 2017: 1 of 2 cells changed." in html
        assert "No evidence → , now ▼ 1 statement" in html
        assert "Assad departure should come about" not in html

    def test_title_names_the_selection(self, reader, corpus):
        html = reader.get("/?actor=uk&issue=sanctions&from=2017-04-01").content.decode()
        assert "<title>UK · Sanctions · since 1 Apr 2017 · Matrix · dipwatch</title>" in html

    def test_says_when_the_data_was_changed_and_that_nothing_new_came(self, reader, corpus):
        Article.objects.update(retrieved_at=datetime.datetime(2017, 4, 9, tzinfo=datetime.UTC))
        html = text_of(reader.get("/").content.decode())
        assert re.search(r"Data as of \d+ \w+ 20\d\d, \d\d:\d\d UTC \(rev \d+\)", html)
        assert "No article has come in since 9 Apr 2017." in html


class TestPosition:
    def test_lists_the_evidence(self, reader, corpus):
        html = reader.get(SCREENS["position"]).content.decode()
        assert html.count("<blockquote>") == 6
        words = text_of(html)
        assert "Ministers want the Syrian leader to step down." in words
        assert "8 Apr 2017, date of the article · confidence high (0.90) · not reviewed" in words

    @pytest.mark.parametrize("path", ["/position/france/assad-departure/", "/position/uk/weather/"])
    def test_unknown_actor_or_issue(self, reader, corpus, path):
        assert reader.get(path).status_code == 404

    def test_nothing_found_is_said(self, reader, corpus):
        html = text_of(reader.get("/position/us/sanctions/").content.decode())
        assert "No statement of US on this proposition in this scope." in html

    def test_withdrawn_and_pending_are_not_listed(self, reader):
        kept, gone = make_statement(), make_statement()
        recording.reject(statement=gone, by=make_user(), reason="not said", version=0)
        make_statement(confidence=0.4, published=False)
        html = reader.get(SCREENS["position"]).content.decode()
        assert kept.public_id in html
        assert html.count("<blockquote>") == 1


class TestArticle:
    def test_marks_the_sentence_and_leads_both_ways(self, reader):
        statement = make_statement()
        html = reader.get(f"/articles/{statement.article_id}/").content.decode()
        for part in ('id="s-', 'href="#s-', 'id="n-', 'href="#n-'):
            assert html.count(f'{part}{statement.pk}"') == 1
        assert "[UK supports: Assad departure should come about. Ministers want" in text_of(html)

    @pytest.mark.parametrize("pk", [0, 99999])
    def test_unknown(self, reader, pk):
        assert reader.get(f"/articles/{pk}/").status_code == 404

    def test_text_is_escaped(self, reader):
        article = make_article(text="He said <script>alert(1)</script> & left.", title="<b>bold</b>")
        html = reader.get(f"/articles/{article.pk}/").content.decode()
        assert "<script>alert" not in html
        assert "<b>bold" not in html

    def test_waits_to_be_read(self, reader):
        html = reader.get(f"/articles/{make_article().pk}/").content.decode()
        assert "Waits to be read" in html


def test_statement_leads_to_its_sentence(reader):
    statement = make_statement()
    response = reader.get(f"/statement/{statement.pk}/")
    assert response["Location"] == f"/articles/{statement.article_id}/#s-{statement.pk}"
    assert reader.get("/statement/99999/").status_code == 404


class TestTimeline:
    def test_is_complete_without_the_chart(self, reader, corpus):
        html = reader.get("/timeline/").content.decode()
        assert html.count("<use ") >= 7
        assert html.count('href="/statement/') == 2 * 7  # drawing and table
        assert '<rect class="band support firm"' in html
        assert "A vote" in html

    def test_figure_comes_as_data_of_its_own(self, reader, corpus):
        html = reader.get("/timeline/?from=2017-01-01&by=week").content.decode()
        assert 'data-figure="/timeline/figure/?from=2017-01-01&amp;by=week"' in html
        assert re.findall(r"<script(?![^>]*src=)", html) == []
        figure = reader.get("/timeline/figure/?from=2017-01-01&by=week").json()
        marks = [trace for trace in figure["data"] if trace["name"] == "Assad departure"]
        assert len(marks[0]["x"]) == 6

    @pytest.mark.parametrize("query", ["by=hour", "show=all", "events=2"])
    def test_unknown_look_is_refused_by_name(self, reader, corpus, query):
        for path in ("/timeline/", "/timeline/figure/"):
            response = reader.get(f"{path}?{query}")
            assert response.status_code == 400
            name, value = query.split("=")
            assert f"{name}: “{value}” is not known here" in response.content.decode()

    def test_looks_stay_when_the_scope_changes(self, reader, corpus):
        html = reader.get("/timeline/?actor=uk&by=week&show=net").content.decode()
        assert '<input type="hidden" name="by" value="week">' in html
        assert 'href="/timeline/?by=week&amp;show=net"' in html  # the chip that drops the actor

    def test_table_comes_in_pages(self, reader, corpus, monkeypatch):
        monkeypatch.setattr("positions.tables.marks.ROWS", 4)
        html = reader.get("/timeline/?page=2").content.decode()
        assert "5–7 of 7, newest first" in text_of(html)
        assert html.count("<tbody>") == 1
        assert html.count("S-") == 3

    def test_silence_names_the_nearest_evidence(self, reader, corpus):
        html = text_of(reader.get("/timeline/?from=2020-01-01").content.decode())
        assert "No dated statement in this time; the nearest is of 8 Apr 2017." in html


@pytest.mark.parametrize("screen", SCREENS)
class TestAddresses:
    def test_bad_parameter_is_refused_by_name(self, reader, corpus, screen):
        response = reader.get(SCREENS[screen], {"outlet": "nowhere"})
        assert response.status_code == 400
        assert "outlet: “nowhere” is not known here." in response.content.decode()

    def test_form_is_led_to_the_right_address(self, reader, corpus, screen):
        response = reader.get(
            SCREENS[screen] + "?voice=government&from=2017&to=&outlet=outlet-1&outlet=outlet-0"
        )
        assert response.status_code == 302
        assert response["Location"] == SCREENS[screen] + "?from=2017-01-01&outlet=outlet-0~outlet-1"

    def test_fragment_for_htmx_page_for_others(self, reader, corpus, screen):
        page = reader.get(SCREENS[screen])
        part = reader.get(SCREENS[screen], headers=HTMX)
        again = reader.get(SCREENS[screen], headers={**HTMX, "HX-History-Restore-Request": "true"})
        assert b"<html" in page.content
        assert b"<html" in again.content
        assert b"<html" not in part.content
        assert f'id="{screen}"' in part.content.decode()
        assert "<title>" in part.content.decode()
        for response in (page, part):
            assert "HX-Request" in response["Vary"]

    def test_htmx_gets_the_right_address_and_errors_beside_the_form(self, reader, corpus, screen):
        part = reader.get(SCREENS[screen] + "?from=2017&to=", headers=HTMX)
        assert part["HX-Push-Url"] == SCREENS[screen] + "?from=2017-01-01"
        bad = reader.get(SCREENS[screen] + "?from=soon", headers=HTMX)
        assert (bad.status_code, bad["HX-Retarget"]) == (400, "#problems")
        assert "<html" not in bad.content.decode()


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/", 8), ("/timeline/", 8), ("/position/uk/assad-departure/", 6), ("/methodology/", 5)],
)
def test_queries_do_not_grow(reader, corpus, path, queries, django_assert_num_queries):
    for day in range(10, 20):
        make_statement(
            day=datetime.date(2017, 4, day), source=make_source(f"more-{day}"), issue=f"issue-{day}"
        )
    with django_assert_num_queries(queries):
        reader.get(path)


def test_queries_of_an_article(reader, django_assert_num_queries):
    article = make_article()
    for actor in ("UK", "RU", "US"):
        make_statement(article, actor=actor)
    with django_assert_num_queries(8):
        reader.get(f"/articles/{article.pk}/")


class TestTheme:
    def test_is_kept_for_the_session(self, reader):
        response = reader.post("/theme/", {"theme": "dark", "next": "/timeline/?from=2015-01-01"})
        assert response["Location"] == "/timeline/?from=2015-01-01"
        assert b'data-theme="dark"' in reader.get("/methodology/").content

    @pytest.mark.parametrize("place", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
    def test_leads_nowhere_else(self, reader, place):
        assert reader.post("/theme/", {"theme": "light", "next": place})["Location"] == "/"


def test_methodology_gives_the_thresholds_in_force(reader, settings):
    settings.DIPWATCH_MIXED_BELOW = 0.75
    make_issue(support_looks="Saying yes")
    html = text_of(reader.get("/methodology/").content.decode())
    assert "at least 75% of them take it" in html
    assert "Saying yes" in html


def test_error_pages_stand_in_the_frame(reader):
    response = reader.get("/nothing-here/")
    assert response.status_code == 404
    assert b"There is nothing here" in response.content
    assert b"Skip to content" in response.content


def test_server_error_page_needs_no_context():
    from django.template.loader import render_to_string

    assert "Something went wrong here" in render_to_string("500.html")
