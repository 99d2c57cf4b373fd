"""What an editor sees of one statement: evidence in its context, machine and decision side by side, its history."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from positions.models import Actor, Held, Issue, Review, Statement
from positions.tables.article import paragraph_spans

LABELS = {
    "stance": "Stance",
    "declined": "Declined to say",
    "actor": "Actor",
    "voice": "Voice",
    "speaker": "Speaker",
    "issue": "Issue",
    "attribution": "Attribution",
    "date": "Date",
    "evidence": "Evidence",
}
FLAGS = {"published": "Published", "withdrawn": "Withdrawn", "disputed": "Disputed"}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The evidence with the paragraphs around it; verbatim."""

    before: str
    evidence: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One field in two versions."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of the statement: `changes` hold the old value on the left, the new one on the right."""

    at: datetime.datetime
    who: str
    did: str
    changes: tuple[Line, ...]
    reason: str


def excerpt(statement: Statement) -> Excerpt:
    """Return the evidence with its own paragraphs and one on either side."""
    text, start, end = statement.article.text, statement.evidence_start, statement.evidence_end
    spans = paragraph_spans(text)
    first = max(0, next((i for i, span in enumerate(spans) if span[1] > start), 0) - 1)
    last = next((i for i, span in enumerate(spans) if span[1] >= end), len(spans) - 1)
    upto = spans[min(last + 1, len(spans) - 1)][1]
    return Excerpt(text[spans[first][0] : start], text[start:end], text[end:upto])


def side_by_side(statement: Statement) -> list[Line]:
    """The machine's values on the left, those decided on the right; both empty where there are none."""
    machine, decided = statement.stance_row, statement.review
    lines = compare(machine, decided, statement.article.text)
    if machine is None and decided is not None and decided.verdict != Review.Verdict.ADDED:
        return [
            Line(line.label, "no longer found" if line.label == "Stance" else "", line.right)
            for line in lines
        ]
    return lines


def compare(left: Held | None, right: Held | None, text: str) -> list[Line]:
    """Two versions of what is held about an article with this text, field by field."""
    return [
        Line(label, _shown(left, name, text), _shown(right, name, text)) for name, label in LABELS.items()
    ]


def history(statement: Statement) -> list[Entry]:
    """All changes of the statement, latest first: by decisions, their undoing, and by extracting again."""
    past = list(statement.events.exclude(pgh_label="delete").select_related("pgh_context").order_by("pgh_id"))
    reviews = {row.review_id for row in [*past, statement]} - {None}
    decisions = Review.pgh_event_model.objects.filter(pgh_obj_id__in=reviews).select_related("pgh_context")
    events = sorted([*past, *decisions.order_by("pgh_id")], key=lambda event: event.pgh_created_at)
    names = _names([*past, statement])
    changes = {old.pgh_id: _changes(old, new, names) for old, new in pairwise([*past, statement])}
    # What one request or one verb of recording did has one context; extracting again has none.
    moments: dict[Any, list[Any]] = defaultdict(list)
    for event in events:
        moments[event.pgh_context_id or id(event)].append(event)
    who = _users([event.pgh_context for event in events])
    return [_entry(moment, changes, who) for moment in reversed(moments.values())]


def _entry(moment: list[Any], changes: dict[int, list[Line]], who: dict[int, str]) -> Entry:
    """What happened at once; an event of the statement alone means that the article was read again."""
    lines = tuple(
        line for event in moment if event.pgh_tracked_model is Statement for line in changes[event.pgh_id]
    )
    decision = next((event for event in reversed(moment) if event.pgh_tracked_model is Review), None)
    at = moment[0].pgh_created_at
    if decision is None:
        return Entry(at, "machine", "Extracted again", lines, "")
    user = decision.pgh_context.metadata.get("user") if decision.pgh_context else None
    name = who.get(user, "somebody, past the site")
    if decision.pgh_label == "delete":
        return Entry(at, name, "Taken back", lines, "")
    return Entry(at, name, decision.get_verdict_display(), lines, decision.reason)


def _users(contexts: list[Any]) -> dict[int, str]:
    ids = {context.metadata.get("user") for context in contexts if context}
    return {user.pk: user.get_username() for user in get_user_model().objects.filter(pk__in=ids - {None})}


def _names(rows: list[Any]) -> dict[tuple[str, int], str]:
    """Actors and issues by name; events keep their keys only, since both may be gone."""
    actors = Actor.objects.filter(pk__in={row.actor_id for row in rows})
    issues = Issue.objects.filter(pk__in={row.issue_id for row in rows})
    return {("actor", row.pk): str(row) for row in actors} | {("issue", row.pk): str(row) for row in issues}


def _changes(old: Any, new: Any, names: dict[tuple[str, int], str]) -> list[Line]:
    lines = []
    for name, label in {**LABELS, **FLAGS}.items():
        values = [_plain(row, name, names) for row in (old, new)]
        if values[0] != values[1]:
            lines.append(Line(label, *values))
    return lines


def _plain(row: Any, name: str, names: dict[tuple[str, int], str]) -> str:
    if name in ("actor", "issue"):
        key = getattr(row, f"{name}_id")
        return names.get((name, key), f"{name} {key}")
    if name == "evidence":
        return f"characters {row.evidence_start} to {row.evidence_end}"
    return _worded(row, name)


def _shown(row: Held | None, name: str, text: str) -> str:
    if row is None:
        return ""
    if name == "evidence":
        return text[row.evidence_start : row.evidence_end]
    return _worded(row, name)


def _worded(row: Any, name: str) -> str:
    if display := getattr(row, f"get_{name}_display", None):
        return display()
    value = getattr(row, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, Model) or value is not None else "unknown"
