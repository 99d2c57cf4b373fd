"""The working date of undated texts: by who is named in office, and by the years that stand in the text."""

from __future__ import annotations

import datetime

import pytest
from spacy.language import Language

from positions.extraction.resolve import Resolver

# text, first and last month that would do ("" where nothing tells)
TEXTS = [
    ("President Donald Trump sent Secretary of State Rex Tillerson to Moscow.", "2017-02", "2018-03"),
    ("Barack Obama and David Cameron met. John Kerry was with them.", "2013-02", "2016-07"),
    ("Theresa May told Parliament in 2018 that Vladimir Putin had been warned.", "2018-01", "2018-12"),
    ("Former President Barack Obama disagreed with Donald Trump and Mike Pompeo.", "2018-04", "2021-01"),
    ("Nobody whom one knows was there.", "", ""),
]


@pytest.mark.parametrize(("text", "first", "last"), TEXTS)
def test_day_of_an_undated_text(resolver: Resolver, nlp: Language, text: str, first: str, last: str) -> None:
    day = resolver.start([nlp(text)], None).day
    if not first:
        assert day is None
    else:
        assert first <= f"{day:%Y-%m}" <= last


def test_a_known_day_stands(resolver: Resolver, nlp: Language) -> None:
    day = datetime.date(2014, 5, 1)
    assert resolver.start([nlp("Donald Trump spoke.")], day).day == day


def test_titles_resolve_by_it(resolver: Resolver, nlp: Language) -> None:
    doc = nlp(
        "President Donald Trump and Rex Tillerson met. The Russian foreign minister and Tillerson talked."
    )
    known = resolver.start([doc], None)
    assert [m.speaker for m in resolver.mentions(doc, known)][2:] == ["Sergei Lavrov", "Rex Tillerson"]
