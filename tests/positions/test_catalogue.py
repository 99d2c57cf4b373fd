"""The catalogue of reference data: what its checks find and what its look-ups answer, on a small made-up set."""

from __future__ import annotations

import datetime
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from positions.extraction.catalogue import Catalogue, CatalogueError, load

DAY = datetime.date.fromisoformat

SMALL: dict[str, Any] = {
    "actors": [
        {
            "slug": "uk", "code": "UK", "name": "United Kingdom", "label": "UK", "adjective": "British",
            "aliases": [{"text": "London", "voice": "government", "kind": "capital"}],
        },
        {"slug": "ru", "code": "RU", "name": "Russia", "label": "Russia", "adjective": "Russian"},
    ],
    "people": [
        {
            "slug": "ann-able", "name": "Ann Able", "actor": "UK", "surnames": ["Able"], "aliases": ["Dame Ann Able"],
            "tenures": [
                {"office": "Mayor of London", "role": "mayor", "voice": "other", "from": DAY("2012-01-01"),
                 "until": DAY("2014-05-01"), "source": "made up"},
                {"office": "Foreign Secretary", "role": "foreign-minister", "voice": "government",
                 "from": DAY("2014-05-02"), "until": DAY("2015-06-30"), "source": "made up"},
            ],
        },
        {
            "slug": "ben-bold", "name": "Ben Bold", "actor": "UK", "surnames": ["Bold"],
            "tenures": [
                {"office": "Foreign Secretary", "role": "foreign-minister", "voice": "government",
                 "from": DAY("2015-06-30"), "source": "made up"},
            ],
        },
        {"slug": "cy-calm", "name": "Cy Calm", "actor": "RU", "surnames": []},
    ],
    "others": {
        "people": [{"name": "Dan Deep", "surnames": ["Deep"], "of": "UN", "kind": "un"}],
        "bodies": [{"text": "Damascus", "of": "Syria", "kind": "capital"}],
    },
    "offices": [
        {"phrases": ["the foreign secretary"], "actor": "UK", "role": "foreign-minister"},
        {"phrases": ["the mayor"], "actor": "UK", "role": "mayor", "office": "Mayor of London", "bare": True},
    ],
    "issues": [
        {"slug": "sanctions", "label": "Sanctions", "theme": "Weapons", "proposition": "Sanctions should be kept.",
         "valid_from": DAY("2011-03-15"), "valid_until": DAY("2024-12-08")},
    ],
    "events": [
        {"slug": "vote", "date": DAY("2013-08-29"), "title": "Vote", "description": "A vote.",
         "source": {"name": "Hansard", "url": ""}, "issues": ["sanctions"], "actors": ["UK"]},
    ],
}  # fmt: skip


def write(folder: Path, tables: dict[str, Any]) -> Path:
    for name, rows in tables.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return folder


def put(tables: dict[str, Any], path: list[str | int], value: Any) -> None:
    """Set the value at the path; "+" as the last step appends it, None removes what is there."""
    *steps, last = path
    target: Any = tables
    for step in steps:
        target = target[step]
    if last == "+":
        target.append(value)
    elif value is None:
        del target[last]
    else:
        target[last] = value


@pytest.fixture
def small(tmp_path: Path) -> Catalogue:
    return load(write(tmp_path, SMALL))


