"""How wide text is before it is drawn, so that lines can be broken on the server."""

import json
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"
_UNKNOWN = 700  # thousandths of the size, for characters that the font lacks
# Whoever opens an SVG may lack Inter and see a font that runs wider.
_SPARE = 1.04


@cache
def _widths(weight: str) -> dict[str, int]:
    runs = json.loads((FONTS / "widths.json").read_text(encoding="utf-8"))[weight]
    return {character: int(width) for width, characters in runs.items() for character in characters}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in pixels at a font size in pixels, a little generous."""
    widths = _widths("semibold" if bold else "regular")
    return _SPARE * size * sum(widths.get(character, _UNKNOWN) for character in text) / 1000


def wrapped(text: str, room: float, size: float, *, bold: bool = False, most: int = 99) -> tuple[str, ...]:
    """Break the text into lines that fit into `room` pixels; after `most` lines it ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], clipped(" ".join(lines[most - 1 :]), room, size, bold=bold)]
    return tuple(clipped(line, room, size, bold=bold) for line in lines)


def clipped(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
