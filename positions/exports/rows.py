"""Rows of the exports, as plain values under the names of their columns. The API answers with the same ones."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.urls import reverse

from articles.models import Article
from positions.models import CHECKED, Actor, Issue, Statement
from positions.scope import Scope
from positions.tables.cells import Cell, Matrix
from positions.tables.quotes import Quote, with_quotations
from positions.tables.shifts import Shift

Row = dict[str, Any]
CHUNK = 1000  # statements read at a time, so that memory does not grow with their number


def matrix_rows(matrix: Matrix, *, site: str) -> Iterator[Row]:
    """One row a cell, also for cells without evidence, in the order of the screen."""
    for theme in matrix.themes:
        for row in theme.rows:
            yield from (_cell_row(cell, row.agreement.text, site) for cell in row.cells)


def _cell_row(cell: Cell, agreement: str, site: str) -> Row:
    counts, then = cell.counts, cell.then
    return {
        **_issue(cell.issue),
        "theme": cell.issue.theme,
        "proposition": cell.issue.proposition,
        **_actor(cell.actor),
        "state": cell.state.value,
        "state_label": cell.state.word,
        "coverage": cell.coverage.value,
        "statements": counts.total,
        "prevailing": counts.prevailing,
        "support": counts.support,
        "oppose": counts.oppose,
        "neutral": counts.neutral,
        "declined": counts.declined,
        "reviewed": counts.reviewed,
        "outlets": len(counts.outlets),
        "earliest": counts.earliest,
        "latest": counts.latest,
        "was": cell.was or None,
        "then_state": then and then.state.value,
        "then_state_label": then and then.state.word,
        "then_statements": then and then.total,
        "agreement": agreement,
        "url": site + cell.url,
    }


def timeline_rows(scope: Scope, issues: Iterable[Issue]) -> Iterator[Row]:
    """One row for each issue, actor and day with statements; undated ones have no place here. One query."""
    issues = {issue.pk: issue for issue in issues}
    actors = {actor.pk: actor for actor in scope.actors}
    sides = ("support", "oppose", "neutral", "declined")
    total = F("support") + F("oppose") + F("neutral")
    sums = {f"n_{side}": Sum(side) for side in sides}
    rows = (
        scope.tallies()
        .filter(issue__in=issues, day__isnull=False)
        .order_by("issue__order", "issue", "actor__order", "day")
        .values("issue", "actor", "day")
        .annotate(
            all=Sum(total),
            checked=Sum(total, filter=Q(level=CHECKED), default=0),
            outlets=Count("source", distinct=True),
            **sums,
        )
    )
    for row in rows.iterator(CHUNK):
        yield {
            **_issue(issues[row["issue"]]),
            **_actor(actors[row["actor"]]),
            "day": row["day"],
            "statements": row["all"],
            **{side: row[f"n_{side}"] for side in sides},
            "reviewed": row["checked"],
            "outlets": row["outlets"],
        }


def statement_rows(scope: Scope, *, site: str) -> Iterator[Row]:
    """One row a statement, newest first, undated last; read in chunks from one query."""
    rows = with_quotations(scope.statements()).order_by(F("day").desc(nulls_last=True), "-pk")
    return (statement_row(row, site=site) for row in rows.iterator(CHUNK))


def statement_row(row: Statement, *, site: str) -> Row:
    """One statement that was read with its quotation."""
    article, review = row.article, row.review
    return {
        "id": row.public_id,
        "url": site + reverse("positions:statement", args=[row.pk]),
        **_actor(row.actor),
        "voice": row.voice,
        "voice_label": row.get_voice_display(),
        **_issue(row.issue),
        "proposition": row.issue.proposition,
        "stance": row.stance,
        "stance_label": row.get_stance_display(),
        "declined": row.declined,
        "attribution": row.attribution,
        "attribution_label": row.get_attribution_display(),
        "speaker": row.speaker,
        "sentence": " ".join(row.quotation.split()),
        "passages": len(row.more_evidence),
        "day": row.day,
        "day_precision": row.date_precision,
        "day_precision_label": row.get_date_precision_display(),
        "published_on": article.published_on,
        "outlet": article.source.slug,
        "outlet_label": article.source.name,
        "headline": article.title,
        "article": article.pk,
        "article_url": article.url or None,
        "confidence": row.confidence,
        "method": row.rule,
        "in_review": not row.published,
        "reviewed": row.reviewed,
        "verdict": review and review.verdict,
        "reviewed_by": review and (review.by.get_full_name() or review.by.get_username()),
        "reviewed_at": review and review.at,
    }


def shift_row(shift: Shift, *, site: str) -> Row:
    return {
        **_actor(shift.actor),
        **_issue(shift.issue),
        "proposition": shift.issue.proposition,
        "day": shift.day,
        "until": shift.until,
        "old": shift.old.value,
        "old_label": shift.old.word,
        "new": shift.new.value,
        "new_label": shift.new.word,
        "old_statements": shift.before.total,
        "old_prevailing": shift.before.prevailing,
        "new_statements": shift.after.total,
        "new_prevailing": shift.after.prevailing,
        **_sentence("old", shift.quote_before),
        **_sentence("new", shift.quote_after),
        "url": site + shift.url,
    }


def _sentence(which: str, quote: Quote | None) -> Row:
    return {f"{which}_sentence": quote and quote.text, f"{which}_id": quote and quote.public_id}


def article_row(row: Article, *, site: str) -> Row:
    """One article, without its text, which is its publisher's."""
    return {
        "id": row.pk,
        "url": site + reverse("positions:article", args=[row.pk]),
        "headline": row.title,
        "outlet": row.source.slug,
        "outlet_label": row.source.name,
        "kind": row.kind,
        "byline": row.byline or None,
        "published_on": row.published_on,
        "original_url": row.url or None,
    }


def issue_row(row: Issue) -> Row:
    return {
        **_issue(row),
        **{
            name: getattr(row, name)
            for name in (
                "theme", "proposition", "support_looks", "oppose_looks", "valid_from", "valid_until",
            )
        },
    }  # fmt: skip


def actor_row(row: Actor) -> Row:
    return {**_actor(row), "code": row.code, "name": row.name}


def _actor(row: Actor) -> Row:
    return {"actor": row.slug, "actor_label": row.label}


def _issue(row: Issue) -> Row:
    return {"issue": row.slug, "issue_label": row.label}
