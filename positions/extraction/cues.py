"""The cue lexicon of data/cues.yaml, compiled: verb classes, markers and issue patterns used as features."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from positions.extraction.catalogue import DATA

KINDS = ("topic", "oppose", "for", "against")


@dataclass(frozen=True, slots=True)
class IssueCues:
    topic: re.Pattern[str]
    oppose: re.Pattern[str]
    for_it: re.Pattern[str]
    against_it: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """Verb classes by lemma, markers and issue patterns by name. Patterns expect plain quotation marks."""

    verbs: dict[str, frozenset[str]]
    nouns: frozenset[str]
    according: tuple[str, ...]
    markers: dict[str, re.Pattern[str]]
    declined: re.Pattern[str]
    issues: dict[str, IssueCues]


class CueError(ValueError):
    """data/cues.yaml cannot be used; the message lists every problem."""


def load_cues(path: Path = DATA / "cues.yaml") -> Cues:
    """Compile the lexicon. Raises CueError listing all patterns that are no regular expressions."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    problems: list[str] = []

    def pattern(where: str, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text, re.IGNORECASE)
        except re.error as error:
            problems.append(f"{path.name}: {where}: {error}")
            return re.compile("(?!)")

    cues = Cues(
        verbs={name: frozenset(words.split()) for name, words in raw["verbs"].items()},
        nouns=frozenset(raw["nouns"]["speech"].split()),
        according=tuple(raw["according"]),
        markers={name: pattern(f"markers.{name}", text) for name, text in raw["markers"].items()},
        declined=pattern("declined", raw["declined"]),
        issues={
            slug: IssueCues(*(pattern(f"issues.{slug}.{k}", c[k]) for k in KINDS))
            for slug, c in raw["issues"].items()
        },
    )
    if problems:
        raise CueError("\n".join(problems))
    return cues
