"""Brings the checked reference data into the database; the YAML is the master of what it names.

Rows are matched by slug, tenures by person, office and first day. What an editor added in the admin stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.db import models, transaction

from positions.extraction.catalogue import Catalogue
from positions.models import Actor, Event, Issue, Person, Tenure

ACTORS = ("code", "name", "label", "order")
PEOPLE = ("name", "actor_id", "aliases")
TENURES = ("role", "voice", "until", "source")
ISSUES = (
    "label",
    "theme",
    "proposition",
    "support_looks",
    "oppose_looks",
    "valid_from",
    "valid_until",
    "order",
)
EVENTS = ("date", "title", "description", "source_name", "source_url")


@dataclass
class Loaded:
    """What a load did: numbers by table, and slugs that only the database knows, which it leaves alone."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    only_in_database: dict[str, list[str]] = field(default_factory=dict)

    @property
    def touched(self) -> int:
        """How many rows were added, changed or deleted."""
        return sum((self.added + self.changed + self.deleted).values())


@transaction.atomic
def load_reference(catalogue: Catalogue) -> Loaded:
    """Upsert actors, people, tenures, issues and events. Only tenures that left the YAML are deleted.

    Statements point to actors and issues, and an event or a person may be an editor's own: those are reported.
    """
    loaded = Loaded()
    actors = [
        Actor(slug=a.slug, code=a.code, name=a.name, label=a.label, order=n)
        for n, a in enumerate(catalogue.actors)
    ]
    by_code = {actor.code: actor for actor in _upsert(Actor, actors, ACTORS, loaded).values()}
    people = [
        Person(slug=p.slug, name=p.name, actor=by_code[p.actor], aliases=list(p.aliases))
        for p in catalogue.people
    ]
    _load_tenures(catalogue, _upsert(Person, people, PEOPLE, loaded), loaded)
    issues = [Issue(**asdict(issue), order=n) for n, issue in enumerate(catalogue.issues)]
    _load_events(catalogue, by_code, _upsert(Issue, issues, ISSUES, loaded), loaded)
    return loaded


def _upsert[Row: models.Model](
    model: type[Row], rows: Iterable[Row], fields: tuple[str, ...], loaded: Loaded
) -> dict[str, Row]:
    """Store rows by slug, writing only those that differ; return the stored ones of the YAML by slug."""
    wanted = {row.slug: row for row in rows}
    table = str(model._meta.verbose_name_plural)
    stored = {row.slug: row for row in model.objects.all()}
    model.objects.bulk_create(row for slug, row in wanted.items() if slug not in stored)
    changed = [
        stored[slug]
        for slug, row in wanted.items()
        if slug in stored and _take_over(stored[slug], row, fields)
    ]
    if changed:
        model.objects.bulk_update(changed, fields)
    loaded.added[table] += len(wanted.keys() - stored.keys())
    loaded.changed[table] += len(changed)
    loaded.total[table] = len(wanted)
    loaded.only_in_database[table] = sorted(stored.keys() - wanted.keys())
    return {slug: stored.get(slug, row) for slug, row in wanted.items()}


def _take_over(stored: models.Model, wanted: models.Model, fields: tuple[str, ...]) -> bool:
    """Copy the fields; return whether any differed."""
    differing = [name for name in fields if getattr(stored, name) != getattr(wanted, name)]
    for name in differing:
        setattr(stored, name, getattr(wanted, name))
    return bool(differing)


def _load_tenures(catalogue: Catalogue, people: dict[str, Person], loaded: Loaded) -> None:
    """Upsert the tenures of the people of the YAML and delete those of theirs that it no longer has."""
    wanted = {
        (people[p.slug].pk, t.office, t.start): Tenure(
            person=people[p.slug], office=t.office, role=t.role, voice=t.voice, start=t.start, until=t.until,
            source=t.source,
        )
        for p in catalogue.people
        for t in p.tenures
    }  # fmt: skip
    ours = Tenure.objects.filter(person__in=people.values())
    stored = {(row.person_id, row.office, row.start): row for row in ours}
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    Tenure.objects.filter(pk__in=gone).delete()
    Tenure.objects.bulk_create(row for key, row in wanted.items() if key not in stored)
    changed = [
        stored[key] for key, row in wanted.items() if key in stored and _take_over(stored[key], row, TENURES)
    ]
    if changed:
        Tenure.objects.bulk_update(changed, TENURES)
    loaded.added["tenures"] = len(wanted.keys() - stored.keys())
    loaded.changed["tenures"] = len(changed)
    loaded.deleted["tenures"] = len(gone)
    loaded.total["tenures"] = len(wanted)


def _load_events(
    catalogue: Catalogue, actors: dict[str, Actor], issues: dict[str, Issue], loaded: Loaded
) -> None:
    """Upsert the events with the issues and actors they belong to."""
    rows = [
        Event(
            slug=event.slug,
            date=event.date,
            title=event.title,
            description=event.description,
            source_name=event.source_name,
            source_url=event.source_url,
        )
        for event in catalogue.events
    ]
    stored = _upsert(Event, rows, EVENTS, loaded)
    links = {
        event.slug: ({issues[slug].pk for slug in event.issues}, {actors[code].pk for code in event.actors})
        for event in catalogue.events
    }
    known = Event.objects.prefetch_related("issues", "actors").in_bulk(list(links), field_name="slug")
    for slug, (wanted_issues, wanted_actors) in links.items():
        linked = (
            {issue.pk for issue in known[slug].issues.all()},
            {actor.pk for actor in known[slug].actors.all()},
        )
        if linked != (wanted_issues, wanted_actors):
            stored[slug].issues.set(wanted_issues)
            stored[slug].actors.set(wanted_actors)
            loaded.changed["event links"] += 1
