"""Publication dates as newspapers, ministries and machines write them.

Strict on purpose: what is not surely a date is none. 03/04/2017 is two days to two readers and therefore refused.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from articles.parsing.types import Published

UNDATED = Published()
_WORDS = yaml.safe_load((Path(__file__).parent.parent / "data" / "dates.yaml").read_text(encoding="utf-8"))
_MONTHS: dict[str, int] = _WORDS["months"]
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DATE_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{_WEEKDAY}{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+{_YEAR}",
        rf"\b{_WEEKDAY}(?P<month>{_MONTH})\s+{_DAY},?\s+{_YEAR}",
        rf"(?<![\d/.])(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?P=mark){_YEAR}",
    )
)
_MONTH_ONLY = re.compile(
    rf"(?:(?P<name>{_MONTH}),?\s+{_YEAR})|(?:{_YEAR.replace('year', 'year2')}-(?P<number>\d\d))", re.I
)
_YEAR_ONLY = re.compile(_YEAR)
_OFFSET = r"[+\-−]\d{1,2}(?::?\d{2})?"
_ZONE = "(?P<zone>" + "|".join(sorted(_WORDS["zones"], key=len, reverse=True)) + r"|(?-i:[A-Z]{2,5}))\b"
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?!\d)"
    r"\s*(?P<half>[ap]\.?m\b\.?)?"
    rf"(?:\s*\(?(?:{_ZONE}(?P<zoned>{_OFFSET}(?!\d))?|(?P<offset>{_OFFSET})(?!\d))\)?)?",
    re.IGNORECASE,
)  # fmt: skip
_HOUR_ONLY = re.compile(rf"(?P<hour>\d{{1,2}})\s*(?P<half>[ap]\.?m\b\.?)(?:\s*\(?{_ZONE}\)?)?", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:T(?=\d)|[\s,|/•·–—-]|\bat\b|\bon\b)*", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"(?:" + "|".join(sorted(_WORDS["lead_ins"], key=len, reverse=True)) + r")\s*(?:on\b|at\b|:)?\s*$", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateInLine:
    """A date found in a line, with what stands before and after it once its lead-in is taken off."""

    published: Published
    before: str
    after: str


def read_date(text: str, *, zone: str = "UTC") -> Published:
    """The date that `text` is. `zone` (IANA name) is where it was written, used where the text names no zone.

    >>> read_date("Monday 10 April 2017 23:43 BST").published_at.isoformat()
    '2017-04-10T22:43:00+00:00'
    """
    text = " ".join(text.split())
    found = find_date(text, zone=zone)
    if found and not found.before and not found.after:
        return replace(found.published, published_original=text)
    return _read_month_or_year(text)


def find_date(line: str, *, zone: str = "UTC") -> DateInLine | None:
    """The first full date in `line`, with the time of day beside it if there is one; None without a date."""
    for form in _DATE_FORMS:
        for match in form.finditer(line):
            day = _day(match)
            if day:
                return _with_time(line, day, match.start(), match.end(), zone)
    return None


def day_only(day: datetime.date, original: str) -> Published:
    """`day` as a publication date of which the hour is not known."""
    return _start_of(day, original, "day", day)


def _with_time(line: str, day: datetime.date, start: int, end: int, zone: str) -> DateInLine:
    gap = _BETWEEN.match(line, end)
    time = _time_at(line, gap.end()) if gap else None
    if time:
        end = time.end()
    else:
        time = _time_before(line, start)
        start = time.start() if time else start
    original = line[start:end].strip()
    moment = _moment(day, time, zone) if time else None
    if moment:
        published = Published(moment.astimezone(datetime.UTC), original, "minute", day)
    else:
        published = day_only(day, original)
    before = _LEAD_IN.sub("", line[:start].rstrip(" ,|•·–—-")).rstrip(" ,|•·–—-")
    return DateInLine(published, before.strip(), line[end:].strip(" ,|•·–—-."))


def _time_at(line: str, position: int) -> re.Match | None:
    return _TIME.match(line, position) or _HOUR_ONLY.match(line, position)


def _time_before(line: str, position: int) -> re.Match | None:
    """A time of day right before the date, as in "23:43 BST, 10 April 2017"."""
    for match in _TIME.finditer(line, 0, position):
        if _BETWEEN.fullmatch(line, match.end(), position):
            return match
    return None


def _day(match: re.Match) -> datetime.date | None:
    parts = match.groupdict()
    if parts.get("mark"):
        first, second = int(parts["first"]), int(parts["second"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (first, second) if second > 12 else (second, first)
    else:
        month, day = _month_number(parts["month"]), int(parts["day"])
    try:
        return datetime.date(int(parts["year"]), month, day)
    except ValueError:
        return None


def _month_number(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS[text.rstrip(".").lower()]


def _moment(day: datetime.date, time: re.Match, zone: str) -> datetime.datetime | None:
    """The moment in its own zone, None where the clock time is impossible."""
    parts = time.groupdict()
    hour, half = int(parts["hour"]), (parts["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    offset = parts.get("offset") or parts.get("zoned")
    place = _offset(offset) if offset else _zone((parts.get("zone") or "").upper())
    try:
        clock = datetime.time(hour, int(parts.get("minute") or 0), int(parts.get("second") or 0))
        return datetime.datetime.combine(day, clock, place or named_zone(zone))
    except (ValueError, OverflowError):
        return None


def _offset(text: str) -> datetime.timezone | None:
    sign = 1 if text[0] == "+" else -1
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        return None
    return datetime.timezone(sign * datetime.timedelta(hours=hours, minutes=minutes))


@cache
def _zone(letters: str) -> datetime.tzinfo | None:
    known = _WORDS["zones"].get(letters)
    if known is None:
        return None
    return _offset(known) if known[0] in "+-" else ZoneInfo(known)


@cache
def named_zone(name: str) -> datetime.tzinfo:
    """The zone with this IANA name. ValueError says what to write instead."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is no time zone; write it like Europe/London") from error


def _read_month_or_year(text: str) -> Published:
    if match := _MONTH_ONLY.fullmatch(text):
        month = _month_number(match["name"] or match["number"])
        if 1 <= month <= 12:
            return _start_of(
                datetime.date(int(match["year"] or match["year2"]), month, 1), text, "month", None
            )
    elif match := _YEAR_ONLY.fullmatch(text):
        return _start_of(datetime.date(int(match["year"]), 1, 1), text, "year", None)
    return UNDATED


def _start_of(day: datetime.date, original: str, precision: str, on: datetime.date | None) -> Published:
    return Published(datetime.datetime.combine(day, datetime.time(), datetime.UTC), original, precision, on)
