"""When a stance was taken: the day that its sentence names, seen from the day of the article.

Days and months are read by dateparser; weekdays and "last week" are resolved here because the direction (back in
time) and the rule of the codebook (another time without a week gives no date) are ours.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

import dateparser

from positions.extraction.segment import plain

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EXACT = re.compile(
    rf"\b(?:(?:{MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})\.?(?: \d{{4}})?)\b"
)
MONTH = re.compile(rf"\b(?i:in|since|until|by|of|early|late|mid-?)\s+((?:{MONTHS})\b\.?(?:,? (\d{{4}}))?)")
YEAR = re.compile(r"\b(?i:in|since|of|back in|early|late)\s+((?:19|20)\d\d)\b")
VAGUE = re.compile(
    r"\b(?:last (?:year|month|summer|spring|autumn|fall|winter)|earlier this (?:year|month)|in the past|previously|"
    r"(?:a|two|three|several|some|many) (?:years?|months?) (?:ago|earlier)|for (?:years|months)|"
    r"over the (?:past|last) \w+ (?:years|months))\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?:(?i:last|this past|the previous) (?P<week>week|weekend)|(?P<yesterday>yesterday|last night)|"
    r"(?P<today>today|tonight|this (?:morning|afternoon|evening))|"
    r"(?P<days>two|three|four|five|six|\d) days (?:ago|earlier)|(?P<ago>(?:a|one) week (?:ago|earlier))|"
    r"(?i:(?:last|on|this|late|early|since|by|until) )?"
    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b"
)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def stance_date(evidence: str, published: datetime.date | None) -> tuple[datetime.date | None, str]:
    """Return (day, precision) of what the evidence reports: precision is day, week, article or unknown. A text in
    another time without a week, or an article without a date, gives no day."""
    text = plain(evidence)
    exact = EXACT.search(text)
    if exact and (day := _exact(exact.group(), published)):
        return day, "day"
    if published is None:
        return None, "unknown"
    relative = RELATIVE.search(text)
    if relative:
        return _relative(relative, published)
    year = YEAR.search(text)
    if year and int(year.group(1)) < published.year:
        return None, "unknown"
    month = MONTH.search(text)
    if (month and _another_month(month, published)) or VAGUE.search(text):
        return None, "unknown"
    return published, "article"


@lru_cache(maxsize=4096)
def _exact(words: str, published: datetime.date | None) -> datetime.date | None:
    if published is None and not re.search(r"\d{4}", words):
        return None
    base = datetime.datetime.combine(published or datetime.date(2016, 1, 1), datetime.time())
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY"}
    found = dateparser.parse(words, languages=["en"], settings=settings)
    if found is None or (published and found.date() > published + datetime.timedelta(days=2)):
        return None
    return found.date()


def _relative(match: re.Match[str], published: datetime.date) -> tuple[datetime.date, str]:
    ago = lambda days: published - datetime.timedelta(days=days)  # noqa: E731
    if week := match["week"]:
        return ago(7 if week == "week" else published.weekday() + 1), "week"
    if match["ago"]:
        return ago(7), "week"
    if match["yesterday"]:
        return ago(1), "day"
    if days := match["days"]:
        return ago(NUMBERS.get(days) or int(days)), "day"
    if weekday := match["weekday"]:
        return ago((published.weekday() - WEEKDAYS.index(weekday.lower())) % 7), "day"
    return published, "day"


def _another_month(match: re.Match[str], published: datetime.date) -> bool:
    words, year = match[1], match[2]
    if year and int(year) != published.year:
        return True
    return words[:3] != published.strftime("%b")
