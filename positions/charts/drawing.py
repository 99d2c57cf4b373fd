"""The timeline as an SVG: where everything stands, in percent of the width and pixels from the top."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from positions.charts.ticks import ticks_between
from positions.tables.lanes import Lane, Mark, Panel, Timeline
from positions.tables.shifts import Shift
from positions.tables.states import State, plural

HEAD = 76  # heading of a panel, on a narrow screen in three lines, and the numbers of its events
LANE = 52
GAP = 4  # between lanes
STRIP = 10  # the band at the foot of a lane
FLAGS = 16  # room for the changes at the head of a lane that has any
FOOT = 36  # labels of the axis and room to the next panel
READ = 64  # articles read: heading and bars
BARS = 36  # height of the highest bar of those
HALF = 15  # height of a bar of the balance
# Percent of the width below which two numbers would overlap, on a wide screen and on one of 320 pixels.
NEAR, NEAR_NARROW = 4.2, 16
FLAG_WIDTH = 22  # percent of a wide screen that the words at a change take

# Within a lane, support stands above and opposition below the middle, so that a change of side is seen as a step.
OFFSET = {State.SUPPORT: -10, State.NEUTRAL: 0, State.DECLINED: 0, State.OPPOSE: 10}


@dataclass(frozen=True, slots=True)
class Point:
    """A mark: `x` in percent of the width, `y` in pixels."""

    mark: Mark
    x: float
    y: float

    @property
    def symbol(self) -> str:
        if self.mark.number > 1 or not self.mark.pk:
            return f"{self.mark.state}-{'many' if self.mark.number >= 10 else 'full'}"
        return f"{self.mark.state}-{'full' if self.mark.reviewed else 'open'}"


@dataclass(frozen=True, slots=True)
class Line:
    """An event, or a label of the axis, at `x` percent of the width; `wide` ones have no room on a narrow screen."""

    x: float
    label: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: a band, or a bar. `kind` is its class; `x` and `width` in percent."""

    x: float
    width: float
    y: float
    height: float
    kind: str
    text: str = ""
    url: str = ""
    glyph: str = ""

    @property
    def inner(self) -> float:
        """Where the glyph begins."""
        return round(self.x + 0.4, 2)


@dataclass(frozen=True, slots=True)
class Flag:
    """A change of position; `label` is empty where another is too near."""

    shift: Shift
    x: float
    label: str
    end: bool  # written to the left of its line


@dataclass(frozen=True, slots=True)
class DrawnLane:
    label: str
    top: float
    middle: float
    depth: float
    bands: tuple[Box, ...]
    bars: tuple[Box, ...]
    flags: tuple[Flag, ...]

    @property
    def label_top(self) -> float:
        """Where the actor's name stands, in a line of 40 pixels."""
        return self.middle - 20

    @property
    def words(self) -> float:
        """Where the words at changes stand."""
        return self.top + 12

    @property
    def glyphs(self) -> float:
        """Where the glyphs in the bands stand."""
        return self.end - 1.5

    @property
    def end(self) -> float:
        return self.top + self.depth


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
    few: tuple[Line, ...]  # the same for a narrow screen

    @property
    def above(self) -> float:
        """Where the numbers stand."""
        return self.first - 5

    @property
    def axis(self) -> float:
        return self.last + 14

    @property
    def marks(self) -> SafeString:
        """The marks, oldest first, a group for each lane.

        Written here: a template would take ten times as long over two thousand of them.
        """
        lanes = groupby(self.points, key=lambda point: point.mark.actor)
        groups = (f'<g class="marks">{"".join(map(_markup, points))}</g>' for _, points in lanes)
        return mark_safe("".join(groups))  # noqa: S308 - text is escaped, the rest is our own


def _markup(point: Point) -> str:
    return (
        f'<a href="{escape(point.mark.url)}" tabindex="-1"><title>{escape(point.mark.text)}</title>'
        f'<use href="#{point.symbol}" x="{point.x}%" y="{point.y:g}"/></a>'
    )


@dataclass(frozen=True, slots=True)
class Drawing:
    height: int
    panels: tuple[DrawnPanel, ...]
    ticks: tuple[Line, ...]
    read: tuple[Box, ...]  # articles read, bin by bin, under all panels
    read_top: int
    read_words: str

    @property
    def read_words_at(self) -> int:
        return self.read_top + 14


