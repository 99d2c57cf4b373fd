"""Keeps the tallies in step with the statements. Called by `recording` alone, inside its transactions."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from positions.models import CHECKED, LEVELS, DailyTally, MonthlyTally, OutletTally, Statement, Tally

COUNTS = ("support", "oppose", "neutral", "declined")
COMMON = ("actor_id", "voice", "issue_id", "published", "level")

Key = tuple[Any, ...]
Tallies = dict[Key, Counter]


class TallyDrift(RuntimeError):
    """The tallies hold less than is to be taken away. Run `manage.py rebuild_tallies` and record again."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One table of tallies: the fields of its key, and the SQL of those that the daily tallies lack."""

    model: type[Tally]
    fields: tuple[str, ...]
    made: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        return (*COMMON, *self.fields)

    def of(self, daily: Key) -> Key:
        """The key of the tally into which the daily one with that key goes."""
        values = dict(zip(DAILY.key, daily, strict=True))
        day: datetime.date | None = values["day"]
        values["month"] = day and day.replace(day=1)
        return tuple(values[name] for name in self.key)

    @property
    def recount(self) -> str:
        """SQL that counts these tallies anew: from the statements for daily ones, from those for the others."""
        made = dict(self.made)
        key = ", ".join(f"{made[name]} as {name}" if name in made else name for name in self.key)
        sums = ", ".join(f"sum({name})::int as {name}" for name in COUNTS)
        rows = _STATEMENTS if self is DAILY else f"({DAILY.recount}) daily"
        places = ", ".join(str(number + 1) for number in range(len(self.key)))
        return f"select {key}, {sums} from {rows} group by {places}"  # noqa: S608 - names of our own

    @property
    def columns(self) -> str:
        return ", ".join((*self.key, *COUNTS))

    @property
    def table(self) -> str:
        return self.model._meta.db_table


# A statement as a daily tally of one. The levels are those of `level_of`.
_STATEMENTS = f"""(
    select s.actor_id, s.voice, s.issue_id, s.published, a.source_id, s.day,
           case when s.reviewed then {CHECKED}
                else coalesce(width_bucket(s.confidence, array{list(LEVELS)}::float8[]), 0) end::int2 as level,
           (s.stance = 'support')::int as support, (s.stance = 'oppose')::int as oppose,
           (s.stance = 'neutral')::int as neutral, s.declined::int as declined
    from positions_statement s join articles_article a on a.id = s.article_id
    where not s.withdrawn
) statements"""  # noqa: S608

DAILY = Kind(DailyTally, ("source_id", "day"))
KINDS = (
    DAILY,
    Kind(MonthlyTally, ("month",), made=(("month", "date_trunc('month', day)::date"),)),
    Kind(OutletTally, ("source_id",)),
)


def level_of(row: Statement) -> int:
    """How sure a statement is, as tallies tell it: tenths of the machine's confidence, or checked by a person."""
    return CHECKED if row.reviewed else bisect_right(LEVELS, row.confidence or 0)


def count(statements: Iterable[Statement], source_id: int) -> Tallies:
    """Return what these statements of articles of one source add to the daily tallies; withdrawn ones add nothing."""
    tallies: Tallies = defaultdict(Counter)
    for row in statements:
        if not row.withdrawn:
            key = (row.actor_id, row.voice, row.issue_id, row.published, level_of(row), source_id, row.day)
            tallies[key].update({row.stance: 1, "declined": int(row.declined)})
    return tallies


def shift(before: Tallies, after: Tallies) -> None:
    """Take `before` away and add `after`. Safe beside other writers; raises TallyDrift rather than go below 0."""
    for kind in KINDS:
        changes: Tallies = defaultdict(Counter)
        for key, counts in after.items():
            changes[kind.of(key)].update(counts)
        for key, counts in before.items():
            changes[kind.of(key)].subtract(counts)
        changes = {key: change for key, change in changes.items() if any(change.values())}
        if changes:
            _apply(kind, changes)


def _apply(kind: Kind, changes: Tallies) -> None:
    rows = _locked(kind, sorted(changes, key=str))
    for row in rows:
        change = changes[tuple(getattr(row, name) for name in kind.key)]
        for name in COUNTS:
            setattr(row, name, getattr(row, name) + change[name])
        if min(getattr(row, name) for name in COUNTS) < 0:
            raise TallyDrift(f"{TallyDrift.__doc__} At fault: {row} {row.voice}.")
    empty = [row.pk for row in rows if not row.total]
    kind.model.objects.bulk_update([row for row in rows if row.total], COUNTS)
    if empty:
        kind.model.objects.filter(pk__in=empty).delete()


def _locked(kind: Kind, keys: list[Key]) -> list[Tally]:
    """Rows of the keys, made where missing, locked in one order by all, so that writers wait but do not deadlock."""
    wanted = Q(pk__in=[])
    for key in keys:
        wanted |= Q(**dict(zip(kind.key, key, strict=True)))
    while True:
        rows = [kind.model(**dict(zip(kind.key, key, strict=True))) for key in keys]
        kind.model.objects.bulk_create(rows, ignore_conflicts=True)
        locked = list(kind.model.objects.filter(wanted).select_for_update().order_by("pk"))
        # Another writer may have removed an emptied row between the two queries.
        if len(locked) == len(keys):
            return locked


def differences() -> list[str]:
    """Return one line for each tally that is not what its statements add up to."""
    return [line for kind in KINDS for line in _differences(kind)]


def _differences(kind: Kind) -> Iterator[str]:
    kept = f"select {kind.columns} from {kind.table}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"({kept}) except ({kind.recount})")
        wrong = _by_key(kind, cursor.fetchall())
        cursor.execute(f"({kind.recount}) except ({kept})")
        right = _by_key(kind, cursor.fetchall())
    none = (0,) * len(COUNTS)
    for key in sorted({*wrong, *right}, key=str):
        said = f"kept {wrong.get(key, none)}, counted {right.get(key, none)}"
        yield f"{kind.model._meta.verbose_name} {' '.join(map(str, key))}: {said}"


def _by_key(kind: Kind, rows: list[tuple[Any, ...]]) -> dict[Key, tuple[int, ...]]:
    return {row[: len(kind.key)]: row[len(kind.key) :] for row in rows}


@transaction.atomic
def rebuild() -> int:
    """Count all statements anew, with writers kept waiting meanwhile; return the number of daily tallies."""
    with connection.cursor() as cursor:
        # All writers begin with the daily tallies.
        cursor.execute(f"lock table {DAILY.table} in share row exclusive mode")
        for kind in KINDS:
            cursor.execute(f"delete from {kind.table}")  # noqa: S608
            cursor.execute(f"insert into {kind.table} ({kind.columns}) {kind.recount}")
    return DailyTally.objects.count()
