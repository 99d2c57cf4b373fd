"""What the search finds in a scope: statements by their sentence and speaker, articles by title and text."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchRank, SearchVector
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import Substr
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles.listing import HIT_END, HIT_START, Entry, entries, highlighted
from articles.models import Article
from positions.models import Person, Statement, Voice
from positions.phrases import Asked, written
from positions.scope import Scope
from positions.tables.quotes import Quote, quote, with_quotations
from positions.tables.states import plural

FEW, PER_PAGE = 10, 25  # of each kind where both are shown, of one kind alone
MOST = 1000  # counted; who gets more has to narrow the search
KINDS = ("statements", "articles")


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found: its sentence with the words marked."""

    quote: Quote
    sentence: SafeString


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page of what was found of one kind; `all` leads to that kind alone, the others to the next pages."""

    heading: str
    total: int
    all: str = ""
    newer: str = ""
    older: str = ""
    hits: tuple[Hit, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    status: str
    variants: tuple[str, ...]  # "Isis, also as Isil, Daesh"
    sections: tuple[Section, ...]
    suggestions: tuple[Link, ...]
    article_query: str  # carried into articles


def search(scope: Scope, asked: Asked, *, path: str, kept: Mapping[str, str], page: int) -> Results:
    """Find what was asked for within the scope; at most three queries.

    `kept` are the page's own parameters (q, speaker, in). In all, up to MOST of each kind are counted.
    """
    shown = [kind for kind in KINDS if kept.get("in", kind) == kind]
    address = _Address(path, scope, kept)
    readers = {"statements": _statements, "articles": _articles}
    sections = tuple(
        readers[kind](scope, asked, kept.get("speaker", ""), address, page if len(shown) == 1 else 0)
        for kind in shown
    )
    nothing = not any(section.total for section in sections)
    return Results(
        status="; ".join(section.heading for section in sections) + ".",
        variants=tuple(f"{name}, also as {', '.join(others)}" for name, others in asked.variants),
        sections=tuple(section for section in sections if section.total),
        suggestions=tuple(_suggestions(scope, asked, address)) if nothing else (),
        article_query=scope.query(),
    )


@dataclass(frozen=True, slots=True)
class _Address:
    path: str
    scope: Scope
    kept: Mapping[str, str]

    def __call__(self, *, scope: str | None = None, **changed: str) -> str:
        """This search with other parameters; `scope` is the query string of another scope."""
        kept = {name: value for name, value in {**self.kept, **changed}.items() if value}
        query = (self.scope.query() if scope is None else scope).lstrip("?")
        return f"{self.path}?" + "&".join(filter(None, [query, urlencode(kept)]))


def _statements(scope: Scope, asked: Asked, speaker: str, address: _Address, page: int) -> Section:
    rows = scope.statements()
    if speaker:
        rows = rows.filter(speaker__icontains=speaker)
    if asked.query is not None:
        # The index knows whole articles; only the sentences of those that hold the words are read.
        rows = rows.filter(article__search=asked.wanted) if asked.wanted is not None else rows
        length = F("evidence_end") - F("evidence_start")
        sentence = Substr("article__text", F("evidence_start") + 1, length)
        rows = rows.annotate(said=SearchVector(sentence, "speaker", config="english")).filter(
            said=asked.query
        )
    elif not speaker:
        rows = rows.none()
    order = (F("day").desc(nulls_last=True), "-pk")
    found = Statement.objects.filter(pk__in=rows.order_by(*order).values("pk")[: MOST + 1])
    found = with_quotations(found).annotate(total=Window(Count("pk"))).order_by(*order)
    if asked.query is not None:
        found = found.annotate(marked=_marked(asked))
    shown, total = _cut(found, page)
    hits = tuple(_hit(row, scope) for row in shown)
    return _section("statements", total, page, address, hits=hits)


def _marked(asked: Asked) -> SearchHeadline:
    return SearchHeadline(
        "quotation", asked.query, config="english", start_sel=HIT_START, stop_sel=HIT_END, highlight_all=True
    )


def _hit(row: Statement, scope: Scope) -> Hit:
    held = quote(row, row.quotation, query=scope.query())
    words = getattr(row, "marked", None) or held.text
    return Hit(held, highlighted(" ".join(words.split())))


def _articles(scope: Scope, asked: Asked, speaker: str, address: _Address, page: int) -> Section:
    """Articles of the scope's days and outlets; where it names more, those with a statement that fits it."""
    rows = Article.objects.between(scope.start, scope.until)
    if scope.outlets:
        rows = rows.filter(source__in=scope.outlets)
    told = {name for name, _ in scope.chosen} - {"from", "to", "asof", "outlet", "voice", "pending"}
    if told or speaker:
        fitting = scope.statements().filter(article=OuterRef("pk"), speaker__icontains=speaker)
        rows = rows.filter(Exists(fitting))
    if asked.query is None:
        return _section("articles", 0, page, address)
    ranked = rows.filter(search=asked.query).annotate(rank=SearchRank(F("search"), asked.query))
    order = ("-rank", F("published_at").desc(nulls_last=True), "-pk")
    best = ranked.order_by(*order).values("pk")[: MOST + 1]
    found = Article.objects.filter(pk__in=best).annotate(
        rank=SearchRank(F("search"), asked.query), total=Window(Count("pk"))
    )
    found = found.select_related("source").defer("text", "search", "standfirst").order_by(*order)
    shown, total = _cut(found, page)
    return _section("articles", total, page, address, entries=entries(shown, asked.query) if shown else ())


