"""The drawings of the timeline: both are laid out alike, and the figure is plain data."""

import datetime
import json

import pytest

from positions import charts
from positions.models import Actor, Issue
from positions.tables.lanes import Lane, Mark, NumberedEvent, Panel, Timeline
from positions.tables.states import State

START, END = datetime.date(2015, 1, 1), datetime.date(2015, 4, 11)  # a hundred days


def mark(day: int, state: State = State.SUPPORT, *, reviewed: bool = False) -> Mark:
    moment = START + datetime.timedelta(days=day)
    place = ("UK", "Sanctions", "Ann Example", "The Courier")
    return Mark(day + 1, moment, state, reviewed, *place, str(moment), f"/statement/{day + 1}/")


def event(number: int, day: int) -> NumberedEvent:
    return NumberedEvent(
        number, START + datetime.timedelta(days=day), "A vote", "", "Register", "", frozenset()
    )


def timeline(*marks: Mark, events: tuple[NumberedEvent, ...] = ()) -> Timeline:
    uk, us = Actor(label="UK"), Actor(label="US")
    panels = tuple(
        Panel(Issue(label=label, slug=label.lower()), "/", (Lane(uk, marks), Lane(us, ())), events)
        for label in ("Sanctions", "Refugees")
    )
    return Timeline(panels, events, marks, START, END, "", "", (), 0, "")


def test_marks_stand_at_their_day_and_side():
    table = timeline(mark(0), mark(50, State.OPPOSE), mark(100, State.NEUTRAL, reviewed=True))
    panel = charts.drawing(table).panels[0]
    middle = panel.lanes[0].middle
    assert [(point.x, point.y - middle, point.symbol) for point in panel.points] == [
        (100.0, 0, "neutral-full"),
        (50.0, 10, "oppose-open"),
        (0.0, -10, "support-open"),
    ]


def test_panels_do_not_overlap_and_fill_the_height():
    drawn = charts.drawing(timeline(mark(1)))
    first, second = drawn.panels
    assert first.top < first.first < first.last < second.top < second.last < drawn.height


@pytest.mark.parametrize(
    ("days", "numbers"),
    [
        ((), []),
        ((10, 50), ["1", "2"]),
        ((10, 12, 50), ["1–2", "3"]),
        ((10, 12, 14, 50, 52), ["1–3", "4–5"]),  # near to the one before, not to the first
    ],
)
def test_numbers_too_near_to_each_other_are_joined(days, numbers):
    events = tuple(event(number, day) for number, day in enumerate(days, 1))
    panel = charts.drawing(timeline(mark(1), events=events)).panels[0]
    assert [number.label for number in panel.numbers] == numbers
    assert len(panel.events) == len(days)


@pytest.mark.parametrize(
    ("start", "end", "first", "most"),
    [
        ("2011-03-01", "2026-01-01", "2012", 9),
        ("2015-01-01", "2015-12-31", "Mar 2015", 9),
        ("2015-01-01", "2015-02-01", "7 Jan", 9),
        ("2015-01-01", "2015-01-03", "2 Jan", 9),
    ],
)
def test_axis_has_few_labels_within_its_ends(start, end, first, most):
    start, end = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
    ticks = list(charts.ticks_between(start, end))
    assert ticks[0][1] == first
    assert 1 <= len(ticks) <= most
    assert all(start <= day <= end for day, _ in ticks)


def test_figure_is_plain_and_laid_out_as_the_drawing():
    table = timeline(mark(0), mark(50, State.OPPOSE, reviewed=True), events=(event(1, 20),))
    figure, drawn = charts.figure(table), charts.drawing(table)
    assert json.loads(json.dumps(figure)) == figure
    assert figure["layout"]["height"] == drawn.height
    trace = figure["data"][0]
    assert trace["x"] == ["2015-02-20", "2015-01-01"]
    assert trace["y"] == [point.y for point in drawn.panels[0].points]
    assert trace["marker"]["symbol"] == ["triangle-down", "triangle-up"]
    assert trace["marker"]["color"] == ["@oppose", "@paper"]  # filled where checked, hollow where not
    assert trace["customdata"] == ["/statement/51/", "/statement/1/"]
    bottom, top = figure["layout"]["yaxis2"]["domain"]
    assert round(drawn.height * (1 - top)) == drawn.panels[1].first
    assert round(drawn.height * (1 - bottom)) == drawn.panels[1].last
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["1", "1"]
