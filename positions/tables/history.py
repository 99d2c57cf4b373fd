"""What became of a statement: each change with the day, who made it, the old value, the new one and the reason."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from positions.models import Review, Statement

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


def histories(statements: Sequence[Statement]) -> dict[int, list[Entry]]:
    """All changes of statements of one article by their keys, latest first: by decisions, their undoing, and by
    extracting again. Two queries, however many statements."""
    articles = {row.article_id for row in statements}
    past: dict[int, list[Any]] = defaultdict(list)
    for event in _events(Statement, articles).exclude(pgh_label="delete"):
        past[event.pgh_obj_id].append(event)
    decisions: dict[int, list[Any]] = defaultdict(list)
    for event in _events(Review, articles):
        decisions[event.pgh_obj_id].append(event)
    return {row.pk: _history(row, past[row.pk], decisions) for row in statements}


def _events(model: type[Model], articles: set[int]) -> QuerySet[Any]:
    """Events of the rows about these articles, in order, each with the name of who made it."""
    users = get_user_model().objects.filter(pk=Cast(OuterRef("user"), BigIntegerField()))
    rows = model.pgh_event_model.objects.filter(article__in=articles).select_related(
        "pgh_context", "actor", "issue"
    )
    rows = rows.annotate(user=KeyTextTransform("user", "pgh_context__metadata"))
    return rows.annotate(who=Subquery(users.values("username")[:1])).order_by("pgh_id")


def _history(statement: Statement, past: list[Any], decisions: dict[int, list[Any]]) -> list[Entry]:
    versions = [*past, statement]
    reviews = {row.review_id for row in versions} - {None}
    own = [event for review in reviews for event in decisions[review]]
    events = sorted([*past, *own], key=lambda event: event.pgh_created_at)
    changes = {old.pgh_id: _changes(old, new) for old, new in pairwise(versions)}
    # What one request or one verb of recording did has one context; extracting again has none.
    moments: dict[Any, list[Any]] = defaultdict(list)
    for event in events:
        moments[event.pgh_context_id or id(event)].append(event)
    return [_entry(moment, changes) for moment in reversed(moments.values())]


def _entry(moment: list[Any], changes: dict[int, list[Line]]) -> Entry:
    """What happened at once; an event of the statement alone means that the article was read again."""
    lines = tuple(
        line for event in moment if event.pgh_tracked_model is Statement for line in changes[event.pgh_id]
    )
    decision = next((event for event in reversed(moment) if event.pgh_tracked_model is Review), None)
    at = moment[0].pgh_created_at
    if decision is None:
        return Entry(at, "machine", "Extracted again", lines, "")
    name = decision.who or "somebody, past the site"
    if decision.pgh_label == "delete":
        return Entry(at, name, "Taken back", lines, "")
    return Entry(at, name, decision.get_verdict_display(), lines, decision.reason)


def _changes(old: Any, new: Any) -> list[Line]:
    lines = []
    for name, label in {**LABELS, **FLAGS}.items():
        values = [_plain(row, name) for row in (old, new)]
        if values[0] != values[1]:
            lines.append(Line(label, *values))
    return lines


def _plain(row: Any, name: str) -> str:
    if name == "evidence":
        return f"characters {row.evidence_start} to {row.evidence_end}"
    return worded(row, name)


def worded(row: Any, name: str) -> str:
    """The value of one field as it is told."""
    if display := getattr(row, f"get_{name}_display", None):
        return display()
    value = getattr(row, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, Model) or value is not None else "unknown"
