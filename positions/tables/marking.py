"""An article's text cut into paragraphs, sentences and stretches that the same statements rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from positions.extraction.sentences import plain, sentence_spans
from positions.models import Statement
from positions.tables.quotes import Quote
from positions.tables.states import State

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same statements rest on. `opens` and `closes`: whose main evidence begins, ends."""

    text: str
    states: tuple[State, ...] = ()
    ids: str = ""  # of the statements that rest on it, for marking them when one is pointed at
    opens: tuple[Quote, ...] = ()
    closes: tuple[Quote, ...] = ()

    @property
    def classes(self) -> str:
        """Style of the mark: the side, or "several" where statements on it take different ones."""
        return self.states[0] if len(self.states) == 1 else "several"


@dataclass(frozen=True, slots=True)
class Sentence:
    number: int  # in the article, from 1: its anchor is #s1
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    number: int
    sentences: tuple[Sentence, ...]


def sentence_places(text: str) -> list[Span]:
    """Every sentence of the text with the space behind it, so that nothing is left between them."""
    found = []
    for start, end in paragraph_spans(text):
        starts = [start + a for a, _ in sentence_spans(plain(text[start:end]))] or [start]
        found.extend(pairwise([start, *starts[1:], end]))
    return found


def marked(text: str, rows: Sequence[Statement], shown: dict[int, Quote]) -> list[Paragraph]:
    """The text with the evidence of the rows marked; `shown` holds them by key, as they are quoted."""
    spans = [((row.evidence_start, row.evidence_end), shown[row.pk]) for row in rows]
    more = [((start, end), shown[row.pk]) for row in rows for start, end in row.more_evidence]
    sentences = list(enumerate(sentence_places(text), 1))
    return [
        Paragraph(
            number,
            tuple(
                Sentence(place, _segments(text, span, spans, more))
                for place, span in sentences
                if start <= span[0] < end
            ),
        )
        for number, (start, end) in enumerate(paragraph_spans(text), 1)
    ]


def _segments(
    text: str, span: Span, spans: list[tuple[Span, Quote]], more: list[tuple[Span, Quote]]
) -> tuple[Segment, ...]:
    start, end = span
    inner = {place for own, _ in spans + more for place in own if start < place < end}
    return tuple(_segment(text, cut, spans, more) for cut in pairwise(sorted({start, end, *inner})))


def paragraph_spans(text: str) -> list[Span]:
    """Where the paragraphs stand in the text, without the blank lines between them."""
    spans, place = [], 0
    for block in text.split("\n\n"):
        stripped = block.strip()
        if stripped:
            start = place + block.index(stripped)
            spans.append((start, start + len(stripped)))
        place += len(block) + 2
    return spans


def _segment(
    text: str, span: Span, spans: list[tuple[Span, Quote]], more: list[tuple[Span, Quote]]
) -> Segment:
    start, end = span
    main = [(own, held) for own, held in spans if own[0] < end and start < own[1]]
    on = main + [(own, held) for own, held in more if own[0] < end and start < own[1]]
    states = {held.state for _, held in on}
    return Segment(
        text=text[start:end],
        states=tuple(state for state in State if state in states),
        ids=" ".join(str(pk) for pk in dict.fromkeys(held.pk for _, held in on)),
        opens=tuple(held for own, held in main if start <= own[0]),
        closes=tuple(held for own, held in main if own[1] <= end),
    )
