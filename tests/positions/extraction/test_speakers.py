"""Who is shown as holding a stance."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from positions.extraction.aggregate import Row
from positions.extraction.candidates import Context
from positions.extraction.catalogue import Catalogue
from positions.extraction.speakers import Weights, census, choose, load_weights, options
from positions.extraction.weights import SPEAKERS, WEIGHTS


@pytest.fixture(scope="module")
def weights() -> Weights:
    return load_weights(WEIGHTS / SPEAKERS)


@pytest.fixture
def states(catalogue: Catalogue) -> dict[str, str]:
    return {actor.code: actor.name for actor in catalogue.actors}


def row(contexts: list[Context], actor: str, voice: str = "government") -> Row:
    """A stance of the actor whose evidence is every sentence in which it is a candidate, the first one best."""
    own = [c for context in contexts for c in context.candidates if c.key == (actor, voice)]
    best = [(0.9 / (place + 1), candidate) for place, candidate in enumerate(own)]
    return Row(actor, voice, "sanctions", "support", {}, best)


# text, actor, voice, speaker
CHOSEN = [
    (
        "Foreign Secretary Boris Johnson told Parliament that sanctions must stay.",
        "UK",
        "government",
        "Boris Johnson",
    ),
    ("The US has imposed sanctions on Syria.", "US", "government", "United States"),
    ("Britain has imposed sanctions on Syria.", "UK", "government", "Britain"),
    ("Moscow's warplanes struck the town. Russia said that it would go on.", "RU", "government", "Russia"),
    ("Labour leader Jeremy Corbyn called for sanctions.", "UK", "other", "Jeremy Corbyn"),
]


@pytest.mark.parametrize(("text", "actor", "voice", "speaker"), CHOSEN)
def test_chosen(
    contexts: Callable[..., list[Context]], weights: Weights, states: dict[str, str], text: str, actor: str, voice: str,
    speaker: str,
) -> None:  # fmt: skip
    found = contexts(text)
    assert choose(row(found, actor, voice), census(found, states), weights) == speaker


def test_a_state_has_one_name_in_an_article(
    contexts: Callable[..., list[Context]], states: dict[str, str]
) -> None:
    found = contexts("The US backs it. The U.S. army is there. America is for it.")
    offered = options(row(found, "US"), census(found, states))
    assert {"US", "U.S."}.isdisjoint(offered)


def test_official_text_offers_its_speaker(
    contexts: Callable[..., list[Context]], states: dict[str, str]
) -> None:
    text = "Antony Blinken, Secretary of State\n\nThe United States will keep its sanctions."
    found = contexts(
        text, day="2022-05-10", kind="official", source="US State Department", title="On sanctions"
    )
    offered = options(row(found, "US"), census(found, states))
    assert offered["Antony Blinken"]["any_doc"] == 1.0