def drawing(timeline: Timeline) -> Drawing:
    """Lay the timeline out for the SVG."""
    panels, top = [], 0
    for panel in timeline.panels:
        panels.append(_draw(panel, top, timeline))
        top = int(panels[-1].last) + GAP + FOOT
    ticks = tuple(
        Line(_percent(day, timeline), label, wide=number % 3 != 0)
        for number, (day, label) in enumerate(ticks_between(timeline.start, timeline.end))
    )
    most = timeline.most_read
    words = (
        f"Articles read, by {timeline.step} (at most {most:,})" if most else "No articles read in this time"
    )
    return Drawing(top + READ, tuple(panels), ticks, tuple(_read(timeline, top)), top, words)


def _draw(panel: Panel, top: int, timeline: Timeline) -> DrawnPanel:
    first = top + HEAD
    lanes, points, y = [], [], first
    for lane in panel.lanes:
        lanes.append(_lane(lane, y, timeline))
        points += [
            Point(mark, _percent(mark.day, timeline), lanes[-1].middle + OFFSET[mark.state])
            for mark in (reversed(lane.marks) if timeline.measure == "statements" else ())
        ]
        y = int(lanes[-1].end) + GAP
    events = tuple(Line(_percent(event.day, timeline), str(event.number)) for event in panel.events)
    return DrawnPanel(
        panel=panel,
        top=top,
        first=first,
        last=y - GAP,
        lanes=tuple(lanes),
        points=tuple(points),
        events=events,
        numbers=tuple(joined(events, NEAR)),
        few=tuple(joined(events, NEAR_NARROW)),
    )


def _lane(lane: Lane, top: int, timeline: Timeline) -> DrawnLane:
    room = FLAGS if lane.shifts else 0
    depth = LANE - GAP + room
    middle = top + room + (LANE - GAP - STRIP) // 2
    strip = top + depth - STRIP
    bands = tuple(
        _box(
            band.start, band.end, strip, STRIP, timeline,
            f"{band.state} {'pale' if band.thin else 'firm'}", band.text, band.url, band.state.glyph,
        )
        for band in lane.bands
    )  # fmt: skip
    bars = tuple(
        box
        for bar in lane.bars
        for box in (
            _box(bar.start, bar.end, middle - HALF * bar.up, HALF * bar.up, timeline, "support firm"),
            _box(bar.start, bar.end, middle, HALF * bar.down, timeline, "oppose firm"),
        )
        if box.height
    )
    return DrawnLane(lane.actor.label, top, middle, depth, bands, bars, tuple(_flags(lane, timeline)))


def _box(
    start: datetime.date,
    end: datetime.date,
    y: float,
    height: float,
    timeline: Timeline,
    kind: str,
    text: str = "",
    url: str = "",
    glyph: str = "",
) -> Box:
    x = max(0.0, _percent(start, timeline))
    width = round(min(100.0, _percent(end + datetime.timedelta(days=1), timeline)) - x, 2)
    return Box(x, width, round(y, 1), round(height, 1), kind, text, url, glyph if width > 3 else "")


def _flags(lane: Lane, timeline: Timeline) -> Iterator[Flag]:
    """The changes from left to right; words only where they do not run into those before."""
    free = 0.0
    for shift in sorted(lane.shifts, key=lambda shift: shift.day):
        x = _percent(shift.day, timeline)
        if not 0 <= x <= 100:
            continue
        end = x > 100 - FLAG_WIDTH
        left = x - FLAG_WIDTH if end else x
        fits = left >= free
        yield Flag(shift, x, f"{shift.step}, {shift.day_text}" if fits else "", end)
        free = max(free, (x if end else x + FLAG_WIDTH) if fits else x + 2)


def _read(timeline: Timeline, top: int) -> Iterator[Box]:
    for read in timeline.reading if timeline.cut else ():
        first, last = timeline.cut.span(read.bin)
        height = BARS * read.articles / timeline.most_read
        text = f"{read.text}: {plural(read.articles, 'article')} read"
        yield _box(first, last, top + READ - height, height, timeline, "read", text)


def joined(events: Sequence[Line], near: float) -> Iterator[Line]:
    """The numbers of the events, from left to right, with those joined that are nearer than that to one another."""
    group: list[Line] = []
    for event in (*events, None):
        if group and (event is None or event.x - _middle(group) > near):
            label = group[0].label if len(group) == 1 else f"{group[0].label}–{group[-1].label}"
            yield Line(_middle(group), label)
            group = []
        if event is not None:
            group.append(event)


def _middle(group: Sequence[Line]) -> float:
    return round((group[0].x + group[-1].x) / 2, 2)


def _percent(day: datetime.date, timeline: Timeline) -> float:
    span = max(1, (timeline.end - timeline.start).days)
    return round(100 * (day - timeline.start).days / span, 2)
