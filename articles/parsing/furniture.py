"""Takes out of a page what is no text of its article: captions, links elsewhere, sharing, notices."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from lxml import html as lxml_html

_DATA = yaml.safe_load((Path(__file__).parent.parent / "data" / "furniture.yaml").read_text(encoding="utf-8"))
_NAMES = re.compile(r"(?:^|-)(?:" + "|".join(sorted(_DATA["names"], key=len, reverse=True)) + r")(?:-|$)")
_ONWARD = frozenset(_DATA["onward"])
_LABELS = frozenset(_DATA["labels"])
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ALWAYS = (
    "//figure|//figcaption|//nav|//form|//button|//textarea|//*[@hidden]|//*[@aria-hidden='true'][not(.//p)]"
)
_BLOCKS = ("p", "li", "div", "h2", "h3", "h4", "h5", "h6", "ul", "strong", "span")
_TITLE_CASE = re.compile(r"[.!?…:;][\"'”’)\]]*$")
MOST_OF_A_PAGE = 0.25  # share of the paragraphs' words: what holds more is the article, whatever it is called
FEW_WORDS = 60  # never too many to be furniture


def take_out(tree: lxml_html.HtmlElement) -> None:
    """Drop the furniture from `tree`, in place.

    A part that holds much of the page's text, or its heading, stays whatever its name is.
    """
    for element in tree.xpath(_ALWAYS):
        _drop_if_small(element, tree)
    words = _words_of_paragraphs(tree)
    for element in tree.xpath("//*[@class or @id]"):
        if element.tag in ("html", "body", "article", "main", "h1"):
            continue
        if _is_called_furniture(element) and _is_small(element, words):
            _drop(element)
    _drop_onward_links(tree)


def _is_called_furniture(element: lxml_html.HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_NAMES.search(_dashed(name)) for name in names)


def _dashed(name: str) -> str:
    return re.sub(r"[_\-.:]+", "-", _HUMP.sub("-", name)).lower()


def _is_small(element: lxml_html.HtmlElement, words_of_page: int) -> bool:
    if element.xpath(".//h1"):
        return False
    return _words_of_paragraphs(element) <= max(FEW_WORDS, words_of_page * MOST_OF_A_PAGE)


def _drop_if_small(element: lxml_html.HtmlElement, tree: lxml_html.HtmlElement) -> None:
    if element.getparent() is not None and _is_small(element, _words_of_paragraphs(tree)):
        _drop(element)


def _words_of_paragraphs(element: lxml_html.HtmlElement) -> int:
    own = [element] if element.tag == "p" else []
    return sum(len(p.text_content().split()) for p in (*own, *element.iterdescendants("p")))


def _drop(element: lxml_html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _drop_onward_links(tree: lxml_html.HtmlElement) -> None:
    """Drop paragraphs and list items that are nothing but a link elsewhere, with the label above them.

    A sentence that is a link as a whole stays: it ends like one.
    """
    for block in list(tree.iter("p", "li", "h2", "h3", "h4", "h5", "h6")):
        said = " ".join(block.text_content().split())
        if said and block.getparent() is not None and _leads_elsewhere(block, said):
            _drop_label_above(block)
            _drop(block)


def _leads_elsewhere(block: lxml_html.HtmlElement, said: str) -> bool:
    links = [" ".join(link.text_content().split()) for link in block.iter("a")]
    linked = [link for link in links if link]
    if not linked:
        return False
    if linked[-1].casefold().rstrip(" .:›»…>") in _ONWARD and said.endswith(linked[-1]):
        return True
    rest = said
    for link in linked:
        rest = rest.replace(link, "", 1)
    return len(rest.split()) <= 3 and len(said.split()) >= 3 and not _TITLE_CASE.search(said)


def _drop_label_above(block: lxml_html.HtmlElement) -> None:
    above = block.getprevious()
    if above is None and block.tag == "li":
        above = block.getparent().getprevious()
    if above is not None and _is_label(above):
        _drop(above)


def _is_label(element: lxml_html.HtmlElement) -> bool:
    if element.tag not in _BLOCKS:
        return False
    return " ".join(element.text_content().split()).casefold().rstrip(":") in _LABELS
