"""Facts that the reference data must get right: who spoke for whom on which day, names, issues, vetoes."""

from __future__ import annotations

import csv
import datetime
from collections import Counter

import pytest

from positions.extraction.catalogue import Catalogue, load

DAY = datetime.date.fromisoformat


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return load()


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
