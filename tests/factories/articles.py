"""Sources and articles."""

import datetime
import hashlib
import itertools
from typing import Any

from articles.models import Article, Source

TEXT = (
    "London will not change its mind, the foreign secretary told members on Monday.\n\n"
    "Ministers want the Syrian leader to step down. Moscow says that his future is for Syrians to decide.\n\n"
    "Washington declined to comment on the talks."
)

_numbers = itertools.count(1)


def make_source(slug: str = "the-courier", **fields: Any) -> Source:
    """Return the source `slug`, made on first use."""
    defaults = {"name": slug.replace("-", " ").title(), "kind": Source.Kind.SAMPLE, **fields}
    return Source.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_article(
    source: Source | None = None, *, day: datetime.date | None = datetime.date(2017, 4, 10), **fields: Any
) -> Article:
    """Return a new article of `day` (published at noon UTC); day=None makes one without a date."""
    number = next(_numbers)
    text = fields.pop("text", TEXT)
    if day is not None:
        noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
        fields = {"published_at": noon, "published_on": day, "published_precision": "minute", **fields}
    defaults = {
        "key": f"https://example.org/{number}",
        "url": f"https://example.org/{number}",
        "title": f"Article {number}",
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    return Article.objects.create(source=source or make_source(), text=text, **{**defaults, **fields})
