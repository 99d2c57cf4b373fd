"""The article page: the text with its evidence marked, and the statements in the order of the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format

from articles.models import Article
from positions.models import ExtractionRun, Statement
from positions.tables.quotes import Quote, quote
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
class Paragraph:
    number: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    article: Article
    published: str
    paragraphs: tuple[Paragraph, ...]
    quotes: tuple[Quote, ...]
    reading: str  # done, pending or failed
    error: str


def article_page(article: Article) -> ArticlePage:
    """Read an article (with its source and extraction) for the screen, with all its statements, also withdrawn ones."""
    rows = article.statements.with_evidence().defer("article__text", "article__search")
    rows = list(rows.order_by("evidence_start", "pk"))
    shown = {row.pk: quote(row, article.text[row.evidence_start : row.evidence_end]) for row in rows}
    run = getattr(article, "extraction", None)
    failed = run is not None and run.status == ExtractionRun.Status.FAILED
    return ArticlePage(
        article=article,
        published=published_text(article),
        paragraphs=tuple(_paragraphs(article.text, [row for row in rows if not row.withdrawn], shown)),
        quotes=tuple(shown.values()),
        reading="pending" if run is None else "failed" if failed else "done",
        error=run.error if failed else "",
    )


def published_text(article: Article) -> str:
    """When it appeared, as exactly as is known, at the clock of the display zone: "9 Dec 2015, 17:24 GMT"."""
    if article.published_at is None:
        return "no date"
    if article.published_precision == Article.Precision.MINUTE:
        local = article.published_at.astimezone(ZoneInfo(settings.DIPWATCH_DISPLAY_TZ))
        return f"{date_format(local, 'j M Y, H:i')} {local:%Z}"
    form = {"month": "F Y", "year": "Y"}.get(article.published_precision, "j M Y")
    return date_format(article.published_on or article.published_at, form)


def _paragraphs(text: str, rows: Sequence[Statement], shown: dict[int, Quote]) -> list[Paragraph]:
    spans = [((row.evidence_start, row.evidence_end), shown[row.pk]) for row in rows]
    more = [((start, end), shown[row.pk]) for row in rows for start, end in row.more_evidence]
    paragraphs = []
    for number, (start, end) in enumerate(paragraph_spans(text), 1):
        inner = {place for span, _ in spans + more for place in span if start < place < end}
        cuts = sorted({start, end, *inner})
        segments = tuple(_segment(text, span, spans, more) for span in pairwise(cuts))
        paragraphs.append(Paragraph(number, segments))
    return paragraphs


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
