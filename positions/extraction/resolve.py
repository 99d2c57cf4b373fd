"""Stage 3: who is mentioned. Names, titles and bodies are matched on the parsed text and resolved by the date.

Ambiguity is kept: a surname or title that may mean two people of equal standing resolves to nobody.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from positions.extraction.catalogue import Catalogue, Office, Person
from positions.extraction.mentions import Mention, introduced, is_name, mention_of, merge, strangers, trimmed
from positions.extraction.names import Match, Names
from positions.extraction.period import likely_day
from positions.extraction.roles import Roles, load_roles

# The more prominent of two namesakes in office is meant where nothing else tells.
PROMINENCE = (
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "defence-minister",
    "un-ambassador",
    "spokesperson",
)


@dataclass
class Known:
    """What one article has told so far: surnames that stand for somebody, and the actors in sight."""

    day: datetime.date | None
    by_surname: dict[str, Mention] = field(default_factory=dict)
    actors: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    raw: dict[int, list[Match]] = field(default_factory=dict)


class Resolver:
    """Finds mentions. Built once per process from the catalogue and the language model's tokeniser."""

    def __init__(self, catalogue: Catalogue, nlp: Language, roles: Roles | None = None) -> None:
        self.catalogue = catalogue
        self.roles = roles or load_roles()
        self.names = Names(catalogue, nlp, self.roles)
        self._states = {actor.code: actor.name for actor in catalogue.actors}
        self._nlp = nlp

    def parse(self, text: str) -> Doc:
        """Return the tokens of a short text, such as a speaker's name; titles of surnames need no more."""
        return self._nlp.make_doc(text)

    # -- one article ---------------------------------------------------------------------------------------------

    def start(self, docs: list[Doc], day: datetime.date | None) -> Known:
        """Read the whole names of an article first, so that a surname resolves wherever it stands."""
        known = Known(day)
        for doc in docs:
            known.raw[id(doc)] = self.names.matches(doc)
        known.day = day or self._likely_day(docs, known)
        for doc in docs:
            for kind, payload, span in known.raw[id(doc)]:
                if kind == "person":
                    mention = self._person(payload, span, doc, known)
                    for surname in payload.surnames:
                        known.by_surname.setdefault(surname, mention)
                    known.speakers[payload.name] += 1
                elif kind == "surname":
                    known.speakers.update(p.name for p in self.names.surnames[payload])
                elif kind == "alias":
                    known.actors[payload[0]] += 1
            for mention in introduced(doc, [], self.roles):
                known.by_surname.setdefault(mention.speaker.split()[-1], mention)
        return known

    def _likely_day(self, docs: list[Doc], known: Known) -> datetime.date | None:
        """Return about when an undated article was written, by the office holders that it names."""
        named: Counter[tuple[Person, ...]] = Counter()
        whole = {s for d in docs for kind, p, _ in known.raw[id(d)] if kind == "person" for s in p.surnames}
        for doc in docs:
            for kind, payload, span in known.raw[id(doc)]:
                if kind not in ("person", "surname") or self._is_former(doc, span.start):
                    continue
                if kind == "person":
                    named[payload,] += 1
                elif payload in whole or span[0].ent_type_ == "PERSON":
                    named[tuple(self.names.surnames[payload])] += 1
        return likely_day(self.catalogue, named, " ".join(doc.text for doc in docs))

    def mentions(self, doc: Doc, known: Known) -> list[Mention]:
        """Return the mentions of one paragraph in order, none overlapping."""
        found: list[Mention] = []
        taken = bytearray(len(doc))
        raw = known.raw.get(id(doc)) or self.names.matches(doc)
        raw = sorted(raw, key=lambda r: (-(r[2].end - r[2].start), r[2].start, _RANK.get(r[0], 9)))
        for kind, payload, span in raw:
            if any(taken[span.start : span.end]):
                continue
            mention = self._resolve(kind, payload, span, doc, known)
            if mention is None:
                continue
            found.append(mention)
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        found.extend(introduced(doc, found, self.roles))
        found.extend(strangers(doc, found))
        return merge(doc, sorted(found, key=lambda m: m.start))

    def _resolve(self, kind: str, payload: object, span: Span, doc: Doc, known: Known) -> Mention | None:
        if kind == "person":
            return self._person(payload, span, doc, known)
        if kind == "surname":
            return self._surname(payload, span, doc, known)
        if kind == "office":
            return self._office(payload, span, doc, known)
        if kind == "other":
            return mention_of(span, None, "", payload, "other")
        if kind == "group":
            return mention_of(span, *payload, span.text, "group")
        return self._alias(payload, span, doc, known)

    def _person(self, person: Person, span: Span, doc: Doc, known: Known) -> Mention:
        voice = self.catalogue.voice_at(person, known.day)
        if self._is_former(doc, span.start):
            voice = "other"
        return mention_of(span, person.actor, voice, person.name, "person")

    def _surname(self, surname: str, span: Span, doc: Doc, known: Known) -> Mention | None:
        before = doc[span.start - 1] if span.start else None
        addressed = before is not None and before.text in self.roles.address
        seen = known.by_surname.get(surname)
        if not addressed and self._of_stranger(before, span, doc, surname, seen):
            return None
        if seen is not None:
            voice = "other" if self._is_former(doc, span.start) else seen.voice
            return mention_of(span, seen.actor, voice, seen.speaker, "person")
        named = span[0].pos_ == "PROPN" and span[0].ent_type_ in ("PERSON", "ORG", "GPE")
        if surname in self.names.other_surnames or not (addressed or named):
            return None
        person = self._one(self.names.surnames[surname], known.day)
        if person is None or not (addressed or self._in_office(person, known.day)):
            return None
        return self._person(person, span, doc, known)

    def _of_stranger(
        self, before: Token | None, span: Span, doc: Doc, surname: str, seen: Mention | None
    ) -> bool:
        """Whether the surname is part of another person's name: "Dan Murphy", "Paul Walker"."""
        first = before is not None and is_name(before) and before.text not in self.names.first_names[surname]
        if first and (seen is None or before.ent_type_ == "PERSON"):
            return True
        after = doc[span.end] if span.end < len(doc) else None
        return after is not None and is_name(after) and after.ent_type_ == "PERSON" == span[0].ent_type_

    def _one(self, people: list[Person], day: datetime.date | None) -> Person | None:
        """One candidate or nothing: the only one, else the only one in the most prominent office of that day."""
        if len(people) == 1:
            return people[0]
        for role in PROMINENCE:
            holders = [p for p in people if any(t.role == role for t in self.catalogue.tenures_at(p, day))]
            if holders:
                return holders[0] if len(holders) == 1 else None
        serving = [p for p in people if self._in_office(p, day)]
        return serving[0] if len(serving) == 1 else None

    def _in_office(self, person: Person, day: datetime.date | None) -> bool:
        return bool(self.catalogue.tenures_at(person, day))

    def _office(self, offices: list[Office], span: Span, doc: Doc, known: Known) -> Mention | None:
        office = self._meant(offices, known)
        if office is None:
            return None
        holders = self.catalogue.office_holders(office, known.day) if known.day else ()
        if self._is_former(doc, span.start):
            return mention_of(span, office.actor, "other", trimmed(span.text), "title")
        speaker = holders[0].name if len(holders) == 1 else trimmed(span.text)
        return mention_of(span, office.actor, self.catalogue.office_voice(office), speaker, "title")

    def _meant(self, offices: list[Office], known: Known) -> Office | None:
        """Which office a title means. One that names no country is read only where a holder is named in the article,
        the one named most, or where the article speaks mostly of that country."""
        clear = [o for o in offices if not o.bare]
        if clear:
            return clear[0] if len({o.actor for o in clear}) == 1 else None
        named = sorted(
            ((self._named(office, known), office) for office in offices), key=lambda pair: -pair[0]
        )
        if named[0][0] and (len(named) == 1 or named[0][0] > named[1][0]):
            return named[0][1]
        for office in offices if not named[0][0] else ():
            rivals = max((n for a, n in known.actors.items() if a != office.actor), default=0)
            if known.actors[office.actor] > 2 * rivals:
                return office
        return None

    def _named(self, office: Office, known: Known) -> int:
        """How often the article names whoever held the office that day."""
        return max(
            (known.speakers[h.name] for h in self.catalogue.office_holders(office, known.day)), default=0
        )

    def _alias(
        self, payload: tuple[str, str, str, str], span: Span, doc: Doc, known: Known
    ) -> Mention | None:
        actor, voice, kind, name = payload
        role, end = self._role_after(doc, span.end, actor)
        surface = trimmed(doc[span.start : end].text)
        if role is None:
            if self._is_former(doc, span.start) and kind not in ("state", "capital", "demonym"):
                voice = "other"
            return mention_of(
                span, actor, voice, self._states[actor] if kind == "demonym" else trimmed(name), kind
            )
        title = self.roles.titles.get(role)
        if role in self.roles.public or f"{role}s" in self.roles.public:
            return mention_of(doc[span.start : end], None, "", surface, "other")
        voice_of_role = self.roles.voice(role) or voice
        if voice == "other" and voice_of_role == "government":
            voice_of_role = "other"
        if self._is_former(doc, span.start):
            return mention_of(doc[span.start : end], actor, "other", surface, "title")
        if role in self.roles.things:
            surface = self._states[actor]
        if title and known.day:
            holders = self.catalogue.holders(actor, title, known.day)
            if len(holders) == 1:
                return mention_of(doc[span.start : end], actor, "government", holders[0].name, "title")
        return mention_of(doc[span.start : end], actor, voice_of_role, surface, "title" if title else "body")

    def _role_after(self, doc: Doc, at: int, actor: str) -> tuple[str | None, int]:
        """Return the role word that the name at `at` modifies ("Russian deputy foreign minister") and where it ends."""
        i, best, end = at, None, at
        if i < len(doc) and doc[i].text in ("'s", "'", "-"):
            i += 1
        for j in range(i, min(i + 5, len(doc))):
            token = doc[j]
            if token.pos_ not in ("ADJ", "NOUN", "PROPN", "PART") and token.text not in ("of", "-"):
                break
            for length in (4, 3, 2, 1):
                words = doc[j : j + length].text.lower()
                if j + length <= len(doc) and self.roles.voice(words):
                    best, end = words, j + length
                    break
            if best and end > j and (end >= len(doc) or doc[end].pos_ != "NOUN"):
                return best, end
        return (best, end) if best else (None, at)

    def _is_former(self, doc: Doc, at: int) -> bool:
        return any(doc[i].lower_ in self.roles.former for i in range(max(0, at - 4), at))


_RANK = {"person": 0, "office": 1, "other": 2, "group": 3, "alias": 4, "surname": 5}
