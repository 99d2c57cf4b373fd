"""Which days of an axis to label."""

import datetime
from collections.abc import Iterator


def ticks_between(start: datetime.date, end: datetime.date) -> Iterator[tuple[datetime.date, str]]:
    """Days to label on an axis, at most about nine: years, else quarters, months or weeks."""
    days = (end - start).days
    if days > 3 * 366:
        step = 1 + days // (8 * 366)
        yield from (
            (datetime.date(y, 1, 1), str(y)) for y in range(start.year + 1, end.year + 1) if y % step == 0
        )
    elif days > 90:
        step = 1 + days // (8 * 31)
        for month in range(start.year * 12 + start.month, end.year * 12 + end.month):
            if month % step == 0:
                day = datetime.date(month // 12, month % 12 + 1, 1)
                yield day, f"{day:%b %Y}"
    else:
        step = 1 + days // 6
        for number in range(step, days, step):
            day = start + datetime.timedelta(days=number)
            yield day, f"{day.day} {day:%b}"
