"""Changes of position: when an actor left the side it took on an issue for another one.

The rule is `Rule.words`, shown on the screens. It looks at what lies before a day and at what lies from it on, and asks
for several statements in several outlets on either side, so that neither a slip of the tongue nor a single misreading
makes a change. Refusals to say take no side and are left out; so are statements without a date.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.urls import reverse

from positions.models import Actor, Attribution, Issue
from positions.scope import Scope
from positions.tables.counts import Place
from positions.tables.quotes import Quote, quote, with_quotations
from positions.tables.states import Counts, State, day_text, plural

SIDES = (State.SUPPORT, State.OPPOSE, State.NEUTRAL)


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a change. `days`: length of the windows before and after; `least`: statements on the side in each;
    `outlets`: that these must come from; `share`: of the window that must take the side."""

    days: int
    least: int
    outlets: int
    share: float

    @property
    def words(self) -> str:
        return (
            f"A position counts as held when, within {self.days} days, at least {self.least} statements from at least"
            f" {plural(self.outlets, 'outlet')} take one side and make up {self.share:.0%} or more of those that take"
            " any. It has changed when, from one day on, another side is held in the same sense. The change is dated"
            " to the first statement on the new side that leaves the fewest statements on the wrong side of it."
            " Refusals to say take no side and are left out, as are statements without a date. Silence changes"
            " nothing: a position stands until another is held."
        )


def rule() -> Rule:
    """The rule that the settings ask for."""
    return Rule(
        days=settings.DIPWATCH_SHIFT_DAYS,
        least=settings.DIPWATCH_SHIFT_LEAST,
        outlets=settings.DIPWATCH_SHIFT_OUTLETS,
        share=settings.DIPWATCH_MIXED_BELOW,
    )


