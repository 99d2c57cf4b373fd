"""What the article list shows."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.core.paginator import Paginator
from django.db.models.functions import Left
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from articles.forms import ArticleFilter
from articles.models import Article

PER_PAGE = 25
OPENING_CHARACTERS = 400
OPENING_WORDS = 35
# Marks around a hit until the text is escaped. Private characters: no text that we store is likely to hold them.
HIT_START, HIT_END = "\ue000", "\ue001"
_FORMATS = {"month": ("M Y", "%Y-%m"), "year": ("Y", "%Y")}  # as shown, as machines read it


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the list. `date` is as shown and `datetime` as machines read it, both "" if not known."""

    pk: int
    title: str
    outlet: str
    date: str
    datetime: str
    excerpt: SafeString


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of articles. `first` and `last` count from 1; the links are "" where there is no such page."""

    entries: tuple[Entry, ...]
    total: int
    first: int
    last: int
    page: int
    pages: int
    previous: str
    next: str


def listing(form: ArticleFilter) -> Listing:
    """The page that a valid form asks for; the last one where it asks for one beyond it. Three queries."""
    paginator = Paginator(form.articles(), PER_PAGE)
    page = paginator.get_page(form.cleaned_data["page"] or 1)
    rows = list(page.object_list.select_related("source").defer("text", "search", "standfirst"))
    words = form.cleaned_data["q"]
    query = SearchQuery(words, search_type="websearch", config="english") if words else None
    return Listing(
        entries=entries(rows, query),
        total=paginator.count,
        first=page.start_index(),
        last=page.end_index(),
        page=page.number,
        pages=paginator.num_pages,
        previous=_address(form, page.number - 1) if page.has_previous() else "",
        next=_address(form, page.number + 1) if page.has_next() else "",
    )


def _headline(query: SearchQuery) -> SearchHeadline:
    return SearchHeadline(
        "text", query, config="english", start_sel=HIT_START, stop_sel=HIT_END, max_words=OPENING_WORDS, min_words=20
    )  # fmt: skip


def entries(articles: list[Article], query: SearchQuery | None) -> tuple[Entry, ...]:
    """The articles (read with their source) as a list shows them: with the words around a hit, or the first ones.

    One query, apart from the one that found them, since sorting would else read every text.
    """
    shown = _headline(query) if query else Left("text", OPENING_CHARACTERS)
    texts = Article.objects.filter(pk__in=[article.pk for article in articles]).order_by()
    excerpts = dict(texts.annotate(excerpt=shown).values_list("pk", "excerpt"))
    return tuple(_entry(article, excerpts[article.pk]) for article in articles)


def _entry(article: Article, excerpt: str) -> Entry:
    shown, read = _date(article)
    return Entry(article.pk, article.title, article.source.name, shown, read, _excerpt(excerpt))


def _date(article: Article) -> tuple[str, str]:
    """("9 Dec 2015", "2015-12-09"), or the month or year where no more is known."""
    if article.published_on:
        return date_format(article.published_on, "j M Y"), article.published_on.isoformat()
    if article.published_at and article.published_precision in _FORMATS:
        shown, read = _FORMATS[article.published_precision]
        return date_format(article.published_at, shown), article.published_at.strftime(read)
    return "", ""


def _excerpt(text: str) -> SafeString:
    words = " ".join(text.split())
    if HIT_START not in words:
        words = Truncator(words).words(OPENING_WORDS, truncate="…")
    return highlighted(words)


def highlighted(words: str) -> SafeString:
    """The words, escaped, with <mark> in place of HIT_START and HIT_END."""
    shown = escape(words).replace(HIT_START, "<mark>").replace(HIT_END, "</mark>")
    balanced = shown.count("<mark>") == shown.count("</mark>")
    return mark_safe(shown if balanced else escape(words))  # noqa: S308 - escaped above, only <mark> is added


def _address(form: ArticleFilter, page: int) -> str:
    return "?" + urlencode({**form.chosen(), **({"page": page} if page > 1 else {})})
