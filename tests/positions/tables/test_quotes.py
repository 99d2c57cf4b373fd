"""Statements as they are quoted."""

import pytest

from positions import tables
from positions.models import Statement
from positions.tables.quotes import confidence_text
from tests.factories import (
    make_article,
    make_statement,
)
from tests.positions.tables.scopes import april


@pytest.mark.django_db
class TestQuotes:
    def page(self, **options) -> tables.Page:
        statements = Statement.objects.published()
        options = {"page": "1", "address": "/p/", **options}
        return tables.quotes(statements, total=statements.count(), **options)

    def test_evidence_is_cut_by_the_database_as_python_would(self):
        text = "“Naïve” 🙂 talk.\n\nWe want him\nto go, she said. More."
        start, end = text.index("We want"), text.index(" More")
        make_statement(make_article(text=text), evidence=(start, end))
        assert self.page().quotes[0].text == "We want him to go, she said."

    def test_newest_first_undated_last_in_pages(self):
        for day in range(1, 29):
            make_statement(day=april(day))
        make_statement(day=None)
        first, last = self.page(), self.page(page="2", address="/p/?from=2017-01-01")
        assert (first.quotes[0].day, first.newer, first.older) == (april(28), "", "/p/?page=2")
        assert (last.first, last.last, last.total) == (26, 29, 29)
        assert (last.quotes[-1].day, last.newer, last.older) == (None, "/p/?from=2017-01-01", "")

    @pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
    def test_page_that_is_not_there_gives_one_that_is(self, page):
        make_statement()
        assert self.page(page=page).total == 1

    @pytest.mark.parametrize(
        ("precision", "text"),
        [
            ("day", "5 Apr 2017"),
            ("week", "within a week of 5 Apr 2017"),
            ("article", "5 Apr 2017, date of the article"),
        ],
    )
    def test_says_which_day_it_is(self, precision, text):
        make_statement(day=april(5), date=april(5), date_precision=precision)
        assert self.page().quotes[0].day_text == text

    @pytest.mark.parametrize(
        ("confidence", "text"),
        [(0.95, "high (0.95)"), (0.8, "medium (0.80)"), (0.4, "low (0.40)"), (None, "added by a person")],
    )
    def test_confidence_in_words_and_number(self, confidence, text):
        assert confidence_text(confidence) == text
