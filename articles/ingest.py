"""The only writer of sources and articles. Idempotent: an article that is there already is reported as known."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.text import slugify
from procrastinate.contrib.django import app as queue

from articles import copies, revisions
from articles.models import Article, Seen, Source
from articles.parsing import BadField, ParsedArticle
from articles.parsing.addresses import canonical_url

UNKNOWN_SOURCE = "Imported files"
MAX_TEXT = 500_000  # characters; longer ones are no articles, and the search index holds no more
_TOO_LONG_TO_INDEX = "54000"  # SQLSTATE program_limit_exceeded


class Outcome(StrEnum):
    NEW = "new"
    KNOWN = "known"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Ingested:
    """The stored article, and whether it was new, or a new version of a page that was known."""

    article: Article
    outcome: Outcome


class Refused(ValueError):
    """The article cannot be stored; the message says why."""


class SetAside(Refused):
    """The page is noted as seen and not kept: no article, not readable here, or not about the subject.

    `reason` is one of Seen.Reason.
    """

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(f"page {why}")
        self.reason, self.why = reason, why


def ingest(
    parsed: ParsedArticle,
    *,
    source: Source | str = "",
    source_kind: str = "",
    kind: str = "",
    keep_irrelevant: bool = True,
) -> Ingested:
    """Store `parsed` and enqueue settings.DIPWATCH_ON_INGEST for it, both or neither.

    `source` is a source, the name or slug of one (made if new, of `source_kind`), or "" for the outlet that the
    article names. `kind` overrides the article's own. An article with the same address, or without one the same
    source, title, day and text, is known and left as it is; the same address with other words is a new version. What
    settings.DIPWATCH_IS_RELEVANT turns down is stored without its job, or only noted if not `keep_irrelevant`.
    Copies of a text of the same day get one lead. Refused says what is wrong with the article, SetAside why a page
    was noted only.
    """
    if parsed.verdict:
        raise _set_aside(parsed, source, parsed.verdict, parsed.why)
    fields = _fields(parsed, kind)
    if not fields["relevant"] and not keep_irrelevant:
        raise _set_aside(parsed, source, Seen.Reason.IRRELEVANT, "is not about the subject")
    try:
        with transaction.atomic():
            if not isinstance(source, Source):
                kind_of_source = source_kind or _source_kind(fields)
                source = source_named(source or parsed.outlet or UNKNOWN_SOURCE, kind=kind_of_source)
            return _store(source, fields)
    except IntegrityError:
        known = _known(article_key(source, fields)) if isinstance(source, Source) else None
        if not known:
            raise
        return Ingested(known, Outcome.KNOWN)  # another process stored it in the meantime
    except DataError as error:
        raise Refused(f"the database takes no such value: {_first_line(error)}") from error
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _TOO_LONG_TO_INDEX:
            raise Refused("text is too long for the search index; split it into articles") from error
        raise


def _store(source: Source, fields: dict) -> Ingested:
    key = article_key(source, fields)
    known = _known(key)
    if not known:
        article = _create(source, fields, key)
        if article.relevant:
            copies.group(article)
        if article.url:
            Seen.objects.filter(key=key).delete()
        _enqueue(article)
        return Ingested(article, Outcome.NEW)
    if known.text_sha256 == fields["text_sha256"] or not known.url:
        return Ingested(known, Outcome.KNOWN)
    versions = revisions.versions_of(known)
    if not revisions.is_changed(versions, fields["text"], fields["text_sha256"]):
        return Ingested(known, Outcome.KNOWN)
    if not fields["published_at"]:
        fields = {**fields, **{name: getattr(known, name) for name in fields if name.startswith("published")}}
    article = _create(source, fields, revisions.key_of(known, len(versions) + 1), revision_of=known)
    revisions.record(versions, article)
    _enqueue(article)
    return Ingested(article, Outcome.REVISED)


def _create(source: Source, fields: dict, key: str, **more: Article) -> Article:
    speaker, kind = fields["speaker"] or source.speaker, fields["kind"] or _kind_of(source)
    return Article.objects.create(
        **{**fields, "key": key, "source": source, "speaker": speaker, "kind": kind}, **more
    )


def _set_aside(parsed: ParsedArticle, source: Source | str, reason: str, why: str) -> SetAside:
    """Note the page as seen; the exception to raise. A page without an address is not met again and not noted."""
    url = _url(parsed.url)
    if url and not _known(url):
        if not isinstance(source, Source):
            source = source_named(source or parsed.outlet or UNKNOWN_SOURCE)
        noted = {"source": source, "title": _cut(parsed.title, 500), "published_on": parsed.published_on,
                 "reason": reason, "why": _cut(why, 200)}  # fmt: skip
        Seen.objects.update_or_create(key=url, defaults=noted)
    return SetAside(reason, why)


def _known(key: str) -> Article | None:
    return Article.objects.defer("text", "search").filter(key=key).first()


def source_named(name: str, *, kind: str = Source.Kind.NEWS) -> Source:
    """The source with this name or slug, made if there is none."""
    slug = slugify(name)[:80].strip("-") or f"source-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    known = Source.objects.filter(Q(slug=slug) | Q(name__iexact=name)).first()
    return known or Source.objects.get_or_create(slug=slug, defaults={"name": name[:200], "kind": kind})[0]


def article_key(source: Source, fields: dict) -> str:
    """By what an article is known: its address, else a hash of source, title, day and text.

    The day is part of it, because yearly notices repeat word for word.
    """
    if fields["url"]:
        return fields["url"]
    day = fields["published_on"] or fields["published_at"] or ""
    said = "\x1f".join(
        (source.slug, " ".join(fields["title"].casefold().split()), str(day), fields["text_sha256"])
    )
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"


def _fields(parsed: ParsedArticle, kind: str) -> dict:
    """The article's columns, checked. Refused names the one that is wrong."""
    kind = kind or parsed.kind
    if not parsed.title.strip():
        raise Refused("has no title")
    if not parsed.text.strip():
        raise Refused("has no text besides its title")
    if len(parsed.text) > MAX_TEXT:
        raise Refused(f"text has {len(parsed.text)} characters; split it into articles of at most {MAX_TEXT}")
    if kind and kind not in Article.Kind.values:
        raise Refused(f"kind {kind[:40]!r} is none of {', '.join(Article.Kind.values)}")
    return {
        "url": _url(parsed.url),
        "kind": kind,
        "title": _cut(parsed.title, 500),
        "standfirst": parsed.standfirst,
        "byline": _cut(parsed.byline, 300),
        "speaker": _cut(parsed.speaker, 200),
        "language": parsed.language[:8] or "en",
        "published_at": parsed.published_at,
        "published_original": _cut(parsed.published_original, 100),
        "published_precision": parsed.published_precision,
        "published_on": parsed.published_on,
        "text": parsed.text,
        "text_sha256": hashlib.sha256(parsed.text.encode()).hexdigest(),
        "relevant": _relevance(settings.DIPWATCH_IS_RELEVANT)(parsed.title, parsed.text, parsed.speaker),
    }


@functools.cache
def _relevance(name: str) -> Callable[[str, str, str], bool]:
    """The function of this dotted name, asked with title, text and speaker; without a name all is relevant."""
    return import_string(name) if name else lambda title, text, speaker: True


def _url(url: str) -> str:
    try:
        url = canonical_url(url) if url else ""
    except BadField as error:
        raise Refused(str(error)) from error
    if len(url) > 500:
        raise Refused(f"url has {len(url)} characters; 500 are kept")
    return url


def _source_kind(fields: dict) -> str:
    return Source.Kind.OFFICIAL if fields["kind"] == Article.Kind.OFFICIAL else Source.Kind.NEWS


def _kind_of(source: Source) -> str:
    return Article.Kind.OFFICIAL if source.kind == Source.Kind.OFFICIAL else Article.Kind.NEWS


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:160]


def _enqueue(article: Article) -> None:
    """Defer the task over the same connection, so that it commits or fails with the article."""
    if settings.DIPWATCH_ON_INGEST and article.relevant:
        lock = f"article-{article.pk}"  # No two workers read the same article at once.
        task = queue.configure_task(settings.DIPWATCH_ON_INGEST, allow_unknown=True, lock=lock)
        task.defer(article_id=article.pk)
