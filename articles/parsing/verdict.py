"""Is a page an article that can be read here? If not, why not."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from lxml import html as lxml_html

from articles.parsing.types import Verdict

_DATA = yaml.safe_load((Path(__file__).parent.parent / "data" / "verdicts.yaml").read_text(encoding="utf-8"))
_WALL = re.compile("|".join(f"(?:{pattern})" for pattern in _DATA["paywall"]), re.IGNORECASE)
_LIST_TYPES = frozenset(_DATA["list_types"])
_ARTICLE = re.compile(r"article|posting|report", re.IGNORECASE)
FEW_WORDS = 40  # shorter texts are captions of a video or picture, unless the page calls itself an article
TEASER_WORDS = 250  # what a page with a paywall shows of its text before it
WORDS_FOR_LANGUAGE = 20  # below this no language is told apart for sure
SURE = 0.9
LINKED = 0.75  # share of words in links from which a page without much text is a list


@dataclass(frozen=True, slots=True)
class Facts:
    """What counts for the verdict, taken before the furniture is taken out: the words that a page shows, how many of
    them are links, and whether a passage asks to subscribe before reading on."""

    words: int
    linked: int
    wall: bool


def facts_of(tree: lxml_html.HtmlElement) -> Facts:
    body = tree.find(".//body")
    body = tree if body is None else body
    shown = " ".join(part for part in body.xpath(".//text()[not(ancestor::script or ancestor::style)]"))
    linked = sum(len(link.text_content().split()) for link in body.iter("a"))
    return Facts(len(shown.split()), linked, bool(_WALL.search(shown)))


def judge(text: str, facts: Facts, *, type_: str, free: bool, said_language: str) -> tuple[Verdict, str]:
    """The verdict and its reason in words, "" where the page is an article."""
    words = len(text.split())
    if not words:
        return Verdict.NO_ARTICLE, "holds no text besides its headings and links"
    language = language_of(text) or said_language or "en"
    if language != "en":
        return Verdict.NOT_ENGLISH, f"is written in another language ({language})"
    if words < TEASER_WORDS and (not free or facts.wall):
        return Verdict.PAYWALLED, f"shows {words} words and asks for a subscription to read on"
    called_article = bool(_ARTICLE.search(type_))
    if type_.casefold() in _LIST_TYPES:
        return Verdict.NO_ARTICLE, f"calls itself {type_}"
    if words < FEW_WORDS and not called_article:
        return Verdict.NO_ARTICLE, f"holds {words} words of text"
    if not called_article and words < TEASER_WORDS and facts.linked > facts.words * LINKED:
        return Verdict.NO_ARTICLE, "is a list of links"
    return Verdict.ARTICLE, ""


def language_of(text: str) -> str:
    """ISO 639-1 code of the language that `text` is written in, "" where that is not sure."""
    if len(text.split()) < WORDS_FOR_LANGUAGE:
        return ""
    language, probability = _identifier().classify(text[:3000])
    return language if probability >= SURE else ""


@functools.cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
