"""The timeline as a picture that can stand alone: the lanes of the screen, with their words and numbers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from positions import charts
from positions.charts.drawing import Box, DrawnLane, DrawnPanel, Point
from positions.exports.about import About
from positions.exports.pictures import frame
from positions.exports.pictures.frame import EDGE, ROOM, Line
from positions.exports.pictures.palette import EDGE as GREY
from positions.exports.pictures.palette import INK, MUTED, OPPOSE, PAPER, SUPPORT, look
from positions.exports.pictures.text import clipped, width, wrapped
from positions.tables.lanes import Lane, Timeline
from positions.tables.states import Coverage, State, plural

NAMES = 190  # pixels for the actors and their counts, left of the lanes
LEFT, ACROSS = EDGE + NAMES, ROOM - NAMES  # of the axis
_COLOURS = {State.SUPPORT: SUPPORT, State.OPPOSE: OPPOSE, State.NEUTRAL: GREY, State.DECLINED: GREY}
_PATHS = {
    State.SUPPORT: "M0-5 5 4H-5z",
    State.OPPOSE: "M0 5-5-4H5z",
    State.NEUTRAL: "M0-5.5 5.5 0 0 5.5-5.5 0z",
    State.DECLINED: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle: the ground of a lane, a band of what prevails, a bar of articles read."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = "none"
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A mark: filled where a person has checked the statement, hollow where only a machine has read it."""

    x: float
    y: float
    path: str
    colour: str
    fill: str
    scale: float = 1
    says: str = ""


@dataclass(frozen=True, slots=True)
class Upright:
    """The line of an event or of a change."""

    x: float
    top: float
    end: float
    colour: str = MUTED
    dashes: str = "1.5 3"


def timeline_svg(timeline: Timeline, about: About) -> str:
    """Return the picture as SVG, WIDTH pixels wide and as high as it needs."""
    top = frame.head(about, message="", status=" ".join([timeline.status, *timeline.notes]))
    drawn = charts.drawing(timeline)
    lines, bars, shapes, uprights = list(top.lines), [], [], []
    for panel in drawn.panels:
        lines += _heading(panel, top.top)
        for lane, seen in zip(panel.panel.lanes, panel.lanes, strict=True):
            lines += [*_names(lane, top.top + seen.top), *_flag_words(seen, top.top)]
            bars += _lane_bars(seen, top.top)
            uprights += [
                Upright(_x(flag.x), top.top + seen.top, top.top + seen.end, INK, "") for flag in seen.flags
            ]
        first, last = top.top + panel.first, top.top + panel.last
        uprights += [Upright(_x(event.x), first, last) for event in panel.events]
        lines += [_label(number.label, number.x, top.top + panel.above, 11) for number in panel.numbers]
        lines += [_label(tick.label, tick.x, top.top + panel.axis + 3, 12) for tick in drawn.ticks]
        shapes += [_shape(point, top.top) for point in panel.points]
    y = top.top + (drawn.height if drawn.panels else 0)
    if drawn.read:
        lines.append(Line(drawn.read_words, LEFT, top.top + drawn.read_words_at, 12, ink=MUTED))
        bars += [_bar(box, top.top, "#b0b0a8") for box in drawn.read]
    lines += _events(timeline, y)
    y += 19 * (len(timeline.events) + 1) if timeline.events else 0
    key, words, y = _legend(y + 30, binned=timeline.binned)
    below, height = frame.foot(about, y + 12)
    context = {
        "frame": frame.Frame(top.title, top.describes, (*lines, *words, *below), top.top, height),
        "width": frame.WIDTH,
        "bars": bars,
        "uprights": uprights,
        "shapes": [*shapes, *key],
    }
    return render_to_string("positions/pictures/timeline.svg", context)


def _x(percent: float) -> float:
    return LEFT + ACROSS * percent / 100


def _label(text: str, percent: float, y: float, size: float) -> Line:
    """A label at the middle of its place, but within the picture."""
    half = width(text, size) / 2
    return Line(text, min(_x(percent), EDGE + ROOM - half), y, size, ink=MUTED, anchor="middle")