def _cut[Row](rows: QuerySet[Row], page: int) -> tuple[list[Row], int]:
    """One page of the rows, which carry the number of all of them; `page` 0 stands for the first few."""
    start = max(0, page - 1) * PER_PAGE
    shown = list(rows[start : start + (PER_PAGE if page else FEW)])
    return shown, shown[0].total if shown else 0


def _section(kind: str, total: int, page: int, address: _Address, **shown: tuple) -> Section:
    number = f"more than {MOST:,} {kind}" if total > MOST else plural(total, kind.removesuffix("s"))
    alone = {"in": kind}
    return Section(
        heading=number,
        total=total,
        all=address(**alone) if not page and total > FEW else "",
        newer=address(**alone, page=str(page - 1) if page > 2 else "") if page > 1 else "",
        older=address(**alone, page=str(page + 1)) if page and total > page * PER_PAGE else "",
        **shown,
    )


def _suggestions(scope: Scope, asked: Asked, address: _Address) -> list[Link]:
    """What else one could look for: other spellings, fewer words, fewer filters. One query, for people's names."""
    words = asked.words
    links = [
        Link(f"Did you mean “{near}”?", address(q=words.replace(term, near)))
        for term, near in _near_names([term.text for term in asked.terms if not term.exact], scope)
    ]
    if sum(not term.without for term in asked.terms) > 1:
        either = " OR ".join(_as_typed(term.text) for term in asked.terms if not term.without)
        links.append(Link("Any of the words is enough", address(q=either)))
    if scope.chosen:
        links.append(Link("The same in everything, without the filters", address(scope="")))
    if len(scope.voices) < len(Voice.values):
        both = scope.query(voice="~".join(Voice.values))
        links.append(Link("What other politicians say as well", address(scope=both)))
    if not scope.pending:
        links.append(Link("Those still in review as well", address(scope=scope.query(pending="1"))))
    return links


def _as_typed(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _near_names(terms: list[str], scope: Scope) -> list[tuple[str, str]]:
    """Each term that looks like a mistyped name of the reference data, with that name."""
    names = {word for name in Person.objects.values_list("name", flat=True) for word in name.split()}
    names |= {word for issue in scope.issues for word in issue.label.split()} | set(written().values())
    known = {name.lower(): name for name in names if len(name) > 3}
    near = {term: difflib.get_close_matches(term.lower(), known, n=1, cutoff=0.75) for term in terms}
    return [(term, known[found[0]]) for term, found in near.items() if found and found[0] != term.lower()]
