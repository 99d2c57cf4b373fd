"""Attributed statements, whoever made them, with character offsets: what `extract --statements` writes."""

from __future__ import annotations

from dataclasses import replace

from positions.extraction.candidates import Context, Told
from positions.extraction.types import Attributed

RELATIVE = ("who", "which", "that")
LEAST = 18  # characters of what is said
MOSTLY = 0.6  # share of a sentence in quotation marks from which it goes on with the quotation before


def _no_statement(told: Told, context: Context) -> bool:
    """Whether it is a label ("called it unwise") or a relative clause that only tells of the speaker ("the senator, who
    backed the bill, ...")."""
    a, b = (x - context.sentence.start for x in told.attribution.speaker)
    length = sum(end - start for start, end in told.attribution.content)
    return length < LEAST or context.sentence.text[a:b].lower() in RELATIVE


def statements(contexts: list[Context]) -> tuple[Attributed, ...]:
    """Return the attributed statements of a document in text order, those of untracked speakers included. A
    sentence that only goes on with a quotation joins it within its paragraph, else stands alone."""
    out: list[Attributed] = []
    paragraph = -1
    for context in contexts:
        sentence = context.sentence
        if context.told:
            for told in context.told:
                if _no_statement(told, context):
                    continue
                key = told.speaker.key if told.speaker else None
                out.append(
                    Attributed(told.attribution.content, (told.attribution.speaker,), *(key or (None, None)))
                )
        elif sentence.quoted > MOSTLY and out:
            span = (sentence.start, sentence.end)
            if sentence.paragraph == paragraph:
                out[-1] = replace(out[-1], content=(*out[-1].content, span))
            else:
                out.append(replace(out[-1], content=(span,)))
        if context.told or sentence.quoted > MOSTLY:
            paragraph = sentence.paragraph
    return tuple(out)
