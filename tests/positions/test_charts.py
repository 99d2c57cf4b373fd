"""The drawings of the timeline: both are laid out alike, and the figure is plain data."""

import datetime
import json
from itertools import pairwise

import pytest

from positions import charts
from positions.charts.drawing import NEAR, NEAR_NARROW, Line, joined
from positions.models import Actor, Issue
from positions.tables.bands import Band, Bar
from positions.tables.bins import bins
from positions.tables.lanes import Lane, Mark, NumberedEvent, Panel, Timeline
from positions.tables.shifts import Shift
from positions.tables.states import Counts, State
from positions.tables.surroundings import Read

START, END = datetime.date(2015, 1, 1), datetime.date(2015, 4, 11)  # a hundred days
UK, US = Actor(label="UK", slug="uk"), Actor(label="US", slug="us")


def at(day: int) -> datetime.date:
    return START + datetime.timedelta(days=day)


def mark(day: int, state: State = State.SUPPORT, *, reviewed: bool = False, number: int = 1) -> Mark:
    place = ("UK", "Sanctions", "Ann <Example>", "The Courier")
    pk = day + 1 if number == 1 else 0
    return Mark(pk, at(day), state, reviewed, *place, str(at(day)), f"/statement/{pk}/", number)


def event(number: int, day: int) -> NumberedEvent:
    return NumberedEvent(number, at(day), "A vote", "", "Register", "", frozenset())


def shift(day: int) -> Shift:
    sides = {"old": State.NEUTRAL, "new": State.SUPPORT, "before": Counts(), "after": Counts()}
    issue = Issue(label="Sanctions", slug="sanctions")
    return Shift(actor=UK, issue=issue, day=at(day), until=at(day), url="/p/", timeline="/t/", **sides)


def band(first: int, last: int, *, thin: bool = False) -> Band:
    return Band(at(first), at(last), State.OPPOSE, thin, "Opposes", "/position/")


def timeline(*marks: Mark, events: tuple[NumberedEvent, ...] = (), **lane) -> Timeline:
    panels = tuple(
        Panel(Issue(label=label, slug=label.lower()), "/", (Lane(UK, marks, **lane), Lane(US, ())), events)
        for label in ("Sanctions", "Refugees")
    )
    cut = bins(START, END, by="month")
    reading = (Read(0, 10, "Jan 2015"), Read(2, 40, "Mar 2015"))
    measure = "net" if lane.get("bars") else "statements"
    return Timeline(
        panels, events, marks, START, END, "", "", (), 0, "", cut=cut, reading=reading, measure=measure
    )


def test_marks_stand_at_their_day_and_side():
    table = timeline(mark(0), mark(50, State.OPPOSE), mark(100, State.NEUTRAL, reviewed=True))
    panel = charts.drawing(table).panels[0]
    middle = panel.lanes[0].middle
    assert [(point.x, point.y - middle, point.symbol) for point in panel.points] == [
        (100.0, 0, "neutral-full"),
        (50.0, 10, "oppose-open"),
        (0.0, -10, "support-open"),
    ]


@pytest.mark.parametrize(("number", "symbol"), [(2, "support-full"), (10, "support-many")])
def test_marks_of_several_statements_are_larger(number, symbol):
    (point,) = charts.drawing(timeline(mark(1, number=number))).panels[0].points
    assert point.symbol == symbol


def test_markup_of_marks_is_escaped():
    markup = charts.drawing(timeline(mark(1))).panels[0].marks
    assert "Ann &lt;Example&gt;" in markup
    assert "<Example>" not in markup


def test_panels_do_not_overlap_and_fill_the_height():
    drawn = charts.drawing(timeline(mark(1), shifts=(shift(20),)))
    first, second = drawn.panels
    assert first.top < first.first < first.last < second.top < second.last < drawn.read_top < drawn.height
    ends = [edge for lane in first.lanes for edge in (lane.top, lane.end)]
    assert ends == sorted(ends)


def test_bands_lie_where_their_days_are_and_tell_thin_ones():
    drawn = charts.drawing(timeline(mark(1), bands=(band(0, 9), band(50, 59, thin=True))))
    lane = drawn.panels[0].lanes[0]
    assert [(box.x, box.width, box.kind) for box in lane.bands] == [
        (0.0, 10.0, "oppose firm"),
        (50.0, 10.0, "oppose pale"),
    ]
    assert all(lane.top < box.y and box.y + box.height <= lane.end for box in lane.bands)


