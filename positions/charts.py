"""Timelines as drawings: a light SVG for the page as it arrives, and a Plotly figure in its place afterwards.

Both are laid out by the same numbers, in pixels from the top, so that one can take the other's place. Dataclasses in,
plain values out; no database, no request. Colours are names ("@support"), which the page fills in from its palette.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from positions.tables.lanes import Mark, NumberedEvent, Panel, Timeline
from positions.tables.states import State

HEAD = 76  # heading of a panel, on a narrow screen in three lines, and the numbers of its events
LANE = 44
GAP = 4  # between lanes
FOOT = 36  # labels of the axis and room to the next panel
NEAR = 2.6  # percent of the width below which two numbers would overlap; they are written as one
LEFT, RIGHT = 56, 12  # margins of the chart

# Within a lane, support stands above and opposition below the middle, so that a change of side is seen as a step.
OFFSET = {State.SUPPORT: -10, State.NEUTRAL: 0, State.DECLINED: 0, State.OPPOSE: 10}
SYMBOL = {
    State.SUPPORT: "triangle-up",
    State.OPPOSE: "triangle-down",
    State.NEUTRAL: "diamond",
    State.DECLINED: "circle",
}


@dataclass(frozen=True, slots=True)
class Point:
    """A mark in the SVG: `x` in percent of the width, `y` in pixels."""

    mark: Mark
    x: float
    y: float

    @property
    def symbol(self) -> str:
        return f"{self.mark.state}-{'full' if self.mark.reviewed else 'open'}"


@dataclass(frozen=True, slots=True)
class Line:
    """An event, or a label of the axis, at `x` percent of the width."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class DrawnLane:
    label: str
    top: float
    middle: float
    depth: float = LANE - GAP


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """One issue: heading at `top`, lanes from `first` to `last`, all in pixels."""

    panel: Panel
    top: float
    first: float
    last: float
    lanes: tuple[DrawnLane, ...]
    points: tuple[Point, ...]
    events: tuple[Line, ...]
    numbers: tuple[Line, ...]  # of the events; those too near to each other are joined: "2–4"

    @property
    def above(self) -> float:
        """Where the numbers stand."""
        return self.first - 5

    @property
    def axis(self) -> float:
        return self.last + 14


@dataclass(frozen=True, slots=True)
class Drawing:
    height: int
    panels: tuple[DrawnPanel, ...]
    ticks: tuple[Line, ...]


def drawing(timeline: Timeline) -> Drawing:
    """Lay the timeline out for the SVG."""
    panels, top = [], 0
    for panel in timeline.panels:
        panels.append(_draw(panel, top, timeline))
        top += HEAD + LANE * len(panel.lanes) + FOOT
    ticks = tuple(
        Line(_percent(day, timeline), label) for day, label in ticks_between(timeline.start, timeline.end)
    )
    return Drawing(top, tuple(panels), ticks)


