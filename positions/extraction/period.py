"""When an undated article was written, as well as who is named in it tells: good enough to resolve titles and offices
by, never shown as a date."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from positions.extraction.catalogue import Catalogue, Person

FIRST, LAST = 2011, 2026
YEAR = re.compile(r"\b20(?:1[1-9]|2\d)\b")
# Leaders are named by articles of their own time; lesser names recur, and namesakes are many among them.
WEIGHTS = {"head-of-state": 3.0, "head-of-government": 3.0, "foreign-minister": 2.0, "defence-minister": 2.0}
OTHERS = 0.7
SAME_YEAR, NEXT_YEAR, EARLIER = 1.5, 0.5, -2.0  # what the latest year that the text names says about a month


def likely_day(
    catalogue: Catalogue, named: Mapping[Sequence[Person], int], text: str
) -> datetime.date | None:
    """Return a day of the months in which most of those named were in office, or None where nobody named ever was.

    `named` counts how often each is named; a surname that several people bear counts for whoever fits. The latest year
    that the text names counts beside: an article seldom names a year to come.
    """
    found = Counter(year for year in map(int, YEAR.findall(text)) if year <= LAST)
    latest = max(found, default=None)
    months = [datetime.date(y, m, 15) for y in range(FIRST, LAST + 1) for m in range(1, 13)]
    scores = [
        sum(math.log1p(n) * _weight(catalogue, people, day) for people, n in named.items()) for day in months
    ]
    if not max(scores, default=0.0):
        return None
    if latest is not None:
        scores = [s + _year(day.year, latest) for s, day in zip(scores, months, strict=True)]
    best = max(scores)
    first = scores.index(best)
    last = first
    while last + 1 < len(scores) and scores[last + 1] == best:
        last += 1
    return months[(first + last) // 2]


def _weight(catalogue: Catalogue, people: Sequence[Person], day: datetime.date) -> float:
    """Return the weight of the highest government office that one of them held on the day, 0 for none."""
    held = (t.role for person in people for t in catalogue.tenures_at(person, day) if t.voice == "government")
    return max((WEIGHTS.get(role, OTHERS) for role in held), default=0.0)


def _year(year: int, latest: int) -> float:
    if year < latest:
        return EARLIER
    return {latest: SAME_YEAR, latest + 1: NEXT_YEAR}.get(year, 0.0)
