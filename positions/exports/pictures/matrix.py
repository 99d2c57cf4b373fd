"""The matrix as a picture that can stand alone in a document: live text, counts and dates in every cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from positions.exports.about import About
from positions.exports.pictures import frame
from positions.exports.pictures.frame import EDGE, ROOM, Line
from positions.exports.pictures.palette import MUTED, OPPOSE, SUPPORT, Look, look
from positions.exports.pictures.text import clipped, width, wrapped
from positions.tables.cells import Cell, Matrix, Row
from positions.tables.states import Coverage, State

FIRST = 0.34  # share of the width that the issues take
CELL, GAP, PAD = 84, 6, 12  # pixels: height of a cell, between cells, within one
_EVEN = State.MIXED


@dataclass(frozen=True, slots=True)
class Box:
    """A filled cell with its lines; `sides` are the two bars of a mixed one."""

    x: float
    y: float
    width: float
    height: float
    look: Look
    lines: tuple[Line, ...] = ()
    sides: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the picture."""

    y: float


def matrix_svg(matrix: Matrix, about: About) -> str:
    """Return the picture as SVG, WIDTH pixels wide and as high as it needs."""
    top = frame.head(about, message=matrix.summary, status=matrix.status)
    lines, boxes, rules, y = list(top.lines), [], [], top.top
    column = ROOM * (1 - FIRST) / max(1, len(matrix.actors))
    lefts = [EDGE + ROOM * FIRST + column * number for number in range(len(matrix.actors))]
    y += 16
    lines += [
        Line(actor.label, x + PAD, y, 15, bold=True) for actor, x in zip(matrix.actors, lefts, strict=True)
    ]
    for theme in matrix.themes:
        y += 22
        lines.append(Line(theme.name, EDGE, y, 13, bold=True, ink=MUTED))
        y += 10
        rules.append(Rule(y))
        for row in theme.rows:
            high = _height(row)
            lines += _heading(row, y)
            boxes += [
                _box(cell, x, y + GAP / 2, column - GAP, high - GAP)
                for cell, x in zip(row.cells, lefts, strict=True)
            ]
            y += high
            rules.append(Rule(y))
    key, y = _legend(y + 26)
    below, height = frame.foot(about, y + 8)
    context = {
        "frame": frame.Frame(top.title, top.describes, (*lines, *below), top.top, height),
        "width": frame.WIDTH,
        "boxes": [*boxes, *key],
        "rules": rules,
    }
    return render_to_string("positions/pictures/matrix.svg", context)


def _issue_lines(row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    room = ROOM * FIRST - 20
    return (
        wrapped(row.issue.label, room, 15, bold=True, most=2),
        wrapped(row.issue.proposition, room, 13, most=3),
    )


def _height(row: Row) -> float:
    names, says = _issue_lines(row)
    return max(CELL + GAP, 20 * len(names) + 18 * len(says) + 20)


def _heading(row: Row, y: float) -> Iterator[Line]:
    names, says = _issue_lines(row)
    for text in names:
        y += 20
        yield Line(text, EDGE, y, 15, bold=True)
    for text in says:
        y += 18
        yield Line(text, EDGE, y, 13, ink=MUTED)


def cell_words(cell: Cell) -> list[str]:
    """What the cell says, line by line: the same as on the screen."""
    thin = ", thin evidence" if cell.coverage is Coverage.THIN else ""
    first = f"{cell.state.glyph} {cell.word}{thin}"
    return [first, cell.evidence, cell.latest, cell.checked] if cell.counts.total else [first]


def _box(cell: Cell, x: float, y: float, wide: float, high: float) -> Box:
    seen, room = look(cell.state, cell.coverage), wide - 2 * PAD
    mixed = cell.state is _EVEN and cell.counts.total > 1
    places = zip(cell_words(cell), (22, 40, 57, 74), (15, 13, 13, 13), strict=False)
    lines = tuple(
        Line(
            clipped(text, room, size, bold=down == 22), x + PAD, y + down, size, bold=down == 22, ink=seen.ink
        )
        for text, down, size in places
    )
    sides = ((x, SUPPORT), (x + wide - 5, OPPOSE)) if mixed else ()
    return Box(x, y, wide, high, seen, lines, sides)


def _legend(y: float) -> tuple[list[Box], float]:
    """What the cells mean, in as many rows as it takes; and where it ends."""
    least, share = settings.DIPWATCH_THIN_BELOW, settings.DIPWATCH_MIXED_BELOW
    entries = (
        (State.SUPPORT, Coverage.SOLID, f"▲ Supports: {least} statements or more, two outlets or more"),
        (State.OPPOSE, Coverage.THIN, "▼ Opposes, thin evidence: fewer, or one outlet"),
        (State.SUPPORT, Coverage.SINGLE, "▲ 1 statement"),
        (State.MIXED, Coverage.SOLID, f"▲▼ Mixed: no side has {share:.0%}"),
        (State.NEUTRAL, Coverage.SOLID, "◆ Neutral"),
        (State.DECLINED, Coverage.SOLID, "○ Declined to say"),
        (State.NONE, Coverage.NONE, "– No evidence: nothing found, which is not neutral"),
    )
    boxes, x = [], float(EDGE)
    for state, coverage, text in entries:
        wide = width(text, 12) + 20
        if x + wide > EDGE + ROOM:
            x, y = float(EDGE), y + 32
        seen = look(state, coverage)
        sides = ((x, SUPPORT), (x + wide - 4, OPPOSE)) if state is State.MIXED else ()
        boxes.append(Box(x, y, wide, 25, seen, (Line(text, x + 10, y + 17, 12, ink=seen.ink),), sides))
        x += wide + 8
    return boxes, y + 25
