"""Articles whose fields have names: front matter, JSON lines, table rows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import yaml

from articles.parsing.cleaning import clean, one_line
from articles.parsing.dates import UNDATED, read_date
from articles.parsing.types import ParsedArticle, Published

_FRONT = re.compile(r"---[ ]*\n(.*?)\n---[ ]*(?:\n|$)", re.DOTALL)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where the wheel has it
_ONE_LINE = (
    "title", "standfirst", "byline", "published", "published_about", "url", "kind", "speaker", "language", "outlet",
    "source",
)  # fmt: skip


class BadField(ValueError):
    """A field cannot be read; the message names it and says what to write."""


def split_front_matter(text: str) -> tuple[dict, str]:
    """(fields, body) of a text that opens with YAML between two lines of three dashes; no fields where it does not.

    BadField where what stands there is no YAML.
    """
    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        fields = yaml.load(match[1], _LOADER)  # noqa: S506 - both are safe loaders
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadField(f"front matter is no YAML: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(fields, dict):
        return {}, text  # a rule above and below some words
    return fields, text[match.end() :].strip()


def article_from(fields: Mapping, text: object, *, zone: str = "UTC") -> ParsedArticle:
    """The article with these fields: title, standfirst, byline, published, published_about, url, kind, speaker,
    language, and `outlet` or `source`; others are left alone. BadField names one that makes no sense."""
    if not isinstance(text, str):
        raise BadField("text is missing" if text is None else f"text must be text, not {type(text).__name__}")
    said = {name: _line(name, fields.get(name)) for name in _ONE_LINE}
    published = _published(said["published"], said["published_about"], zone)
    return ParsedArticle(
        title=said["title"],
        text=clean(text),
        standfirst=said["standfirst"],
        byline=said["byline"],
        url=said["url"],
        kind=said["kind"] or ("official" if said["speaker"] else ""),
        speaker=said["speaker"],
        language=said["language"] or "en",
        outlet=said["outlet"] or said["source"],
        **published.fields(),
    )


def _published(exact: str, about: str, zone: str) -> Published:
    """The date from a field that gives it and one that gives roughly when.

    "About 4 April 2017" is known to the month at best, so that nobody takes the day for sure.
    """
    if exact:
        published = read_date(exact, zone=zone)
        if not published:
            raise BadField(
                f"published {exact[:40]!r} is no date; write it like 2017-04-10 or 2017-04-10T22:43Z"
            )
        return published
    if not about:
        return UNDATED
    rough = read_date(about, zone=zone)
    if not rough:
        raise BadField(f"published_about {about[:40]!r} is no date; write it like 2017-04 or 2017")
    precision = rough.published_precision if rough.published_precision == "year" else "month"
    return Published(rough.published_at, f"about {about}", precision, None)


def _line(name: str, value: object) -> str:
    """A field's value on one line. YAML turns unquoted dates into date objects and 2017 into a number."""
    if value is None:
        return ""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadField(f"{name} must be text, not {type(value).__name__}")
    return one_line(str(value))
