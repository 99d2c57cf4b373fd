"""The article with its evidence marked."""

import datetime

import pytest

from articles.models import Article
from positions import recording, tables
from positions.models import ExtractionRun
from positions.tables.article import published_text
from positions.tables.marking import paragraph_spans
from tests.factories import (
    make_article,
    make_finding,
    make_statement,
    make_user,
    record,
)


@pytest.mark.parametrize(
    ("text", "spans"),
    [("one", [(0, 3)]), ("one\n\ntwo", [(0, 3), (5, 8)]), ("one\n\n\n two \n\n", [(0, 3), (7, 10)])],
)
def test_paragraphs_keep_their_places(text, spans):
    assert paragraph_spans(text) == spans


@pytest.mark.django_db
class TestArticlePage:
    TEXT = "One two three.\n\nFour five six."

    def page(self, *findings, **fields) -> tables.ArticlePage:
        article = make_article(text=self.TEXT, **fields)
        record(article, *findings)
        return tables.article_page(Article.objects.select_related("source", "extraction").get(pk=article.pk))

    def segments(self, page: tables.ArticlePage) -> list[list[tuple]]:
        return [
            [
                (part.text, [str(s) for s in part.states], len(part.opens), len(part.closes))
                for sentence in paragraph.sentences
                for part in sentence.segments
            ]
            for paragraph in page.paragraphs
        ]

    def test_overlapping_evidence_of_two_actors(self):
        page = self.page(
            make_finding(evidence=(0, 7)), make_finding(actor="RU", stance="oppose", evidence=(4, 14))
        )
        assert self.segments(page) == [
            [
                ("One ", ["support"], 1, 0),
                ("two", ["support", "oppose"], 1, 1),
                (" three.", ["oppose"], 0, 1),
            ],
            [("Four five six.", [], 0, 0)],
        ]
        assert page.paragraphs[0].sentences[0].segments[1].classes == "several"

    def test_evidence_over_two_paragraphs_opens_and_closes_once(self):
        page = self.page(make_finding(evidence=(8, 20)))
        assert self.segments(page) == [
            [("One two ", [], 0, 0), ("three.", ["support"], 1, 0)],
            [("Four", ["support"], 0, 1), (" five six.", [], 0, 0)],
        ]

    def test_more_evidence_is_marked_without_an_anchor_of_its_own(self):
        page = self.page(make_finding(evidence=(0, 3), more_evidence=((4, 7),)))
        assert self.segments(page)[0][:3] == [
            ("One", ["support"], 1, 1),
            (" ", [], 0, 0),
            ("two", ["support"], 0, 0),
        ]

    def test_statements_come_in_the_order_of_the_text(self):
        page = self.page(
            make_finding(evidence=(16, 20)),
            make_finding(actor="US", evidence=(0, 3)),
            make_finding(actor="RU", evidence=(4, 7)),
        )
        assert [quote.actor for quote in page.quotes] == ["US", "Russia", "UK"]
        assert page.quotes[0].says == "US supports: Assad departure should come about."

    def test_withdrawn_statement_is_listed_with_reason_but_not_marked(self):
        article = make_article(text=self.TEXT)
        statement = make_statement(article, evidence=(0, 3))
        recording.reject(statement=statement, by=make_user(), reason="a rival's claim", version=0)
        page = tables.article_page(Article.objects.get(pk=article.pk))
        assert self.segments(page)[0] == [("One two three.", [], 0, 0)]
        assert (page.quotes[0].withdrawn, page.quotes[0].reason) == (True, "a rival's claim")

    def test_states_of_reading(self):
        waiting = make_article()
        assert tables.article_page(waiting).reading == "pending"
        ExtractionRun.objects.create(article=waiting, engine="test/1", status="failed", error="no memory")
        page = tables.article_page(Article.objects.get(pk=waiting.pk))
        assert (page.reading, page.error) == ("failed", "no memory")
        assert self.page().reading == "done"

    @pytest.mark.parametrize(
        ("moment", "precision", "text"),
        [
            ("2017-04-10T22:43", "minute", "10 Apr 2017, 23:43 BST"),  # summer time
            ("2015-12-09T17:24", "minute", "9 Dec 2015, 17:24 GMT"),
            ("2015-12-09T00:00", "day", "9 Dec 2015"),
            ("2015-12-01T00:00", "month", "December 2015"),
            ("2015-01-01T00:00", "year", "2015"),
        ],
    )
    def test_date_as_exactly_as_known(self, moment, precision, text):
        at = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
        article = Article(published_at=at, published_on=at.date(), published_precision=precision)
        assert published_text(article) == text
        assert published_text(Article()) == "no date"
