from __future__ import annotations

import datetime

import pytest
from spacy.language import Language

from positions.extraction.resolve import Resolver

# text, day, [(surface, actor, voice, speaker)] of tracked parties
MENTIONS = [
    # offices by date: the same name speaks in two voices
    ("Boris Johnson spoke.", "2015-12-09", [("Boris Johnson", "UK", "other", "Boris Johnson")]),
    ("Boris Johnson spoke.", "2017-04-10", [("Boris Johnson", "UK", "government", "Boris Johnson")]),
    ("Donald Trump spoke.", "2016-03-01", [("Donald Trump", "US", "other", "Donald Trump")]),
    ("Donald Trump spoke.", "2018-03-01", [("Donald Trump", "US", "government", "Donald Trump")]),
    # titles by date
    (
        "The British prime minister left.",
        "2016-01-10",
        [("The British prime minister", "UK", "government", "David Cameron")],
    ),
    (
        "The British prime minister left.",
        "2017-01-10",
        [("The British prime minister", "UK", "government", "Theresa May")],
    ),
    (
        "Russia's foreign minister left.",
        "2016-01-10",
        [("Russia's foreign minister", "RU", "government", "Sergei Lavrov")],
    ),
    # a title and the name behind it are one mention
    (
        "Secretary of State John Kerry spoke.",
        "2015-05-05",
        [("Secretary of State John Kerry", "US", "government", "John Kerry")],
    ),
    # surnames with a form of address
    ("Mr Lavrov spoke.", "2015-05-05", [("Lavrov", "RU", "government", "Sergei Lavrov")]),
    # a first name that does not belong: somebody else
    ("Then Peter Lavrov spoke.", "2015-05-05", []),
    # former office holders speak for themselves
    (
        "Former Foreign Secretary William Hague spoke.",
        "2017-05-05",
        [("William Hague", "UK", "other", "William Hague")],
    ),
    # bodies, capitals and demonyms
    ("Downing Street denied it.", "2016-01-10", [("Downing Street", "UK", "government", "Downing Street")]),
    ("Moscow denied it.", "2016-01-10", [("Moscow", "RU", "government", "Moscow")]),
    (
        "Russian officials denied it.",
        "2016-01-10",
        [("Russian officials", "RU", "government", "Russian officials")],
    ),
    ("Labour MPs denied it.", "2016-01-10", [("Labour MPs", "UK", "other", "Labour MPs")]),
    ("US lawmakers denied it.", "2016-01-10", [("US lawmakers", "US", "other", "US lawmakers")]),
    # people without a voice
    ("American voters denied it.", "2016-01-10", []),
    ("British scientists denied it.", "2016-01-10", []),
    # unlisted members of Congress
    ("Sen. Quentin Example spoke.", "2016-01-10", [("Quentin Example", "US", "other", "Quentin Example")]),
    # a title in front of a comma yields to the name behind it
    (
        "The US defense secretary, Jim Mattis, spoke.",
        "2019-02-10",
        [("Jim Mattis", "US", "other", "Jim Mattis")],
    ),
    # part of somebody else's name
    ("Dan Murphy wrote it.", "2016-01-10", []),
    # hyphens and lost apostrophes
    ("The U.S.-led raids went on.", "2016-01-10", [("U.S.", "US", "government", "U.S.")]),
    ("Russias ally went on.", "2016-01-10", [("Russias", "RU", "government", "Russia")]),
    # others are not ours
    ("Turkish officials and Recep Tayyip Erdogan spoke.", "2016-01-10", []),
]


@pytest.mark.parametrize(("text", "day", "wanted"), MENTIONS)
def test_mentions(
    text: str, day: str, wanted: list[tuple[str, str, str, str]], resolver: Resolver, nlp: Language
) -> None:
    doc = nlp(text)
    known = resolver.start([doc], datetime.date.fromisoformat(day))
    found = [m for m in resolver.mentions(doc, known) if m.actor]
    got = [(text[m.start : m.end], m.actor, m.voice, m.speaker) for m in found]
    surfaces = [(w[0] in g[0] or g[0] in w[0]) for w, g in zip(wanted, got, strict=False)]
    assert [g[1:] for g in got] == [w[1:] for w in wanted]
    assert all(surfaces), got


def test_a_bare_title_needs_its_holder_in_the_article(resolver: Resolver, nlp: Language) -> None:
    day = datetime.date(2016, 10, 12)
    alone, named = nlp("The foreign secretary left."), nlp("Boris Johnson came. The foreign secretary left.")
    speakers = [m.speaker for m in resolver.mentions(named, resolver.start([named], day)) if m.actor]
    assert speakers == ["Boris Johnson", "Boris Johnson"]
    assert [m.speaker for m in resolver.mentions(alone, resolver.start([alone], day)) if m.actor] in (
        [],
        ["Boris Johnson"],
    )


def test_a_surname_follows_its_whole_name_even_from_a_later_paragraph(
    resolver: Resolver, nlp: Language
) -> None:
    first, second = nlp("Mr Johnson arrived."), nlp("Boris Johnson spoke.")
    known = resolver.start([first, second], datetime.date(2017, 4, 10))
    assert [m.speaker for m in resolver.mentions(first, known) if m.actor] == ["Boris Johnson"]
