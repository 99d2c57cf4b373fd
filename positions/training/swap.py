"""Swaps the actor of an example for another one, so that the encoder learns direction from the words and not from the
name: what "Moscow called on Assad to go" says must not depend on who usually says it."""

from __future__ import annotations

import random
from collections import defaultdict

from positions.extraction.candidates import Candidate
from positions.extraction.catalogue import Catalogue
from positions.extraction.resolve import Mention

# On these issues the proposition names a side, so that swapping the actor changes what the sentence means.
NAMED = {"cooperation-with-russia", "russian-backing-of-damascus"}
NAMED_WESTERN = {"western-troops"}
FALLBACK = {"title": "person", "body": "ministry", "group": "ministry", "person": "person"}


class Swapper:
    """Makes swapped texts from the catalogue's own names."""

    def __init__(self, catalogue: Catalogue, seed: int = 0) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.adjective = {a.code: a.adjective for a in catalogue.actors}
        self.names: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for actor in catalogue.actors:
            for alias in actor.aliases:
                self.names[actor.code, alias.voice, alias.kind].append(alias.text)
        for person in catalogue.people:
            voices = {t.voice for t in person.tenures} or {"other"}
            for voice in voices:
                self.names[person.actor, voice, "person"].append(person.name)

    def target(self, candidate: Candidate, issues: set[str]) -> str | None:
        """Return an actor that the sentence does not mention and that may stand in the candidate's place."""
        if issues & NAMED:
            return None
        here = {m.actor for m in candidate.context.mentions}
        others = [a for a in self.adjective if a not in here and a != candidate.actor]
        if issues & NAMED_WESTERN:
            others = [a for a in others if a != "RU" and candidate.actor != "RU"]
        return self.random.choice(others) if others and candidate.marks else None

    def swap(self, candidate: Candidate, to: str) -> tuple[str, list[tuple[int, int]]]:
        """Return the sentence with every mention of the actor replaced, and the marks of the new mentions."""
        text, out, marks, at, chosen = candidate.context.sentence.text, [], [], 0, {}
        for mention in candidate.context.mentions:
            if mention.actor != candidate.actor or mention.start < at:
                continue
            old = text[mention.start : mention.end]
            new = chosen.setdefault(old, self._name(mention, old, to))
            out.append(text[at : mention.start])
            start = sum(map(len, out))
            out.append(new)
            if mention.voice == candidate.voice:
                marks.append((start, start + len(new)))
            at = mention.end
        out.append(text[at:])
        return "".join(out), marks

    def _name(self, mention: Mention, old: str, to: str) -> str:
        if mention.kind != "person":
            for word in self._demonyms(mention.actor):
                if word in old.split():
                    return old.replace(word, self.adjective[to])
        kind = FALLBACK.get(mention.kind, mention.kind)
        names = self.names.get((to, mention.voice, kind)) or self.names[to, mention.voice, "person"]
        return self.random.choice(names)

    def _demonyms(self, actor: str) -> list[str]:
        return [
            self.adjective[actor],
            *(n for n in self.names[actor, "government", "demonym"] if not n.endswith("s")),
        ]
