"""The same timeline as a Plotly figure (`data`, `layout`): one pair of axes for each issue, one for articles."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from positions.charts.drawing import BARS, READ, Box, DrawnPanel, Line, drawing
from positions.tables.lanes import NumberedEvent, Timeline
from positions.tables.states import State

LEFT, RIGHT = 56, 12  # margins of the chart
DAY = 86_400_000  # milliseconds
SYMBOL = {
    State.SUPPORT: "triangle-up",
    State.OPPOSE: "triangle-down",
    State.NEUTRAL: "diamond",
    State.DECLINED: "circle",
}


def figure(timeline: Timeline) -> dict[str, Any]:
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
        "barmode": "overlay",
        "showlegend": False,
        "shapes": [],
        "annotations": [],
    }
    data = []
    for number, panel in enumerate(drawn.panels, 1):
        name = "" if number == 1 else str(number)
        layout[f"xaxis{name}"] = _date_axis(name, timeline)
        layout[f"yaxis{name}"] = _lane_axis(name, panel.first, panel.last, drawn.height)
        layout["shapes"] += _lane_shapes(name, panel)
        layout["shapes"] += [_event_line(name, event, panel) for event in panel.panel.events]
        for width, numbers in (("wide", panel.numbers), ("narrow", panel.few)):
            layout["annotations"] += [_event_number(name, width, one, panel, timeline) for one in numbers]
        layout["annotations"] += _flag_words(name, panel)
        data += [_bands(name, panel), *_bars(name, panel), _flags(name, panel), _marks(name, panel)]
    if drawn.panels and drawn.read:
        name = str(len(drawn.panels) + 1)
        layout[f"xaxis{name}"] = {**_date_axis(name, timeline), "showticklabels": False}
        top = drawn.read_top + READ - BARS
        layout[f"yaxis{name}"] = _lane_axis(name, top, top + BARS, drawn.height)
        data.append(_read(name, timeline, top))
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
        "nticks": 6,
    }
    return axis if name == "" else {**axis, "matches": "x"}


def _lane_axis(name: str, first: float, last: float, height: int) -> dict[str, Any]:
    return {
        "type": "linear",
        "range": [last, first],
        "domain": [max(0, 1 - last / height), 1 - first / height],
        "anchor": f"x{name}",
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
    }


def _lying(name: str, boxes: Iterable[tuple[datetime.date, datetime.date, float, float]]) -> dict[str, Any]:
    """Bars that lie: from a day to a day (both included), at a height in pixels."""
    rows = list(boxes)
    return {
        "type": "bar",
        "orientation": "h",
        "xaxis": f"x{name}",
        "yaxis": f"y{name}",
        "base": [start.isoformat() for start, *_ in rows],
        "x": [((end - start).days + 1) * DAY for start, end, *_ in rows],
        "y": [y + height / 2 for *_, y, height in rows],
        "width": [height for *_, height in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "textposition": "none",
    }


def _bands(name: str, panel: DrawnPanel) -> dict[str, Any]:
    """What prevails: filled where there is enough evidence, pale and hatched where it is thin."""
    pairs = [
        (band, box)
        for lane, drawn in zip(panel.panel.lanes, panel.lanes, strict=True)
        for band, box in zip(lane.bands, drawn.bands, strict=True)
    ]
    return {
        **_lying(name, ((band.start, band.end, box.y, box.height) for band, box in pairs)),
        "name": "bands",
        "text": [band.text for band, _ in pairs],
        "customdata": [band.url for band, _ in pairs],
        "marker": {
            "color": [f"@{band.state}-pale" if band.thin else f"@{band.state}" for band, _ in pairs],
            "line": {"width": 1, "color": [f"@{band.state}" for band, _ in pairs]},
            "pattern": {
                "shape": ["/" if band.thin else "" for band, _ in pairs],
                "fgcolor": [f"@{band.state}" for band, _ in pairs],
                "size": 5,
                "solidity": 0.2,
            },
        },
    }


def _bars(name: str, panel: DrawnPanel) -> Iterator[dict[str, Any]]:
    """The balance of each bin, where that is shown instead of marks."""
    for side in (State.SUPPORT, State.OPPOSE):
        rows = [
            (bar.start, bar.end, box)
            for lane, drawn in zip(panel.panel.lanes, panel.lanes, strict=True)
            for bar, box in _sides(lane.bars, drawn.bars, side)
        ]
        if rows:
            yield {
                **_lying(name, ((start, end, box.y, box.height) for start, end, box in rows)),
                "name": f"bars {side}",
                "hoverinfo": "skip",
                "hovertemplate": None,
                "marker": {"color": f"@{side}"},
            }


def _sides(bars: Iterable[Any], boxes: Iterable[Box], side: State) -> Iterator[tuple[Any, Box]]:
    """Each bar with its box of that side; a bar has a box for each side that it shows."""
    left = iter(boxes)
    for bar in bars:
        for shown, of in ((bar.up, State.SUPPORT), (bar.down, State.OPPOSE)):
            box = next(left) if shown else None
            if box is not None and of is side:
                yield bar, box


def _flags(name: str, panel: DrawnPanel) -> dict[str, Any]:
    """The changes, as upright lines through their lanes."""
    rows = [(flag, lane) for lane in panel.lanes for flag in lane.flags]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "changes",
        "xaxis": f"x{name}",
        "yaxis": f"y{name}",
        "x": [flag.shift.day.isoformat() for flag, _ in rows],
        "y": [(lane.top + lane.end) / 2 for _, lane in rows],
        "text": [f"{flag.shift.text}, {flag.shift.day_text}" for flag, _ in rows],
        "customdata": [flag.shift.url for flag, _ in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": "line-ns-open",
            "size": [(lane.depth - 2) / 1.4 for _, lane in rows],  # the sign is 1.4 times as long
            "line": {"width": 2, "color": "@ink"},
            "color": "@ink",
        },
    }


def _flag_words(name: str, panel: DrawnPanel) -> Iterator[dict[str, Any]]:
    for lane in panel.lanes:
        for flag in lane.flags:
            if flag.label:
                yield {
                    "name": "wide",
                    "xref": f"x{name}",
                    "yref": f"y{name}",
                    "x": flag.shift.day.isoformat(),
                    "y": lane.top + 1,
                    "xanchor": "right" if flag.end else "left",
                    "yanchor": "top",
                    "xshift": -3 if flag.end else 3,
                    "text": flag.label,
                    "showarrow": False,
                    "borderpad": 0,
                    "font": {"size": 11, "color": "@ink"},
                }


def _marks(name: str, panel: DrawnPanel) -> dict[str, Any]:
    marks = [point.mark for point in panel.points]
    colours = [f"@{'edge' if mark.state is State.NEUTRAL else mark.state}" for mark in marks]
    hollow = [not mark.reviewed and mark.pk for mark in marks]
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
            "size": [15 if mark.number >= 10 else 11 for mark in marks],
            "symbol": [SYMBOL[mark.state] for mark in marks],
            "color": ["@paper" if empty else colour for empty, colour in zip(hollow, colours, strict=True)],
            "line": {"width": 1.5, "color": colours},
            "opacity": 1,
        },
    }


def _read(name: str, timeline: Timeline, top: int) -> dict[str, Any]:
    """Articles read, bin by bin, so that silence is not taken for a position."""
    spans = [timeline.cut.span(read.bin) for read in timeline.reading]
    heights = [round(BARS * read.articles / timeline.most_read, 1) for read in timeline.reading]
    rows = ((*span, top + BARS - height, height) for span, height in zip(spans, heights, strict=True))
    return {
        **_lying(name, rows),
        "name": "articles",
        "text": [f"{read.text}: {read.articles:,} read" for read in timeline.reading],
        "marker": {"color": "@edge"},
    }


def _lane_shapes(name: str, panel: DrawnPanel) -> Iterator[dict[str, Any]]:
    """The ground of each lane."""
    for lane in panel.lanes:
        yield {
            "type": "rect",
            "layer": "below",
            "xref": f"x{name} domain",
            "yref": f"y{name}",
            "x0": 0,
            "x1": 1,
            "y0": lane.top,
            "y1": lane.end,
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


def _event_number(
    name: str, width: str, number: Line, panel: DrawnPanel, timeline: Timeline
) -> dict[str, Any]:
    days = (timeline.end - timeline.start).days * number.x / 100
    return {
        "name": width,
        "xref": f"x{name}",
        "yref": f"y{name}",
        "x": (timeline.start + datetime.timedelta(days=days)).isoformat(),
        "y": panel.first,
        "yanchor": "bottom",
        "text": number.label,
        "showarrow": False,
        "font": {"size": 11, "color": "@muted"},
    }
