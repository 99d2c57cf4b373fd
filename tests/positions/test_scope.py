"""The scope form: what addresses mean, what they are turned into, and what is refused."""

import datetime

import pytest
from django.http import QueryDict

from articles.models import Source
from positions import recording
from positions.models import Actor, Issue
from positions.scope import ScopeForm
from tests.factories import make_actor, make_issue, make_source, make_statement, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue():
    for code in ("UK", "RU", "US"):
        make_actor(code)
    make_issue("assad-departure", order=0)
    make_issue("sanctions", order=1)
    make_source("the-courier")
    make_source("the-herald")


def form_of(query: str, **options) -> ScopeForm:
    return ScopeForm(QueryDict(query), **options)


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("", ""),
        ("actor=uk~russia~us", ""),  # all of them is the default
        ("actor=us&actor=uk", "?actor=uk~us"),  # check boxes, in the order of the catalogue
        ("actor=us~uk", "?actor=uk~us"),
        ("voice=government", ""),
        ("voice=other~government", "?voice=government~other"),
        ("issue=sanctions&from=2015&to=2016-02", "?issue=sanctions&from=2015-01-01&to=2016-02-29"),
        ("from=9+Dec+2015", "?from=2015-12-09"),
        ("to=+december+2015+", "?to=2015-12-31"),
        ("from=&to=&issue=", ""),  # a form sent with empty fields
        ("outlet=the-herald&reviewed=1&pending=1", "?outlet=the-herald&reviewed=1&pending=1"),
        ("confidence=.70&asof=2017", "?asof=2017-12-31&confidence=0.7"),
        ("confidence=&pending=", ""),
    ],
)
def test_address_has_one_right_form(given, canonical):
    form = form_of(given)
    assert form.is_valid(), form.errors
    assert form.scope.query() == canonical
    again = form_of(canonical.lstrip("?"))
    assert again.is_valid()
    assert again.scope == form.scope


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("actor=france", "actor: “france”"),
        ("actor=uk~france", "actor: “france”"),
        ("issue=weather", "issue: “weather”"),
        ("outlet=nowhere", "outlet: “nowhere”"),
        ("voice=journalist", "voice: “journalist”"),
        ("reviewed=yes", "reviewed: “yes”"),
        ("pending=yes", "pending: “yes”"),
        ("confidence=0.75", "confidence: “0.75”"),
        ("confidence=high", "confidence: “high”"),
        ("from=2016&asof=2015", "asof: The day it is told as of, 2015-12-31, lies before the start"),
        ("from=09/12/2015", "from: “09/12/2015”"),
        ("to=2015-02-30", "to: “2015-02-30”"),
        ("from=2016&to=2015", "to: The end, 2015-12-31, lies before the start, 2016-01-01"),
        ("actors=uk", "“actors”"),
        ("page=2", "“page”"),
    ],
)
def test_bad_parameter_is_named(given, named):
    problems = form_of(given).problems()
    assert len(problems) == 1
    assert named in problems[0]


def test_page_may_fix_fields_and_carry_more():
    form = form_of("page=2", without=("actor", "issue"), beside=("page",))
    assert form.is_valid()
    assert [actor.code for actor in form.scope.actors] == ["UK", "RU", "US"]
    assert form_of("actor=uk", without=("actor", "issue")).problems() != []


def test_today(settings):
    form = form_of("to=today")
    assert form.is_valid()
    assert form.scope.end == datetime.datetime.now(datetime.UTC).date()


