"""Articles by outlet, month and country, and what is warned of."""

import datetime

import pytest

from positions import tables
from tests.factories import make_actor, make_article, make_issue, make_source, make_statement
from tests.positions.tables.scopes import april, scope_of

pytestmark = pytest.mark.django_db


def read(query: str = "") -> tables.Coverage:
    from articles.models import Source

    return tables.coverage(scope_of(query), {row.slug: row for row in Source.objects.all()})


@pytest.fixture
def corpus():
    for code in ("UK", "RU", "US"):
        make_actor(code)
    make_issue()
    wire, courier = make_source("sample-wire", country="GB"), make_source("the-courier", country="US")
    for day in range(1, 6):
        make_statement(day=april(day), source=wire)
    make_statement(day=datetime.date(2017, 2, 3), source=courier, actor="RU")
    lead = make_article(courier, day=None)
    make_article(courier, day=april(1), lead=lead)


@pytest.mark.usefixtures("corpus")
class TestCoverage:
    def test_outlets_largest_first_with_shares(self):
        first, second = read().outlets
        assert (first.name, first.country, first.share, first.width) == (
            "Sample Wire",
            "United Kingdom",
            "71% (5 of 7)",
            100,
        )
        assert (first.period, first.statements) == ("1 Apr 2017 – 5 Apr 2017", 5)
        assert (second.share, second.width) == ("29% (2 of 7)", 40)  # the copy counts for nothing

    def test_months_without_articles_are_shown_as_such(self):
        found = read()
        assert [(month.label, month.articles) for month in found.months] == [
            ("Apr 2017", 5),
            ("Mar 2017", 0),
            ("Feb 2017", 1),
        ]
        assert [bar.height for bar in found.bars] == [32, 0, 160]
        assert found.bars[2].label == "Apr 2017: 5 articles"
        assert (found.undated, found.total) == (1, 7)
        assert found.status == (
            "7 articles from 2 outlets, 3 Feb 2017 – 5 Apr 2017; copies of a text count once. 1 article without a date."
        )

    def test_long_times_are_drawn_by_years(self):
        make_article(day=datetime.date(2000, 5, 1))
        found = read()
        assert found.unit == "year"
        assert len(found.bars) == 18
        assert found.months[0].label == "2017"

    def test_warns_where_a_column_rests_on_one_outlet(self):
        assert read().warnings == (
            "UK rests on one outlet, Sample Wire: 5 statements.",
            "Russia rests on one outlet, The Courier: 1 statement.",
            "No outlet from Russia is in scope: Russia is seen through the reports of others.",
        )
        make_statement(day=april(9), source=make_source("the-courier"))
        assert read("actor=uk").warnings == ("UK rests mostly on one outlet, Sample Wire: 83% (5 of 6).",)

    def test_scope_narrows_both(self):
        found = read("from=2017-04-01&outlet=sample-wire")
        assert (found.total, found.columns[0].statements, found.columns[1].statements) == (5, 5, 0)


def test_nothing():
    found = read()
    assert (found.total, found.bars, found.outlets, found.warnings) == (0, (), (), ())


def test_outlets_without_a_country_give_no_warning_of_countries():
    make_statement(source=make_source("somewhere"))
    assert [country.name for country in read().countries] == ["not given"]
    assert not any("No outlet from" in warning for warning in read().warnings)
