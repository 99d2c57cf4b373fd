"""A signed-in reader of a corpus with every state: support, opposition, mixed, declined, thin, single and nothing."""

import datetime

import pytest
from django.test import Client

from positions import recording
from positions.models import Statement
from tests.factories import make_actor, make_event, make_issue, make_source, make_statement, make_user

OUTLETS = ("the-courier", "the-herald", "the-gazette")


@pytest.fixture
def reader(db, client: Client) -> Client:
    client.force_login(make_user())
    return client


@pytest.fixture
def corpus(db) -> None:
    fill(12, every=90)


@pytest.fixture
def large_corpus(db) -> None:
    fill(30, every=37)


def fill(statements: int, *, every: int) -> None:
    """So many statements, `every` so many days, and one more without a date."""
    for code in ("UK", "RU", "US"):
        make_actor(code)
    for order, slug in enumerate(("assad-departure", "sanctions", "refugees")):
        make_issue(slug, order=order)
    make_event(issues=("assad-departure",), date=datetime.date(2016, 4, 7), title="A strike")
    sides = ("support", "support", "oppose", "support", "neutral")
    for number in range(statements):
        make_statement(
            day=datetime.date(2015, 1, 10) + datetime.timedelta(days=every * number),
            source=make_source(OUTLETS[number % 3]),
            actor=("UK", "RU", "US")[number % 3],
            issue=("assad-departure", "sanctions")[number % 2],
            stance=sides[number % 5],
            declined=sides[number % 5] == "neutral" and number % 2 == 0,
            voice="other" if number % 7 == 6 else "government",
            confidence=0.35 + 0.6 * number / statements,
            published=number % 6 != 5,
        )
    make_statement(day=None, actor="US", issue="refugees", speaker='=HYPERLINK("http://x")')
    for row in Statement.objects.filter(published=True).order_by("pk")[::4]:
        recording.accept(statement=row, by=make_user("editor"))
