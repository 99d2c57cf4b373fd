"""The article page: the text with its evidence marked, and the statements in the order of the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, Value
from django.urls import reverse
from django.utils.formats import date_format

from articles.models import Article
from positions.models import Actor, Attribution, ExtractionRun, Issue, Side, Statement
from positions.tables.citations import archive_url, citation, original_url
from positions.tables.history import Entry, histories
from positions.tables.marking import Paragraph, marked, sentence_places
from positions.tables.quotes import Quote, confidence_text, quote
from positions.tables.states import day_text

Labels = dict[str, str]  # of actors by slug and code, of issues by slug

_CAUTION = {
    Attribution.DESCRIBED: "The outlet describes it so: not to be cited as the actor's own position.",
}
# How the extraction came from a sentence to the actor; the end of a rule's name.
_WAYS = {
    "named": "the actor is named in the sentence",
    "carried": "the speaker is carried over from before",
    "pair": "the actor is one of those spoken of together",
    "doc": "the actor speaks in the whole text",
}


@dataclass(frozen=True, slots=True)
class Note:
    """One statement in the list beside the text."""

    quote: Quote
    sentence: int
    method: str
    caution: str
    citation: str
    original: str  # the original at the cited words, "" where it has no address
    history: tuple[Entry, ...]  # latest first


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another article of the same text, or another state of it."""

    title: str
    outlet: str
    day: str
    url: str
    what: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the machine considered and did not keep."""

    claim: str
    text: str
    confidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    article: Article
    published: str
    retrieved: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]
    siblings: tuple[Sibling, ...]
    dropped: tuple[Candidate, ...]
    reading: str  # done, pending or failed
    error: str
    engine: str
    gone: str  # since when the original can no longer be reached, "" while it can
    archive: str
    position: tuple[str, str]  # label and path of the cell that the reader came from, if any

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(note.quote for note in self.notes)


def article_page(article: Article, *, chosen: Mapping[str, str] | None = None) -> ArticlePage:
    """Read an article (with its source and extraction) for the screen, with all its statements, also withdrawn ones.

    `chosen` are the parameters of the scope that the reader came from. Five queries.
    """
    rows = article.statements.with_evidence().defer("article__text", "article__search")
    rows = list(rows.order_by("evidence_start", "pk"))
    shown = {row.pk: quote(row, article.text[row.evidence_start : row.evidence_end]) for row in rows}
    run = getattr(article, "extraction", None)
    failed = run is not None and run.status == ExtractionRun.Status.FAILED
    paragraphs = tuple(marked(article.text, [row for row in rows if not row.withdrawn], shown))
    labels = _labels()
    return ArticlePage(
        article=article,
        published=published_text(article),
        retrieved=day_text(article.retrieved_at.date()),
        paragraphs=paragraphs,
        notes=_notes(article, rows, shown),
        siblings=_siblings(article),
        dropped=_dropped(article, run.dropped if run else [], labels),
        reading="pending" if run is None else "failed" if failed else "done",
        error=run.error if failed else "",
        engine=run.engine if run else "",
        gone=day_text(article.gone_on) if article.gone_on else "",
        archive=archive_url(article) if article.url else "",
        position=_position(chosen or {}, labels),
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


def _labels() -> Labels:
    actors = Actor.objects.order_by().values_list("slug", "code", "label")
    issues = Issue.objects.order_by().values_list("slug", Value(""), "label")
    return {
        name: label for slug, code, label in actors.union(issues).order_by() for name in (slug, code) if name
    }


def _position(chosen: Mapping[str, str], labels: Labels) -> tuple[str, str]:
    actor, issue = chosen.get("actor"), chosen.get("issue")
    if actor in labels and issue in labels:
        path = reverse("positions:position", args=[actor, issue])
        return f"{labels[actor]} on {labels[issue]}", path
    return "", ""


def _notes(article: Article, rows: Sequence[Statement], shown: dict[int, Quote]) -> tuple[Note, ...]:
    past = histories(rows)
    starts = [start for start, _ in sentence_places(article.text)]
    published = published_text(article)
    notes = []
    for row in rows:
        held = shown[row.pk]
        evidence = article.text[row.evidence_start : row.evidence_end]
        notes.append(
            Note(
                quote=held,
                sentence=max(1, sum(start <= row.evidence_start for start in starts)),
                method=method_text(row.rule),
                caution=_CAUTION.get(row.attribution, ""),
                citation=citation(
                    public_id=held.public_id,
                    version=1 + len(past[row.pk]),
                    text=held.text,
                    who=f"{held.speaker} ({held.actor})",
                    article=article,
                    published=published,
                ),
                original=original_url(article.url, evidence),
                history=tuple(past[row.pk]),
            )
        )
    return tuple(notes)


def method_text(rule: str) -> str:
    """What found a statement: "stance-minilm-1:named" is the model and how it came to the actor."""
    engine, _, way = rule.partition(":")
    if not rule:
        return "a person"
    return f"{engine}; {_WAYS[way]}" if way in _WAYS else rule


def _siblings(article: Article) -> tuple[Sibling, ...]:
    """Copies of the same text and its other states; the lead first, whose statements are the ones that count."""
    same = Q(lead=article) | Q(revision_of=article) | Q(pk=article.revision_of_id)
    if article.lead_id:
        same |= Q(pk=article.lead_id) | Q(lead=article.lead_id)
    rows = Article.objects.filter(same).exclude(pk=article.pk).select_related("source")
    rows = rows.defer("text", "search", "standfirst").order_by("pk")
    return tuple(_sibling(article, row) for row in rows)


def _sibling(article: Article, row: Article) -> Sibling:
    if row.pk == article.lead_id:
        what = "this text appeared there first; its statements count"
    elif row.revision_of_id == article.pk:
        what = "a later state of this page"
    elif row.pk == article.revision_of_id:
        what = "an earlier state of this page"
    else:
        what = "the same text, counted once"
    url = reverse("positions:article", args=[row.pk])
    return Sibling(row.title, row.source.name, published_text(row), url, what)


def _dropped(article: Article, items: list[dict], labels: Labels) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            claim=f"{labels.get(item['actor'], item['actor'])} {Side(item['stance']).label.lower()}: "
            f"{labels.get(item['issue'], item['issue'])}",
            text=" ".join(article.text[slice(*item["evidence"])].split()),
            confidence=confidence_text(item["confidence"]),
            reason=item["reason"],
        )
        for item in items
    )
