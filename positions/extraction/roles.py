"""Role words, forms of address and groups of data/roles.yaml: what tells, next to a country, who is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from positions.extraction.catalogue import DATA


@dataclass(frozen=True, slots=True)
class Roles:
    """Reference words of data/roles.yaml."""

    government: frozenset[str]
    other: frozenset[str]
    public: frozenset[str]
    things: frozenset[str]  # of the government's: what they do is the state's doing
    titles: dict[str, str]
    address: frozenset[str]
    prefixes: dict[str, tuple[str, str]]
    groups: tuple[tuple[str, str, str], ...]
    shared: dict[str, list[str]]
    former: frozenset[str]
    singular: frozenset[str]
    plural: frozenset[str]
    pair: tuple[str, ...]
    first: frozenset[str]

    def voice(self, word: str) -> str | None:
        """Return the voice of a role word, "public" for people without one, None for other words."""
        for voice in ("government", "other", "public"):
            if word in getattr(self, voice):
                return voice
        return None


def load_roles(path: Path = DATA / "roles.yaml") -> Roles:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Roles(
        government=_with_plurals(raw["government"]),
        other=_with_plurals(raw["other"]),
        public=_with_plurals(raw["public"]),
        things=_with_plurals(raw["things"]),
        titles=raw["titles"],
        address=frozenset(raw["address"]),
        prefixes={p["text"]: (p["actor"], p["voice"]) for p in raw["prefixes"]},
        groups=tuple((g["text"], g["actor"], g["voice"]) for g in raw["groups"]),
        shared=raw["shared"],
        former=frozenset(raw["former"]),
        singular=frozenset(raw["singular"]),
        plural=frozenset(raw["plural"]),
        pair=tuple(raw["pair"]),
        first=frozenset(raw["first"]),
    )


def _with_plurals(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words) | {f"{word}s" for word in words}
