"""What is read out of the search box."""

import pytest

from positions.phrases import Asked, Term, read


def texts(asked: Asked) -> list[str]:
    return [("-" if t.without else "|" if t.choice else "") + t.text for t in asked.terms]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("sanctions relief", ["sanctions", "relief"]),
        ("sanctions -relief", ["sanctions", "-relief"]),
        ("sanctions OR relief", ["sanctions", "|relief"]),
        ('"no fly" zone', ["no fly", "zone"]),
        ("“no fly” zone", ["no fly", "zone"]),
        ('"left open', ["left open"]),
        ("islamic state strikes", ["islamic state", "strikes"]),  # a name of two words is one
        ("islamic -state", ["islamic", "-state"]),
        ("OR x", ["OR", "x"]),  # nothing to choose from
        ("& | ! ( ) - :", []),
        ("a\0b", ["a", "b"]),
        ("", []),
    ],
)
def test_terms(typed, terms):
    assert texts(read(typed)) == terms


@pytest.mark.parametrize(
    ("typed", "fields", "words"),
    [
        ("actor:uk sanctions", (("actor", "uk"),), "sanctions"),
        ("Before:2016 x after:2015-02", (("before", "2016"), ("after", "2015-02")), "x"),
        ('outlet:"The Courier"', (("outlet", "The Courier"),), ""),
        ("speaker:lavrov -veto", (("speaker", "lavrov"),), "-veto"),
        ("http://example.org", (), "http://example.org"),
    ],
)
def test_fields_stand_apart_from_words(typed, fields, words):
    asked = read(typed)
    assert (asked.fields, asked.words) == (fields, words)


@pytest.mark.parametrize(
    ("typed", "number"), [("S-1043", 1043), (" s1043 ", 1043), ("S-1043 x", None), ("1043", None)]
)
def test_number_of_a_statement(typed, number):
    assert read(typed).number == number


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("isis", {"Isil", "Daesh", "Da'esh", "Islamic State"}),
        ("Islamic State", {"Isis", "Isil", "Daesh", "Da'esh"}),
        ("al-Assad", {"Assad", "Asad"}),
        ("assad", {"al-Assad", "Asad"}),
        ("lavrov", {"Lavrow"}),
    ],
)
def test_names_are_searched_in_all_spellings(typed, others):
    [(name, found)] = read(typed).variants
    assert (name, set(found)) == (typed, others)


@pytest.mark.parametrize("typed", ['"Isis"', "weather", '"Islamic State"'])
def test_quoted_and_unlisted_words_stay_as_they_are(typed):
    assert read(typed).variants == ()


def test_each_spelling_stands_in_one_group_only():
    from positions.phrases import _folded, _groups

    folded = [{_folded(name) for name in group} for group in _groups()]
    assert sum(map(len, folded)) == len(set().union(*folded))
    assert all(len(group) > 1 for group in folded)


def test_nothing_to_look_for():
    assert read("").query is None
    assert read("-x").wanted is None
    assert read("-x").query is not None
    assert read("x").terms == (Term("x"),)
