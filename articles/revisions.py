"""Changed pages: the same address with another text becomes a new version, and the difference is kept."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter

from django.db.models import Q

from articles import copies
from articles.models import Article, Revision

_WORD = re.compile(r"\w+")


def versions_of(first: Article) -> list[Article]:
    """The versions of a page in the order they were found, locked till the transaction ends."""
    rows = Article.objects.filter(Q(pk=first.pk) | Q(revision_of=first))
    return list(rows.defer("search").select_for_update().order_by("pk"))


def key_of(first: Article, number: int) -> str:
    """The key of version `number` of a page; the first version keeps the address."""
    return f"version-{number}:{hashlib.sha256(first.key.encode()).hexdigest()}"


def is_changed(versions: list[Article], text: str, text_sha256: str) -> bool:
    """Whether `text` is another than the latest version's in its words, and than every earlier one.

    A page that shows now one text, now another, would otherwise make a version at each visit.
    """
    if any(version.text_sha256 == text_sha256 for version in versions):
        return False
    return _words(versions[-1].text) != _words(text)


def record(versions: list[Article], new: Article) -> Revision:
    """Keep what `new` says otherwise than the latest of `versions`, and let it take that version's place.

    Versions dated to different days both stand: a page that reports day by day is no correction.
    """
    previous = versions[-1]
    same_day = previous.published_on == new.published_on
    if same_day:
        copies.leave_group(previous)
    copies.group(new)
    new.refresh_from_db(fields=["lead"])
    if same_day:
        copies.supersede(previous, new)
    before, after = Counter(_words(previous.text)), Counter(_words(new.text))
    return Revision.objects.create(
        article=new,
        previous=previous,
        number=len(versions) + 1,
        difference=difference(previous.text, new.text),
        words_added=(after - before).total(),
        words_removed=(before - after).total(),
    )


def difference(before: str, after: str) -> str:
    """The paragraphs that changed, as a unified difference: "-" before, "+" after, " " around them."""
    lines = difflib.unified_diff(before.split("\n\n"), after.split("\n\n"), n=1, lineterm="")
    return "\n".join(list(lines)[2:])  # without the names of files


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
