"""What the database itself refuses, one row a constraint."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from positions.models import DailyTally, ExtractionRun, Issue, Person, Review, Stance, Statement, Tenure
from tests.factories import make_actor, make_article, make_issue, make_person, make_source, make_user

pytestmark = pytest.mark.django_db


def held(**fields):
    return {
        "article": make_article(), "actor": make_actor(), "issue": make_issue(), "voice": "government", "speaker": "x",
        "stance": "support", "evidence_start": 0, "evidence_end": 10, **fields,
    }  # fmt: skip


def stance(**fields):
    values = held(**fields)
    run, _ = ExtractionRun.objects.get_or_create(
        article=values["article"], defaults={"engine": "t", "status": "done"}
    )
    return Stance.objects.create(**{"run": run, "rule": "t", "confidence": 0.5, "published": True, **values})


def review(**fields):
    values = {
        "verdict": "accepted", "machine_actor": make_actor(), "machine_voice": "government",
        "machine_issue": make_issue(), "machine_stance": "support", "machine_start": 0, "machine_end": 10,
        "by": make_user(),
    }  # fmt: skip
    return Review.objects.create(**{**values, **held(**fields)})


def statement(**fields):
    return Statement.objects.create(**{"published": True, **held(**fields)})


def tally(**fields):
    values = {
        "actor": make_actor(),
        "voice": "government",
        "issue": make_issue(),
        "source": make_source(),
        "published": True,
    }
    return DailyTally.objects.create(**{"day": datetime.date(2017, 4, 10), **values, **fields})


def tenure(**fields):
    person = Person.objects.first() or make_person()
    values = {
        "office": "Minister",
        "role": "minister",
        "voice": "government",
        "start": datetime.date(2015, 5, 1),
    }
    return Tenure.objects.create(**{"person": person, "source": "t", **values, **fields})


def issue(**fields):
    return Issue.objects.create(slug="another", label="x", theme="x", proposition="x", **fields)


HELD = [
    ("evidence_order", {"evidence_end": 0}),
    ("declined_is_neutral", {"declined": True}),
    ("side", {"stance": "maybe"}),
    ("voice", {"voice": "press"}),
]


@pytest.mark.parametrize("make", [stance, review, statement])
@pytest.mark.parametrize(("constraint", "fields"), HELD)
def test_rules_of_all_that_is_held(make, constraint, fields):
    with pytest.raises(IntegrityError, match=f"{make.__name__}_{constraint}"), transaction.atomic():
        make(**fields)


@pytest.mark.parametrize(
    ("constraint", "make", "fields"),
    [
        ("tenure_order", tenure, {"until": datetime.date(2015, 4, 30)}),
        (
            "issue_period_order",
            issue,
            {"valid_from": datetime.date(2015, 1, 2), "valid_until": datetime.date(2015, 1, 1)},
        ),
        ("stance_confidence_range", stance, {"confidence": 1.01}),
        ("stance_confidence_range", stance, {"confidence": -0.01}),
        ("review_change_needs_reason", review, {"verdict": "corrected"}),
        ("review_change_needs_reason", review, {"verdict": "rejected"}),
        ("statement_reviewed_has_review", statement, {"reviewed": True}),
        ("tally_declined_within_neutral", tally, {"declined": 1}),
        ("positions_dailytally_support_check", tally, {"support": -1}),
    ],
)
def test_refused(constraint, make, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**fields)


@pytest.mark.parametrize(
    ("constraint", "make", "apart"),
    [
        # `apart` makes the second row another one, so that it is let in.
        ("tenure_once", tenure, {"start": datetime.date(2016, 5, 1)}),
        ("stance_once", stance, {"stance": "oppose"}),
        ("review_once", review, {"machine_start": 5}),
        ("tally_once", tally, {"day": None}),
    ],
)
def test_once(constraint, make, apart):
    same = {"article": make_article()} if make in (stance, review) else {}
    make(**same)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**same)
    make(**same, **apart)


def test_tally_without_a_day_once_too():
    tally(day=None)
    with pytest.raises(IntegrityError, match="tally_once"), transaction.atomic():
        tally(day=None)


@pytest.mark.parametrize("link", ["stance_row", "review"])
def test_one_statement_for_each_finding_and_decision(link):
    article = make_article()
    row = stance(article=article) if link == "stance_row" else review(article=article)
    statement(article=article, **{link: row})
    with pytest.raises(IntegrityError, match=link), transaction.atomic():
        statement(article=article, stance="oppose", **{link: row})


@pytest.mark.parametrize("make", [stance, review, statement, tally, tenure, issue])
def test_ordinary_rows_are_let_in(make):
    assert make().pk


def test_history_cannot_be_changed():
    event = review().events.get()
    with (
        pytest.raises(Exception, match="Cannot update or delete rows from positions_reviewevent"),
        transaction.atomic(),
    ):
        type(event).objects.filter(pk=event.pk).update(speaker="y")
