"""Stretches of time by which a timeline is read."""

import datetime
from itertools import pairwise

import pytest

from positions.tables.bins import bins


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "by", "step", "number"),
    [
        ("2017-04-01", "2017-04-30", "auto", "day", 30),
        ("2017-01-01", "2017-12-31", "auto", "week", 53),
        ("2012-01-01", "2017-12-31", "auto", "month", 72),
        ("2017-04-05", "2017-06-02", "month", "month", 3),
        ("2011-01-01", "2026-12-31", "week", "month", 192),  # too many weeks
        ("2011-01-01", "2026-12-31", "day", "month", 192),
        ("1900-01-01", "2026-12-31", "month", "year", 127),
        ("2017-04-01", "2017-04-01", "auto", "day", 1),
    ],
)
def test_step_and_number(start, end, by, step, number):
    cut = bins(day(start), day(end), by=by)
    assert (cut.step, len(cut.starts)) == (step, number)
    assert cut.starts[0] <= day(start)
    assert cut.starts[-1] <= day(end)


@pytest.mark.parametrize("most", [4, 30, 400])
@pytest.mark.parametrize("by", ["auto", "day", "week", "month"])
def test_bins_meet_and_fill_the_whole(by, most):
    cut = bins(day("2015-02-10"), day("2017-05-20"), by=by, most=most)
    spans = [cut.span(number) for number in range(len(cut.starts))]
    assert (spans[0][0], spans[-1][1]) == (cut.start, cut.end)
    for (_, last), (first, _) in pairwise(spans):
        assert first - last == datetime.timedelta(days=1)
    for number, (first, last) in enumerate(spans):
        assert cut.number(first) == cut.number(last) == number


@pytest.mark.parametrize(
    ("by", "number", "text"),
    [
        ("day", 1, "6 Apr 2017"),
        ("week", 0, "week of 3 Apr 2017"),
        ("month", 1, "May 2017"),
    ],
)
def test_words(by, number, text):
    assert bins(day("2017-04-05"), day("2017-06-02"), by=by).text(number) == text


@pytest.mark.parametrize(
    ("end", "most", "text"),
    [("2017-06-02", 6, "Jan–Mar 2016"), ("2017-06-02", 3, "2016"), ("2046-06-02", 99, "2016")],
)
def test_words_of_long_ones(end, most, text):
    assert bins(day("2016-01-05"), day(end), by="month", most=most).text(0) == text