def _draw(panel: Panel, top: int, timeline: Timeline) -> DrawnPanel:
    first = top + HEAD
    lanes = [
        DrawnLane(lane.actor.label, first + LANE * number, first + LANE * number + (LANE - GAP) // 2)
        for number, lane in enumerate(panel.lanes)
    ]
    points = [
        Point(mark, _percent(mark.day, timeline), drawn.middle + OFFSET[mark.state])
        for lane, drawn in zip(panel.lanes, lanes, strict=True)
        for mark in reversed(lane.marks)
    ]
    events = tuple(Line(_percent(event.day, timeline), str(event.number)) for event in panel.events)
    last = first + LANE * len(lanes) - GAP
    return DrawnPanel(panel, top, first, last, tuple(lanes), tuple(points), events, tuple(_joined(events)))


def _joined(events: tuple[Line, ...]) -> Iterator[Line]:
    """The numbers of the events, from left to right, with near ones joined."""
    group: list[Line] = []
    for event in (*events, None):
        if group and (event is None or event.x - group[-1].x > NEAR):
            label = group[0].label if len(group) == 1 else f"{group[0].label}–{group[-1].label}"
            yield Line(round((group[0].x + group[-1].x) / 2, 2), label)
            group = []
        if event is not None:
            group.append(event)


def _percent(day: datetime.date, timeline: Timeline) -> float:
    span = max(1, (timeline.end - timeline.start).days)
    return round(100 * (day - timeline.start).days / span, 2)


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


def figure(timeline: Timeline) -> dict[str, Any]:
    """Return the same as a Plotly figure (`data`, `layout`) with one pair of axes for each issue."""
    drawn = drawing(timeline)
    layout: dict[str, Any] = {
        "height": drawn.height,
        "margin": {"l": LEFT, "r": RIGHT, "t": 0, "b": 0},
        "paper_bgcolor": "@clear",
        "plot_bgcolor": "@clear",
        "font": {"family": "system-ui, sans-serif", "size": 12, "color": "@muted"},
        "hoverlabel": {"bgcolor": "@ink", "font": {"color": "@paper"}, "align": "left"},
        "hovermode": "closest",
        "dragmode": "zoom",
        "showlegend": False,
        "shapes": [],
        "annotations": [],
    }
    data = []
    for number, panel in enumerate(drawn.panels, 1):
        name = "" if number == 1 else str(number)
        layout[f"xaxis{name}"] = _date_axis(name, timeline)
        layout[f"yaxis{name}"] = _lane_axis(name, panel, drawn.height)
        layout["shapes"] += _lane_shapes(name, panel)
        data.append(_trace(name, panel))
        layout["shapes"] += [_event_line(name, event, panel) for event in panel.panel.events]
        layout["annotations"] += [_event_number(name, number, panel, timeline) for number in panel.numbers]
    return {"data": data, "layout": layout}


def _date_axis(name: str, timeline: Timeline) -> dict[str, Any]:
    axis = {
        "type": "date",
        "range": [timeline.start.isoformat(), timeline.end.isoformat()],
        "anchor": f"y{name}",
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 11},
        "tickangle": 0,
    }
    return axis if name == "" else {**axis, "matches": "x"}


def _lane_axis(name: str, panel: DrawnPanel, height: int) -> dict[str, Any]:
    return {
        "range": [panel.last, panel.first],
        "domain": [max(0, 1 - panel.last / height), 1 - panel.first / height],
        "anchor": f"x{name}",
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
    }


def _trace(name: str, panel: DrawnPanel) -> dict[str, Any]:
    marks = [point.mark for point in panel.points]
    colours = [f"@{mark.state}" for mark in marks]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": panel.panel.issue.label,
        "xaxis": f"x{name}",
        "yaxis": f"y{name}",
        "x": [mark.day.isoformat() for mark in marks],
        "y": [point.y for point in panel.points],
        "text": [mark.text for mark in marks],
        "customdata": [mark.url for mark in marks],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": 11,
            "symbol": [SYMBOL[mark.state] for mark in marks],
            "color": [
                colour if mark.reviewed else "@paper" for mark, colour in zip(marks, colours, strict=True)
            ],
            "line": {"width": 1.5, "color": colours},
            "opacity": 1,
        },
    }


def _lane_shapes(name: str, panel: DrawnPanel) -> Iterator[dict[str, Any]]:
    """A band for each lane."""
    for lane in panel.lanes:
        yield {
            "type": "rect",
            "layer": "below",
            "xref": f"x{name} domain",
            "yref": f"y{name}",
            "x0": 0,
            "x1": 1,
            "y0": lane.top,
            "y1": lane.top + lane.depth,
            "line": {"width": 0},
            "fillcolor": "@raised",
        }


def _event_line(name: str, event: NumberedEvent, panel: DrawnPanel) -> dict[str, Any]:
    day = event.day.isoformat()
    return {
        "type": "line",
        "layer": "below",
        "xref": f"x{name}",
        "yref": f"y{name}",
        "x0": day,
        "x1": day,
        "y0": panel.first,
        "y1": panel.last,
        "line": {"width": 1, "color": "@muted", "dash": "dot"},
    }


def _event_number(name: str, number: Line, panel: DrawnPanel, timeline: Timeline) -> dict[str, Any]:
    days = (timeline.end - timeline.start).days * number.x / 100
    return {
        "xref": f"x{name}",
        "yref": f"y{name}",
        "x": (timeline.start + datetime.timedelta(days=days)).isoformat(),
        "y": panel.first,
        "yanchor": "bottom",
        "text": number.label,
        "showarrow": False,
        "font": {"size": 11, "color": "@muted"},
    }
