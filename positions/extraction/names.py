"""All names, titles and bodies that the reference data knows, matched on parsed text in one pass."""

from __future__ import annotations

from collections import defaultdict

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from positions.extraction.catalogue import Catalogue, Office, Person
from positions.extraction.roles import Roles

Match = tuple[str, object, Span]  # kind, payload, where


class Names:
    """Finds what may be a name; who is meant is for the resolver to say.

    Kinds and payloads: person (Person), surname (text), alias (actor, voice, kind, text), group (actor, voice), office
    (offices of that title), other (name of an untracked person or body).
    """

    def __init__(self, catalogue: Catalogue, nlp: Language, roles: Roles) -> None:
        self.catalogue, self.roles = catalogue, roles
        self.exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.lower = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.surnames: dict[str, list[Person]] = defaultdict(list)
        self.other_surnames = {s for p in catalogue.other_people for s in p.surnames}
        self.first_names: dict[str, set[str]] = defaultdict(set)
        self._payload: dict[int, list[tuple[str, object]]] = defaultdict(list)
        self._nlp = nlp
        self._fill()

    def matches(self, doc: Doc) -> list[Match]:
        """Return every match, overlapping ones included."""
        return [
            (kind, payload, doc[start:end])
            for matcher in (self.exact, self.lower)
            for key, start, end in matcher(doc)
            for kind, payload in self._payload[key]
        ]

    def _add(self, matcher: PhraseMatcher, text: str, kind: str, payload: object) -> None:
        doc = self._nlp.make_doc(text)
        key = f"{'x' if matcher is self.exact else 'l'}:{text if matcher is self.exact else text.lower()}"
        matcher.add(key, [doc])
        self._payload[self._nlp.vocab.strings[key]].append((kind, payload))

    def _bare_genitive(self, text: str, kind: str, payload: object) -> None:
        """Some corpora have lost their apostrophes: "Russias ally"."""
        if f"{text}s" not in self.surnames and text != "America":
            self._add(self.exact, f"{text}s", kind, payload)

    def _fill(self) -> None:
        self._fill_people()
        for body in self.catalogue.other_bodies:
            self._add(self.exact, body.text, "other", body.text)
        for actor in self.catalogue.actors:
            for alias in actor.aliases:
                payload = (actor.code, alias.voice, alias.kind, alias.text)
                self._add(self.exact, alias.text, "alias", payload)
                if alias.kind in ("state", "capital") and not alias.text.endswith((".", "s")):
                    self._bare_genitive(alias.text, "alias", payload)
        for text, actor, voice in self.roles.groups:
            self._add(self.exact, text, "group", (actor, voice))
        phrases: dict[str, list[Office]] = defaultdict(list)
        for office in self.catalogue.offices:
            for phrase in office.phrases:
                phrases[phrase.lower()].append(office)
        for phrase, offices in phrases.items():
            self._add(self.lower, phrase, "office", offices)

    def _fill_people(self) -> None:
        for person in self.catalogue.people:
            for name in dict.fromkeys((person.name, *person.aliases)):
                self._add(self.exact, name, "person", person)
                for surname in person.surnames:
                    self.first_names[surname].add(name.split()[0])
            for surname in dict.fromkeys(person.surnames):
                self.surnames[surname].append(person)
        for surname in self.surnames:
            self._add(self.exact, surname, "surname", surname)
            if len(surname) > 4:
                self._bare_genitive(surname, "surname", surname)
        for other in self.catalogue.other_people:
            for name in (other.name, *other.aliases):
                self._add(self.exact, name, "other", other.name)
