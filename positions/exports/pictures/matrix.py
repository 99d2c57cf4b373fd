"""The matrix as a picture that can stand alone in a document: live text, counts and dates in every cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from positions.exports.about import About
from positions.exports.pictures import frame
from positions.exports.pictures.frame import EDGE, ROOM, Line
from positions.exports.pictures.palette import MUTED, OPPOSE, SUPPORT, Fill, look
from positions.exports.pictures.text import clipped, width, wrapped
from positions.tables.cells import Cell, Look, Matrix, Row
from positions.tables.states import Coverage, State, day_text

FIRST = 0.3  # share of the width that the issues take
GAP, PAD, LINE = 6, 12, 17  # pixels: between cells, within one, from line to line
AGREE = 96  # width of the last column
SPARK = 26  # height of a cell's history, with the room above it


@dataclass(frozen=True, slots=True)
class Box:
    """A filled cell with its lines; `sides` are the two bars of a mixed one."""

    x: float
    y: float
    width: float
    height: float
    look: Fill
    lines: tuple[Line, ...] = ()
    sides: tuple[tuple[float, str], ...] = ()
    spark: str = ""
    spark_at: tuple[float, float] = (0, 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the picture."""

    y: float


def matrix_svg(matrix: Matrix, about: About) -> str:
    """Return the picture as SVG, WIDTH pixels wide and as high as it needs."""
    top = frame.head(about, message=matrix.summary, status=matrix.status)
    lines, boxes, rules, y = list(top.lines), [], [], top.top
    agreed = len(matrix.actors) > 1
    column = (ROOM * (1 - FIRST) - (AGREE if agreed else 0)) / max(1, len(matrix.actors))
    lefts = [EDGE + ROOM * FIRST + column * number for number in range(len(matrix.actors))]
    y += 16
    lines += [
        Line(actor.label, x + PAD, y, 15, bold=True) for actor, x in zip(matrix.actors, lefts, strict=True)
    ]
    if agreed:
        lines.append(Line("Agreement", EDGE + ROOM, y, 13, bold=True, anchor="end"))
    for theme in matrix.themes:
        y += 22 if theme.name else 0
        lines.append(Line(theme.name, EDGE, y, 13, bold=True, ink=MUTED))
        y += 10
        rules.append(Rule(y))
        for row in theme.rows:
            high = _height(row, matrix.look, column - GAP)
            if agreed:
                lines.append(Line(row.agreement.text, EDGE + ROOM, y + 25, 13, anchor="end"))
            lines += _heading(row, y)
            boxes += [
                _box(cell, matrix.look, x, y + GAP / 2, column - GAP, high - GAP)
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
        wrapped(row.issue.proposition, room, 13),
    )


def _height(row: Row, asked: Look, wide: float) -> float:
    names, says = _issue_lines(row)
    most = max((len(_cell_lines(cell, asked, wide)) for cell in row.cells), default=0)
    history = SPARK if any(cell.spark for cell in row.cells) else 0
    return max(24 + LINE * most + history + GAP, 20 * len(names) + 18 * len(says) + 20)


def _heading(row: Row, y: float) -> Iterator[Line]:
    names, says = _issue_lines(row)
    for text in names:
        y += 20
        yield Line(text, EDGE, y, 15, bold=True)
    for text in says:
        y += 18
        yield Line(text, EDGE, y, 13, ink=MUTED)


def cell_words(cell: Cell, look: Look) -> list[str]:
    """What the cell says, line by line: the same as on the screen."""
    thin = ", thin evidence" if cell.coverage is Coverage.THIN else ""
    told = [cell.evidence, cell.latest, cell.was, cell.checked] if cell.counts.total else []
    then = f"on {day_text(look.then)}: {cell.before}" if look.then else ""
    return list(filter(None, [f"{cell.state.glyph} {cell.word}{thin}", then, *told]))


def _cell_lines(cell: Cell, asked: Look, wide: float) -> list[str]:
    """The same, broken to the width of the cell: no number is cut off."""
    first, *rest = cell_words(cell, asked)
    room = wide - 2 * PAD
    return [clipped(first, room, 15, bold=True), *(line for text in rest for line in wrapped(text, room, 13))]


def _box(cell: Cell, asked: Look, x: float, y: float, wide: float, high: float) -> Box:
    seen = look(cell.state, cell.coverage)
    first, *rest = _cell_lines(cell, asked, wide)
    places = [(text, y + 40 + LINE * number) for number, text in enumerate(rest)]
    lines = (
        Line(first, x + PAD, y + 22, 15, bold=True, ink=seen.ink),
        *(Line(text, x + PAD, place, 13, ink=seen.ink) for text, place in places),
    )
    mixed = cell.state is State.MIXED and cell.counts.total > 1
    return Box(
        x=x,
        y=y,
        width=wide,
        height=high,
        look=seen,
        lines=lines,
        sides=((x, SUPPORT), (x + wide - 5, OPPOSE)) if mixed else (),
        spark=cell.spark,
        spark_at=(x + PAD, lines[-1].y + 6),
    )


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
