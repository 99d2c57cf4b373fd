"""Brings the statements of one article in step with its findings and decisions. Called by `recording` alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from articles.models import Article
from positions import overlay, tallies
from positions.models import Held, Review, Statement

HELD = (
    "actor_id", "voice", "speaker", "issue_id", "stance", "declined", "attribution", "date", "date_precision",
    "evidence_start", "evidence_end", "more_evidence",
)  # fmt: skip
MACHINE = ("stance_row_id", "rule", "confidence")
STATE = ("review_id", "reviewed", "published", "withdrawn", "disputed", "day")


def rebuild(
    article: Article, *, decided: dict[int, Review] | None = None, undone: Review | None = None
) -> None:
    """Make the statements of the article what its findings and decisions say, and shift the tallies accordingly.

    `decided` maps statements (by primary key) to new decisions about them; `undone` is a decision about to be deleted.
    The caller holds the article's lock. Statements that nothing speaks for any longer are withdrawn, never deleted, so
    that citations hold.
    """
    rows = list(article.statements.order_by("pk"))
    before = tallies.count(rows, article.source_id)
    old = {row.pk: _values(row) for row in rows}
    for row in rows:
        if decided and row.pk in decided:
            row.review_id = decided[row.pk].pk
        if undone and row.review_id == undone.pk:
            row.review_id = None
    standing = {overlay.key_of(row) for row in rows if row.review_id is None and not row.withdrawn}
    reviews = article.reviews.exclude(pk=undone.pk if undone else None)
    readings = overlay.lay(article.stances.all(), reviews, standing=standing)
    after = list(_assign(article, readings, rows))
    changed = [row for row in after if row.pk and old[row.pk] != _values(row)]
    _let_go(old, changed)
    Statement.objects.bulk_update(changed, (*HELD, *MACHINE, *STATE))
    Statement.objects.bulk_create([row for row in after if not row.pk])
    tallies.shift(before, tallies.count(after, article.source_id))


def _values(row: Statement) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*HELD, *MACHINE, *STATE)}


def _let_go(old: dict[int, dict[str, Any]], changed: list[Statement]) -> None:
    """Free findings that pass from one statement to another: the database checks uniqueness row by row."""
    moved = [row.pk for row in changed if old[row.pk]["stance_row_id"] not in (None, row.stance_row_id)]
    if moved:
        Statement.objects.filter(pk__in=moved).update(stance_row=None)


def _assign(article: Article, readings: list[overlay.Reading], rows: list[Statement]) -> Iterator[Statement]:
    """Yield all statements of the article as they shall be: each reading's in turn, then the withdrawn ones.

    A reading keeps the statement of its decision; else of its very finding; else one that says the same; else one
    about the same sentence, actor and issue that nothing else speaks for.
    """
    free = list(rows)
    found: dict[int, Statement] = {}
    for fits in (_of_decision, _of_finding, _says_the_same, _same_sentence):
        for number, reading in enumerate(readings):
            row = next((row for row in free if number not in found and fits(reading, row)), None)
            if row is not None:
                found[number] = row
                free.remove(row)
    for number, reading in enumerate(readings):
        yield _filled(found.get(number) or Statement(article=article), reading, article)
    for row in free:
        row.stance_row_id, row.withdrawn, row.disputed, row.reviewed = None, True, False, False
        yield row


def _of_decision(reading: overlay.Reading, row: Statement) -> bool:
    return reading.review is not None and row.review_id == reading.review.pk


def _of_finding(reading: overlay.Reading, row: Statement) -> bool:
    return row.review_id is None and reading.stance is not None and row.stance_row_id == reading.stance.pk


def _says_the_same(reading: overlay.Reading, row: Statement) -> bool:
    return row.review_id is None and overlay.key_of(row) == overlay.key_of(reading.review or reading.stance)


def _same_sentence(reading: overlay.Reading, row: Statement) -> bool:
    held = reading.review or reading.stance
    same = all(
        getattr(row, name) == getattr(held, name)
        for name in ("actor_id", "issue_id", "evidence_start", "evidence_end")
    )
    return same and row.review_id is None and not row.withdrawn


def _filled(row: Statement, reading: overlay.Reading, article: Article) -> Statement:
    held: Held = reading.review or reading.stance
    for name in HELD:
        setattr(row, name, getattr(held, name))
    row.day = overlay.counted_day(held, article)
    row.stance_row_id = reading.stance.pk if reading.stance else None
    if reading.stance:
        row.rule, row.confidence = reading.stance.rule, reading.stance.confidence
    row.review_id = reading.review.pk if reading.review else None
    row.reviewed = reading.review is not None
    row.withdrawn = row.reviewed and reading.review.verdict == Review.Verdict.REJECTED
    row.published = not row.withdrawn if row.reviewed else reading.stance.published
    row.disputed = reading.disputed
    return row