FAULTS = [
    # what is put where; what the message must say
    (["actors", 0, "colour"], "red", "actors.yaml: uk: colour: unknown field"),
    (["actors", 0, "name"], None, "actors.yaml: uk: name: is missing"),
    (["actors", 0, "code"], "Britain", "actors.yaml: uk: code: must be two capital letters"),
    (["actors", 1, "code"], "UK", "actors.yaml: UK: given twice, by uk and ru"),
    (["actors", 0, "slug"], "U K", "slug: must be lower-case letters"),
    (["actors", 0, "aliases", 0, "voice"], "loud", "aliases: [1] voice: is 'loud', must be one of: government"),
    (["actors", 0, "aliases", 0, "kind"], "town", "aliases: [1] kind: is 'town'"),
    (["actors", 0, "aliases", 0, "text"], False, "text: must be text, is False (quote it"),
    (["actors", 0, "aliases"], "London", "actors.yaml: uk: aliases: must be a list of entries"),
    (["actors", 1, "aliases"], [{"text": "London", "voice": "other", "kind": "capital"}],
     "London: given twice, by UK and RU"),
    (["others", "bodies", 0, "text"], "London", "London: given twice, by UK and Syria"),
    (["others", "bodies", 0, "kind"], "planet", "others.yaml: Damascus: kind: is 'planet'"),
    (["others", "people", 0, "surnames"], [], "others.yaml: Dan Deep: surnames: must be a list of texts with at least"),
    (["others", "people", 0, "name"], "Dame Ann Able", "Dame Ann Able: given twice, by ann-able and Dame Ann Able"),
    (["others", "people"], None, "others.yaml: must hold a list of other people"),
    (["people", 1, "slug"], "ann-able", "people.yaml: ann-able: given twice"),
    (["people", 1, "name"], "Ann Able", "Ann Able: given twice, by ann-able and ben-bold"),
    (["people", 0, "actor"], "FR", "people.yaml: ann-able: actor FR is not in actors.yaml"),
    (["people", 0, "tenures", 0, "role"], "king", "people.yaml: ann-able: tenures: [1] role: is 'king'"),
    (["people", 0, "tenures", 0, "source"], None, "tenures: [1] source: is missing"),
    (["people", 0, "tenures", 0, "source"], "", "tenures: [1] source: must be text"),
    (["people", 0, "tenures", 0, "from"], "2012-01-01", "from: must be a date like 2017-04-10 without quotes"),
    (["people", 0, "tenures", 0, "from"], datetime.datetime(2012, 1, 1), "from: must be a date like"),  # noqa: DTZ001
    (["people", 0, "tenures", 0, "until"], DAY("2011-12-31"), "until 2011-12-31 is before from 2012-01-01"),
    (["people", 0, "tenures", 0, "untill"], DAY("2014-12-31"), "tenures: [1] untill: unknown field"),
    (["people", 1, "tenures", "+"],
     {"office": "Foreign Secretary", "role": "foreign-minister", "voice": "government", "from": DAY("2018-01-01"),
      "source": "made up"}, "people.yaml: ben-bold: Foreign Secretary: tenures overlap"),
    (["offices", 0, "role"], "defence-minister", "nobody in people.yaml is defence-minister of UK"),
    (["offices", 0, "actor"], "RU", "offices.yaml: the foreign secretary: nobody in people.yaml is foreign-minister"),
    (["offices", 1, "office"], "Mayor of Leeds", "nobody in people.yaml is mayor of UK Mayor of Leeds"),
    (["offices", "+"], {"phrases": ["The Foreign Secretary"], "actor": "UK", "role": "mayor"},
     "the foreign secretary: given twice, by UK foreign-minister and UK mayor"),
    (["offices", "+"], {"phrases": ["The Mayor"], "actor": "UK", "role": "mayor", "bare": True},
     "the mayor (UK): given twice"),
    (["offices", 0, "phrases"], [], "phrases: must be a list of texts with at least one entry"),
    (["offices", 1, "bare"], "yes", "offices.yaml: the mayor: bare: must be true or false"),
    (["issues", 0, "valid_until"], DAY("2011-03-14"), "issues.yaml: sanctions: valid_until is before valid_from"),
    (["issues", 0, "proposition"], "long " * 41, "proposition: is longer than 200 characters"),
    (["events", 0, "issues"], ["sanctoins"], "events.yaml: vote: sanctoins is not known"),
    (["events", 0, "actors"], ["FR"], "events.yaml: vote: FR is not known"),
    (["events", 0, "source", "url"], "hansard", "source: url: must be a web address"),
    (["events", 0, "source"], "Hansard", "source: must be an entry with named fields"),
    (["events", 0, "date"], "2013-02-30", "events.yaml: vote: date: must be a date like"),
    (["events", 0], "vote", "events.yaml: entry 1: must be an entry with named fields"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "expected"), FAULTS)