@dataclass(frozen=True, slots=True)
class Day:
    """How many statements take which side on one day, and in which outlets; in the order of SIDES."""

    day: datetime.date
    sides: tuple[int, int, int]
    outlets: tuple[frozenset[int], frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Turn:
    """A change on `day`. `until` is the last day on which the old side was taken before it."""

    day: datetime.date
    until: datetime.date
    old: State
    new: State
    before: Counts
    after: Counts


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of position with, where they were asked for, the last sentence before it and the first one after."""

    actor: Actor
    issue: Issue
    day: datetime.date
    until: datetime.date  # the last day on which the old side was taken
    old: State
    new: State
    before: Counts
    after: Counts
    quote_before: Quote | None = None
    quote_after: Quote | None = None

    @property
    def key(self) -> str:
        """What tells this change from every other, for as long as the evidence for it stands."""
        return f"{self.actor.slug}/{self.issue.slug}/{self.day:%Y-%m-%d}/{self.old}-{self.new}"

    @property
    def day_text(self) -> str:
        return day_text(self.day)

    @property
    def step(self) -> str:
        return f"{self.old.word} → {self.new.word}"

    @property
    def text(self) -> str:
        """The change as a heading: "Russia on Sanctions: Opposes → Supports"."""
        return f"{self.actor.label} on {self.issue.label}: {self.step}"

    @property
    def was(self) -> str:
        """For a cell that shows the new side: "was Neutral until 6 Apr 2017"."""
        return f"was {self.old.word} until {day_text(self.until)}"

    @property
    def evidence_before(self) -> str:
        return _evidence(self.before)

    @property
    def evidence_after(self) -> str:
        return _evidence(self.after)

    @property
    def silence(self) -> str:
        """How long nothing was said between the two sides, where that is long; else empty."""
        days = (self.day - (self.before.latest or self.until)).days
        return (
            f"Nothing was said on it for {plural(round(days / 30.4), 'month')} before." if days > 60 else ""
        )

    @property
    def url(self) -> str:
        return reverse("positions:position", args=[self.actor.slug, self.issue.slug])


def _evidence(counts: Counts) -> str:
    outlets = plural(len(counts.outlets), "outlet")
    return f"{counts.prevailing:,} of {plural(counts.total, 'statement')}, {outlets}"


def shifts(scope: Scope, *, quoted: bool = True) -> tuple[Shift, ...]:
    """Return the changes within the scope's period, newest first: one query, and one more for the sentences.

    Statements before the period count as what was held before it.
    """
    since = replace(scope, start=None)
    actors = {actor.pk: actor for actor in scope.actors}
    issues = {issue.pk: issue for issue in scope.issues}
    asked = rule()
    found = [
        Shift(actors[actor], issues[issue], turn.day, turn.until, turn.old, turn.new, turn.before, turn.after)
        for (issue, actor), days in _read(since).items()
        for turn in turns(days, asked)
        if scope.start is None or turn.day >= scope.start
    ]
    found.sort(key=lambda shift: (-shift.day.toordinal(), shift.actor.order, shift.issue.order))
    return with_sentences(since, found) if quoted else tuple(found)


def with_sentences(scope: Scope, found: Sequence[Shift]) -> tuple[Shift, ...]:
    """Return the changes with their two sentences each, read in one query."""
    if not found:
        return ()
    ends = [_end(shift, side, day) for shift in found for side, day in _ends(shift)]
    described = Case(When(attribution=Attribution.DESCRIBED, then=Value(1)), default=Value(0))
    place = ("actor_id", "issue_id", "stance", "day")  # by the columns: a relation would bring its own order
    rows = (
        with_quotations(replace(scope, start=None).statements())
        .filter(reduce(or_, ends), declined=False)
        .order_by(*place, described, "-reviewed", F("confidence").desc(nulls_last=True), "pk")
        .distinct(*place)
    )
    said = {(row.actor_id, row.issue_id, row.stance, row.day): quote(row, row.quotation) for row in rows}
    return tuple(_quoted(shift, said) for shift in found)


def _ends(shift: Shift) -> tuple[tuple[State, datetime.date], tuple[State, datetime.date]]:
    return (shift.old, shift.until), (shift.new, shift.day)


def _end(shift: Shift, side: State, day: datetime.date) -> Q:
    return Q(actor=shift.actor, issue=shift.issue, stance=side.value, day=day)


def _quoted(shift: Shift, said: dict[tuple[int, int, str, datetime.date], Quote]) -> Shift:
    before, after = (
        said.get((shift.actor.pk, shift.issue.pk, side.value, day)) for side, day in _ends(shift)
    )
    return replace(shift, quote_before=before, quote_after=after)


def _read(scope: Scope) -> dict[Place, list[Day]]:
    """The dated counts of each actor on each issue, in order. One query."""
    if scope.reviewed or getattr(scope, "least", None):  # of which tallies do not tell the sides
        taken = {side: Q(stance=side, declined=False) for side in SIDES}
        rows, outlet = scope.statements(), "article__source"
        sums = {f"n_{side}": Count("pk", filter=taken[side]) for side in SIDES}
    else:
        taken = {State.SUPPORT: Q(support__gt=0), State.OPPOSE: Q(oppose__gt=0)}
        taken[State.NEUTRAL] = Q(neutral__gt=F("declined"))
        rows, outlet = scope.tallies(), "source"
        sums = {f"n_{side}": Sum(side) for side in SIDES}
        sums["n_neutral"] = Sum(F("neutral") - F("declined"))
    where = {
        f"in_{side}": ArrayAgg(outlet, filter=taken[side], distinct=True, default=Value([])) for side in SIDES
    }
    names = ("issue", "actor", "day", *(f"n_{side}" for side in SIDES), *where)
    rows = rows.filter(day__isnull=False).order_by().values("issue", "actor", "day").annotate(**sums, **where)
    places: dict[Place, list[Day]] = {}
    for issue, actor, day, *counts in rows.order_by("day").values_list(*names):
        if any(counts[:3]):
            held = Day(day, tuple(counts[:3]), tuple(frozenset(outlets) for outlets in counts[3:]))
            places.setdefault((issue, actor), []).append(held)
    return places


class _Windows:
    """The days of one actor on one issue, with sums that make a window cost the same however long it is."""

    def __init__(self, days: Sequence[Day], asked: Rule) -> None:
        self.days, self.asked = days, asked
        self.numbers = [day.day.toordinal() for day in days]
        self.sums = [(0, 0, 0)]
        for day in days:
            self.sums.append(tuple(a + b for a, b in zip(self.sums[-1], day.sides, strict=True)))

    def before(self, i: int) -> int:
        """The first day of the window that ends with the day before the `i`th."""
        return bisect_right(self.numbers, self.numbers[i - 1] - self.asked.days)

    def after(self, i: int) -> int:
        """The day after the last one of the window that begins with the `i`th."""
        return bisect_left(self.numbers, self.numbers[i] + self.asked.days)

    def taken(self, first: int, end: int) -> list[int]:
        return [b - a for a, b in zip(self.sums[first], self.sums[end], strict=True)]

    def wrong(self, first: int, end: int, side: int) -> int:
        """How many statements of the window do not take the side."""
        taken = self.taken(first, end)
        return sum(taken) - taken[side]

    def held(self, first: int, end: int) -> int | None:
        """The side, as a number in SIDES, that the window holds in the sense of the rule."""
        taken = self.taken(first, end)
        most = max(taken)
        side = taken.index(most)
        if most < self.asked.least or most < self.asked.share * sum(taken):
            return None
        outlets = frozenset().union(*(day.outlets[side] for day in self.days[first:end]))
        return side if len(outlets) >= self.asked.outlets else None

    def counts(self, first: int, end: int) -> Counts:
        window = self.days[first:end]
        return Counts(
            *self.taken(first, end),
            outlets=frozenset().union(*(outlets for day in window for outlets in day.outlets)),
            earliest=window[0].day,
            latest=window[-1].day,
        )


def turns(days: Sequence[Day], asked: Rule) -> Iterator[Turn]:
    """Yield the changes of one actor on one issue, whose days come in order, oldest first."""
    windows = _Windows(days, asked)
    start, old = 0, None
    while found := _next(windows, start, old):
        at, old, new = found
        yield _turn(windows, start, at, old, new)
        start, old = at, new


def _next(windows: _Windows, start: int, held: int | None) -> tuple[int, int, int] | None:
    """The next change after the day `start`, since when `held` has been held: its day, the old and the new side."""
    best: tuple[int, int, int] | None = None  # statements on the wrong side, day, new side
    for at in range(start + 1, len(windows.days)):
        first, end = max(start, windows.before(at)), windows.after(at)
        if held is None:
            held = windows.held(first, at)
        new = windows.held(at, end) if held is not None else None
        if best and new != best[2]:
            break
        if new not in (None, held) and windows.days[at].sides[new]:
            this = (windows.wrong(first, at, held) + windows.wrong(at, end, new), at, new)
            best = min(best or this, this)
    return (best[1], held, best[2]) if best else None


def _turn(windows: _Windows, start: int, at: int, old: int, new: int) -> Turn:
    spans = [(max(start, windows.before(end)), end) for end in range(at, start, -1)]
    before = next((span for span in spans if windows.held(*span) == old), spans[0])
    return Turn(
        day=windows.days[at].day,
        until=next(day.day for day in reversed(windows.days[start:at]) if day.sides[old]),
        old=SIDES[old],
        new=SIDES[new],
        before=windows.counts(*before),
        after=windows.counts(at, windows.after(at)),
    )
