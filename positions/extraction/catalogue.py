"""Reference data: who is tracked, who held which office when, and the issues. Read from YAML and checked as a whole.

`load()` returns a `Catalogue` of frozen dataclasses, or raises one `CatalogueError` that lists every problem found.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from positions.extraction.catalogue_files import CatalogueError, Row, read

DATA = Path(__file__).resolve().parent.parent / "data"

__all__ = [
    "Actor", "Alias", "Catalogue", "CatalogueError", "Event", "Issue", "Office", "OtherBody", "OtherPerson", "Person",
    "Tenure", "load",
]  # fmt: skip

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Alias:
    """A name that stands for an actor; matched case-sensitively on word bounds."""

    text: str
    voice: str
    kind: str


@dataclass(frozen=True)
class Actor:
    slug: str
    code: str
    name: str
    label: str
    adjective: str
    aliases: tuple[Alias, ...]


@dataclass(frozen=True)
class Tenure:
    """An office held from `start` to `until`, both included; `until` is None while it lasts."""

    office: str
    role: str
    voice: str
    start: datetime.date
    until: datetime.date | None
    source: str

    def covers(self, day: datetime.date | None) -> bool:
        """Whether the office was held on that day; a day of None stands for any."""
        return day is None or (self.start <= day and (self.until is None or day <= self.until))


@dataclass(frozen=True)
class Person:
    """Someone of a tracked actor. `actor` is its code; `surnames` are the forms a later "Mr X" may take."""

    slug: str
    name: str
    actor: str
    aliases: tuple[str, ...]
    surnames: tuple[str, ...]
    tenures: tuple[Tenure, ...]


@dataclass(frozen=True)
class Office:
    """Titles that stand for whoever of the actor held the role; compared without regard to case.

    `bare` ones say no country and need the context. `office` narrows the role to offices whose name begins so
    ("Home Secretary" among the ministers); it is empty where the role alone says it.
    """

    phrases: tuple[str, ...]
    actor: str
    role: str
    bare: bool
    office: str = ""


@dataclass(frozen=True)
class OtherPerson:
    """Someone who is not tracked, listed so as not to be mistaken for somebody who is."""

    name: str
    aliases: tuple[str, ...]
    surnames: tuple[str, ...]
    of: str
    kind: str


@dataclass(frozen=True)
class OtherBody:
    """A state or body that is not tracked."""

    text: str
    of: str
    kind: str


@dataclass(frozen=True)
class Issue:
    slug: str
    label: str
    theme: str
    proposition: str
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    support_looks: str
    oppose_looks: str


@dataclass(frozen=True)
class Event:
    """A dated event of the timeline; `issues` are slugs, `actors` codes, `source_url` may be empty."""

    slug: str
    date: datetime.date
    title: str
    description: str
    source_name: str
    source_url: str
    issues: tuple[str, ...]
    actors: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    actors: tuple[Actor, ...]
    people: tuple[Person, ...]
    other_people: tuple[OtherPerson, ...]
    other_bodies: tuple[OtherBody, ...]
    offices: tuple[Office, ...]
    issues: tuple[Issue, ...]
    events: tuple[Event, ...]

    @cached_property
    def _by_role(self) -> dict[tuple[str, str], list[tuple[Tenure, Person]]]:
        found = defaultdict(list)
        for person in self.people:
            for tenure in person.tenures:
                found[person.actor, tenure.role].append((tenure, person))
        for held in found.values():
            held.sort(key=lambda pair: pair[0].start, reverse=True)
        return dict(found)

    def holders(self, actor: str, role: str, day: datetime.date | None) -> tuple[Person, ...]:
        """Who held that role on the day (ever, for None), the latest first. On a day of handing over, both."""
        held = self._by_role.get((actor, role), ())
        return tuple(dict.fromkeys(person for tenure, person in held if tenure.covers(day)))

    def office_holders(self, office: Office, day: datetime.date | None) -> tuple[Person, ...]:
        """Like `holders`, for a title of offices.yaml: "the home secretary" is not every minister."""
        held = self._by_role.get((office.actor, office.role), ())
        meant = (pair for pair in held if pair[0].office.startswith(office.office))
        return tuple(dict.fromkeys(person for tenure, person in meant if tenure.covers(day)))

    def office_voice(self, office: Office) -> str:
        """The voice of the office, that of its latest holder, whoever holds it."""
        held = self._by_role.get((office.actor, office.role), ())
        return next((t.voice for t, _ in held if t.office.startswith(office.office)), "government")

    def tenures_at(self, person: Person, day: datetime.date | None) -> tuple[Tenure, ...]:
        """The person's offices on the day (all of them for None), in the order of the file."""
        return tuple(tenure for tenure in person.tenures if tenure.covers(day))

    def voice_at(self, person: Person, day: datetime.date | None) -> str:
        """ "government" if the person held a government office on the day (ever, for None), else "other"."""
        held = self.tenures_at(person, day)
        return "government" if any(tenure.voice == "government" for tenure in held) else "other"


def load(folder: Path = DATA) -> Catalogue:
    """Read actors, people, others, offices, issues and events (.yaml) of the folder. Raises CatalogueError."""
    tables = read(folder)
    return Catalogue(
        actors=tuple(_actor(row) for row in tables["actors"]),
        people=tuple(_person(row) for row in tables["people"]),
        other_people=tuple(_other_person(row) for row in tables["other people"]),
        other_bodies=tuple(OtherBody(**row) for row in tables["other bodies"]),
        offices=tuple(_office(row) for row in tables["offices"]),
        issues=tuple(_issue(row) for row in tables["issues"]),
        events=tuple(_event(row) for row in tables["events"]),
    )


def _actor(row: Row) -> Actor:
    return Actor(**{**row, "aliases": tuple(Alias(**alias) for alias in row.get("aliases", []))})


def _person(row: Row) -> Person:
    return Person(
        slug=row["slug"],
        name=row["name"],
        actor=row["actor"],
        aliases=tuple(row.get("aliases", [])),
        surnames=tuple(row["surnames"]),
        tenures=tuple(_tenure(tenure) for tenure in row.get("tenures", [])),
    )


def _tenure(row: Row) -> Tenure:
    return Tenure(row["office"], row["role"], row["voice"], row["from"], row.get("until"), row["source"])


def _other_person(row: Row) -> OtherPerson:
    aliases, surnames = tuple(row.get("aliases", [])), tuple(row["surnames"])
    return OtherPerson(row["name"], aliases, surnames, row["of"], row["kind"])


def _office(row: Row) -> Office:
    return Office(
        tuple(row["phrases"]), row["actor"], row["role"], row.get("bare", False), row.get("office", "")
    )


def _issue(row: Row) -> Issue:
    return Issue(
        slug=row["slug"],
        label=row["label"],
        theme=row["theme"],
        proposition=row["proposition"],
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
        support_looks=row.get("support_looks", ""),
        oppose_looks=row.get("oppose_looks", ""),
    )


def _event(row: Row) -> Event:
    return Event(
        slug=row["slug"],
        date=row["date"],
        title=row["title"],
        description=row["description"],
        source_name=row["source"]["name"],
        source_url=row["source"]["url"],
        issues=tuple(row.get("issues", [])),
        actors=tuple(row.get("actors", [])),
    )