def test_fault_is_named_with_file_and_entry(tmp_path, path, value, expected):
    tables = deepcopy(SMALL)
    put(tables, path, value)
    with pytest.raises(CatalogueError) as error:
        load(write(tmp_path, tables))
    assert expected in str(error.value)


def test_bare_title_may_be_had_by_several_actors(tmp_path):
    tables = deepcopy(SMALL)
    chief = {
        "office": "Mayor",
        "role": "mayor",
        "voice": "other",
        "from": DAY("2012-01-01"),
        "source": "made up",
    }
    put(tables, ["people", 2, "tenures"], [chief])
    put(tables, ["offices", "+"], {"phrases": ["the mayor"], "actor": "RU", "role": "mayor", "bare": True})
    assert len(load(write(tmp_path, tables)).offices) == 3


def test_one_error_lists_the_problems_of_all_files(tmp_path):
    tables = deepcopy(SMALL)
    put(tables, ["actors", 0, "label"], None)
    put(tables, ["people", 0, "tenures", 0, "role"], "king")
    put(tables, ["events", 0, "title"], None)
    with pytest.raises(CatalogueError) as error:
        load(write(tmp_path, tables))
    message = str(error.value)
    assert all(name in message for name in ("actors.yaml", "people.yaml", "events.yaml"))
    assert message.startswith(f"{len(message.splitlines()) - 1} problem(s)")


BROKEN = [
    # name of the file, its text (None: no file), what the message must say
    ("issues", None, "issues.yaml: the file is missing"),
    ("issues", "- slug: [", "issues.yaml: not readable as YAML"),
    ("issues", "- {slug: a, slug: b}", "issues.yaml: not readable as YAML: slug given twice in one entry"),
    ("issues", "slug: a", "issues.yaml: must hold a list of issues"),
    ("events", "- date: 2013-02-30", "events.yaml: not readable as YAML"),
]


@pytest.mark.parametrize(("name", "text", "expected"), BROKEN)
def test_unreadable_file_is_named(tmp_path, name, text, expected):
    path = write(tmp_path, SMALL) / f"{name}.yaml"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load(tmp_path)
    assert expected in str(error.value)


HOLDERS = [
    # actor, role, day, slugs
    ("UK", "foreign-minister", "2014-05-01", []),
    ("UK", "foreign-minister", "2014-05-02", ["ann-able"]),
    (
        "UK",
        "foreign-minister",
        "2015-06-30",
        ["ben-bold", "ann-able"],
    ),  # the day of handing over: the new one first
    ("UK", "foreign-minister", "2026-01-01", ["ben-bold"]),
    ("UK", "foreign-minister", None, ["ben-bold", "ann-able"]),
    ("RU", "foreign-minister", "2015-06-30", []),
    ("UK", "king", "2015-06-30", []),
]


@pytest.mark.parametrize(("actor", "role", "day", "slugs"), HOLDERS)
def test_holders_by_day(small, actor, role, day, slugs):
    assert [person.slug for person in small.holders(actor, role, DAY(day) if day else None)] == slugs


VOICES = [
    # slug, day, voice
    ("ann-able", "2011-12-31", "other"),
    ("ann-able", "2013-01-01", "other"),
    ("ann-able", "2014-05-02", "government"),
    ("ann-able", "2015-07-01", "other"),
    ("ann-able", None, "government"),
    ("cy-calm", None, "other"),
]


@pytest.mark.parametrize(("slug", "day", "voice"), VOICES)
def test_voice_by_day(small, slug, day, voice):
    person = next(person for person in small.people if person.slug == slug)
    assert small.voice_at(person, DAY(day) if day else None) == voice


def test_tenures_at_lists_the_offices_of_the_day(small):
    ann = small.people[0]
    assert [t.office for t in small.tenures_at(ann, DAY("2014-05-02"))] == ["Foreign Secretary"]
    assert len(small.tenures_at(ann, None)) == 2