def test_chips_drop_one_filter_each():
    parts = (
        "issue=sanctions",
        "from=2015-01-01",
        "asof=2016-12-31",
        "reviewed=1",
        "pending=1",
        "confidence=0.5",
    )
    form = form_of("&".join(parts))
    form.path = "/timeline/"
    assert form.is_valid()
    assert [chip.text for chip in form.chips()] == [
        "Issues: Sanctions",
        "From: 1 Jan 2015",
        "As of: 31 Dec 2016",
        "Reviewed only",
        "Also those still in review",
        "Confidence 0.5 or more",
    ]
    for number, chip in enumerate(form.chips()):
        assert chip.without == "/timeline/?" + "&".join(parts[:number] + parts[number + 1 :])


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", [1, 2, 3]),
        ("from=2017-04-02", [2, 3]),
        ("to=2017-04-02", [1, 2]),  # both ends are included
        ("from=2017-04-02&to=2017-04-02", [2]),
        ("outlet=the-herald", [3]),
        ("actor=us", [2]),
        ("voice=other", [4]),
        ("voice=government~other", [1, 2, 3, 4]),
        ("pending=1", [1, 2, 3, 5]),
        ("issue=sanctions", []),
        ("asof=2017-04-02", [1, 2]),
        ("to=2017-04-03&asof=2017-04-01", [1]),
    ],
)
def test_statements_and_tallies_are_the_same_selection(query, days):
    def on(number: int) -> datetime.date:
        return datetime.date(2017, 4, number)

    make_statement(day=on(1))
    make_statement(day=on(2), actor="US")
    make_statement(day=on(3), source=make_source("the-herald"))
    make_statement(day=on(4), voice="other")
    make_statement(day=on(5), confidence=0.5, published=False)
    form = form_of(query)
    assert form.is_valid()
    assert sorted(row.day.day for row in form.scope.statements()) == days
    assert sorted(row.day.day for row in form.scope.tallies()) == days


@pytest.mark.parametrize(
    ("query", "sides"),
    [
        ("pending=1", ["neutral", "oppose", "support"]),
        ("pending=1&confidence=0.8", ["oppose", "support"]),
        ("confidence=0.9", ["oppose"]),  # reviewed, whatever its confidence
        ("confidence=0.1&reviewed=1", ["oppose"]),
    ],
)
def test_minimum_confidence_never_drops_what_a_person_has_checked(query, sides):
    make_statement(confidence=0.8)
    make_statement(confidence=0.7, stance="neutral", published=False)
    recording.accept(statement=make_statement(confidence=0.3, stance="oppose"), by=make_user())
    form = form_of(query)
    assert form.is_valid()
    assert sorted(row.stance for row in form.scope.statements()) == sides


@pytest.mark.parametrize(
    ("query", "title", "slug", "words"),
    [
        (
            "",
            "UK, Russia and US · Assad departure and Sanctions",
            "assad-departure-sanctions_uk-russia-us",
            "Published statements (government) of UK, Russia and US on Assad departure and Sanctions.",
        ),
        (
            "actor=uk&issue=sanctions&from=2015&to=2016&asof=2017-05-02&confidence=0.7&outlet=the-herald",
            "UK · Sanctions · 1 Jan 2015 – 31 Dec 2016",
            "sanctions_uk_2015-01-01_2016-12-31",
            (
                "Published statements (government) of UK on Sanctions in The Herald, 1 Jan 2015 – 31 Dec 2016,"
                " as of 2 May 2017, confidence 0.7 or more."
            ),
        ),
        (
            "asof=2017-05-02&reviewed=1&voice=other~government",
            "UK, Russia and US · Assad departure and Sanctions · until 2 May 2017",
            "assad-departure-sanctions_uk-russia-us_2017-05-02",
            (
                "Reviewed statements (government and other politicians) of UK, Russia and US"
                " on Assad departure and Sanctions, until 2 May 2017."
            ),
        ),
    ],
)
def test_scope_in_words(query, title, slug, words):
    form = form_of(query)
    assert form.is_valid()
    assert (form.scope.title(), form.scope.slug(), form.scope.words()) == (title, slug, words)


def test_many_issues_are_counted_not_named():
    for number in range(3):
        make_issue(f"more-{number}", order=number + 2)
    form = form_of("")
    assert form.is_valid()
    assert form.scope.title() == "UK, Russia and US · 5 issues"
    assert form.scope.slug() == "5-issues_uk-russia-us"


def test_catalogue_is_what_the_tables_hold(django_assert_num_queries):
    make_issue("with-a-period", order=7, valid_from=datetime.date(2015, 1, 1))
    with django_assert_num_queries(1):
        rows = form_of("").rows
    for kind, model in (("actor", Actor), ("issue", Issue), ("outlet", Source)):
        assert list(rows[kind].values()) == list(model.objects.all())
        for row in model.objects.all():
            assert {
                f.attname: getattr(rows[kind][row.slug], f.attname) for f in model._meta.concrete_fields
            } == {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
