"""Loading the reference data: once, again, changed, and with rows that only the database has."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from positions.extraction.catalogue import Catalogue, load
from positions.models import Actor, Event, Issue, Person, Tenure
from positions.reference import load_reference


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return load()


@pytest.fixture
def few(real: Catalogue) -> Catalogue:
    """A few people are enough where their number does not matter."""
    slugs = {"boris-johnson", "donald-trump", "sergei-lavrov"}
    return replace(real, people=tuple(person for person in real.people if person.slug in slugs))


def person_in(catalogue: Catalogue, slug: str):
    return next(person for person in catalogue.people if person.slug == slug)


def with_person(catalogue: Catalogue, slug: str, **changes) -> Catalogue:
    people = tuple(replace(p, **changes) if p.slug == slug else p for p in catalogue.people)
    return replace(catalogue, people=people)


def stored() -> list[list[tuple]]:
    """All rows with their keys, so that a row written anew would show."""
    tables = [
        list(model.objects.order_by("pk").values_list()) for model in (Actor, Person, Tenure, Issue, Event)
    ]
    links = [Event.issues.through, Event.actors.through]
    return tables + [list(model.objects.order_by("pk").values_list()) for model in links]


@pytest.mark.django_db
def test_all_of_the_catalogue_is_stored(real):
    loaded = load_reference(real)
    assert Actor.objects.count() == len(real.actors)
    assert Person.objects.count() == len(real.people)
    assert Tenure.objects.count() == sum(len(person.tenures) for person in real.people)
    assert list(Issue.objects.values_list("slug", flat=True)) == [issue.slug for issue in real.issues]
    assert Event.objects.count() == len(real.events)
    assert loaded.added == loaded.total
    vote = Event.objects.get(slug="commons-vote-2013")
    assert [issue.slug for issue in vote.issues.all()] == ["strikes-on-syrian-government"]
    assert [actor.code for actor in vote.actors.all()] == ["UK"]


@pytest.mark.django_db
def test_second_run_changes_nothing(real, django_assert_max_num_queries):
    load_reference(real)
    before = stored()
    with django_assert_max_num_queries(20):  # reads only: a write of each row would be many more
        again = load_reference(real)
    assert again.touched == 0
    assert stored() == before


@pytest.mark.django_db
def test_changed_rows_are_brought_up_to_date(few):
    load_reference(few)
    key = Person.objects.get(slug="boris-johnson").pk
    ended = datetime.date(2030, 1, 1)
    tenures = tuple(replace(t, until=t.until or ended) for t in person_in(few, "boris-johnson").tenures)
    changed = with_person(few, "boris-johnson", name="Alexander Johnson", actor="US", tenures=tenures)
    changed = replace(changed, issues=(replace(changed.issues[0], label="Renamed"), *changed.issues[1:]))
    event = replace(changed.events[0], title="Renamed", issues=("refugees",), actors=("UK", "US"))
    changed = replace(changed, events=(event, *changed.events[1:]))
    loaded = load_reference(changed)
    assert dict(+loaded.changed) == {"people": 1, "tenures": 1, "issues": 1, "events": 1, "event links": 1}
    johnson = Person.objects.get(slug="boris-johnson")
    assert (johnson.pk, johnson.name, johnson.actor.code) == (key, "Alexander Johnson", "US")
    assert johnson.tenures.filter(until=ended).count() == 1
    assert Issue.objects.first().label == "Renamed"
    stored_event = Event.objects.get(slug=event.slug)
    assert [issue.slug for issue in stored_event.issues.all()] == ["refugees"]
    assert [actor.code for actor in stored_event.actors.all()] == ["UK", "US"]


@pytest.mark.django_db
def test_tenure_that_left_the_file_is_deleted(few):
    load_reference(few)
    gone = person_in(few, "boris-johnson").tenures[0]
    loaded = load_reference(
        with_person(few, "boris-johnson", tenures=person_in(few, "boris-johnson").tenures[1:])
    )
    assert loaded.deleted == {"tenures": 1}
    assert not Tenure.objects.filter(
        person__slug="boris-johnson", office=gone.office, start=gone.start
    ).exists()


@pytest.mark.django_db
def test_rows_that_only_the_database_has_are_reported_and_kept(few):
    load_reference(few)
    uk = Actor.objects.get(code="UK")
    own = Person.objects.create(slug="own-person", name="Own Person", actor=uk)
    Tenure.objects.create(
        person=own,
        office="Own",
        role="official",
        voice="other",
        start=datetime.date(2020, 1, 1),
        source="editor",
    )
    Issue.objects.create(
        slug="own-issue", label="Own", theme="Own", proposition="Own things matter.", order=99
    )
    without = replace(
        few,
        actors=tuple(actor for actor in few.actors if actor.code != "RU"),
        people=tuple(person for person in few.people if person.slug == "boris-johnson"),
        events=tuple(replace(event, actors=()) for event in few.events[1:]),
    )
    loaded = load_reference(without)
    assert loaded.only_in_database == {
        "actors": ["ru"],
        "people": ["donald-trump", "own-person", "sergei-lavrov"],
        "issues": ["own-issue"],
        "events": [few.events[0].slug],
    }
    assert Actor.objects.filter(code="RU").exists()
    assert own.tenures.count() == 1
    assert Tenure.objects.filter(person__slug="sergei-lavrov").exists()


@pytest.mark.django_db
def test_failed_load_leaves_nothing_behind(few):
    tenure = replace(person_in(few, "donald-trump").tenures[0], until=datetime.date(2000, 1, 1))
    with pytest.raises(Exception, match="tenure_order"):
        load_reference(with_person(few, "donald-trump", tenures=(tenure,)))
    assert not Actor.objects.exists()


@pytest.mark.django_db
def test_command_loads_and_says_what_it_did(capsys):
    call_command("load_reference")
    assert "issues: 16, of these new 16, changed 0" in capsys.readouterr().out
    call_command("load_reference")
    assert "issues: 16, of these new 0, changed 0" in capsys.readouterr().out


def test_check_needs_no_database_and_prints_counts(capsys):
    call_command("load_reference", "--check")
    assert "issues: 16" in capsys.readouterr().out


def test_check_fails_with_all_problems(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("load_reference", "--check", "--folder", str(tmp_path))
    assert error.value.returncode == 1
    assert str(error.value).count("the file is missing") == 6
