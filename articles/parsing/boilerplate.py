"""Lines that are no text of the article: forum and sharing lines, notices, picture captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

_DATA = yaml.safe_load(
    (Path(__file__).parent.parent / "data" / "boilerplate.yaml").read_text(encoding="utf-8")
)
_LINES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _DATA["lines"])
_ANY_LINE = re.compile("|".join(f"(?:{pattern})" for pattern in _DATA["lines"]), re.IGNORECASE)
_LONGEST = 400  # characters; no notice is longer, and every pattern stays quick on such a line
_NAMES = "|".join(re.escape(name) for name in sorted(_DATA["credits"], key=len, reverse=True))
_CREDIT = re.compile(
    r"[(\[](?:(?:photo|photograph|picture|image|credit|source|via|by)s?\s*[:/]?\s*){0,3}"
    r"(?:[\w .'-]{1,40}(?:[/,]|\svia\b)\s*)?"
    rf"(?:{_NAMES})(?:\s*(?:/|,|via|for)\s*[\w .'-]{{1,40}}){{0,2}}[)\]]\.?$",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 120  # characters; the pattern is tried on no more
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plain text and the number of its block; blocks are parted by blank lines."""

    text: str
    block: int


def is_boilerplate(line: str) -> bool:
    """Whether the line holds nothing but boilerplate, several pieces run together included."""
    line = line.strip()
    if not line or len(line) > _LONGEST or not _ANY_LINE.match(line):
        return False
    position = 0
    while position < len(line):
        ends = [match.end() for pattern in _LINES if (match := pattern.match(line, position))]
        longest = max(ends, default=position)
        if longest == position:
            return False
        position = longest
        while position < len(line) and line[position].isspace():
            position += 1
    return True


def ends_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line))


def without_credit(line: str) -> str:
    """`line` without the agency's name in brackets at its end."""
    line = line.rstrip()
    bracket = max(line.rfind("("), line.rfind("["))
    if bracket < 0 or len(line) - bracket > _LONGEST_CREDIT or not _CREDIT.match(line, bracket):
        return line
    return line[:bracket].rstrip()


def _has_credit(line: str) -> bool:
    return without_credit(line) != line.rstrip()


def without_captions(lines: Sequence[Line]) -> list[Line]:
    """The lines without picture captions.

    A page that shows a caption under a picture and again as its description leaves it twice in a row, with or without
    the agency's name in brackets. A full sentence that stands twice in paragraphs of its own is a slip of the page and
    is kept once. A single line is a caption when it names an agency at its end and is no sentence before that.
    """
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        run = _run_of_repeats(lines, at)
        first, credited = lines[at], any(_has_credit(line.text) for line in lines[at : at + run])
        if run == 1:
            if not (credited and not ends_sentence(without_credit(first.text))):
                kept.append(first)
        elif not credited and ends_sentence(first.text) and lines[at + 1].block != first.block:
            kept.append(first)
        at += run
    return kept


def _run_of_repeats(lines: Sequence[Line], at: int) -> int:
    """How many lines from `at` on say the same."""
    wanted = _bare(lines[at].text)
    end = at + 1
    # Two words are no caption: transcripts say "(Applause)" or "Thank you" twice in a row.
    while wanted.count(" ") > 1 and end < len(lines) and _bare(lines[end].text) == wanted:
        end += 1
    return end - at


def _bare(text: str) -> str:
    return " ".join(without_credit(text).split()).rstrip(".").casefold()
