"""The language model and the catalogue are loaded once: they take seconds."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from spacy.language import Language

from positions.extraction.candidates import Context, candidates
from positions.extraction.catalogue import Catalogue, load
from positions.extraction.cues import Cues, load_cues
from positions.extraction.resolve import Resolver
from positions.extraction.segment import Segmented, load_model, segment
from positions.extraction.types import Document


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_model()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def resolver(catalogue: Catalogue, nlp: Language) -> Resolver:
    return Resolver(catalogue, nlp)


@pytest.fixture(scope="session")
def cues() -> Cues:
    return load_cues()


@pytest.fixture
def read(nlp: Language) -> Callable[..., Segmented]:
    """Return a function from a text to its segments."""

    def _read(text: str, day: str | None = "2016-10-12", title: str = "", **more: str) -> Segmented:
        published = datetime.date.fromisoformat(day) if day else None
        return segment([Document("x", title, text, published, **more)], nlp)[0]

    return _read


@pytest.fixture
def contexts(read: Callable[..., Segmented], resolver: Resolver, cues: Cues) -> Callable[..., list[Context]]:
    """Return a function from a text to the contexts of its sentences."""

    def _contexts(text: str, **more: str | None) -> list[Context]:
        return candidates(read(text, **more), resolver, cues)

    return _contexts
