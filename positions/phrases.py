"""Reads what was typed into the search box: words, phrases, names of fields, numbers of statements.

Words all have to be there; "quotes" make a phrase, -word leaves out, OR gives a choice. A name is searched in all its
spellings (data/spellings.yaml) unless it stands in quotation marks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import yaml
from django.contrib.postgres.search import SearchQuery

from positions.extraction.catalogue import DATA

FIELDS = ("actor", "issue", "outlet", "voice", "speaker", "before", "after")
_PART = re.compile(
    rf'(?:(?P<field>{"|".join(FIELDS)}):)?(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))', re.I
)
_NUMBER = re.compile(r"S-?(\d{1,18})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase. `choice`: it stands behind OR, so that it or the one before is enough."""

    text: str
    exact: bool = False
    without: bool = False
    choice: bool = False

    @property
    def variants(self) -> tuple[str, ...]:
        """Other spellings that are searched as well."""
        if self.exact:
            return ()
        return tuple(name for name in _spellings().get(_folded(self.text), ()) if name != _folded(self.text))


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed. `fields` hold what stood behind a field's name, `words` all the rest as it stood."""

    terms: tuple[Term, ...]
    fields: tuple[tuple[str, str], ...]
    words: str
    number: int | None = None  # of a statement, where nothing but S-1043 was typed

    @property
    def query(self) -> SearchQuery | None:
        """The terms for Postgres; None where there is nothing to look for."""
        return _combined(self.terms)

    @property
    def wanted(self) -> SearchQuery | None:
        """The same without what has to be missing: what an article has to hold for one of its sentences to fit."""
        return _combined(tuple(term for term in self.terms if not term.without))

    @property
    def variants(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Which terms are searched in which other spellings."""
        return tuple((term.text, shown) for term in self.terms if (shown := _shown(term)))


def read(text: str) -> Asked:
    """Take apart what was typed. Never fails: what is no field and no operator is a word."""
    text = " ".join(text.replace("“", '"').replace("”", '"').replace("\0", " ").split())
    if number := _NUMBER.fullmatch(text):
        return Asked((), (), text, int(number.group(1)))
    fields: list[tuple[str, str]] = []
    kept: list[str] = []
    terms: list[Term] = []
    choice = False
    for match in _PART.finditer(text):
        value = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["field"]:
            fields.append((match["field"].lower(), value.strip()))
            continue
        kept.append(match.group())
        if match["word"] == "OR" and terms and not choice:
            choice = True
        elif re.search(r"\w", value):
            exact = match["phrase"] is not None
            terms.append(Term(value, exact=exact, without=bool(match["minus"]), choice=choice))
            choice = False
    return Asked(tuple(_names_joined(terms)), tuple(fields), " ".join(kept))


def _names_joined(terms: list[Term]) -> Iterator[Term]:
    """Words that together are a name of several words (Islamic State) become one term, the longest name first."""
    longest = max(name.count(" ") for name in _spellings()) + 1
    at = 0
    while at < len(terms):
        for length in range(min(longest, len(terms) - at), 0, -1):
            run = terms[at : at + length]
            name = " ".join(term.text for term in run)
            plain = not any(term.exact or term.without for term in run) and not any(t.choice for t in run[1:])
            if length == 1 or (plain and _folded(name) in _spellings()):
                yield Term(name, run[0].exact, run[0].without, run[0].choice)
                at += length
                break


def _combined(terms: tuple[Term, ...]) -> SearchQuery | None:
    groups: list[SearchQuery] = []
    for term in terms:
        if term.choice and groups:
            groups[-1] |= _query(term)
        else:
            groups.append(_query(term))
    return reduce(and_, groups) if groups else None


def _query(term: Term) -> SearchQuery:
    spellings = [_web(name, phrase=" " in name or term.exact) for name in (term.text, *term.variants)]
    query = reduce(or_, spellings)
    return ~query if term.without else query


def _web(text: str, *, phrase: bool) -> SearchQuery:
    return SearchQuery(f'"{text}"' if phrase else text, search_type="websearch", config="english")


def _folded(text: str) -> str:
    return re.sub(r"[\s-]+", " ", text.replace("’", "'")).strip().lower()


def _shown(term: Term) -> tuple[str, ...]:
    names = written()
    return tuple(names[name] for name in term.variants)


@functools.cache
def _groups() -> tuple[tuple[str, ...], ...]:
    raw = yaml.safe_load((DATA / "spellings.yaml").read_text(encoding="utf-8"))
    return tuple(tuple(str(name) for name in group) for group in raw)


@functools.cache
def written() -> dict[str, str]:
    """Each spelling as the list writes it, by its folded form."""
    return {_folded(name): name for group in _groups() for name in group}


@functools.cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """The group of each spelling, all folded."""
    return {_folded(name): tuple(map(_folded, group)) for group in _groups() for name in group}
