"""The reference data: what its checks find, what its look-ups answer, and facts of the files that come along."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
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


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return load()


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


REAL_VOICES = [
    # slug, day, voice
    ("boris-johnson", "2015-12-09", "other"),  # mayor of London
    ("boris-johnson", "2017-04-10", "government"),
    ("boris-johnson", "2018-08-01", "other"),
    ("boris-johnson", "2020-07-10", "government"),
    ("david-cameron", "2013-08-29", "government"),
    ("david-cameron", "2017-04-10", "other"),
    ("david-cameron", "2024-01-15", "government"),  # foreign secretary
    ("donald-trump", "2013-08-30", "other"),
    ("donald-trump", "2016-12-01", "other"),
    ("donald-trump", "2017-04-07", "government"),
    ("donald-trump", "2023-05-01", "other"),
    ("donald-trump", "2025-05-13", "government"),
    ("joe-biden", "2013-09-01", "government"),
    ("joe-biden", "2019-10-15", "other"),
    ("marco-rubio", "2025-01-20", "other"),
    ("marco-rubio", "2025-01-21", "government"),
    ("john-kerry", "2012-06-01", "other"),
    ("john-kerry", "2013-08-30", "government"),
    ("jeremy-corbyn", "2018-04-14", "other"),
    ("keir-starmer", "2022-01-01", "other"),
    ("keir-starmer", "2024-12-08", "government"),
    ("nikki-haley", "2023-06-01", "other"),
    ("sergei-lavrov", "2012-02-07", "government"),
    ("vladimir-putin", "2011-06-01", "government"),
    ("alexei-pushkov", "2013-09-01", "other"),
    ("konstantin-kosachev", "2013-09-01", "government"),  # head of Rossotrudnichestvo then
    ("mikhail-bogdanov", "2025-08-01", "other"),
    ("barack-obama", None, "government"),
]


@pytest.mark.parametrize(("slug", "day", "voice"), REAL_VOICES)
def test_voice_of_well_known_people(real, slug, day, voice):
    person = next(person for person in real.people if person.slug == slug)
    assert real.voice_at(person, DAY(day) if day else None) == voice


REAL_TITLES = [
    # title, day, who it is
    ("the foreign secretary", "2012-07-20", "William Hague"),
    ("the foreign secretary", "2016-10-11", "Boris Johnson"),
    ("the foreign secretary", "2024-01-15", "David Cameron"),
    ("british prime minister", "2018-04-14", "Theresa May"),
    ("british defence secretary", "2015-12-02", "Michael Fallon"),
    ("the home secretary", "2015-09-07", "Theresa May"),
    ("labour leader", "2013-08-29", "Ed Miliband"),
    ("labour leader", "2015-12-02", "Jeremy Corbyn"),
    ("shadow foreign secretary", "2015-12-02", "Hilary Benn"),
    ("shadow foreign secretary", "2016-10-11", "Emily Thornberry"),
    ("mayor of london", "2015-12-09", "Boris Johnson"),
    ("britain's ambassador to the un", "2012-02-04", "Mark Lyall Grant"),
    ("russian president", "2011-10-04", "Dmitry Medvedev"),
    ("the russian leader", "2015-09-30", "Vladimir Putin"),
    ("russian foreign minister", "2025-01-28", "Sergei Lavrov"),
    ("russian defence minister", "2017-12-11", "Sergei Shoigu"),
    ("russian defence minister", "2024-12-08", "Andrei Belousov"),
    ("russia's un ambassador", "2016-12-05", "Vitaly Churkin"),
    ("russia's un ambassador", "2018-04-10", "Vassily Nebenzia"),
    ("kremlin spokesman", "2017-04-07", "Dmitry Peskov"),
    ("russian foreign ministry spokeswoman", "2017-04-07", "Maria Zakharova"),
    ("putin's envoy for syria", "2021-07-08", "Alexander Lavrentyev"),
    ("us president", "2018-12-19", "Donald Trump"),
    ("the secretary of state", "2013-09-14", "John Kerry"),
    ("the secretary of state", "2018-04-10", "John Sullivan"),  # acting
    ("pentagon chief", "2018-12-19", "Jim Mattis"),
    ("us ambassador to the un", "2017-04-05", "Nikki Haley"),
    ("us ambassador to the un", "2025-11-06", "Mike Waltz"),
    ("us ambassador to syria", "2011-07-08", "Robert Ford"),
    ("us special envoy for syria", "2025-07-01", "Tom Barrack"),
    ("white house press secretary", "2017-04-11", "Sean Spicer"),
    ("house speaker", "2016-01-10", "Paul Ryan"),
    ("cia director", "2017-06-21", "Mike Pompeo"),
]


@pytest.mark.parametrize(("title", "day", "name"), REAL_TITLES)
def test_title_stands_for_its_holder_on_the_day(real, title, day, name):
    office = next(office for office in real.offices if title in [phrase.lower() for phrase in office.phrases])
    assert [person.name for person in real.office_holders(office, DAY(day))] == [name]


REAL_ALIASES = [
    # text, actor, voice
    ("Downing Street", "UK", "government"),
    ("Ministry of Defence", "UK", "government"),
    ("Labour", "UK", "other"),
    ("House of Commons", "UK", "government"),
    ("Britons", "UK", "government"),
    ("Kremlin", "RU", "government"),
    ("Russian Ministry of Defense", "RU", "government"),
    ("State Duma", "RU", "other"),
    ("U.S.", "US", "government"),
    ("Pentagon", "US", "government"),
    ("Biden administration", "US", "government"),
    ("Congress", "US", "other"),
    ("Republicans", "US", "other"),
]


@pytest.mark.parametrize(("text", "actor", "voice"), REAL_ALIASES)
def test_alias_stands_for_its_actor(real, text, actor, voice):
    found = [(a.code, alias.voice) for a in real.actors for alias in a.aliases if alias.text == text]
    assert found == [(actor, voice)]


def test_office_voice_is_that_of_its_holders(real):
    voices = {office.phrases[0]: real.office_voice(office) for office in real.offices}
    assert voices["Labour leader"] == "other"
    assert voices["the foreign secretary"] == "government"
    assert voices["State Duma speaker"] == "other"


def test_one_person_holds_each_leading_office_every_day(real):
    """Heads of state and government and foreign ministers from the uprising on, a vacant day now and then aside."""
    days = [datetime.date(2011, 3, 15) + datetime.timedelta(days=n) for n in range(0, 5500, 3)]
    leading = [("UK", "head-of-government"), ("UK", "foreign-minister"), ("UK", "defence-minister"),
               ("RU", "head-of-state"), ("RU", "head-of-government"), ("RU", "foreign-minister"),
               ("RU", "defence-minister"), ("US", "head-of-state"), ("US", "foreign-minister")]  # fmt: skip
    counts = {key: Counter(len(real.holders(*key, day)) for day in days) for key in leading}
    assert {
        key: sum(n for held, n in c.items() if held != 1)
        for key, c in counts.items()
        if c[1] < 0.99 * len(days)
    } == {}


def test_reference_data_is_as_large_as_promised(real):
    assert [actor.code for actor in real.actors] == ["UK", "RU", "US"]
    assert len(real.people) >= 200
    assert sum(len(person.tenures) for person in real.people) >= 300
    assert len(real.events) >= 40


def test_sixteen_issues_three_of_which_end_with_assad(real):
    assert len(real.issues) == 16
    ended = {issue.slug for issue in real.issues if issue.valid_until == DAY("2024-12-08")}
    assert ended == {"assad-departure", "russian-backing-of-damascus", "arming-the-opposition"}
    assert {issue.valid_until for issue in real.issues} == {None, DAY("2024-12-08")}


def test_issues_are_those_of_the_codebook(real, shared):
    rows = [line.split("|") for line in (shared / "codebook.md").read_text(encoding="utf-8").splitlines()]
    codebook = [
        (row[1].strip(" `"), row[2].strip()) for row in rows if len(row) == 6 and row[1].startswith(" `")
    ]
    assert [(issue.slug, issue.proposition) for issue in real.issues] == codebook


def test_every_russian_veto_is_an_event(real, shared):
    with (shared / "outside" / "un_votes.csv").open(encoding="utf-8") as file:
        votes = [
            row for row in csv.DictReader(file) if row["body"] == "Security Council" and row["RU"] == "veto"
        ]
    events = {(event.date.isoformat(), event.source_name.split()[-1]) for event in real.events}
    assert votes
    assert {(vote["date"], vote["resolution"]) for vote in votes} <= events
