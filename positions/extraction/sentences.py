"""Paragraphs and sentences from punctuation alone: pure text, no language model, so that pages can number sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Typographic marks and their plain form, character for character, so that offsets stay true.
PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "\u00a0": " ", "\u2011": "-", "\u200b": " "}
)

ABBREVIATION = re.compile(
    r"(?:^|[\s\"'(\[])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cmdr|Adm|Sens?|Reps?|Gov|St|Jr|Sr|No|Nos|vs|Art|Op|Hon|"
    r"U\.S|U\.K|U\.N|E\.U|U\.A\.E|a\.m|p\.m|D\.C|[A-Z]|(?:[A-Z]\.)+[A-Z]|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|[DRI]-\w+|"
    r"Calif|Ariz|Fla|Ill|Tenn|Conn|Mass|Mich|Minn|Okla|Wash|Wis|Va|Ky|Md|Pa|N\.Y|N\.J|S\.C|N\.C|N\.H|Inc|Corp|Ltd|Co)$"
)
END = re.compile(r"[.!?…][\"')\]]*(?:\s+|$)(?=[\"'(\[]*[A-Z0-9–—-]|$)|[.!?][\"')\]]+\s+(?=[a-z])(?!)")
# After these an abbreviation that is also a place name ends the sentence after all.
OPENER = re.compile(r"[\"'(]*(?:The|He|She|It|They|But|In|And|A|An|This|That|Mr|Mrs|On|At|For|As|We|I)\b")
PLACE_ABBREVIATION = re.compile(r"(?:U\.S|U\.K|U\.N|a\.m|p\.m|D\.C|Inc|Co|Corp|Jr)$")


def plain(text: str) -> str:
    """Return the text with plain quotation marks and spaces, the same length."""
    return text.translate(PLAIN)


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of paragraphs: runs of text between line breaks, without surrounding space."""
    for match in re.finditer(r"[^\n]+", text):
        piece = match.group()
        if piece.strip():
            start = match.start() + len(piece) - len(piece.lstrip())
            yield start, start + len(piece.strip())


def sentence_spans(paragraph: str) -> list[tuple[int, int]]:
    """Return the offsets of the sentences of one paragraph of plain text."""
    spans, start = [], 0
    for match in END.finditer(paragraph):
        before = paragraph[: match.start()]
        abbreviated = paragraph[match.start()] == "." and ABBREVIATION.search(before)
        if abbreviated and not (PLACE_ABBREVIATION.search(before) and OPENER.match(paragraph[match.end() :])):
            continue
        end = match.start() + len(match.group().rstrip())
        if paragraph[start:end].strip():
            spans.append((start, end))
        start = match.end()
    if paragraph[start:].strip():
        spans.append((start, len(paragraph.rstrip())))
    return spans
