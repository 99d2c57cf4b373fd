"""What a timeline is read against: the events of the time, and how many articles were read in each stretch of it."""

import datetime
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection

from positions.revision import Revision
from positions.scope import Scope
from positions.tables.bins import Bins
from positions.tables.states import day_text

# One query for both: neither depends on the other, and a screen has few to spend.
_READ = """
    select (select coalesce(json_agg(json_build_array(
                       e.date, e.title, e.description, e.source_name, e.source_url,
                       (select coalesce(json_agg(i.issue_id), '[]')
                          from positions_event_issues i where i.event_id = e.id)
                   ) order by e.date, e.id), '[]')
              from positions_event e where e.date between %(start)s and %(end)s),
           case when %(fresh)s then (select coalesce(json_agg(json_build_array(bin, articles)), '[]') from (
                select width_bucket(published_on, %(starts)s::date[]) - 1 as bin, count(*) as articles
                  from articles_article
                 where lead_id is null and published_on between %(start)s and %(end)s
                   and (%(outlets)s::bigint[] is null or source_id = any(%(outlets)s::bigint[]))
                 group by 1 order by 1) found) end
"""
SECONDS = 3600  # for which the articles counted are kept


@dataclass(frozen=True, slots=True)
class NumberedEvent:
    """An event with its number in the key. `issues` is empty for one that bears on all."""

    number: int
    day: datetime.date
    title: str
    description: str
    source: str
    source_url: str
    issues: frozenset[int]

    @property
    def day_text(self) -> str:
        return day_text(self.day)


@dataclass(frozen=True, slots=True)
class Read:
    """How many articles of one bin were read."""

    bin: int
    articles: int
    text: str


def surroundings(
    scope: Scope, cut: Bins, issues: Collection[int], state: Revision
) -> tuple[tuple[NumberedEvent, ...], tuple[Read, ...]]:
    """Return the events that bear on the issues and the articles of the scope's outlets, in order. One query.

    Counting articles takes time where there are many, so the counts are kept in the process while the data is in that
    state: reading an article changes it.
    """
    outlets = [outlet.pk for outlet in scope.outlets]
    key = "read-" + hashlib.sha256(repr((cut.step, cut.start, cut.end, outlets, state)).encode()).hexdigest()
    known = cache.get(key)
    values = {
        "start": cut.start,
        "end": cut.end,
        "starts": list(cut.starts),
        "outlets": outlets or None,
        "fresh": known is None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ, values)
        events, articles = cursor.fetchone()
    if known is None:
        cache.set(key, articles, SECONDS)
    shown = [row for row in events if not row[-1] or set(issues).intersection(row[-1])]
    return (
        tuple(
            NumberedEvent(number, datetime.date.fromisoformat(day), *told, frozenset(about))
            for number, (day, *told, about) in enumerate(shown, 1)
        ),
        tuple(Read(number, count, cut.text(number)) for number, count in known or articles or ()),
    )
