"""A web page to a ParsedArticle: what the page says of itself first, what can be read off it second."""

from __future__ import annotations

import re

import trafilatura
from lxml import html as lxml_html

from articles.parsing.boilerplate import Line, is_boilerplate, without_captions
from articles.parsing.cleaning import clean
from articles.parsing.furniture import take_out
from articles.parsing.metadata import Metadata, read_metadata
from articles.parsing.opening import opening_blocks, with_lead
from articles.parsing.plain import without_by
from articles.parsing.types import ParsedArticle, Verdict
from articles.parsing.verdict import facts_of, judge

_OPINION = re.compile(r"Opinion|Review")


class UnreadablePage(ValueError):
    """The libraries that read web pages give up on this one; the message says which error they met."""


def parse_html(html: bytes | str, *, url: str = "", zone: str = "UTC") -> ParsedArticle:
    """The article on a page. `url` is where it was found, if known.

    `text` is "" where the page holds none; `verdict` and `why` say whether and why the page is no article to be read:
    a list or a video, behind a paywall, not in English. Dates come from JSON-LD, then meta tags, then <time>, then the
    visible page. UnreadablePage where nothing can be made of it.
    """
    try:
        return _parse(html, url, zone)
    except Exception as error:
        raise UnreadablePage(f"page cannot be read ({type(error).__name__}: {str(error)[:100]})") from error


def _parse(html: bytes | str, url: str, zone: str) -> ParsedArticle:
    tree = trafilatura.load_html(html)
    if tree is None:
        return _empty(url)
    # All that is read off the whole page comes first: taking the text changes the tree.
    said = read_metadata(tree, url=url, zone=zone)
    facts = facts_of(tree)
    text, found_author = _text(tree, said, url)
    verdict, why = judge(text, facts, type_=said.type, free=said.free, said_language=said.language)
    author = said.author or found_author
    return ParsedArticle(
        title=said.title,
        text=text,
        standfirst="" if _repeats_text(said.description, text) else said.description,
        byline="" if author.startswith("http") else without_by(author),
        url=said.canonical,
        kind="opinion" if _OPINION.match(said.type) else "",
        language=said.language or "en",
        outlet=said.outlet,
        verdict=verdict,
        why=why,
        **said.published.fields(),
    )


def _text(tree: lxml_html.HtmlElement, said: Metadata, url: str) -> tuple[str, str]:
    """The page's paragraphs with a blank line between, and the author that trafilatura sees. Changes `tree`."""
    take_out(tree)
    opening = opening_blocks(tree)
    found = trafilatura.bare_extraction(tree, url=url or None, include_comments=False, include_tables=False)
    extracted = clean(getattr(found, "text", "") or "")
    lines = [Line(line.strip(), number) for number, line in enumerate(extracted.split("\n")) if line.strip()]
    title = said.title.casefold()
    lines = [line for line in lines if not is_boilerplate(line.text) and line.text.casefold() != title]
    paragraphs = with_lead([line.text for line in without_captions(lines)], opening)
    return "\n\n".join(paragraphs), (getattr(found, "author", "") or "").replace("; ", ", ")


def _repeats_text(standfirst: str, text: str) -> bool:
    """Whether the page's description is only the beginning of its text, often cut short."""
    start = standfirst.rstrip(" .…")[:80].casefold()
    return bool(start) and start in text[:1500].casefold()


def _empty(url: str) -> ParsedArticle:
    return ParsedArticle(title="", text="", url=url, verdict=Verdict.NO_ARTICLE, why="holds nothing to read")
