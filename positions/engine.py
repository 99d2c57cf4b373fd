"""The extractor that this installation runs, built from its settings, and what readers must be told of it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
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


def language_model() -> Extractor:
    """Return the language model of the DIPWATCH_LLM_ settings. Raises ImproperlyConfigured where none is named."""
    from positions.extraction.catalogue import load
    from positions.extraction.llm import Endpoint, LanguageModel

    if not (settings.DIPWATCH_LLM_URL and settings.DIPWATCH_LLM_MODEL):
        raise ImproperlyConfigured(
            "Set DIPWATCH_LLM_URL and DIPWATCH_LLM_MODEL to use a language model (DIPWATCH_LLM_KEY if it asks for one)."
        )
    endpoint = Endpoint(
        settings.DIPWATCH_LLM_URL,
        settings.DIPWATCH_LLM_MODEL,
        settings.DIPWATCH_LLM_KEY,
        cap=settings.DIPWATCH_LLM_TOKENS,
    )
    list_at = settings.DIPWATCH_LIST_AT
    return LanguageModel(
        endpoint, load(), 0.3 if list_at is None else list_at, settings.DIPWATCH_LLM_PUBLISH_AT
    )


def publish_text() -> str:
    """Return from which confidence a stance is published without review, in words."""
    if settings.DIPWATCH_PUBLISH_AT is not None:
        return f"{settings.DIPWATCH_PUBLISH_AT:.2f}"
    cuts = weights.measured()["publish_at"]
    told = [f"{cut:.2f} ({side})" for side, cut in cuts.items() if cut <= 1]
    never = [side for side, cut in cuts.items() if cut > 1]
    return ", ".join(told) + (f"; {' and '.join(never)} only after review" if never else "")


def keep_text() -> str:
    """Return below which confidence a finding is dropped, in words."""
    set_here = settings.DIPWATCH_LIST_AT
    return f"{weights.measured()['list_at'] if set_here is None else set_here:.2f}"


def extraction_notice(request: HttpRequest) -> dict[str, str]:
    """Context processor: the warning that every screen shows while the encoder's file is missing."""
    return {"extraction_notice": weights.notice()}