def test_bars_go_up_and_down_from_the_middle_and_replace_the_marks():
    drawn = charts.drawing(timeline(mark(1), bars=(Bar(at(0), at(9), 1, 0), Bar(at(10), at(19), 0, 0.5))))
    panel = drawn.panels[0]
    up, down = panel.lanes[0].bars
    assert up.y + up.height == down.y == panel.lanes[0].middle
    assert (up.kind, down.kind) == ("support firm", "oppose firm")
    assert panel.points == ()


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        ((20,), ["Neutral → Supports, 21 Jan 2015"]),
        ((20, 60), ["Neutral → Supports, 21 Jan 2015", "Neutral → Supports, 2 Mar 2015"]),
        ((20, 30), ["Neutral → Supports, 21 Jan 2015", ""]),  # no room for the second
        ((95,), ["Neutral → Supports, 6 Apr 2015"]),
        ((60, 95), ["Neutral → Supports, 2 Mar 2015", ""]),  # would be written to the left, into the first
        ((200,), []),
    ],
)
def test_words_at_changes_do_not_run_into_each_other(days, labels):
    table = timeline(mark(1), shifts=tuple(shift(day) for day in days))
    lane = charts.drawing(table).panels[0].lanes[0]
    assert [flag.label for flag in lane.flags] == labels
    assert lane.depth > charts.drawing(table).panels[0].lanes[1].depth


@pytest.mark.parametrize(
    ("days", "numbers"),
    [
        ((), []),
        ((10, 50), ["1", "2"]),
        ((10, 12, 50), ["1–2", "3"]),
        ((10, 13, 16, 50, 52), ["1–2", "3", "4–5"]),
    ],
)
def test_numbers_too_near_to_each_other_are_joined(days, numbers):
    events = tuple(event(number, day) for number, day in enumerate(days, 1))
    panel = charts.drawing(timeline(mark(1), events=events)).panels[0]
    assert [number.label for number in panel.numbers] == numbers
    assert len(panel.events) == len(days)


@pytest.mark.parametrize("step", [1, 2, 3, 5, 9, 14, 20])
@pytest.mark.parametrize(("pixels", "near"), [(220, NEAR_NARROW), (860, NEAR)])
def test_numbers_never_overlap(step, pixels, near):
    """The lanes are 220 pixels wide on a screen of 320, and 860 on the narrowest wide one; a digit takes up to 7."""
    events = [Line(x, str(number)) for number, x in enumerate(range(0, 101, step), 1)]
    spans = [
        (pixels / 100 * line.x - 3.5 * len(line.label), pixels / 100 * line.x + 3.5 * len(line.label))
        for line in joined(events, near)
    ]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


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


def test_articles_read_stand_under_all_panels_by_bin():
    drawn = charts.drawing(timeline(mark(1)))
    low, high = drawn.read
    assert (high.height, low.height) == (36, 9)
    assert high.y + high.height == low.y + low.height == drawn.height
    assert high.text == "Mar 2015: 40 articles read"


def test_figure_is_plain_and_laid_out_as_the_drawing():
    table = timeline(
        mark(0), mark(50, State.OPPOSE, reviewed=True), events=(event(1, 20),), bands=(band(0, 9),),
        shifts=(shift(30),),
    )  # fmt: skip
    figure, drawn = charts.figure(table), charts.drawing(table)
    assert json.loads(json.dumps(figure)) == figure
    assert figure["layout"]["height"] == drawn.height
    traces = {trace["name"]: trace for trace in figure["data"]}
    trace = next(trace for trace in figure["data"] if trace["name"] == "Sanctions")
    assert trace["x"] == ["2015-02-20", "2015-01-01"]
    assert trace["y"] == [point.y for point in drawn.panels[0].points]
    assert trace["marker"]["symbol"] == ["triangle-down", "triangle-up"]
    assert trace["marker"]["color"] == ["@oppose", "@paper"]  # filled where checked, hollow where not
    assert trace["customdata"] == ["/statement/51/", "/statement/1/"]
    assert (traces["bands"]["base"], traces["bands"]["x"]) == (["2015-01-01"], [10 * 86_400_000])
    assert traces["changes"]["x"] == ["2015-01-31"]
    assert len(traces["articles"]["x"]) == 2
    bottom, top = figure["layout"]["yaxis2"]["domain"]
    assert round(drawn.height * (1 - top)) == drawn.panels[1].first
    assert round(drawn.height * (1 - bottom)) == drawn.panels[1].last
    notes = [(note["name"], note["text"]) for note in figure["layout"]["annotations"]]
    assert notes[:3] == [("wide", "1"), ("narrow", "1"), ("wide", "Neutral → Supports, 31 Jan 2015")]


def test_figure_of_the_balance_has_a_bar_a_side():
    figure = charts.figure(timeline(mark(1), bars=(Bar(at(0), at(9), 0.5, 0.5), Bar(at(10), at(19), 0, 1))))
    bars = {trace["name"]: trace["base"] for trace in figure["data"] if trace["name"].startswith("bars")}
    assert bars == {"bars support": ["2015-01-01"], "bars oppose": ["2015-01-01", "2015-01-11"]}


def test_nothing_to_draw():
    empty = Timeline((), (), (), START, END, "", "", (), 0, "")
    assert charts.figure(empty)["data"] == []
