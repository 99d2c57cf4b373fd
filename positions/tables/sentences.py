"""Sentences made from the data: the summary above a table and the line that says what it rests on."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings

from positions.models import Voice
from positions.scope import Scope
from positions.tables.states import Counts, State, day_text, plural

if TYPE_CHECKING:
    from positions.tables.cells import Row
    from positions.tables.shifts import Shift

# Singular and plural, so that "UK and US support" and "Russia opposes".
_VERBS = {
    State.SUPPORT: ("supports", "support"),
    State.OPPOSE: ("opposes", "oppose"),
    State.NEUTRAL: ("is neutral", "are neutral"),
    State.DECLINED: ("declined to say", "declined to say"),
    State.MIXED: ("is mixed", "are mixed"),
}
_SIDES = (State.SUPPORT, State.OPPOSE)


def stand(states: dict[str, State]) -> str:
    """Who stands where on one issue, by the actors' labels: "UK and US support, Russia opposes"."""
    parts = []
    for state in State:
        labels = [label for label, held in states.items() if held is state]
        who = " and ".join(labels)
        if labels and state is State.NONE:
            parts.append(f"nothing found on {who}")
        elif labels:
            parts.append(f"{who} {_VERBS[state][len(labels) > 1]}")
    return ", ".join(parts)


def agreement(rows: Sequence[dict[str, State]]) -> str:
    """How often each two actors take the same side, over the issues on which both take one; the closest pair first."""
    pairs = []
    for one, other in itertools.combinations(rows[0] if rows else (), 2):
        both = [row for row in rows if row[one] in _SIDES and row[other] in _SIDES]
        if both:
            same = sum(row[one] is row[other] for row in both)
            pairs.append(
                (same / len(both), f"{one} and {other} agree on {same} of {plural(len(both), 'issue')}")
            )
    pairs.sort(key=lambda pair: -pair[0])
    return f"Where both take a side, {', '.join(text for _, text in pairs)}." if pairs else ""


def summary(
    propositions: Sequence[str], rows: Sequence[dict[str, State]], counts: Counts, scope: Scope
) -> str:
    """One sentence for the whole matrix; empty without evidence. `rows` hold a state by actor label."""
    if not counts.total:
        return ""
    if len(rows) > 1:
        return agreement(rows)
    until = scope.until or counts.latest
    as_of = f"As of {day_text(until)}, on" if until else "On"
    return f"{as_of} “{propositions[0].rstrip('.')}”: {stand(rows[0])}."


def period_text(scope: Scope, counts: Counts) -> str:
    """The days that the evidence spans, or those that were asked for: "1 Jan 2015 – 30 Apr 2017"."""
    start, end = scope.start or counts.earliest, scope.until or counts.latest
    return f"{day_text(start)} – {day_text(end)}" if start and end else ""


def statements_text(number: int, scope: Scope) -> str:
    """How many statements of which kind by whom: "312 published government statements"."""
    kind = "reviewed" if scope.reviewed else "published and pending" if scope.pending else "published"
    if set(scope.voices) == {Voice.GOVERNMENT}:
        return f"{number:,} {kind} government statement{'' if number == 1 else 's'}"
    whose = " and ".join(str(Voice(voice).label).lower() for voice in scope.voices)
    return f"{number:,} {kind} statement{'' if number == 1 else 's'} ({whose})"


def status(scope: Scope, counts: Counts, *, issues: int, articles: int | None = None, data: str = "") -> str:
    """What a screen rests on: `issues` with evidence, how many `articles` the statements come from, where that was
    counted, and when the `data` was last changed."""
    statements = statements_text(counts.total, scope)
    sources = [plural(articles, "article")] if articles is not None else []
    sources.append(plural(len(counts.outlets), "outlet"))
    parts = [
        plural(issues, "issue") if counts.total else "",
        plural(len(scope.actors), "actor"),
        f"{statements} from {', '.join(sources)}" if counts.total else statements,
        period_text(scope, counts),
    ]
    as_of = f"As of {day_text(scope.asof)}." if scope.asof else ""
    return " ".join(filter(None, [", ".join(filter(None, parts)) + ".", share_text(counts), as_of, data]))


def data_text(at: datetime.datetime | None, number: int) -> str:
    """When the data was last changed: "Data as of 2 May 2017, 09:00 UTC (rev 1841)."."""
    if at is None:
        return ""
    at = at.astimezone(datetime.UTC)
    return f"Data as of {day_text(at.date())}, {at:%H:%M} UTC (rev {number})."


def recent(scope: Scope, counts: Counts, changes: Iterable[Shift]) -> str:
    """How many positions changed within the period, or lately where none is asked for."""
    days = [change.day for change in changes]
    if scope.start:
        return f"{_changed(len(days))} in this period." if days else ""
    until = scope.until or counts.latest
    if until is None:
        return ""
    number = sum(
        until - datetime.timedelta(days=settings.DIPWATCH_RECENT_DAYS) <= day <= until for day in days
    )
    when = f"in the {settings.DIPWATCH_RECENT_DAYS} days to {day_text(until)}"
    return f"{_changed(number)} {when}." if number else ""


def _changed(number: int) -> str:
    return "1 position changed" if number == 1 else f"{number:,} positions changed"


def compared(then: datetime.date | None, rows: Sequence[Row]) -> str:
    """How many cells say another thing than on the day compared with."""
    if then is None:
        return ""
    cells = [cell for row in rows for cell in row.cells if cell.counts.total]
    number = sum(cell.changed for cell in cells)
    return f"Compared with {day_text(then)}: {number} of {plural(len(cells), 'cell')} changed."


def share_text(counts: Counts) -> str:
    """Which share a person has checked, with the numbers: "64% reviewed (200 of 312)."."""
    if not counts.total:
        return ""
    return f"{100 * counts.reviewed // counts.total}% reviewed ({counts.reviewed:,} of {counts.total:,})."
