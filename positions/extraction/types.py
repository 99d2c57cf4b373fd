"""What the stages of the extraction hand to each other. All offsets are characters into `Document.text`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

Span = tuple[int, int]
ActorVoice = tuple[str, str]  # ("UK", "government")

STANCES = ("support", "oppose", "neutral")
VOICES = ("government", "other")


@dataclass(frozen=True, slots=True)
class Document:
    """One article as the extraction sees it: `published` is the day at the publisher's place, None if unknown."""

    id: str
    title: str
    text: str
    published: datetime.date | None = None
    source: str = ""
    speaker: str = ""
    standfirst: str = ""
    kind: str = ""  # "official" where the whole text is one actor's, else news


@dataclass(frozen=True, slots=True)
class Finding:
    """One (actor, voice, issue, stance) of one document with its clearest evidence."""

    actor: str
    voice: str
    speaker: str
    issue: str
    stance: str
    date: datetime.date | None
    evidence: Span
    confidence: float
    published: bool
    rule: str
    declined: bool = False
    attribution: str = "reported"  # own-words, reported, act, described
    date_precision: str = "article"  # day, week, article, unknown
    more_evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attributed statement, whoever made it: what was said and by whom."""

    content: tuple[Span, ...]
    speaker: tuple[Span, ...]
    actor: str | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something considered and not kept, with the reason."""

    actor: str
    voice: str
    issue: str
    stance: str
    confidence: float
    evidence: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document."""

    document: Document
    findings: tuple[Finding, ...]
    statements: tuple[Attributed, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    engine: str = ""
    notes: tuple[str, ...] = field(default=())


class Extractor(Protocol):
    """An engine that reads documents; another one (a language model, say) can stand in."""

    engine: str

    def extract(self, documents: Sequence[Document]) -> list[Extraction]:
        """Return one Extraction a document, in the order given."""
        ...
