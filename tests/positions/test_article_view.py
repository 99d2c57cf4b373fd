"""The article page: states, citations, links into the original, history, and the way back."""

import datetime

import pytest
from django.test import Client

from articles.models import Article
from positions import recording, tables
from positions.models import ExtractionRun
from positions.tables.article import method_text
from positions.tables.citations import original_url
from tests.factories import (
    make_article,
    make_extraction,
    make_finding,
    make_issue,
    make_source,
    make_statement,
    make_user,
    record,
)
from tests.positions.test_views import text_of

TEXT = "One two three. Four five six.\n\nSeven - eight, nine & ten."


@pytest.mark.parametrize(
    ("url", "evidence", "found"),
    [
        ("https://e.org/a", "He must go.", "https://e.org/a#:~:text=He%20must%20go."),
        ("https://e.org/a#top", "He must go.", "https://e.org/a#top:~:text=He%20must%20go."),
        ("https://e.org/a", "no-fly, aid & talks", "https://e.org/a#:~:text=no%2Dfly%2C%20aid%20%26%20talks"),
        (
            "https://e.org/a",
            "a b c d e f g h i j k l m n o",
            "https://e.org/a#:~:text=a%20b%20c%20d%20e%20f,j%20k%20l%20m%20n%20o",
        ),
        (
            "https://e.org/a",
            "“Naïve” he\n\nsaid it",
            "https://e.org/a#:~:text=%E2%80%9CNa%C3%AFve%E2%80%9D%20he,said%20it",
        ),
        ("", "He must go.", ""),
        ("https://e.org/a", " \n ", "https://e.org/a"),
    ],
)
def test_text_fragment_leads_into_the_original(url, evidence, found):
    assert original_url(url, evidence) == found


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("stance-minilm-1:named", "stance-minilm-1; the actor is named in the sentence"),
        ("llm gpt:4", "llm gpt:4"),
        ("", "a person"),
    ],
)
def test_method_in_words(rule, text):
    assert method_text(rule) == text


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


def page_of(article: Article, **chosen: str) -> tables.ArticlePage:
    rows = Article.objects.select_related("source", "extraction")
    return tables.article_page(rows.get(pk=article.pk), chosen=chosen)


@pytest.mark.django_db
class TestPage:
    def test_every_sentence_has_a_number(self):
        page = page_of(make_article(text=TEXT))
        numbers = [[sentence.number for sentence in paragraph.sentences] for paragraph in page.paragraphs]
        assert numbers == [[1, 2], [3]]
        words = "".join(part.text for p in page.paragraphs for s in p.sentences for part in s.segments)
        assert words == TEXT.replace("\n\n", "")

    def test_citation_names_all_that_is_needed_to_find_it(self):
        article = make_article(make_source("the-courier"), text=TEXT, title="A title", byline="By Jo Stone")
        statement = make_statement(article, evidence=(15, 29), speaker="Ann Example")
        [note] = page_of(article).notes
        retrieved = f"{datetime.datetime.now(datetime.UTC):%-d %b %Y}"
        assert note.citation == (
            "“Four five six.” – Ann Example (UK), in Jo Stone, “A title”, The Courier, 10 Apr 2017, 13:00 BST, "
            f"{article.url} (retrieved {retrieved}). dipwatch statement S-{statement.pk}, version 1."
        )
        assert note.sentence == 2
        assert note.original == f"{article.url}#:~:text=Four%20five%20six."

    def test_history_tells_old_new_who_and_why(self):
        statement = make_statement()
        recording.correct_stance(
            statement=statement, by=make_user("kb"), reason="reported speech", version=0, stance="oppose"
        )
        [note] = page_of(statement.article).notes
        [entry] = note.history
        assert (entry.who, entry.did, entry.reason) == ("kb", "Corrected", "reported speech")
        assert ("Stance", "Supports", "Opposes") in [
            (line.label, line.left, line.right) for line in entry.changes
        ]
        assert "version 2." in note.citation

    def test_outlets_description_is_not_to_be_cited_as_own_words(self):
        article = make_article()
        make_statement(article, attribution="described")
        make_statement(article, actor="RU", attribution="own-words")
        assert [bool(note.caution) for note in page_of(article).notes] == [True, False]

    def test_what_was_considered_and_not_kept(self):
        article = make_article()
        make_issue("sanctions")
        record(article, make_finding())
        dropped = {
            "actor": "UK", "voice": "government", "issue": "sanctions", "stance": "oppose", "confidence": 0.2,
            "evidence": [0, 6], "reason": "confidence 0.20 is below 0.45",
        }  # fmt: skip
        ExtractionRun.objects.update(dropped=[dropped])
        [candidate] = page_of(article).dropped
        assert (candidate.claim, candidate.text) == ("UK opposes: Sanctions", "London")

    def test_copies_and_other_states_lead_to_each_other(self):
        lead = make_article(title="First")
        copy = make_article(make_source("sample-wire"), title="Copy", lead=lead)
        third = make_article(title="Third", lead=lead)
        later = make_article(title="Later", revision_of=lead)
        assert {other.title for other in page_of(lead).siblings} == {"Copy", "Third", "Later"}
        assert [(o.title, o.what) for o in page_of(copy).siblings] == [
            ("First", "this text appeared there first; its statements count"),
            ("Third", "the same text, counted once"),
        ]
        assert [o.what for o in page_of(later).siblings] == ["an earlier state of this page"]
        assert third.lead == lead
        assert page_of(make_article()).siblings == ()


