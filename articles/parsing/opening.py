"""The passage between a page's headline and its text: standfirst or first paragraph?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html as lxml_html

from articles.parsing.boilerplate import ends_sentence
from articles.parsing.cleaning import one_line

LEAD_WORDS = 25  # a standfirst is shorter; a first paragraph set apart by its page is longer
CREDIT_WORDS = 12  # beside a caption
MAX_BLOCKS = 15  # between headline and text; what is further down is no opening
_BLOCKS = ("p", "div", "h2", "h3", "h4", "section", "header")
_INNER = ("p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "table", "section", "article", "header")


@dataclass(frozen=True, slots=True)
class Block:
    """Words that stand together below the headline."""

    text: str
    heading: bool


def opening_blocks(tree: lxml_html.HtmlElement) -> tuple[Block, ...]:
    """The first blocks after the first <h1>, in the order of the page; none where there is no <h1>."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return ()
    return tuple(islice(_blocks_after(heading), MAX_BLOCKS))


def _blocks_after(heading: lxml_html.HtmlElement) -> Iterator[Block]:
    for element in heading.xpath("following::*"):
        if element.tag in _BLOCKS and next(element.iterdescendants(*_INNER), None) is None:
            text = one_line(element.text_content())
            if text and not _is_caption(element, text):
                yield Block(text, element.tag.startswith("h"))


def _is_caption(element: lxml_html.HtmlElement, text: str) -> bool:
    """Whether the words stand alone in a box with a picture."""
    for box in islice(element.iterancestors(), 2):
        if next(box.iter("img", "picture", "video"), None) is not None:
            return len(box.text_content().split()) <= len(text.split()) + CREDIT_WORDS
    return False


def with_lead(paragraphs: Sequence[str], opening: Sequence[Block]) -> list[str]:
    """The paragraphs with a first one that the extraction left out, and without a standfirst set as a heading."""
    if not paragraphs:
        return []
    texts = [block.text for block in opening]
    first = next((n for n, text in enumerate(texts) if _same(text, paragraphs[0])), None)
    if first is None:
        return list(paragraphs)
    if opening[first].heading and len(paragraphs) > 2:
        return list(paragraphs[1:])
    missed = [
        b.text
        for b in opening[:first]
        if not b.heading and _is_paragraph(b.text) and b.text not in paragraphs
    ]
    return [*missed, *paragraphs]


def _same(one: str, other: str) -> bool:
    return one.casefold()[:80] == other.casefold()[:80]


def _is_paragraph(text: str) -> bool:
    return len(text.split()) >= LEAD_WORDS and ends_sentence(text)
