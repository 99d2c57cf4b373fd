"""Actor, issue, coverage and methodology pages as a browser without JavaScript sees them."""

import pytest
from django.test import Client

from tests.factories import make_actor, make_article, make_issue, make_source, make_statement, make_user
from tests.positions.tables.scopes import april
from tests.positions.test_views import HTMX, text_of

pytestmark = pytest.mark.django_db
SCREENS = {"actor": "/actor/uk/", "issue": "/issue/assad-departure/", "coverage": "/coverage/"}
FRAGMENTS = {"actor": "profile", "issue": "profile", "coverage": "coverage"}


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


@pytest.fixture
def corpus():
    for code in ("UK", "RU", "US"):
        make_actor(code)
    for day in range(1, 5):
        make_statement(day=april(day), source=make_source(f"outlet-{day % 2}"))
    make_statement(day=april(8), actor="RU", stance="oppose", issue="sanctions")


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("screen", SCREENS)
class TestEveryScreen:
    def test_page_and_fragment(self, reader, screen):
        page, part = reader.get(SCREENS[screen]), reader.get(SCREENS[screen], headers=HTMX)
        assert b"<html" in page.content
        assert b"<html" not in part.content
        assert f'id="{FRAGMENTS[screen]}"' in part.content.decode()
        assert "HX-Request" in page["Vary"]

    def test_bad_parameter_is_refused_by_name(self, reader, screen):
        response = reader.get(SCREENS[screen] + "?outlet=nowhere")
        assert response.status_code == 400
        assert "outlet: “nowhere” is not known here." in response.content.decode()

    def test_no_match_offers_to_drop_filters(self, reader, screen):
        html = reader.get(SCREENS[screen] + "?from=2030-01-01").content.decode()
        assert "fits all these filters" in html
        assert f'href="{SCREENS[screen]}"' in html

    def test_queries_do_not_grow(self, reader, screen, django_assert_max_num_queries):
        for day in range(10, 20):
            make_statement(
                day=april(day), source=make_source(f"more-{day}"), issue=f"issue-{day}", speaker=f"S {day}"
            )
        with django_assert_max_num_queries(8):
            reader.get(SCREENS[screen])


@pytest.mark.usefixtures("corpus")
class TestProfiles:
    def test_actor_reads_in_full(self, reader):
        words = text_of(reader.get("/actor/uk/").content.decode())
        assert "United Kingdom on Syria" in words
        assert "▲ Supports : statements of Assad departure" in words
        assert "4 of 4 statements, 2 outlets 4 Apr 2017" in words
        assert "Foreign Office 4 4 for" in words
        assert "Statements from 2 outlets: Outlet 0, Outlet 1." in words

    def test_issue_reads_in_full(self, reader):
        make_issue("assad-departure").__class__.objects.update(support_looks="Saying yes")
        words = text_of(reader.get("/issue/assad-departure/").content.decode())
        assert "Assad departure should come about." in words
        assert "nothing found on Russia and US" in words
        assert "Support : Saying yes" in words

    def test_links_lead_on_within_the_scope(self, reader):
        html = reader.get("/actor/uk/?from=2017-04-01").content.decode()
        assert 'href="/timeline/?actor=uk&amp;from=2017-04-01"' in html
        assert 'href="/coverage/?actor=uk&amp;from=2017-04-01"' in html
        assert "?actor=uk&amp;from=2017-04-01#s-" in html

    @pytest.mark.parametrize("path", ["/actor/france/", "/issue/weather/"])
    def test_unknown(self, reader, path):
        assert reader.get(path).status_code == 404

    def test_nothing_yet(self, reader):
        assert "No published statement on United States yet" in text_of(
            reader.get("/actor/us/").content.decode()
        )


class TestCoverage:
    def test_reads_in_full(self, reader, corpus):
        html = reader.get("/coverage/").content.decode()
        assert html.count("<rect") >= 1
        words = text_of(html)
        assert "5 articles from 3 outlets" in words
        assert "Russia rests on one outlet" in words

    def test_no_articles(self, reader):
        assert "No articles yet." in text_of(reader.get("/coverage/").content.decode())

    def test_undated_only(self, reader):
        make_article(day=None)
        assert "1 article without a date" in text_of(reader.get("/coverage/").content.decode())


class TestMethodology:
    def test_stands_with_or_without_measured_figures(self, reader):
        words = text_of(reader.get("/methodology/").content.decode())
        assert "How well it works" in words
        assert "No decisions yet." in words
