"""What stands around the drawing in every picture: a message, what is shown and as of when, a legend, the source."""

from dataclasses import dataclass

from django.conf import settings

from positions.exports.about import About
from positions.exports.pictures.palette import MUTED
from positions.exports.pictures.text import clipped, wrapped

WIDTH = 1200
EDGE = 36  # margin on all sides
ROOM = WIDTH - 2 * EDGE


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: `x`, `y` of its start on the base line, `size` in pixels."""

    text: str
    x: float
    y: float
    size: float = 13
    bold: bool = False
    ink: str = "#1a1a1a"
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Frame:
    """`top` is where the drawing begins, `height` that of the whole picture."""

    title: str
    describes: str
    lines: tuple[Line, ...]
    top: float
    height: float = 0


def head(about: About, *, message: str, status: str) -> Frame:
    """The upper part: the message as title, then the selection, the counts and as of when."""
    lines, y = [], EDGE + 14.0
    for text in wrapped(message or about.title, ROOM, 25, bold=True, most=3):
        y += 18 if not lines else 32
        lines.append(Line(text, EDGE, y, 25, bold=True))
    y += 8
    second = f"{about.title}. {about.scope.words()}" if message else about.scope.words()
    for text in (second, f"{status} {about.as_of_text}."):
        for part in wrapped(text, ROOM, 14, most=3):
            y += 20
            lines.append(Line(part, EDGE, y, 14, ink=MUTED))
    describes = f"{about.scope.words()} {status} {about.as_of_text}."
    return Frame(message or about.title, describes, tuple(lines), y + 22)


def foot(about: About, y: float) -> tuple[tuple[Line, ...], float]:
    """The lower part from `y` on, and where it ends: source, terms, address."""
    source = "Source: dipwatch, positions read from news by a machine and corrected by people."
    lines = []
    for text in wrapped(f"{source} {settings.DIPWATCH_LICENCE}", ROOM, 12, most=3):
        y += 17
        lines.append(Line(text, EDGE, y, 12, ink=MUTED))
    y += 17
    lines.append(Line(clipped(about.url, ROOM, 12), EDGE, y, 12, ink=MUTED))
    return tuple(lines), y + EDGE - 12