def _heading(panel: DrawnPanel, down: float) -> Iterator[Line]:
    issue, y = panel.panel.issue, panel.top + down
    yield Line(clipped(issue.label, ROOM, 16, bold=True), EDGE, y + 18, 16, bold=True)
    for number, text in enumerate(wrapped(issue.proposition, ROOM, 13, most=2)):
        yield Line(text, EDGE, y + 37 + 17 * number, 13, ink=MUTED)


def _names(lane: Lane, y: float) -> Iterator[Line]:
    """The actor, and how many statements the lane shows on which side."""
    yield Line(clipped(lane.actor.label, NAMES - 10, 14, bold=True), EDGE, y + 19, 14, bold=True)
    yield Line(clipped(lane_words(lane), NAMES - 8, 12), EDGE, y + 36, 12, ink=MUTED)


def lane_words(lane: Lane) -> str:
    """What the lane shows, in numbers: "12 statements: 9 ▲ 2 ▼ 1 ◆"."""
    sides: Counter[State] = Counter()
    for mark in lane.marks:
        sides[mark.state] += mark.number
    if not sides:
        return "no dated statement"
    told = " ".join(f"{sides[state]:,} {state.glyph}" for state in State if sides[state])
    return f"{plural(sides.total(), 'statement')}: {told}"


def _flag_words(lane: DrawnLane, down: float) -> Iterator[Line]:
    for flag in lane.flags:
        if flag.label:
            x, anchor = (_x(flag.x) - 4, "end") if flag.end else (_x(flag.x) + 4, "start")
            yield Line(flag.label, x, lane.words + down, 11, bold=True, anchor=anchor)


def _lane_bars(lane: DrawnLane, down: float) -> Iterator[Bar]:
    """The ground of the lane, and on it the bands: pale and dashed where the evidence is thin."""
    yield Bar(LEFT, lane.top + down, ACROSS, lane.depth, "#f6f6f3")
    for box in lane.bands:
        state, thin = State(box.kind.split()[0]), "pale" in box.kind
        seen = look(state, Coverage.THIN if thin else Coverage.SOLID)
        yield _bar(box, down, seen.fill, seen.edge, seen.dashes)


def _bar(box: Box, down: float, fill: str, edge: str = "none", dashes: str = "") -> Bar:
    return Bar(_x(box.x), box.y + down, max(1, ACROSS * box.width / 100), box.height, fill, edge, dashes)


def _shape(point: Point, down: float) -> Shape:
    mark = point.mark
    colour, full = _COLOURS[mark.state], not point.symbol.endswith("open")
    scale = 1.6 if point.symbol.endswith("many") else 1
    fill = colour if full else PAPER
    return Shape(_x(point.x), point.y + down, _PATHS[mark.state], colour, fill, scale, mark.text)


def _events(timeline: Timeline, y: float) -> Iterator[Line]:
    """The key of the events, each with its source."""
    if timeline.events:
        yield Line("Events", EDGE, y + 20, 13, bold=True)
    for number, event in enumerate(timeline.events, 1):
        text = f"{event.number}. {event.day_text}: {event.title} ({event.source})"
        yield Line(clipped(text, ROOM, 12), EDGE, y + 20 + 19 * number, 12, ink=MUTED)


def _legend(y: float, *, binned: bool) -> tuple[list[Shape], list[Line], float]:
    """What the marks mean; and where it ends."""
    shapes, lines, x = [], [], EDGE + 6.0
    for state, path in _PATHS.items():
        shapes.append(Shape(x, y, path, _COLOURS[state], _COLOURS[state]))
        lines.append(Line(state.word, x + 12, y + 4, 12))
        x += width(state.word, 12) + 36
    marks = (
        "larger: ten statements or more"
        if binned
        else "filled: checked by a person, hollow: by a machine only"
    )
    rest = (
        f"{marks}. Band: the side that prevails, pale where evidence is thin, none where nothing was said."
        " Upright: a change of position; dotted: a numbered event."
    )
    lines += [
        Line(text, EDGE, y + 24 + 17 * number, 12, ink=MUTED)
        for number, text in enumerate(wrapped(rest[0].upper() + rest[1:], ROOM, 12))
    ]
    return shapes, lines, lines[-1].y
