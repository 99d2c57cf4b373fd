"""Stage 3: who is mentioned. Names, titles and bodies are matched on the parsed text and resolved by the date.

Ambiguity is kept: a surname or title that may mean two people of equal standing resolves to nobody.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from positions.extraction.catalogue import DATA, Catalogue, Person

# The more prominent of two namesakes in office is meant where nothing else tells.
PROMINENCE = ("head-of-state", "head-of-government", "foreign-minister", "defence-minister", "un-ambassador", "spokesperson")
PARTY_TAG = re.compile(r"\s*[,(]\s*[RDI]-[A-Z]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a paragraph that names someone. Offsets count from the paragraph's start; `actor` is None for
    people and bodies that are not tracked, and `kind` says how it was found."""

    start: int
    end: int
    actor: str | None
    voice: str
    speaker: str
    kind: str  # person, title, group, body, state, capital, demonym, other

    @property
    def key(self) -> tuple[str, str] | None:
        return (self.actor, self.voice) if self.actor else None

    @property
    def personal(self) -> bool:
        return self.kind in ("person", "title")


@dataclass(frozen=True, slots=True)
class Roles:
    """Reference words of data/roles.yaml."""

    government: frozenset[str]
    other: frozenset[str]
    public: frozenset[str]
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
    plural = lambda words: frozenset(words) | {w + "s" for w in words}  # noqa: E731
    return Roles(
        government=plural(raw["government"]),
        other=plural(raw["other"]),
        public=plural(raw["public"]),
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


@dataclass
class Known:
    """What one article has told so far: surnames that stand for somebody, and the actors in sight."""

    day: datetime.date | None
    by_surname: dict[str, Mention] = field(default_factory=dict)
    actors: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class Resolver:
    """Finds mentions. Built once per process from the catalogue and the language model's tokeniser."""

    def __init__(self, catalogue: Catalogue, nlp: Language, roles: Roles | None = None) -> None:
        self.catalogue = catalogue
        self.roles = roles or load_roles()
        self.exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.lower = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._payload: dict[int, list[tuple[str, object]]] = defaultdict(list)
        self._surnames: dict[str, list[Person]] = defaultdict(list)
        self._other_surnames = {s for p in catalogue.other_people for s in p.surnames}
        self._first_names: dict[str, set[str]] = defaultdict(set)
        self._names = {actor.code: actor.name for actor in catalogue.actors}
        self._nlp = nlp
        self._fill()

    def _add(self, matcher: PhraseMatcher, text: str, kind: str, payload: object) -> None:
        doc = self._nlp.make_doc(text)
        key = f"{'x' if matcher is self.exact else 'l'}:{text if matcher is self.exact else text.lower()}"
        matcher.add(key, [doc])
        self._payload[self._nlp.vocab.strings[key]].append((kind, payload))

    def _fill(self) -> None:
        for person in self.catalogue.people:
            for name in dict.fromkeys((person.name, *person.aliases)):
                self._add(self.exact, name, "person", person)
                for surname in person.surnames:
                    self._first_names[surname].add(name.split()[0])
            for surname in person.surnames:
                if person not in self._surnames[surname]:
                    self._surnames[surname].append(person)
        for surname in self._surnames:
            self._add(self.exact, surname, "surname", surname)
        for other in self.catalogue.other_people:
            for name in (other.name, *other.aliases):
                self._add(self.exact, name, "other", other.name)
        for body in self.catalogue.other_bodies:
            self._add(self.exact, body.text, "other", body.text)
        for actor in self.catalogue.actors:
            for alias in actor.aliases:
                self._add(self.exact, alias.text, "alias", (actor.code, alias.voice, alias.kind))
        for text, actor, voice in self.roles.groups:
            self._add(self.exact, text, "group", (actor, voice))
        for office in self.catalogue.offices:
            for phrase in office.phrases:
                self._add(self.lower, phrase, "office", office)

    # -- one article ---------------------------------------------------------------------------------------------

    def start(self, docs: list[Doc], day: datetime.date | None) -> Known:
        """Read the whole names of an article first, so that a surname resolves wherever it stands."""
        known = Known(day)
        for doc in docs:
            for kind, payload, span in self._raw(doc):
                if kind == "person":
                    mention = self._person(payload, span, doc, known)
                    for surname in payload.surnames:
                        known.by_surname.setdefault(surname, mention)
                    known.actors[mention.actor] += 1
                elif kind == "alias":
                    known.actors[payload[0]] += 1
            for mention in self._introduced(doc, []):
                known.by_surname.setdefault(mention.speaker.split()[-1], mention)
        return known

    def mentions(self, doc: Doc, known: Known) -> list[Mention]:
        """Return the mentions of one paragraph in order, none overlapping."""
        found: list[Mention] = []
        taken = bytearray(len(doc))
        raw = sorted(self._raw(doc), key=lambda r: (-(r[2].end - r[2].start), r[2].start, _RANK.get(r[0], 9)))
        for kind, payload, span in raw:
            if any(taken[span.start : span.end]):
                continue
            mention = self._resolve(kind, payload, span, doc, known)
            if mention is None:
                continue
            found.append(mention)
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        found.extend(self._introduced(doc, found))
        found.extend(self._named_entities(doc, found))
        return self._merge(doc, sorted(found, key=lambda m: m.start))

    def _raw(self, doc: Doc) -> list[tuple[str, object, Span]]:
        return [
            (kind, payload, doc[start:end])
            for matcher in (self.exact, self.lower)
            for key, start, end in matcher(doc)
            for kind, payload in self._payload[key]
        ]

    def _resolve(self, kind: str, payload: object, span: Span, doc: Doc, known: Known) -> Mention | None:
        if kind == "person":
            return self._person(payload, span, doc, known)
        if kind == "surname":
            return self._surname(payload, span, doc, known)
        if kind == "office":
            return self._office(payload, span, doc, known)
        if kind == "other":
            return _mention(span, None, "", payload, "other")
        if kind == "group":
            return _mention(span, *payload, span.text, "group")
        return self._alias(payload, span, doc, known)

    def _person(self, person: Person, span: Span, doc: Doc, known: Known) -> Mention:
        voice = self.catalogue.voice_at(person, known.day)
        if self._is_former(doc, span.start):
            voice = "other"
        return _mention(span, person.actor, voice, person.name, "person")

    def _surname(self, surname: str, span: Span, doc: Doc, known: Known) -> Mention | None:
        before = doc[span.start - 1] if span.start else None
        addressed = before is not None and before.text in self.roles.address
        seen = known.by_surname.get(surname)
        if before is not None and not addressed and _is_name(before) and before.text not in self._first_names[surname]:
            if seen is None or before.ent_type_ == "PERSON":
                return None
        if seen is not None:
            voice = "other" if self._is_former(doc, span.start) else seen.voice
            return _mention(span, seen.actor, voice, seen.speaker, "person")
        if surname in self._other_surnames:
            return None
        if not addressed and (span[0].ent_type_ not in ("PERSON", "ORG", "GPE") or span[0].pos_ != "PROPN"):
            return None
        person = self._one(self._surnames[surname], known.day)
        if person is None or not (addressed or self._in_office(person, known.day)):
            return None
        return self._person(person, span, doc, known)

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

    def _office(self, office, span: Span, doc: Doc, known: Known) -> Mention | None:
        if office.bare and not self._country_in_sight(office, known):
            return None
        holders = self.catalogue.holders(office.actor, office.role, known.day) if known.day else ()
        speaker = holders[0].name if len(holders) == 1 else _trim(span.text)
        tenures = [t for h in holders for t in h.tenures if t.role == office.role]
        voice = tenures[0].voice if tenures else ("other" if office.role in ("party-leader", "legislator") else "government")
        if self._is_former(doc, span.start):
            return _mention(span, office.actor, "other", _trim(span.text), "title")
        return _mention(span, office.actor, voice, speaker, "title")

    def _country_in_sight(self, office, known: Known) -> bool:
        """A title without a country is read only where the article speaks mostly of that country's people."""
        holders = {h.name for h in self.catalogue.holders(office.actor, office.role, known.day)}
        if any(m.speaker in holders for m in known.by_surname.values()):
            return True
        rivals = [n for a, n in known.actors.items() if a != office.actor]
        return known.actors.get(office.actor, 0) > 2 * max(rivals, default=0)

    def _alias(self, payload: tuple[str, str, str], span: Span, doc: Doc, known: Known) -> Mention | None:
        actor, voice, kind = payload
        role, end = self._role_after(doc, span.end, actor)
        surface = _trim(doc[span.start : end].text)
        if role is None:
            if self._is_former(doc, span.start) and kind not in ("state", "capital", "demonym"):
                voice = "other"
            return _mention(span, actor, voice, self._names[actor] if kind == "demonym" else _trim(span.text), kind)
        title = self.roles.titles.get(role)
        if role in self.roles.public or f"{role}s" in self.roles.public:
            return _mention(doc[span.start : end], None, "", surface, "other")
        voice_of_role = self.roles.voice(role) or voice
        if voice == "other" and voice_of_role == "government":
            voice_of_role = "other"
        if self._is_former(doc, span.start):
            return _mention(doc[span.start : end], actor, "other", surface, "title")
        if title and known.day:
            holders = self.catalogue.holders(actor, title, known.day)
            if len(holders) == 1:
                return _mention(doc[span.start : end], actor, "government", holders[0].name, "title")
        return _mention(doc[span.start : end], actor, voice_of_role, surface, "title" if title else "body")

    def _role_after(self, doc: Doc, at: int, actor: str) -> tuple[str | None, int]:
        """Return the role word that the name at `at` modifies ("Russian deputy foreign minister") and where it ends."""
        i, best, end = at, None, at
        if i < len(doc) and doc[i].text in ("'s", "'", "-"):
            i += 1
        for j in range(i, min(i + 5, len(doc))):
            token = doc[j]
            if token.pos_ not in ("ADJ", "NOUN", "PROPN", "PART") and token.text != "of" and token.text != "-":
                break
            for length in (4, 3, 2, 1):
                words = doc[j : j + length].text.lower()
                if j + length <= len(doc) and self.roles.voice(words):
                    best, end = words, j + length
                    break
            if best and end > j:
                if end >= len(doc) or doc[end].pos_ not in ("NOUN",):
                    return best, end
        return (best, end) if best else (None, at)

    def _is_former(self, doc: Doc, at: int) -> bool:
        return any(doc[i].lower_ in self.roles.former for i in range(max(0, at - 4), at))

    # -- names that are in no list -------------------------------------------------------------------------------

    def _introduced(self, doc: Doc, found: list[Mention]) -> list[Mention]:
        """Unlisted people whom the text itself introduces: "Sen. Jane Doe", "John Doe, D-Va."."""
        out = []
        for ent in doc.ents:
            if ent.label_ != "PERSON" or any(m.start < ent.end_char and ent.start_char < m.end for m in found):
                continue
            before = doc[ent.start - 1].text if ent.start else ""
            inside = next((self.roles.prefixes[t.text] for t in ent if t.text in self.roles.prefixes), None)
            actor_voice = self.roles.prefixes.get(before) or inside
            if actor_voice is None and PARTY_TAG.match(doc.text[ent.end_char :]):
                actor_voice = ("US", "other")
            name = _trim(" ".join(t.text_with_ws for t in ent if t.text not in self.roles.address).replace("  ", " "))
            if actor_voice and name:
                out.append(_mention(ent, *actor_voice, name, "person"))
        return out

    def _named_entities(self, doc: Doc, found: list[Mention]) -> list[Mention]:
        return [
            _mention(ent, None, "", _trim(ent.text), "other")
            for ent in doc.ents
            if ent.label_ in ("PERSON", "ORG", "GPE", "NORP")
            and not any(m.start < ent.end_char and ent.start_char < m.end for m in found)
        ]

    def _merge(self, doc: Doc, mentions: list[Mention]) -> list[Mention]:
        """Join a title or body with the name right after it: "Russian Foreign Minister Sergey Lavrov"."""
        out: list[Mention] = []
        for mention in mentions:
            last = out[-1] if out else None
            gap = doc.text[last.end : mention.start] if last else "x"
            if last and last.actor and gap.strip() == "" and last.kind in ("title", "body", "demonym", "state", "group"):
                if mention.kind == "person" and mention.actor == last.actor:
                    out[-1] = replace(mention, start=last.start)
                    continue
                if mention.actor is None and _looks_like_name(mention.speaker) and last.kind in ("title", "body"):
                    out[-1] = replace(last, end=mention.end, speaker=mention.speaker, kind="person")
                    continue
            out.append(mention)
        return out


_RANK = {"person": 0, "office": 1, "other": 2, "group": 3, "alias": 4, "surname": 5}


def _mention(span: Span, actor: str | None, voice: str, speaker: str, kind: str) -> Mention:
    return Mention(span.start_char, span.end_char, actor, voice, speaker, kind)


def _trim(text: str) -> str:
    return re.sub(r"^(?:the|The|a|A|an|An)\s+|['’]s?$", "", text.strip()).strip()


def _is_name(token) -> bool:
    return token.text[:1].isupper() and token.is_alpha and token.pos_ == "PROPN" and not token.is_sent_start


def _looks_like_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and all(w[:1].isupper() for w in words)
