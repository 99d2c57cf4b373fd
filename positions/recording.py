"""The only writer of runs, findings, decisions, statements and tallies.

Each verb locks its article, so that what happens to one article happens in a row, and leaves statements and tallies
in step with findings and decisions when its transaction ends.
"""

from __future__ import annotations

import datetime
from typing import Any, TypedDict, Unpack

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.models import Article
from positions import findings, overlay, statements
from positions.extraction import types
from positions.findings import InvalidFinding
from positions.models import Actor, DatePrecision, ExtractionRun, Issue, Review, Stance, Statement

__all__ = [
    "AlreadyHeld", "Changes", "EditConflict", "InvalidFinding", "NothingToUndo", "ReasonMissing", "accept",
    "add_stance",
    "correct_stance", "record_failure", "record_findings", "reject", "undo",
]  # fmt: skip

KEY = ("article", "actor", "voice", "issue", "stance")
FOUND = ("run", "speaker", "declined", "attribution", "date", "date_precision", "evidence_start", "evidence_end",
         "more_evidence", "rule", "confidence", "published")  # fmt: skip
DECIDED = (*statements.HELD, "verdict", "machine_actor_id", "machine_voice", "machine_issue_id", "machine_stance",
           "machine_start", "machine_end", "reason")  # fmt: skip
_ACCEPTED_WHY = {Review.Verdict.CORRECTED: "Accepted although a later extraction differs."}


class ReasonMissing(ValueError):
    """Say why: the record keeps the reason of every correction and rejection."""


class AlreadyHeld(ValueError):
    """The article has a statement, or a decision, that says this already; its message names it."""


class NothingToUndo(ValueError):
    """The decision is not there any longer."""


class EditConflict(RuntimeError):
    """Somebody else decided in between. `theirs` is the decision as it stands, None if it was taken back; `proposed`
    is what would have been written."""

    def __init__(self, *, statement: Statement, theirs: Review | None, proposed: dict[str, Any]) -> None:
        who = (
            f"{theirs.by} decided “{theirs.get_verdict_display()}”"
            if theirs
            else "The decision was taken back"
        )
        super().__init__(
            f"{who} on {statement} while you were at it. Look at both versions and decide again."
        )
        self.statement, self.theirs, self.proposed = statement, theirs, proposed


class Changes(TypedDict, total=False):
    """What a person can decide about a statement. Evidence is [start, end) in characters of the article's text."""

    actor: Actor
    voice: str
    speaker: str
    issue: Issue
    stance: str
    declined: bool
    attribution: str
    date: datetime.date | None
    date_precision: str
    evidence_start: int
    evidence_end: int
    more_evidence: list[list[int]]


@transaction.atomic
def record_findings(*, article: Article, extraction: types.Extraction, seconds: float) -> ExtractionRun:
    """Replace what the machine found in the article; decisions stay and are laid on top.

    Findings outside their issue's period are kept among what was dropped. Raises InvalidFinding, before anything is
    written, for an actor or issue that the database does not know, evidence outside the text, or a repeated stance.
    """
    article = _locked(article.pk)
    checked = findings.check(article, extraction)
    run, _ = ExtractionRun.objects.update_or_create(
        article=article,
        defaults={"engine": extraction.engine, "status": ExtractionRun.Status.DONE, "error": "", "seconds": seconds,
                  "dropped": checked.dropped},
    )  # fmt: skip
    rows = [Stance(article=article, run=run, **fields) for fields in checked.rows]
    # Rows keep their primary keys where the same was found before, so that links to them need no mending.
    rows = Stance.objects.bulk_create(rows, update_conflicts=True, unique_fields=KEY, update_fields=FOUND)
    article.stances.exclude(pk__in=[row.pk for row in rows]).delete()
    statements.rebuild(article)
    return run


@transaction.atomic
def record_failure(*, article: Article, engine: str, error: str, seconds: float) -> ExtractionRun:
    """Note that reading the article failed; what was found earlier stays."""
    fields = {"engine": engine, "status": ExtractionRun.Status.FAILED, "error": error, "seconds": seconds}
    return ExtractionRun.objects.update_or_create(article=_locked(article.pk), defaults=fields)[0]


def accept(*, statement: Statement, by: AbstractBaseUser, version: int | None = None) -> Statement:
    """Confirm the statement as it stands. `version` as in `correct_stance`; None accepts whatever is there."""
    return _decide(statement, by, version=version)


def correct_stance(
    *, statement: Statement, by: AbstractBaseUser, reason: str, version: int, **changes: Unpack[Changes]
) -> Statement:
    """Decide what the statement should say. `version` is that of the decision the person saw, 0 if there was none.

    Raises EditConflict if there is another by now, ReasonMissing, InvalidFinding, and AlreadyHeld if another
    statement of the article says so already (then reject this one).
    """
    return _decide(statement, by, version=version, reason=reason, changes=changes)


def reject(*, statement: Statement, by: AbstractBaseUser, reason: str, version: int) -> Statement:
    """Decide that the evidence shows no such stance: the statement is withdrawn. Raises as `correct_stance` does."""
    return _decide(statement, by, version=version, reason=reason, verdict=Review.Verdict.REJECTED)


@transaction.atomic
def add_stance(
    *, article: Article, by: AbstractBaseUser, reason: str = "", **fields: Unpack[Changes]
) -> Statement:
    """Add a stance that the machine missed. Raises InvalidFinding and AlreadyHeld."""
    article = _locked(article.pk)
    statement = Statement(article=article, **_completed(dict(fields)))
    _check_evidence(statement)
    review = Review(article=article, verdict=Review.Verdict.ADDED, reason=reason.strip(), by=by, version=1)
    _copy(statement, review, statements.HELD)
    _point(review, statement)
    _check_free(review, own=None)
    with pghistory.context(user=by.pk):
        review.save()
        statements.rebuild(article)
    return Statement.objects.get(review=review)


