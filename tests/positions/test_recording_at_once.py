"""Several workers and editors at once, on real transactions."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from positions import recording, tallies
from positions.models import DailyTally, Review, Statement
from tests.factories import (
    make_actor,
    make_article,
    make_extraction,
    make_finding,
    make_issue,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(function, items, threads=4):
    """Call the function on each item from several threads; return what was returned or raised."""

    def call(item):
        try:
            return function(item)
        except (recording.EditConflict, recording.AlreadyHeld) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(call, items))


def test_workers_share_tallies_without_deadlock():
    make_actor("UK")
    issues = [make_issue(slug).slug for slug in ("sanctions", "refugees", "safe-zones", "western-troops")]
    articles = [make_article() for _ in range(12)]
    dice = random.Random(1)  # noqa: S311

    def record(article):
        for _ in range(3):
            picked = dice.sample(issues, dice.randint(0, 4))
            extraction = make_extraction(article, *[make_finding(issue=issue) for issue in picked])
            recording.record_findings(article=article, extraction=extraction, seconds=0)

    at_once(record, articles)
    assert tallies.differences() == []
    assert DailyTally.objects.count() <= 4


def test_extractions_of_one_article_leave_one_result():
    make_actor("UK")
    article, slugs = make_article(), ("sanctions", "refugees", "safe-zones")
    for slug in slugs:
        make_issue(slug)
    at_once(
        lambda slug: recording.record_findings(
            article=article, extraction=make_extraction(article, make_finding(issue=slug)), seconds=0
        ),
        slugs * 4,
    )
    assert Statement.objects.standing().count() == article.stances.count() == 1
    assert tallies.differences() == []


def test_only_one_of_several_editors_decides():
    row = make_statement()
    editors = [make_user(name) for name in ("ada", "bob", "eve", "kim")]
    answers = at_once(
        lambda editor: recording.reject(statement=row, by=editor, reason="No", version=0), editors
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["EditConflict"] * 3 + ["Statement"]
    assert Review.objects.get().version == 1


def test_counting_anew_while_workers_record():
    make_actor("UK")
    make_issue("sanctions")
    articles = [make_article() for _ in range(8)]

    def work(article):
        if article is None:
            return tallies.rebuild()
        extraction = make_extraction(article, make_finding(issue="sanctions"))
        return recording.record_findings(article=article, extraction=extraction, seconds=0)

    at_once(work, [item for article in articles for item in (article, None)])
    assert tallies.differences() == []
    assert DailyTally.objects.get().support == 8
