"""The timeline as a picture that can stand alone in a document: a lane for each actor, a mark for each statement."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from positions import charts
from positions.exports.about import About
from positions.exports.pictures import frame
from positions.exports.pictures.frame import EDGE, ROOM, Line
from positions.exports.pictures.palette import EDGE as GREY
from positions.exports.pictures.palette import MUTED, OPPOSE, PAPER, SUPPORT
from positions.exports.pictures.text import clipped, width, wrapped
from positions.tables.lanes import Lane, Panel, Timeline
from positions.tables.states import State, plural

NAMES = 190  # pixels for the actors and their counts, left of the lanes
LANE, GAP = 44, 4
LEFT, ACROSS = EDGE + NAMES, ROOM - NAMES  # of the axis
_NEAR = 22  # pixels below which the numbers of two events would overlap
_COLOURS = {State.SUPPORT: SUPPORT, State.OPPOSE: OPPOSE, State.NEUTRAL: GREY, State.DECLINED: GREY}
_SHAPES = {
    State.SUPPORT: "M0-5 5 4H-5z",
    State.OPPOSE: "M0 5-5-4H5z",
    State.NEUTRAL: "M0-5.5 5.5 0 0 5.5-5.5 0z",
    State.DECLINED: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A mark: filled where a person has checked the statement, hollow where only a machine has read it."""

    x: float
    y: float
    path: str
    colour: str
    fill: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Upright:
    """The line of an event."""

    x: float
    top: float
    end: float


def timeline_svg(timeline: Timeline, about: About) -> str:
    """Return the picture as SVG, WIDTH pixels wide and as high as it needs."""
    status = " ".join([timeline.status, *timeline.notes])
    top = frame.head(about, message="", status=status)
    lines, bands, marks, uprights, y = list(top.lines), [], [], [], top.top
    for panel in timeline.panels:
        first = y + 56 + 18 * (len(_proposition(panel)) - 1)
        lines += _heading(panel, y)
        for number, lane in enumerate(panel.lanes):
            place = first + LANE * number
            bands.append(place)
            lines += _names(lane, place)
            marks += _marks(lane, place + (LANE - GAP) / 2, timeline)
        last = first + LANE * len(panel.lanes) - GAP
        uprights += [Upright(_x(event.day, timeline), first, last) for event in panel.events]
        lines += _numbers(panel, first - 5, timeline)
        lines += _ticks(timeline, last + 16)
        y = last + 34
    lines += _events(timeline, y)
    y += 19 * (len(timeline.events) + 1) if timeline.events else 0
    key, words, y = _legend(y + 14)
    below, height = frame.foot(about, y + 12)
    context = {
        "frame": frame.Frame(top.title, top.describes, (*lines, *words, *below), top.top, height),
        "width": frame.WIDTH,
        "left": LEFT,
        "across": ACROSS,
        "deep": LANE - GAP,
        "bands": bands,
        "uprights": uprights,
        "marks": [*marks, *key],
    }
    return render_to_string("positions/pictures/timeline.svg", context)


def _x(day: datetime.date, timeline: Timeline) -> float:
    span = max(1, (timeline.end - timeline.start).days)
    return LEFT + ACROSS * (day - timeline.start).days / span


def _proposition(panel: Panel) -> tuple[str, ...]:
    return wrapped(panel.issue.proposition, ROOM, 13, most=2)


def _heading(panel: Panel, y: float) -> Iterator[Line]:
    yield Line(clipped(panel.issue.label, ROOM, 16, bold=True), EDGE, y + 16, 16, bold=True)
    for number, text in enumerate(_proposition(panel)):
        yield Line(text, EDGE, y + 34 + 18 * number, 13, ink=MUTED)


def _names(lane: Lane, y: float) -> Iterator[Line]:
    """The actor, and how many marks stand for which side."""
    yield Line(clipped(lane.actor.label, NAMES - 10, 14, bold=True), EDGE, y + 17, 14, bold=True)
    yield Line(clipped(lane_words(lane), NAMES - 8, 12), EDGE, y + 33, 12, ink=MUTED)


def lane_words(lane: Lane) -> str:
    """ "12 statements: 9 ▲ 2 ▼ 1 ◆": what the lane shows, in numbers."""
    sides = Counter(mark.state for mark in lane.marks)
    if not sides:
        return "no dated statement"
    told = " ".join(f"{sides[state]:,} {state.glyph}" for state in State if sides[state])
    return f"{plural(len(lane.marks), 'statement')}: {told}"


def _marks(lane: Lane, middle: float, timeline: Timeline) -> Iterator[Shape]:
    """Support stands above and opposition below the middle of the lane; the newest lie on top."""
    for mark in reversed(lane.marks):
        colour = _COLOURS[mark.state]
        y = middle + charts.OFFSET[mark.state]
        fill = colour if mark.reviewed else PAPER
        yield Shape(_x(mark.day, timeline), y, _SHAPES[mark.state], colour, fill, mark.text)


def _numbers(panel: Panel, y: float, timeline: Timeline) -> Iterator[Line]:
    """The numbers of the events above their lines; those too near to each other are joined: "2–4"."""
    group: list[tuple[float, int]] = []
    for event in (*panel.events, None):
        x = _x(event.day, timeline) if event else None
        if group and (x is None or x - group[-1][0] > _NEAR):
            label = str(group[0][1]) if len(group) == 1 else f"{group[0][1]}–{group[-1][1]}"
            yield Line(label, (group[0][0] + group[-1][0]) / 2, y, 11, ink=MUTED, anchor="middle")
            group = []
        if event and x is not None:
            group.append((x, event.number))


def _ticks(timeline: Timeline, y: float) -> Iterator[Line]:
    for day, label in charts.ticks_between(timeline.start, timeline.end):
        yield Line(label, _x(day, timeline), y, 12, ink=MUTED, anchor="middle")


def _events(timeline: Timeline, y: float) -> Iterator[Line]:
    """The key of the events, each with its source."""
    if timeline.events:
        yield Line("Events", EDGE, y + 14, 13, bold=True)
    for number, event in enumerate(timeline.events, 1):
        text = f"{event.number}  {event.day_text}: {event.title} ({event.source})"
        yield Line(clipped(text, ROOM, 12), EDGE, y + 14 + 19 * number, 12, ink=MUTED)


def _legend(y: float) -> tuple[list[Shape], list[Line], float]:
    """What the marks mean; and where it ends."""
    shapes, lines, x = [], [], EDGE + 6.0
    for state, path in _SHAPES.items():
        shapes.append(Shape(x, y, path, _COLOURS[state], _COLOURS[state]))
        text = f"{state.glyph} {state.word}"
        lines.append(Line(text, x + 12, y + 4, 12))
        x += width(text, 12) + 40
    filled = "filled: checked by a person, hollow: read by a machine only"
    return shapes, [*lines, Line(filled, x, y + 4, 12, ink=MUTED)], y + 12
