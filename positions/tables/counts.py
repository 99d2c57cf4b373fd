"""Reads counts for cells. Daily tallies hold them, so a matrix costs the same however many statements there are."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Max, Min, Q, QuerySet, Sum

from positions.models import CHECKED
from positions.scope import Scope
from positions.tables.states import Counts

Place = tuple[int, int]  # issue id, actor id
SUMS = ("support", "oppose", "neutral", "declined")
NUMBERS = (*SUMS, "reviewed")


def read_counts(scope: Scope) -> dict[Place, Counts]:
    """Return the counts of every cell of the scope; cells without evidence are missing. One query."""
    return {_place(row): _counts(row) for row in _sums(scope)}


def read_latest(scope: Scope, places: dict[Place, Counts]) -> dict[Place, Counts]:
    """Return for each cell the counts of its latest day alone. One query."""
    days = [
        Q(issue=issue, actor=actor, day=counts.latest)
        for (issue, actor), counts in places.items()
        if counts.latest
    ]
    return {_place(row): _counts(row) for row in _sums(scope, reduce(or_, days))} if days else {}


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


def _sums(scope: Scope, days: Q | None = None) -> QuerySet[Any, dict[str, Any]]:
    """One row for each cell."""
    rows = scope.tallies()
    rows = rows.filter(days) if days else rows
    sums = {f"n_{name}": Sum(name) for name in SUMS}
    total = F("support") + F("oppose") + F("neutral")
    ends = {"last": Max("day"), "first": Min("day")}
    return (
        rows.order_by()
        .values("issue", "actor")
        .annotate(outlets=ArrayAgg("source", distinct=True), **ends, **sums)
        .annotate(n_reviewed=Sum(total, filter=Q(level=CHECKED), default=0))
    )


def _place(row: dict[str, Any]) -> Place:
    return row["issue"], row["actor"]


def _counts(row: dict[str, Any]) -> Counts:
    sums = {name: row[f"n_{name}"] for name in NUMBERS}
    return Counts(**sums, outlets=frozenset(row["outlets"]), earliest=row["first"], latest=row["last"])
