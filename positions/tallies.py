"""Keeps DailyTally in step with the statements. Called by `recording` alone, inside its transactions."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Count, Q

from positions.models import DailyTally, Side, Statement

COUNTS = ("support", "oppose", "neutral", "declined", "reviewed")
KEY = ("actor_id", "voice", "issue_id", "source_id", "day", "published")

Key = tuple[int, str, int, int, datetime.date | None, bool]
Tallies = dict[Key, Counter]


class TallyDrift(RuntimeError):
    """The tallies hold less than is to be taken away. Run `manage.py rebuild_tallies` and record again."""


def count(statements: Iterable[Statement], source_id: int) -> Tallies:
    """Return what these statements of articles of one source add to the tallies; withdrawn ones add nothing."""
    tallies: Tallies = defaultdict(Counter)
    for row in statements:
        if not row.withdrawn:
            tally = tallies[row.actor_id, row.voice, row.issue_id, source_id, row.day, row.published]
            tally.update({row.stance: 1, "declined": int(row.declined), "reviewed": int(row.reviewed)})
    return tallies


def shift(before: Tallies, after: Tallies) -> None:
    """Take `before` away and add `after`. Safe beside other writers; raises TallyDrift rather than go below 0."""
    changes = {}
    for key in {*before, *after}:
        change = Counter(after.get(key, {}))
        change.subtract(before.get(key, {}))
        if any(change.values()):
            changes[key] = change
    if changes:
        _apply(changes)


def _apply(changes: Tallies) -> None:
    rows = _locked(sorted(changes, key=str))
    for row in rows:
        for name in COUNTS:
            setattr(row, name, getattr(row, name) + changes[_key(row)][name])
        if min(getattr(row, name) for name in COUNTS) < 0:
            raise TallyDrift(f"{TallyDrift.__doc__} At fault: {row} {row.voice}.")
    empty = [row.pk for row in rows if not _shown(row)]
    DailyTally.objects.bulk_update([row for row in rows if _shown(row)], COUNTS)
    if empty:
        DailyTally.objects.filter(pk__in=empty).delete()


def _locked(keys: list[Key]) -> list[DailyTally]:
    """Rows of the keys, made where missing, locked in one order by all, so that writers wait but do not deadlock."""
    wanted = Q(pk__in=[])
    for key in keys:
        wanted |= Q(**dict(zip(KEY, key, strict=True)))
    while True:
        rows = [DailyTally(**dict(zip(KEY, key, strict=True))) for key in keys]
        DailyTally.objects.bulk_create(rows, ignore_conflicts=True)
        locked = list(DailyTally.objects.filter(wanted).select_for_update().order_by("pk"))
        # Another writer may have removed an emptied row between the two queries.
        if len(locked) == len(keys):
            return locked


def _key(row: DailyTally) -> Key:
    return tuple(getattr(row, name) for name in KEY)


def _shown(row: DailyTally) -> int:
    return row.support + row.oppose + row.neutral


def _recount() -> dict[Key, tuple[int, ...]]:
    sides = {f"n_{side}": Count("pk", filter=Q(stance=side)) for side in Side.values}
    flags = {f"n_{name}": Count("pk", filter=Q(**{name: True})) for name in ("declined", "reviewed")}
    keys = ["article__source_id" if name == "source_id" else name for name in KEY]
    rows = Statement.objects.standing().order_by().values_list(*keys).annotate(**sides, **flags)
    return {row[: len(KEY)]: row[len(KEY) :] for row in rows}


def differences() -> list[str]:
    """Return one line for each tally that is not what its statements add up to."""
    counted = _recount()
    kept = {_key(row): tuple(getattr(row, name) for name in COUNTS) for row in DailyTally.objects.all()}
    none = (0,) * len(COUNTS)
    return [
        f"{' '.join(map(str, key))}: kept {kept.get(key, none)}, counted {counted.get(key, none)}"
        for key in sorted({*counted, *kept}, key=str)
        if counted.get(key) != kept.get(key)
    ]


@transaction.atomic
def rebuild() -> int:
    """Count all statements anew, with writers kept waiting meanwhile; return the number of tallies."""
    with connection.cursor() as cursor:
        cursor.execute(f"lock table {DailyTally._meta.db_table} in share row exclusive mode")
    counted = _recount()
    DailyTally.objects.all().delete()
    rows = [
        DailyTally(**dict(zip((*KEY, *COUNTS), (*key, *counts), strict=True)))
        for key, counts in counted.items()
    ]
    return len(DailyTally.objects.bulk_create(rows, batch_size=1000))
