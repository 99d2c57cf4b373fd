"""What the collection rests on: articles by outlet, month and country, and how evenly each actor is covered."""

from __future__ import annotations

import datetime
import functools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from django.db.models import Count, F, Max, Min, Sum
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format

from articles.models import Article, Source
from positions.extraction.catalogue import DATA
from positions.scope import Scope
from positions.tables.accuracy import share_text
from positions.tables.states import day_text, plural

WIDTH, HEIGHT = 720, 160  # of the drawing, in its own units
MOST_BARS = 180  # months; a longer time is drawn by years
LOPSIDED = 0.8  # an actor rests on one outlet from this share of its statements on


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or year of the drawing; `tick` is written under it, or ""."""

    x: float
    y: float
    width: float
    height: float
    label: str  # "Dec 2015: 12 articles"
    tick: str


@dataclass(frozen=True, slots=True)
class Month:
    """One line of the table: a month, or a year where the drawing shows years."""

    label: str
    datetime: str
    articles: int


@dataclass(frozen=True, slots=True)
class Outlet:
    name: str
    slug: str
    kind: str
    country: str
    articles: int
    share: str
    width: float  # of its bar, 0 to 100
    period: str
    statements: int


@dataclass(frozen=True, slots=True)
class Country:
    name: str
    outlets: int
    share: str
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """How evenly the statements of one actor are spread over outlets."""

    actor: str
    statements: int
    outlets: int
    largest: str  # "Sample Wire, 40% (12 of 30)"


@dataclass(frozen=True, slots=True)
class Coverage:
    status: str
    warnings: tuple[str, ...]
    bars: tuple[Bar, ...]
    most: int  # articles of the highest bar
    months: tuple[Month, ...]
    unit: str  # month or year
    outlets: tuple[Outlet, ...]
    countries: tuple[Country, ...]
    columns: tuple[Column, ...]
    total: int
    undated: int


def coverage(scope: Scope, outlets: dict[str, Source]) -> Coverage:
    """Read what the scope's articles and statements rest on; `outlets` are all there are. Two queries."""
    sources = {source.pk: source for source in outlets.values()}
    months, spans = _articles(scope)
    said = _statements(scope)
    per_outlet = {pk: sum(counter.values()) for pk, counter in months.items()}
    total, undated = sum(per_outlet.values()), sum(counter[None] for counter in months.values())
    by_month: Counter[datetime.date] = Counter()
    for counter in months.values():
        by_month.update({month: number for month, number in counter.items() if month})
    unit, drawn = _binned(by_month)
    shown = sorted(per_outlet, key=lambda pk: (-per_outlet[pk], sources[pk].name))
    columns = tuple(_column(actor.label, said[actor.pk], sources) for actor in scope.actors)
    countries = tuple(_countries({pk: per_outlet[pk] for pk in shown}, sources, total))
    return Coverage(
        status=_status(total, len(shown), undated, spans),
        warnings=tuple(_warnings(scope, said, sources, countries)),
        bars=tuple(_bars(drawn, unit)),
        most=max(drawn.values(), default=0),
        months=tuple(_month(day, number, unit) for day, number in reversed(drawn.items())),
        unit=unit,
        outlets=tuple(_outlet(sources[pk], per_outlet, total, spans[pk], said) for pk in shown),
        countries=countries,
        columns=columns,
        total=total,
        undated=undated,
    )


Months = dict[int, Counter[datetime.date | None]]  # by outlet
Spans = dict[int, tuple[datetime.date | None, datetime.date | None]]  # first and last day by outlet
Said = dict[int, Counter[int]]  # statements by actor and outlet


def _articles(scope: Scope) -> tuple[Months, Spans]:
    rows = Article.objects.leads().between(scope.start, scope.until)
    if scope.outlets:
        rows = rows.filter(source__in=scope.outlets)
    rows = rows.order_by().annotate(month=TruncMonth("published_on")).values("source", "month")
    months: Months = defaultdict(Counter)
    days: dict[int, list[datetime.date]] = defaultdict(list)
    for row in rows.annotate(n=Count("pk"), first=Min("published_on"), last=Max("published_on")):
        months[row["source"]][row["month"]] += row["n"]
        days[row["source"]] += [day for day in (row["first"], row["last"]) if day]
    return months, {pk: (min(days[pk], default=None), max(days[pk], default=None)) for pk in months}


def _statements(scope: Scope) -> Said:
    said: Said = defaultdict(Counter)
    rows = scope.tallies().order_by().values_list("actor", "source")
    for actor, source, number in rows.annotate(n=Sum(F("support") + F("oppose") + F("neutral"))):
        said[actor][source] += number
    return said


