"""On which days each actor took which side, read from tallies for the cells whose position may have changed.

Most cells never change, and the more is said in one, the plainer that is from its months alone. So months are looked at
first, and the days are read only where two sides may have been held; no change is missed by that.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from positions.models import MonthlyTally
from positions.scope import Scope
from positions.tables.counts import Place
from positions.tables.turns import Day, Rule

_COLUMNS = ("issue_id", "actor_id", "support", "oppose", "neutral", "declined")
_SIDES = ("support", "oppose", "neutral")
_DAYS = """
    select d.issue_id, d.actor_id, d.day, sum(support)::int, sum(oppose)::int, sum(neutral - declined)::int,
           coalesce(array_agg(distinct source_id) filter (where support > 0), '{{}}'),
           coalesce(array_agg(distinct source_id) filter (where oppose > 0), '{{}}'),
           coalesce(array_agg(distinct source_id) filter (where neutral > declined), '{{}}')
      from ({daily}) d {join}
     where d.day is not null group by 1, 2, 3 order by 3
"""


@dataclass(frozen=True, slots=True)
class _Reach:
    """Months that a window of the rule may touch, and those that it holds whatever its first day, beside its own."""

    touched: int
    within: int

    @classmethod
    def of(cls, asked: Rule) -> "_Reach":
        return cls(asked.days // 28 + 1, max(0, asked.days // 31 - 1))


def read_days(scope: Scope, asked: Rule) -> dict[Place, list[Day]]:
    """Return the dated counts in order, for the cells that may have changed. One query."""
    try:
        sql, parameters = _query(scope, asked)
    except EmptyResultSet:  # the scope asks for what cannot be
        return {}
    places: dict[Place, list[Day]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for issue, actor, day, *counts in cursor.fetchall():
            if any(counts[:3]):
                held = Day(day, tuple(counts[:3]), tuple(frozenset(outlets) for outlets in counts[3:]))
                places.setdefault((issue, actor), []).append(held)
    return places


def _query(scope: Scope, asked: Rule) -> tuple[str, list[Any]]:
    daily, values = _sql(scope.tallies().order_by().values_list(*_COLUMNS, "day", "source_id"))
    if scope.outlets:  # which months do not tell apart
        return _DAYS.format(daily=daily, join=""), values
    months, more = _months(scope, asked)
    join = "join places using (issue_id, actor_id)"
    return f"with {months} {_DAYS.format(daily=daily, join=join)}", [*more, *values]


def _months(scope: Scope, asked: Rule) -> tuple[str, list[Any]]:
    """SQL of the cells in which two sides may have been held: in some window, as many of its months' statements as can
    lie within it against as few of the others' as must."""
    rows = scope.rolled(MonthlyTally).filter(month__isnull=False).order_by()
    cut = datetime.date.max
    if scope.until:
        rows, cut = rows.filter(month__lte=scope.until), scope.until.replace(day=1)
    sql, values = _sql(rows.values_list(*_COLUMNS, "month"))
    reach = _Reach.of(asked)
    sums, held = [], []
    for name, touched, within in (
        ("ahead", f"current row and interval '{reach.touched} month' following",
         f"interval '1 month' following and interval '{reach.within} month' following"),
        ("back", f"interval '{reach.touched} month' preceding and current row",
         f"interval '{reach.within} month' preceding and interval '1 month' preceding"),
    ):  # fmt: skip
        over = "over (partition by issue_id, actor_id order by month range between"
        sums += [f"sum({side}) {over} {touched}) as {side}_{name}" for side in _SIDES]
        within_sum = f"coalesce(sum({{}}) filter (where month < %s) {over} {within}), 0)"
        sums += [f"{within_sum.format(side)} as {side}_{name}_least" for side in _SIDES]
    for side in _SIDES:
        ways = []
        for name in ("ahead", "back"):
            others = " + ".join(f"{other}_{name}_least" for other in _SIDES if other != side)
            most = f"{side}_{name}"
            ways.append(f"{most} >= {asked.least} and {most} >= {asked.share:f} * ({most} + {others})")
        held.append(f"bool_or(({ways[0]}) or ({ways[1]}))::int")
    tables = f"""
        months as (select issue_id, actor_id, month, sum(support) as support, sum(oppose) as oppose,
                          sum(neutral - declined) as neutral from ({sql}) m group by 1, 2, 3),
        windows as (select issue_id, actor_id, {", ".join(sums)} from months),
        places as (select issue_id, actor_id from windows group by 1, 2 having {" + ".join(held)} > 1)
    """  # noqa: S608 - made of our own names and numbers; values are parameters
    return tables, [*values, *[cut] * 6]


def _sql(rows: QuerySet) -> tuple[str, list[Any]]:
    sql, parameters = rows.query.sql_with_params()
    return sql, list(parameters)
