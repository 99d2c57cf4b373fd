"""One document as text for eyes: sentence by sentence who was considered, then what was found and what was dropped."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from positions.extraction.candidates import Context
from positions.extraction.classify import CLASSES
from positions.extraction.segment import segment
from positions.extraction.types import Document, Extraction

if TYPE_CHECKING:
    from positions.extraction.pipeline import Pipeline

SHOWN_FROM = 0.2


def explain(document: Document, pipeline: Pipeline) -> str:
    """Return the explanation as lines of plain text."""
    (segmented,) = segment([document], pipeline.nlp)
    contexts, _ = pipeline.rows(segmented)
    extraction = pipeline.extract([document])[0]
    lines = [document.title, f"{document.source or 'source unknown'}, {document.published or 'no date'}", ""]
    for context in contexts:
        lines.extend(_sentence(context, pipeline))
    lines.extend(_found(extraction))
    return "\n".join(lines)


def _sentence(context: Context, pipeline: Pipeline) -> Iterator[str]:
    yield from textwrap.wrap(
        f"[{context.sentence.index}] {context.sentence.text}", 100, subsequent_indent="    "
    )
    scores = pipeline.scorer.score(context.candidates) if context.candidates else []
    for candidate, p in zip(context.candidates, scores, strict=True):
        sides = zip(*np.nonzero(p[:, 1:] >= SHOWN_FROM), strict=True)
        told = "; ".join(f"{pipeline.issues[i]} {CLASSES[k + 1]} {p[i, k + 1]:.2f}" for i, k in sides)
        who = f"{candidate.actor} {candidate.voice} ({candidate.kind}, {candidate.speaker})"
        yield f"      {who}: {told or '-'}"
    for told in context.told:
        who = told.speaker.speaker if told.speaker else "?"
        yield f"      said by {who} ({told.attribution.cue})"


def _found(extraction: Extraction) -> Iterator[str]:
    text = extraction.document.text
    yield from ["", f"FOUND by {extraction.engine}"]
    for f in extraction.findings:
        how = f"{f.confidence:.2f}, {'published' if f.published else 'for review'}, {f.date}, {f.attribution}"
        yield f"  {f.actor} {f.voice}, {f.speaker}: {f.issue} {f.stance} ({how})"
        yield f"      {text[f.evidence[0] : f.evidence[1]]}"
    yield from ["", "DROPPED"]
    for d in extraction.dropped:
        yield f"  {d.actor} {d.voice}: {d.issue} {d.stance}: {d.reason}"
        yield f"      {text[d.evidence[0] : d.evidence[1]]}"
    yield from extraction.notes