def _binned(by_month: Counter[datetime.date]) -> tuple[str, dict[datetime.date, int]]:
    """Articles by month from the first to the last, or by year where that is too long; empty ones too."""
    if not by_month:
        return "month", {}
    first, last = min(by_month), max(by_month)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MOST_BARS:
        every = [first.month - 1 + number for number in range(months)]
        days = [datetime.date(first.year + place // 12, place % 12 + 1, 1) for place in every]
        return "month", {day: by_month[day] for day in days}
    years: Counter[int] = Counter()
    for day, number in by_month.items():
        years[day.year] += number
    return "year", {datetime.date(year, 1, 1): years[year] for year in range(first.year, last.year + 1)}


def _bars(drawn: dict[datetime.date, int], unit: str) -> Iterator[Bar]:
    most, step = max(drawn.values(), default=0), WIDTH / max(1, len(drawn))
    every = max(
        1, len({day.year for day in drawn}) // 12 + 1
    )  # years between labels, so that they do not meet
    first = min(drawn, default=None)
    for place, (day, number) in enumerate(drawn.items()):
        height = HEIGHT * number / most
        opens = day == first or (unit == "year" or day.month == 1)
        tick = str(day.year) if opens and (day.year - first.year) % every == 0 else ""
        if day == first and unit == "month" and day.month > 8:
            tick = ""  # the next January is too near
        yield Bar(
            x=round(place * step, 2),
            y=round(HEIGHT - height, 2),
            width=round(max(step - 1, step * 0.7), 2),
            height=round(height, 2),
            label=f"{_month(day, number, unit).label}: {plural(number, 'article')}",
            tick=tick,
        )


def _month(day: datetime.date, number: int, unit: str) -> Month:
    shown, read = ("Y", "%Y") if unit == "year" else ("M Y", "%Y-%m")
    return Month(date_format(day, shown), day.strftime(read), number)


def _outlet(source: Source, per_outlet: dict[int, int], total: int, span: tuple, said: Said) -> Outlet:
    number = per_outlet[source.pk]
    first, last = span
    return Outlet(
        name=source.name,
        slug=source.slug,
        kind=source.get_kind_display(),
        country=country_name(source.country),
        articles=number,
        share=share_text(number, total),
        width=round(100 * number / max(per_outlet.values()), 1),
        period=f"{day_text(first)} – {day_text(last)}" if first else "undated",
        statements=sum(counter[source.pk] for counter in said.values()),
    )


def _countries(per_outlet: dict[int, int], sources: dict[int, Source], total: int) -> Iterator[Country]:
    articles: Counter[str] = Counter()
    outlets: Counter[str] = Counter()
    for pk, number in per_outlet.items():
        name = country_name(sources[pk].country)
        articles[name] += number
        outlets[name] += 1
    for name, number in articles.most_common():
        width = round(100 * number / max(articles.values()), 1)
        yield Country(name, outlets[name], share_text(number, total), width)


def _column(label: str, counter: Counter[int], sources: dict[int, Source]) -> Column:
    number, largest = sum(counter.values()), ""
    if number:
        pk, most = counter.most_common(1)[0]
        largest = f"{sources[pk].name}, {share_text(most, number)}"
    return Column(label, number, len(counter), largest)


def _warnings(
    scope: Scope, said: Said, sources: dict[int, Source], countries: tuple[Country, ...]
) -> Iterator[str]:
    """What a reader must know before trusting a column of the matrix."""
    here = {country.name for country in countries} - {country_name("")}
    for actor in scope.actors:
        counter = said[actor.pk]
        number = sum(counter.values())
        if number:
            pk, most = counter.most_common(1)[0]
            if len(counter) == 1:
                yield f"{actor.label} rests on one outlet, {sources[pk].name}: {plural(number, 'statement')}."
            elif most >= LOPSIDED * number:
                yield f"{actor.label} rests mostly on one outlet, {sources[pk].name}: {share_text(most, number)}."
        if here and actor.name not in here:
            yield f"No outlet from {actor.name} is in scope: {actor.label} is seen through the reports of others."


def _status(total: int, outlets: int, undated: int, spans: Spans) -> str:
    days = [day for span in spans.values() for day in span if day]
    period = f", {day_text(min(days))} – {day_text(max(days))}" if days else ""
    missing = f" {plural(undated, 'article')} without a date." if undated else ""
    return f"{plural(total, 'article')} from {plural(outlets, 'outlet')}{period}; copies of a text count once.{missing}"


def country_name(code: str) -> str:
    return _names().get(code.upper(), code.upper()) if code else "not given"


@functools.cache
def _names() -> dict[str, str]:
    return yaml.safe_load((DATA / "countries.yaml").read_text(encoding="utf-8"))