@pytest.mark.django_db
class TestScreen:
    def get(self, reader, article, query="") -> str:
        return reader.get(f"/articles/{article.pk}/{query}").content.decode()

    def test_leads_back_to_where_the_reader_came_from(self, reader):
        statement = make_statement()
        html = self.get(reader, statement.article, "?actor=uk&issue=assad-departure&from=2017-01-01")
        assert 'href="/?actor=uk&amp;issue=assad-departure&amp;from=2017-01-01">← Matrix' in html
        assert 'href="/position/uk/assad-departure/?from=2017-01-01">UK on Assad departure' in html
        assert 'name="issue" value="assad-departure"' in html  # the search stays in the scope

    @pytest.mark.parametrize("query", ["?actor=france&issue=weather", "?actor=%22%3E%3Cb%3E", "?from=soon"])
    def test_odd_scopes_are_only_carried(self, reader, query):
        html = self.get(reader, make_article(), query)
        assert "← Matrix" in html
        assert "<b>" not in html

    def test_unknown_parameter_is_refused(self, reader):
        response = reader.get(f"/articles/{make_article().pk}/?colour=red")
        assert (response.status_code, "colour" in response.content.decode()) == (400, True)

    def test_withdrawn_statement_stays_reachable_with_its_reason(self, reader):
        statement = make_statement()
        recording.reject(statement=statement, by=make_user("kb"), reason="a rival's claim", version=0)
        response = reader.get(f"/statement/{statement.pk}/")
        assert response["Location"] == f"/articles/{statement.article_id}/#n-{statement.pk}"
        html = self.get(reader, statement.article)
        assert "withdrawn" in html
        assert "Withdrawn: a rival&#x27;s claim." in html
        assert "not said" not in html

    def test_statement_link_carries_the_scope(self, reader):
        statement = make_statement()
        response = reader.get(f"/statement/{statement.pk}/?issue=sanctions")
        assert response["Location"] == f"/articles/{statement.article_id}/?issue=sanctions#s-{statement.pk}"

    def test_original_that_is_gone(self, reader):
        statement = make_statement(make_article(gone_on=datetime.date(2020, 1, 2)))
        html = self.get(reader, statement.article)
        assert "gone from its address since 2 Jan 2020" in html
        assert 'href="https://web.archive.org/web/' in html
        assert "#:~:text=" not in html

    def test_nothing_found_says_why(self, reader):
        article = make_article()
        record(article)
        assert "No sentence ties a tracked actor" in text_of(self.get(reader, article))
        ExtractionRun.objects.update(dropped=[{
            "actor": "UK", "voice": "other", "issue": "x", "stance": "neutral", "confidence": 0.2,
            "evidence": [0, 3], "reason": "too low",
        }])  # fmt: skip
        words = text_of(self.get(reader, article))
        assert "What came closest is listed below." in words
        assert "Considered and not used (1)" in words

    def test_only_editors_may_have_it_read_again(self, reader):
        article = make_article()
        path = f"/articles/{article.pk}/read-again/"
        assert "Read it again" not in self.get(reader, article)
        assert reader.post(path).status_code == 403
        editor = Client()
        editor.force_login(make_user("root", administrator=True))
        assert "Read it again" in self.get(editor, article)
        assert "Queued to be read again." in editor.post(path, follow=True).content.decode()
        assert "Waits to be read already." in editor.post(path, follow=True).content.decode()
        assert editor.post("/articles/99999/read-again/").status_code == 404

    def test_keys_can_be_switched_off(self, reader):
        assert 'data-keys="on"' in self.get(reader, make_article())
        reader.post("/theme/", {"keys": "off", "next": "/methodology/"})
        assert 'data-keys="off"' in self.get(reader, make_article())

    def test_queries_stay_the_same(self, reader, django_assert_max_num_queries):
        article = make_article()
        for actor in ("UK", "RU", "US"):
            row = make_statement(article, actor=actor)
            recording.reject(statement=row, by=make_user("kb"), reason="not said", version=0)
        make_article(lead=article)
        make_extraction(article)
        with django_assert_max_num_queries(8):
            self.get(reader, article, "?actor=uk&issue=assad-departure")
