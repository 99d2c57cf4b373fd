"""Counts read from the roll-ups are those of the statements themselves, whatever the scope."""

import datetime
import random

import pytest

from positions import recording
from positions.tables.counts import Place, read_counts, read_standings
from positions.tables.states import Counts, state_of
from tests.factories import make_actor, make_article, make_issue, make_source, make_statement, make_user
from tests.positions.tables.scopes import scope_of

pytestmark = pytest.mark.django_db


def counted(scope) -> dict[Place, Counts]:
    """The slow way: every statement looked at."""
    cells: dict[Place, list] = {}
    for row in scope.statements().select_related("article"):
        cells.setdefault((row.issue_id, row.actor_id), []).append(row)
    return {place: _sum(rows) for place, rows in cells.items()}


def _sum(rows) -> Counts:
    days = [row.day for row in rows if row.day]
    sides = [row.stance for row in rows]
    return Counts(
        support=sides.count("support"),
        oppose=sides.count("oppose"),
        neutral=sides.count("neutral"),
        declined=sum(row.declined for row in rows),
        reviewed=sum(row.reviewed for row in rows),
        outlets=frozenset(row.article.source_id for row in rows),
        earliest=min(days, default=None),
        latest=max(days, default=None),
    )


@pytest.fixture
def statements():
    """Some hundred statements over three years, at the ends of months above all, by four outlets."""
    dice = random.Random(7)  # noqa: S311
    made = []
    for _ in range(60):
        year, month = dice.choice((2015, 2016, 2017)), dice.randint(1, 12)
        day = dice.choice((datetime.date(year, month, dice.choice((1, 2, 14, 28))), None))
        article = make_article(source=make_source(f"outlet-{dice.randint(1, 4)}"), day=day)
        stance = dice.choice(("support", "oppose", "neutral"))
        made.append(
            make_statement(
                article,
                actor=dice.choice(("UK", "US")),
                voice=dice.choice(("government", "government", "other")),
                issue=dice.choice(("sanctions", "refugees")),
                stance=stance,
                declined=stance == "neutral" and dice.random() < 0.5,
                confidence=dice.choice((0.35, 0.7, 0.95)),
                published=dice.random() < 0.7,
            )
        )
    for row in dice.sample(made, 9):
        recording.accept(statement=row, by=make_user())
    for row in dice.sample(made, 5):
        row.refresh_from_db()
        version = row.review.version if row.review else 0
        recording.reject(statement=row, by=make_user(), reason="no", version=version)


SCOPES = [
    "",
    "pending=1",
    "reviewed=1",
    "confidence=0.7",
    "pending=1&confidence=0.4",
    "voice=government~other",
    "actor=uk&issue=refugees",
    "outlet=outlet-1~outlet-3",
    "from=2015-03-02",
    "from=2015-03-01&to=2017-02-28",
    "from=2015-03-02&to=2017-02-13",
    "to=2016-01-31",
    "to=2016-01-13",
    "asof=2016-01-14",
    "from=2016-01-02&to=2016-01-28",
    "from=2016-02-01&to=2016-02-29",
    "from=2015-02-14&to=2017-12-14&outlet=outlet-2&reviewed=1",
    "from=2019",
]


def test_same_as_counting_statements(statements, django_assert_num_queries):
    for query in SCOPES:
        scope = scope_of(query)
        with django_assert_num_queries(1):
            read = read_counts(scope)
        assert read == counted(scope), query

    for day in ("2016-01-14", "2016-01-31", "2016-02-01", "2018-01-01"):
        for query in ("", "from=2015-03-02", "outlet=outlet-1"):
            check_then(query, day)
    check_newest_and_series(scope_of())


def check_then(query: str, day: str) -> None:
    """What was counted then is what a scope as of that day holds."""
    before = counted(scope_of("&".join(filter(None, [query, f"asof={day}"]))))
    for place, standing in read_standings(scope_of(query), then=datetime.date.fromisoformat(day)).items():
        expected = before.get(place, Counts())
        for side in ("support", "oppose", "neutral", "declined"):
            assert getattr(standing.then, side) == getattr(expected, side), (query, day)


def check_newest_and_series(scope) -> None:
    for (issue, actor), standing in read_standings(scope).items():
        rows = [row for row in scope.statements().filter(issue=issue, actor=actor) if row.day]
        latest = max(row.day for row in rows)
        assert standing.newest.sides == {state_of(row) for row in rows if row.day == latest}
        assert sum(sum(step[1:4]) for step in standing.series) == len(rows)
        assert [step[0] for step in standing.series] == sorted({step[0] for step in standing.series})
        assert all(0 <= step[0] < 24 for step in standing.series)


def test_nothing():
    make_actor()
    make_issue()
    assert read_counts(scope_of()) == {}
