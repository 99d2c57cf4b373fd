"""Statements as they are quoted: evidence, who said it when and where, how sure the machine is, who checked it."""

import datetime
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.functions import Substr
from django.urls import reverse

from positions.models import DatePrecision, Statement
from positions.querysets import StatementQuerySet
from positions.tables.states import State, day_text, state_of

PER_PAGE = 25
_HIGH, _MEDIUM = 0.9, 0.6

# What the day of a statement is known by; a screen says which.
_DAYS = {
    DatePrecision.DAY: "{day}",
    DatePrecision.WEEK: "within a week of {day}",
    DatePrecision.ARTICLE: "{day}, date of the article",
    DatePrecision.UNKNOWN: "{day}, date of the article",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement with its evidence. `text` is verbatim."""

    pk: int
    actor: str
    issue: str
    proposition: str
    state: State
    text: str
    day: datetime.date | None
    day_text: str
    speaker: str
    voice: str
    attribution: str
    outlet: str
    title: str
    url: str  # the article, at the sentence
    confidence: str
    rule: str
    review: str
    reviewed: bool
    pending: bool
    withdrawn: bool
    reason: str

    @property
    def public_id(self) -> str:
        return f"S-{self.pk}"

    @property
    def says(self) -> str:
        """The statement as a clause: "UK supports: Bashar al-Assad should leave power."."""
        return f"{self.actor} {self.state.word.lower()}: {self.proposition}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of quotations, newest first, out of `total`; addresses of the next pages are empty at either end."""

    quotes: tuple[Quote, ...]
    total: int
    first: int
    last: int
    newer: str
    older: str


def quotes(statements: StatementQuerySet, *, total: int, page: str, address: str, query: str = "") -> Page:
    """Read one page of the statements, newest first, undated last; a page past the end gives the last one.

    `total` is their number, as the tallies have it, `address` that of the first page, and `query` the scope that
    links into articles carry along.
    """
    rows = with_quotations(statements).order_by(F("day").desc(nulls_last=True), "-pk")
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = total
    shown = paginator.get_page(page)
    return Page(
        quotes=tuple(quote(row, row.quotation, query=query) for row in shown),
        total=total,
        first=shown.start_index(),
        last=shown.end_index(),
        newer=turned(address, shown.previous_page_number()) if shown.has_previous() else "",
        older=turned(address, shown.next_page_number()) if shown.has_next() else "",
    )


def turned(address: str, number: int) -> str:
    return address if number == 1 else f"{address}{'&' if '?' in address else '?'}page={number}"


def with_quotations(statements: StatementQuerySet) -> StatementQuerySet:
    """Let the database cut the evidence out, so that whole articles need not be read for one sentence each."""
    length = F("evidence_end") - F("evidence_start")
    cut = Substr("article__text", F("evidence_start") + 1, length)
    return statements.with_evidence().annotate(quotation=cut).defer("article__text", "article__search")


def quote(row: Statement, text: str, *, query: str = "") -> Quote:
    """Return the statement for the screen; `row` is read with_evidence, `text` is its evidence."""
    return Quote(
        pk=row.pk,
        actor=row.actor.label,
        issue=row.issue.label,
        proposition=row.issue.proposition,
        state=state_of(row),
        text=" ".join(text.split()),
        day=row.day,
        day_text=_DAYS[row.date_precision].format(day=day_text(row.day)) if row.day else "undated",
        speaker=row.speaker,
        voice=row.get_voice_display(),
        attribution=row.get_attribution_display(),
        outlet=row.article.source.name,
        title=row.article.title,
        url=statement_url(row, query=query),
        confidence=confidence_text(row.confidence),
        rule=row.rule,
        review=_review_text(row),
        reviewed=row.reviewed,
        pending=not row.published and not row.withdrawn,
        withdrawn=row.withdrawn,
        reason=_reason(row),
    )


def statement_url(row: Statement, *, query: str = "") -> str:
    """Where the evidence stands in its article; `query`, the scope that the reader comes from, is carried along.

    A withdrawn statement is marked nowhere in the text, so that its entry in the list is shown.
    """
    article = reverse("positions:article", args=[row.article_id])
    rest = query.lstrip("?")
    return f"{article}{'?' if rest else ''}{rest}#{'n' if row.withdrawn else 's'}-{row.pk}"


def confidence_text(confidence: float | None) -> str:
    """The machine's confidence in words and number. Not the words of intelligence yardsticks: it is no likelihood."""
    if confidence is None:
        return "added by a person"
    word = "high" if confidence >= _HIGH else "medium" if confidence >= _MEDIUM else "low"
    return f"{word} ({confidence:.2f})"


def _review_text(row: Statement) -> str:
    if row.review is None:
        return "not reviewed" if row.published else "in review"
    by = row.review.by.get_full_name() or row.review.by.get_username()
    return f"{row.review.get_verdict_display().lower()} by {by}, {day_text(row.review.at.date())}"


def _reason(row: Statement) -> str:
    if not row.withdrawn:
        return ""
    if row.review is None:
        return "no longer found when the article was read again"
    return row.review.reason or "rejected by a person"
