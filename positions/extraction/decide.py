"""Stage 7: published, queued for review, or dropped; and what is shown of a kept stance: speaker, evidence, date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from positions.extraction.aggregate import Row
from positions.extraction.candidates import Candidate, Context
from positions.extraction.dates import stance_date
from positions.extraction.segment import Segmented
from positions.extraction.speakers import Census, census, choose
from positions.extraction.types import Dropped, Finding

if TYPE_CHECKING:
    from positions.extraction.pipeline import Pipeline

MENTION_WORTH = 0.15  # rows below this are not even told as dropped
SHARE_OF_BEST = 0.5


def decide(
    found: list[tuple[Row, float]], contexts: list[Context], segmented: Segmented, pipeline: Pipeline
) -> tuple[tuple[Finding, ...], tuple[Dropped, ...]]:
    """Return the findings in text order, and what was considered and dropped with its reason."""
    stacker = pipeline.stacker
    names = census(contexts, {actor.code: actor.name for actor in pipeline.catalogue.actors})
    least = stacker.list_at if pipeline.list_at is None else pipeline.list_at
    cells: dict[tuple[str, str, str], list[tuple[Row, float]]] = {}
    for row, p in found:
        cells.setdefault(row.cell, []).append((row, p))
    ends = {issue.slug: issue.valid_until for issue in pipeline.catalogue.issues}
    findings: list[Finding] = []
    dropped: list[Dropped] = []
    for pairs in cells.values():
        pairs.sort(key=lambda pair: -pair[1])
        for place, (row, p) in enumerate(pairs):
            reason = _reason(place, p, least, max(least, stacker.second_at))
            finding = _finding(row, p, names, segmented, pipeline)
            until = ends.get(row.issue)
            if reason is None and until and finding.date and finding.date > until:
                reason = f"the issue ended on {until.isoformat()}"
            if reason is None:
                findings.append(finding)
            elif p >= MENTION_WORTH:
                dropped.append(
                    Dropped(row.actor, row.voice, row.issue, row.stance, p, finding.evidence, reason)
                )
    findings.sort(key=lambda f: (f.evidence, f.actor, f.issue))
    return tuple(findings), tuple(dropped)


def _reason(place: int, p: float, least: float, second: float) -> str | None:
    if p < least:
        return f"confidence {p:.2f} is below {least:.2f}"
    if place and p < second:
        return f"a second stance on the issue needs {second:.2f}, this has {p:.2f}"
    return None


def _finding(row: Row, p: float, names: Census, segmented: Segmented, pipeline: Pipeline) -> Finding:
    score, candidate = row.best[0]
    sentence = candidate.context.sentence
    more = tuple(
        (c.context.sentence.start, c.context.sentence.end)
        for s, c in row.best[1:]
        if s >= max(0.4, SHARE_OF_BEST * score)
    )
    date, precision = stance_date(sentence.text, segmented.document.published)
    limit = (
        pipeline.stacker.publish_at.get(row.stance, 1.1)
        if pipeline.publish_at is None
        else pipeline.publish_at
    )
    return Finding(
        actor=row.actor,
        voice=row.voice,
        speaker=choose(row, names, pipeline.speakers),
        issue=row.issue,
        stance=row.stance,
        date=date,
        evidence=(sentence.start, sentence.end),
        confidence=round(p, 4),
        published=p >= limit,
        rule=f"{pipeline.scorer.name}:{candidate.kind}",
        declined=row.stance == "neutral" and bool(pipeline.cues.declined.search(sentence.text)),
        attribution=attribution_of(candidate),
        date_precision=precision,
        more_evidence=more,
    )


def attribution_of(candidate: Candidate) -> str:
    """Return own-words, reported, act or described, from the features of the evidence."""
    f = candidate.features
    if candidate.kind == "doc" or (f.get("speaks") and f.get("quoted", 0) > 0.3):
        return "own-words"
    if f.get("speaks") or f.get("subject_speech"):
        return "reported"
    if f.get("subject_act"):
        return "act"
    return "described" if not f.get("told_by_other") else "reported"
