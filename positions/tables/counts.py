"""Reads the counts of cells in one query whose cost depends on months, outlets and cells, not on statements.

Whole months come from the monthly tallies; months that are cut, and scopes of single outlets, from the daily ones. The
ends of a cell are looked up by index within its first and last month.
"""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from positions.models import CHECKED, DailyTally, MonthlyTally, OutletTally
from positions.scope import Scope
from positions.tables.states import Counts

Place = tuple[int, int]  # issue id, actor id
SUMS = ("support", "oppose", "neutral", "declined")
NUMBERS = (*SUMS, "reviewed")
SHORT = 100  # days of a period that is read by days alone
BINS = 24  # steps of a cell's series


@dataclass(frozen=True, slots=True)
class Standing:
    """One cell: its counts, those of its latest day alone, those up to the day compared with, and its series.

    The series has BINS equal stretches of the time that all cells span, each as its number, support, oppose, neutral
    and declined; a stretch without statements is missing.
    """

    counts: Counts
    newest: Counts
    then: Counts
    series: tuple[tuple[int, ...], ...]


NOTHING = Standing(Counts(), Counts(), Counts(), ())


def read_counts(scope: Scope) -> dict[Place, Counts]:
    """Return the counts of every cell of the scope; cells without evidence are missing. One query."""
    return {place: standing.counts for place, standing in read_standings(scope).items()}


def read_standings(scope: Scope, *, then: datetime.date | None = None) -> dict[Place, Standing]:
    """Return what stands in every cell of the scope; cells without evidence are missing. One query."""
    try:
        sql, parameters = _query(scope, then)
    except EmptyResultSet:  # The scope asks for what cannot be.
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {(row[0], row[1]): _standing(row) for row in cursor.fetchall()}


def merged(many: Iterable[Counts]) -> Counts:
    """Return the counts of several cells as one."""
    many = list(many)
    days = [day for counts in many for day in (counts.earliest, counts.latest) if day]
    return Counts(
        **{name: sum(getattr(counts, name) for counts in many) for name in NUMBERS},
        outlets=frozenset().union(*(counts.outlets for counts in many)),
        earliest=min(days, default=None),
        latest=max(days, default=None),
    )


_SUMS = ", ".join(f"sum({name})::int" for name in SUMS)
# `at` is a day, or the first day of a month that counts as a whole.
_SQL = f"""
with daily as not materialized ({{daily}}),
rolled (issue_id, actor_id, at, level, {", ".join(SUMS)}) as materialized ({{rolled}}),
span as (select min(at) as first, max(at) + 1 - min(at) as days from rolled),
cells as (
    select issue_id, actor_id, {_SUMS},
        coalesce(sum(support + oppose + neutral) filter (where level = {CHECKED}), 0)::int,
        {", ".join(f"coalesce(sum({name}) filter (where at <= %s), 0)::int" for name in SUMS)},
        date_trunc('month', min(at))::date as opening, date_trunc('month', max(at))::date as closing
    from rolled group by 1, 2
),
outlets as (select issue_id, actor_id, array_agg(distinct source_id) as ids from ({{outlets}}) seen group by 1, 2),
series as (
    select issue_id, actor_id, array_agg(array[bin, support, oppose, neutral, declined]::int[] order by bin) as steps
    from (
        select issue_id, actor_id, (at - first) * {BINS} / days as bin,
            {", ".join(f"sum({name}) as {name}" for name in SUMS)}
        from rolled, span where at is not null group by 1, 2, 3
    ) bins group by 1, 2
)
select cells.*, outlets.ids, series.steps, early.day, late.day, newest.*
from cells join outlets using (issue_id, actor_id) left join series using (issue_id, actor_id)
left join lateral (
    select day from daily d where d.issue_id = cells.issue_id and d.actor_id = cells.actor_id
        and d.day >= opening and d.day < opening + interval '1 month' order by d.day limit 1
) early on true
left join lateral (
    select day from daily d where d.issue_id = cells.issue_id and d.actor_id = cells.actor_id
        and d.day >= closing and d.day < closing + interval '1 month' order by d.day desc limit 1
) late on true
left join lateral (
    select {_SUMS} from daily d
    where d.issue_id = cells.issue_id and d.actor_id = cells.actor_id and d.day = late.day
) newest on true
"""  # noqa: S608 - made of our own names; values are parameters


def _query(scope: Scope, then: datetime.date | None) -> tuple[str, list[Any]]:
    daily = _sql(scope.tallies().values_list("issue_id", "actor_id", "day", "level", *SUMS))
    rolled = _rolled(scope, then)
    outlets = _sql(_outlets(scope).values_list("issue_id", "actor_id", "source_id"))
    sql = _SQL.format(daily=daily[0], rolled=rolled[0], outlets=outlets[0])
    return sql, [*daily[1], *rolled[1], *([then] * len(SUMS)), *outlets[1]]


def _rolled(scope: Scope, then: datetime.date | None) -> tuple[str, list[Any]]:
    """SQL of what adds up to the scope: months, and days where a month is cut. `then` cuts one too."""
    days = f"select issue_id, actor_id, day as at, level, {', '.join(SUMS)} from daily"  # noqa: S608
    start, until = scope.start, scope.until
    if scope.outlets or (start and until and (until - start).days < SHORT):
        return days, []
    cut = [day.replace(day=1) for day in (until, then) if day and not _last_of_month(day)]
    if start and start.day > 1:
        cut.append(start.replace(day=1))
    months = scope.rolled(MonthlyTally)
    if start:
        months = months.filter(month__gte=start.replace(day=1))
    if until:
        months = months.filter(month__lte=until)
    whole, parameters = _sql(
        months.exclude(month__in=cut).values_list("issue_id", "actor_id", "month", "level", *SUMS)
    )
    if not cut:
        return whole, parameters
    spans = [f"day between '{day}' and '{_end_of_month(day)}'" for day in sorted(set(cut))]
    return f"{whole} union all {days} where {' or '.join(spans)}", parameters


def _outlets(scope: Scope) -> QuerySet[OutletTally]:
    """Which outlets each cell rests on; where a period is asked for, only those that have something in it."""
    rows = scope.rolled(OutletTally)
    if not (scope.start or scope.until):
        return rows
    same = ("issue", "actor", "voice", "source", "published", "level")
    inside = DailyTally.objects.filter(**{name: OuterRef(name) for name in same})
    if scope.start:
        inside = inside.filter(day__gte=scope.start)
    if scope.until:
        inside = inside.filter(day__lte=scope.until)
    return rows.filter(Exists(inside))


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    sql, parameters = rows.order_by().query.sql_with_params()
    return sql, list(parameters)


def _end_of_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _last_of_month(day: datetime.date) -> bool:
    return day == _end_of_month(day)


def _standing(row: tuple[Any, ...]) -> Standing:
    _, _, *numbers = row
    now, then, rest = numbers[:5], numbers[5:9], numbers[9:]
    outlets, steps, earliest, latest, *newest = rest[2:]
    return Standing(
        counts=Counts(*now, outlets=frozenset(outlets), earliest=earliest, latest=latest),
        newest=Counts(*newest) if latest else Counts(),
        then=Counts(*then),
        series=tuple(map(tuple, steps or ())),
    )