@transaction.atomic
def undo(*, review: Review, by: AbstractBaseUser, version: int | None = None) -> Statement:
    """Take back the latest decision that has not been taken back yet; return the statement as it is then.

    What stood before is written as a new version; the first decision taken back leaves none. `version` as in `accept`.
    Raises EditConflict, AlreadyHeld, and NothingToUndo if there is no decision any longer.
    """
    article = _locked(review.article_id)
    review = Review.objects.select_related("statement", "by").filter(pk=review.pk).first()
    if review is None:
        raise NothingToUndo("This decision has been taken back already.")
    statement = review.statement
    if version not in (None, review.version):
        raise EditConflict(statement=statement, theirs=review, proposed={})
    earlier = _earlier(review)
    with pghistory.context(user=by.pk, undo=True):
        if earlier is None:
            statements.rebuild(article, undone=review)
            review.delete()
        else:
            _copy(earlier, review, DECIDED)
            _check_free(review, own=statement)
            review.by, review.version = by, review.version + 1
            review.save()
            statements.rebuild(article)
    return Statement.objects.get(pk=statement.pk)


def _earlier(review: Review) -> Any | None:
    """The version to go back to, as its event: the last but one of those neither taken back nor made by undoing."""
    stack: list[Any] = []
    versions = {
        event.version: event for event in review.events.select_related("pgh_context").order_by("pgh_id")
    }
    for event in versions.values():
        if event.pgh_context and event.pgh_context.metadata.get("undo"):
            stack.pop()
        else:
            stack.append(event)
    return stack[-2] if len(stack) > 1 else None


@transaction.atomic
def _decide(
    statement: Statement, by: AbstractBaseUser, *, version: int | None, reason: str = "",
    verdict: str | None = None, changes: Changes | None = None,
) -> Statement:  # fmt: skip
    article = _locked(statement.article_id)
    row = Statement.objects.select_related("review__by", "stance_row").get(pk=statement.pk)
    row.article = article
    if version is not None and version != (row.review.version if row.review else 0):
        raise EditConflict(statement=row, theirs=row.review, proposed={**(changes or {}), "reason": reason})
    for name, value in _completed(dict(changes or {})).items():
        setattr(row, name, value)
    _check_evidence(row)
    review = row.review or Review(article=article, version=0)
    before, review.verdict = review.verdict, verdict or _verdict(row)
    _copy(row, review, statements.HELD)
    if row.stance_row or not review.pk or review.verdict == Review.Verdict.ADDED:
        _point(review, row.stance_row or row)
    if (
        changes is None and verdict is None
    ):  # Accepting asks for no reason, even where the machine now differs.
        reason = review.reason if review.verdict == before else _ACCEPTED_WHY.get(review.verdict, "")
    review.reason = reason.strip()
    if review.verdict in (Review.Verdict.CORRECTED, Review.Verdict.REJECTED) and not review.reason:
        raise ReasonMissing(ReasonMissing.__doc__)
    review.by, review.version = by, review.version + 1
    _check_free(review, own=row)
    with pghistory.context(user=by.pk):
        review.save()
        statements.rebuild(article, decided={row.pk: review})
    return Statement.objects.get(pk=row.pk)


def _verdict(row: Statement) -> str:
    """What it means to decide for the statement as it now reads, given what the machine finds at present."""
    if row.stance_row is None:
        return Review.Verdict.ADDED
    same = all(getattr(row, name) == getattr(row.stance_row, name) for name in statements.HELD)
    return Review.Verdict.ACCEPTED if same else Review.Verdict.CORRECTED


def _locked(article_id: int) -> Article:
    return Article.objects.select_for_update(no_key=True).get(pk=article_id)


def _copy(source: Any, target: Any, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))


def _point(review: Review, finding: Stance | Statement) -> None:
    """Make the decision one about this finding."""
    review.machine_actor_id, review.machine_voice = finding.actor_id, finding.voice
    review.machine_issue_id, review.machine_stance = finding.issue_id, finding.stance
    review.machine_start, review.machine_end = finding.evidence_start, finding.evidence_end


def _completed(changes: dict[str, Any]) -> dict[str, Any]:
    """Fields that follow from others where they are not given."""
    if unknown := changes.keys() - Changes.__annotations__.keys():
        raise TypeError(f"Not fields of a stance: {', '.join(sorted(unknown))}")
    if changes.get("stance", "neutral") != "neutral":
        changes.setdefault("declined", False)
    if "date" in changes:
        changes.setdefault("date_precision", DatePrecision.DAY if changes["date"] else DatePrecision.UNKNOWN)
    return changes


def _check_evidence(row: Statement) -> None:
    findings.check_evidence(row.article, [(row.evidence_start, row.evidence_end), *row.more_evidence])


def _check_free(review: Review, *, own: Statement | None) -> None:
    """Raise AlreadyHeld if another statement says what the decision does, or another decision is about the same."""
    others = review.article.statements.exclude(pk=own.pk if own else None).select_related("review")
    holds = review.verdict != Review.Verdict.REJECTED
    for other in others:
        if holds and not other.withdrawn and overlay.key_of(other) == overlay.key_of(review):
            raise AlreadyHeld(
                f"{other} says this already. Correct that one, or reject this one as a repetition."
            )
        if other.review and _target(other.review) == _target(review):
            raise AlreadyHeld(
                f"{other} holds a decision about this very finding. Change that decision instead."
            )


def _target(review: Review) -> tuple:
    return (*overlay.machine_key(review), review.machine_start, review.machine_end)
