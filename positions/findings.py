"""Checks what an engine found in an article against article and reference data, before `recording` writes it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from articles.models import Article
from positions.extraction import types
from positions.models import Actor, Issue
from positions.overlay import counted_day


class InvalidFinding(ValueError):
    """What an engine found, or a person entered, does not fit the article or the reference data."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Field values of the rows to be written, and what is left out, ready for the run's list of what was dropped."""

    rows: list[dict[str, Any]]
    dropped: list[dict[str, Any]]


def check(article: Article, extraction: types.Extraction) -> Checked:
    """Return what of the extraction is to be kept. Findings outside their issue's period are not.

    Raises InvalidFinding for an actor or issue that the database does not know, for evidence outside the text, and
    for a stance that comes twice.
    """
    actors = {actor.code: actor for actor in Actor.objects.all()}
    issues = {issue.slug: issue for issue in Issue.objects.all()}
    dropped = [_as_json(item) for item in extraction.dropped]
    rows: dict[tuple, dict[str, Any]] = {}
    for finding in extraction.findings:
        actor, issue = _known(actors, finding.actor, "actor"), _known(issues, finding.issue, "issue")
        check_evidence(article, (finding.evidence, *finding.more_evidence))
        if reason := _outside(issue, counted_day(finding, article)):
            dropped.append(_as_json(finding, reason))
            continue
        key = (finding.actor, finding.voice, finding.issue, finding.stance)
        if key in rows:
            raise InvalidFinding(
                f"{' '.join(key)} was found twice: an engine gives each stance once per article."
            )
        rows[key] = _row(finding, actor, issue)
    return Checked(list(rows.values()), dropped)


def check_evidence(article: Article, spans: tuple[types.Span, ...] | list[types.Span]) -> None:
    """Raise InvalidFinding unless each [start, end) is a piece of the article's text."""
    if not all(0 <= start < end <= len(article.text) for start, end in spans):
        raise InvalidFinding(
            f"Evidence {spans} is not within the {len(article.text)} characters of “{article}”."
        )


def _known(rows: dict[str, Any], name: str, what: str) -> Any:
    if name not in rows:
        raise InvalidFinding(
            f"The {what} {name!r} is not in the database. Load the reference data, then extract again."
        )
    return rows[name]


def _outside(issue: Issue, day: datetime.date | None) -> str:
    """Why the day is outside the issue's period, both ends of which belong to it; empty if it is not."""
    if day and issue.valid_from and day < issue.valid_from:
        return f"The issue begins on {issue.valid_from}, this is of {day}."
    if day and issue.valid_until and day > issue.valid_until:
        return f"The issue ended on {issue.valid_until}, this is of {day}."
    return ""


def _row(finding: types.Finding, actor: Actor, issue: Issue) -> dict[str, Any]:
    same = ("voice", "speaker", "stance", "declined", "attribution", "date", "date_precision", "rule", "confidence",
            "published")  # fmt: skip
    start, end = finding.evidence
    return {
        "actor": actor,
        "issue": issue,
        "evidence_start": start,
        "evidence_end": end,
        "more_evidence": [list(span) for span in finding.more_evidence],
        **{name: getattr(finding, name) for name in same},
    }


def _as_json(item: types.Dropped | types.Finding, reason: str = "") -> dict[str, Any]:
    names = ("actor", "voice", "issue", "stance", "confidence")
    values = {name: getattr(item, name) for name in names}
    return {**values, "evidence": list(item.evidence), "reason": reason or item.reason}
