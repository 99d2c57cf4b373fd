"""What a page says of itself: JSON-LD first, then meta tags, then what its readers see."""

from __future__ import annotations

import datetime
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import htmldate
from lxml import html as lxml_html

from articles.parsing.cleaning import one_line
from articles.parsing.dates import UNDATED, day_only, read_date
from articles.parsing.types import Published

_ARTICLE_TYPES = re.compile(
    r"(?:Article|NewsArticle|BlogPosting|Report|WebPage|OpinionNewsArticle|LiveBlogPosting)$"
)
_OPINION = re.compile(r"Opinion|Review")
_OUTLET_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
_DATE_TAGS = (
    "article:published_time", "og:published_time", "datePublished", "publish-date", "publish_date", "pubdate", "date",
    "parsely-pub-date", "sailthru.date", "DC.date.issued", "dcterms.created", "cXenseParse:recs:publishtime", "ptime",
)  # fmt: skip
_TIME_TAGS = (
    "//time[@pubdate or contains(@itemprop, 'datePublished')]",
    "//*[contains(@itemprop, 'datePublished')]",
    "//header//time",
    "//article//time",
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a page's JSON-LD says of its article."""

    headline: str = ""
    description: str = ""
    author: str = ""
    published: str = ""
    outlet: str = ""
    language: str = ""
    type: str = ""
    free: bool = True


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself. `type` is the schema.org type of its JSON-LD, else og:type; `free` is False where the
    page says that reading it takes a subscription."""

    title: str
    description: str
    author: str
    published: Published
    outlet: str
    language: str
    type: str
    canonical: str
    free: bool


def read_metadata(tree: lxml_html.HtmlElement, *, url: str, zone: str) -> Metadata:
    """Read the head of a page, and its visible dates and headings. `tree` is left as it is."""
    meta, said = _meta(tree), _json_ld(tree)
    outlet = said.outlet or meta.get("og:site_name", "")
    called = said.headline or meta.get("og:title", "") or tree.findtext(".//title") or ""
    headings = [one_line(heading.text_content()) for heading in tree.xpath("//h1")]
    return Metadata(
        title=_title(_without_outlet(called, outlet), headings),
        description=said.description or meta.get("og:description", "") or meta.get("description", ""),
        author=said.author or meta.get("author", ""),
        published=_published(tree, said, meta, zone),
        outlet=outlet,
        language=(said.language or (tree.get("lang") or "")[:2]).lower()[:2],
        type=said.type or meta.get("og:type", ""),
        canonical=_canonical(tree, meta, url),
        free=said.free,
    )


def _title(called: str, headings: list[str]) -> str:
    """The heading that readers saw, where one is plainly the headline, else what the page is called."""
    words = set(re.findall(r"\w+", called.casefold()))
    likeness = {heading: len(words & set(re.findall(r"\w+", heading.casefold()))) for heading in headings}
    best = max(headings, key=lambda heading: likeness[heading], default="")
    if len(best.split()) >= 3 and (likeness[best] * 2 >= len(words) or len(headings) == 1):
        return best
    return called or best


def _without_outlet(title: str, outlet: str) -> str:
    """A title without the outlet's name behind a bar or dash."""
    title = one_line(title)
    tail = _OUTLET_TAIL.search(title)
    if tail and (" | " in tail[0] or (outlet and outlet.casefold() in tail[0].casefold())):
        return title[: tail.start()]
    return title


def _meta(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Meta tags by name or property, the first of each that says something."""
    said: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        value = one_line(tag.get("content") or "")
        if name and value:
            said.setdefault(name.strip(), value)
    return said


def _canonical(tree: lxml_html.HtmlElement, meta: dict[str, str], url: str) -> str:
    links = tree.xpath("//link[@rel='canonical']/@href")
    for address in (*links, meta.get("og:url", ""), url):
        if re.match(r"https?://[^/\s]+/.", address.strip()):
            return address.strip()
    return url


def _json_ld(tree: lxml_html.HtmlElement) -> _Said:
    best = _Said()
    for node in _nodes(tree):
        kind = _first(node.get("@type"))
        if not _ARTICLE_TYPES.search(kind) or (kind == "WebPage" and not node.get("datePublished")):
            continue
        said = _Said(
            headline=_first(node.get("headline")),
            description=_first(node.get("description")),
            author=_names(node.get("author")),
            published=_first(node.get("datePublished")),
            outlet=_names(node.get("publisher")),
            language=_first(node.get("inLanguage"))[:2],
            type=kind,
            free=_is_free(node.get("isAccessibleForFree")),
        )
        if kind != "WebPage":
            return said
        best = said
    return best


def _nodes(tree: lxml_html.HtmlElement) -> Iterator[dict]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            yield from _flat(json.loads(script.text or "null", strict=False))
        except (ValueError, RecursionError):
            continue  # pages carry broken JSON-LD; the other ways remain


def _flat(value: object, depth: int = 0) -> Iterator[dict]:
    if isinstance(value, list) and depth < 4:
        for item in value:
            yield from _flat(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _flat(value.get("@graph"), depth + 1)


def _first(value: object) -> str:
    while isinstance(value, list):
        value = value[0] if value else ""
    return one_line(_plain(value)) if isinstance(value, str) else ""


def _plain(value: str) -> str:
    """`value` without tags and entities, which some pages leave in their JSON-LD."""
    return lxml_html.fromstring(f"<p>{value}</p>").text_content() if re.search(r"[<&]", value) else value


def _is_free(value: object) -> bool:
    return str(value).strip().casefold() not in {
        "false",
        "http://schema.org/false",
        "https://schema.org/false",
    }


def _names(value: object) -> str:
    """Names of one or several people or bodies, as JSON-LD writes them."""
    items = value if isinstance(value, list) else [value]
    names = [_first(item.get("name")) if isinstance(item, dict) else _first(item) for item in items]
    return ", ".join(name for name in names if name and not name.startswith("http"))


def _published(tree: lxml_html.HtmlElement, said: _Said, meta: dict[str, str], zone: str) -> Published:
    for candidate in (said.published, *(meta.get(name, "") for name in _DATE_TAGS), *_times(tree)):
        found = read_date(candidate, zone=zone) if candidate else UNDATED
        if found.published_on:
            return found
    with warnings.catch_warnings():  # dateutil warns of every zone it does not know
        warnings.simplefilter("ignore")
        seen = htmldate.find_date(tree, original_date=True, extensive_search=True)
    return day_only(datetime.date.fromisoformat(seen), seen) if seen else UNDATED


def _times(tree: lxml_html.HtmlElement) -> Iterator[str]:
    """Dates of <time> tags that mark the publication, then of any within the article's head."""
    for path in _TIME_TAGS:
        for tag in tree.xpath(path)[:1]:
            yield one_line(tag.get("datetime") or tag.get("content") or tag.text_content())
