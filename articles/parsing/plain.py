"""Plain text, as copied from a page or written by hand, to a ParsedArticle."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from articles.parsing.boilerplate import Line, ends_sentence, is_boilerplate, without_captions
from articles.parsing.cleaning import clean
from articles.parsing.dates import UNDATED, find_date
from articles.parsing.fields import article_from, split_front_matter
from articles.parsing.types import ParsedArticle, Published

HEAD_LINES = 10  # a date line further down is part of the text
TITLE_WORDS = 40
STANDFIRST_WORDS = 60
_NAME = r"(?:[A-Z][\w.'’-]*|@\w+|d[aeiu]|de la|van|von|der|al|el|bin|ben)"
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_BYLINE = re.compile(
    rf"{_NAME}(?:\s+{_NAME}){{0,3}}(?:(?:,|\s+and|\s+&|,\s+and)\s+{_NAME}(?:\s+{_NAME}){{0,3}}){{0,4}}"
    r"(?:,?\s+(?:in|at|for|aboard)\s+[A-Z][\w .'’-]{1,30}|,\s*[\w '’-]{3,40}(?:editor|correspondent|reporter|writer))?"
)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before the text; `end` is the number of lines it takes."""

    title: str
    end: int
    standfirst: str = ""
    byline: str = ""
    published: Published = UNDATED


def parse_text(text: str, *, zone: str = "UTC") -> ParsedArticle:
    """The article in a plain text: front matter or title, standfirst, byline, date line, then paragraphs.

    Everything but the title may be missing; `text` is "" where there is only a title. `zone` (IANA name) is where the
    outlet sits, for times without one.
    """
    front, body = split_front_matter(clean(text))
    if front:
        return article_from(front, body, zone=zone)
    lines = [line for line in _lines(body) if not is_boilerplate(line.text)]
    if not lines:
        return ParsedArticle(title="", text="")
    head = _head(lines, zone)
    rest = without_captions(_without_head_captions(lines, head))
    return ParsedArticle(
        title=head.title,
        text="\n\n".join(line.text for line in rest),
        standfirst=head.standfirst,
        byline=head.byline,
        **head.published.fields(),
    )


def without_by(byline: str) -> str:
    """`byline` without its "By", where a name follows."""
    rest = _BY.sub("", byline.strip(), count=1)
    return rest if rest[:1].isupper() or rest[:1] == "@" else byline.strip()


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    for number, block in enumerate(re.split(r"\n\s*\n", text)):
        rows = [" ".join(row.split()) for row in block.split("\n") if row.strip()]
        rows = [" ".join(rows)] if _is_wrapped(rows) else rows
        lines.extend(Line(row, number) for row in rows)
    return lines


def _is_wrapped(rows: list[str]) -> bool:
    """Whether the rows are one paragraph broken at a fixed width, as in wire copy and e-mail."""
    if len(rows) < 2 or (len(rows) == 2 and not ends_sentence(rows[1])):
        return False
    widths = [len(row) for row in rows[:-1]]
    return min(widths) >= 50 and max(widths) <= 100 and max(widths) - min(widths) <= 25 and not all(
        ends_sentence(row) for row in rows
    )  # fmt: skip


def _head(lines: list[Line], zone: str) -> _Head:
    dated = _date_line(lines[:1], zone)
    if dated and len(lines) > 1:  # the date may stand above the title
        head = _head(lines[1:], zone)
        return replace(head, end=head.end + 1, published=head.published or dated[1])
    title = lines[0].text
    if len(title.split()) > TITLE_WORDS:
        return _Head(_first_words(title), end=0)
    start = 1
    while start < len(lines) and lines[start].text.casefold() == title.casefold():
        start += 1
    found = _date_line(lines[start:HEAD_LINES], zone)
    if found:
        return _dated_head(title, lines, start, start + found[0], found)
    return _undated_head(title, lines, start)


def _date_line(lines: list[Line], zone: str) -> tuple[int, Published, str] | None:
    """(index, date, byline on the same line) of the first line that is a date line."""
    for index, line in enumerate(lines):
        if len(line.text.split()) > STANDFIRST_WORDS:
            return None
        found = find_date(line.text, zone=zone)
        if (
            found
            and (not found.before or _is_byline(found.before))
            and _is_rest_of_date_line(found.after, zone)
        ):
            return index, found.published, found.before
    return None


def _is_rest_of_date_line(text: str, zone: str) -> bool:
    """Whether what follows the date is nothing, a reading time or a second date."""
    if not text or re.fullmatch(r"\d+ min(ute)?s?( read)?", text, re.IGNORECASE):
        return True
    second = find_date(text, zone=zone)
    return bool(second and not second.before and not second.after) or bool(
        re.fullmatch(r"(?:last )?(?:updated|modified)\b.{0,60}", text, re.IGNORECASE)
    )


def _dated_head(title: str, lines: list[Line], start: int, date_at: int, found: tuple) -> _Head:
    _, published, byline = found
    between, end = list(lines[start:date_at]), date_at + 1
    if not byline:
        byline = _take_byline(between, beside=lines[date_at].block)
    if not byline and end < len(lines) and _BY.match(lines[end].text) and _is_byline(lines[end].text):
        byline, end = lines[end].text, end + 1
    standfirst = " ".join(line.text for line in between)
    return _Head(title, end, standfirst, without_by(byline), published)


def _take_byline(lines: list[Line], *, beside: int) -> str:
    """Take the byline out of the lines between title and date: one with "By", or a name right above the date."""
    for line in lines:
        if _BY.match(line.text) and _is_byline(line.text):
            lines.remove(line)
            return line.text
    if lines and _is_byline(lines[-1].text) and (len(lines) > 1 or lines[-1].block == beside):
        return lines.pop().text
    return ""


def _undated_head(title: str, lines: list[Line], start: int) -> _Head:
    for index in range(start, min(len(lines), start + 3)):
        if _BY.match(lines[index].text) and _is_byline(lines[index].text):
            standfirst = " ".join(line.text for line in lines[start:index])
            return _Head(title, index + 1, standfirst, without_by(lines[index].text))
    if ends_sentence(title) and not title.endswith(("?", "!")) and len(title.split()) > 12:
        return _Head(_first_words(title), end=0)  # no title at all: the text begins at once
    following = lines[start : start + 2]
    if len(following) == 2 and not ends_sentence(following[0].text) and len(following[0].text.split()) <= 30:
        return _Head(title, start + 1, following[0].text)
    return _Head(title, start)


def _without_head_captions(lines: list[Line], head: _Head) -> list[Line]:
    """The lines after the head, less those in the date line's own block that are no sentences: captions."""
    rest = lines[head.end :]
    if not head.published or not rest or rest[-1].block == lines[head.end - 1].block:
        return rest
    block = lines[head.end - 1].block
    return [line for line in rest if line.block != block or ends_sentence(line.text)]


def _is_byline(text: str) -> bool:
    text = text.strip()
    if _BY.match(text):
        return len(text.split()) <= 14 and not ends_sentence(text)
    return len(text) <= 90 and _BYLINE.fullmatch(text) is not None


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")
