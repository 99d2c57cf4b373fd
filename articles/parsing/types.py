"""What the parsers hand on."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Published:
    """When something was published, as far as its publisher says.

    `published_at` is aware and in UTC; where only a day, month or year is known it is that period's first moment.
    `published_on` is the day at the publisher's place, None unless the day itself is known.
    `published_precision` is minute, day, month, year or unknown.
    """

    published_at: datetime.datetime | None = None
    published_original: str = ""
    published_precision: str = "unknown"
    published_on: datetime.date | None = None

    def __bool__(self) -> bool:
        return self.published_at is not None

    def fields(self) -> dict:
        """The four fields as keyword arguments for ParsedArticle."""
        return asdict(self)


class Verdict(StrEnum):
    """Whether a page is an article that can be read here."""

    ARTICLE = ""
    NO_ARTICLE = "no-article"
    PAYWALLED = "paywalled"
    NOT_ENGLISH = "not-english"


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One article before it is stored. `text` holds its paragraphs with a blank line between, "" if there are none.

    Dates as in Published. `kind` is news, official, opinion or "" where the material does not say; `outlet` names the
    publisher where the material does. Where `verdict` is not ARTICLE, `why` says the reason in words, to follow "page".
    """

    title: str
    text: str
    standfirst: str = ""
    byline: str = ""
    published_at: datetime.datetime | None = None
    published_original: str = ""
    published_precision: str = "unknown"
    published_on: datetime.date | None = None
    url: str = ""
    kind: str = ""
    speaker: str = ""
    language: str = "en"
    outlet: str = ""
    verdict: Verdict = Verdict.ARTICLE
    why: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n\n")) if self.text else ()
