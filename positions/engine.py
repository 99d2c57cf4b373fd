"""The extractor that this installation runs, built from its settings, and what readers must be told of it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from positions.extraction import weights
from positions.extraction.types import Extractor


def default_extractor() -> Extractor:
    """Return the shipped pipeline. Takes seconds: the language model and the weights are loaded."""
    from positions.extraction.pipeline import build

    return build(
        settings.DIPWATCH_SPACY_MODEL,
        list_at=settings.DIPWATCH_LIST_AT,
        publish_at=settings.DIPWATCH_PUBLISH_AT,
    )


def extraction_notice(request: HttpRequest) -> dict[str, str]:
    """Context processor: the warning that every screen shows while the encoder's file is missing."""
    return {"extraction_notice": weights.notice()}
