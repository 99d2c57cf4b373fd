"""When a position counts as changed: the rule, and the changes in the days of one actor on one issue.

It looks at what lies before a day and at what lies from it on, and asks for several statements in several outlets on
either side, so that neither a slip of the tongue nor a single misreading makes a change. Pure: no database.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from positions.tables.states import Counts, State, plural

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
