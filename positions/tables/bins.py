"""Stretches of time of one length, by which a timeline is read: days, weeks, months, quarters or years."""

import datetime
from bisect import bisect_right
from dataclasses import dataclass

from django.db.models import Expression, F, Func, IntegerField

from positions.tables.states import day_text

STEPS = ("day", "week", "month", "quarter", "year")
MOST = 400  # bins across a screen; more would be narrower than a line
_DAYS = {"day": 1, "week": 7, "month": 30.4, "quarter": 91.3, "year": 365.2}


@dataclass(frozen=True, slots=True)
class Bins:
    """Bins of one `step` from `start` to `end`, both included; `starts` are their first days by the calendar."""

    step: str
    starts: tuple[datetime.date, ...]
    start: datetime.date
    end: datetime.date

    def number(self, day: datetime.date) -> int:
        """Which bin the day falls into."""
        return max(0, bisect_right(self.starts, day) - 1)

    def span(self, number: int) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of the bin that lie within the whole."""
        after = self.starts[number + 1 : number + 2]
        last = after[0] - datetime.timedelta(days=1) if after else self.end
        return max(self.starts[number], self.start), min(last, self.end)

    def text(self, number: int) -> str:
        first = self.starts[number]
        match self.step:
            case "day":
                return day_text(first)
            case "week":
                return f"week of {day_text(first)}"
            case "month":
                return f"{first:%b %Y}"
            case "quarter":
                return f"{first:%b}–{first.replace(month=first.month + 2):%b %Y}"
        return str(first.year)

    def of(self, field: str) -> Expression:
        """For the database: which bin the day in that field falls into, from 0."""
        days = ", ".join(f"'{day:%Y-%m-%d}'" for day in self.starts)
        template = f"width_bucket(%(expressions)s, array[{days}]::date[]) - 1"
        return Func(F(field), template=template, output_field=IntegerField())


def bins(start: datetime.date, end: datetime.date, *, by: str = "auto", most: int = MOST) -> Bins:
    """Cut the time into at most `most` bins of the step asked for or, where that is too fine, of a coarser one."""
    days = (end - start).days + 1
    if by == "auto":
        by = "day" if days <= 92 else "week" if days <= 3 * 366 else "month"
    steps = STEPS[STEPS.index(by) :]
    step = next((step for step in steps if days / _DAYS[step] <= most), steps[-1])
    starts = [_floor(start, step)]
    while (after := _next(starts[-1], step)) <= end:
        starts.append(after)
    return Bins(step, tuple(starts), start, end)


def _floor(day: datetime.date, step: str) -> datetime.date:
    """The first day of the stretch that the day lies in; weeks begin on Monday."""
    match step:
        case "day":
            return day
        case "week":
            return day - datetime.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return day.replace(month=1, day=1)


def _next(first: datetime.date, step: str) -> datetime.date:
    if step in ("day", "week"):
        return first + datetime.timedelta(days=_DAYS[step])
    months = {"month": 1, "quarter": 3, "year": 12}[step]
    number = first.year * 12 + first.month - 1 + months
    return datetime.date(number // 12, number % 12 + 1, 1)
