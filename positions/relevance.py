"""Does a text concern Syria and a tracked actor? Asked before it is sent to extraction, by words alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import yaml

from positions.extraction.catalogue import DATA, load


def is_relevant(title: str, text: str, speaker: str = "") -> bool:
    """Whether a word of `topic.yaml` stands in the text, and the name of a tracked actor, one of its people or a body
    for which several speak.

    A text with a known `speaker` needs no other actor: its source speaks for one.
    """
    said = f"{title}\n{text}".replace("’", "'")
    return _names_any(said, _topic()) and (bool(speaker) or _names_any(said, _actors()))


@functools.cache
def _lists() -> dict[str, list[str]]:
    return yaml.safe_load((DATA / "topic.yaml").read_text(encoding="utf-8"))


@functools.cache
def _topic() -> tuple[str, ...]:
    return tuple(_lists()["words"])


@functools.cache
def _actors() -> tuple[str, ...]:
    catalogue = load()
    names = [alias.text for actor in catalogue.actors for alias in actor.aliases]
    names += [name for person in catalogue.people for name in (person.name, *person.aliases)]
    return tuple(dict.fromkeys([*names, *_lists()["together"]]))


def _names_any(text: str, words: Iterable[str]) -> bool:
    # Looking for the plain words first spares nearly all of the slower matches.
    return any(word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words)
