"""What an editor sees of one statement: evidence in its context, machine and decision side by side, its history."""

from __future__ import annotations

from dataclasses import dataclass

from positions.models import Held, Review, Statement
from positions.tables.history import LABELS, Entry, Line, histories, worded
from positions.tables.marking import paragraph_spans


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The evidence with the paragraphs around it; verbatim."""

    before: str
    evidence: str
    after: str


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
    """All changes of the statement, latest first."""
    return histories([statement])[statement.pk]


def _shown(row: Held | None, name: str, text: str) -> str:
    if row is None:
        return ""
    if name == "evidence":
        return text[row.evidence_start : row.evidence_end]
    return worded(row, name)
