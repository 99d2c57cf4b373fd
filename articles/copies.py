"""Groups near-duplicates: one lead, the earliest, and its copies. Called inside the transaction that stores an article.

Only texts of the same day are compared: yearly notices repeat word for word and are new each year.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F, Q

from articles.models import Article, Signature
from articles.querysets import ArticleQuerySet
from articles.similarity import WORTH_A_LOOK, Sketch, are_copies, estimate, sketch_of, word_pairs

_LOCKS = 0x636F7079  # the class of our advisory locks, so that they meet no others
_SHORT = 20  # word pairs; shorter texts are copies only where they are the same word for word

# Band by band: for an overlap with 48 numbers at once Postgres expects a fifth of all rows, and reads the whole table.
CANDIDATES = """
    SELECT signature.article_id, signature.values
    FROM unnest(%s::integer[]) AS band JOIN articles_signature AS signature ON signature.bands @> ARRAY[band]
"""


def group(article: Article) -> None:
    """Note the article's signature and make it one group with the articles of its day that say the same.

    Whoever stores a text of the same day meanwhile waits, so that of two copies stored at once one sees the other.
    """
    bucket = _bucket(article)
    pairs = word_pairs(article.text)
    sketch = sketch_of(pairs, bucket)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, zlib.crc32(bucket.encode()) - (1 << 31)]
        )
    found = _likely(sketch)
    Signature.objects.bulk_create(
        [Signature(article=article, values=sketch.values, bands=sketch.bands)],
        update_conflicts=True, unique_fields=["article"], update_fields=["values", "bands"],
    )  # fmt: skip
    leads = {lead or pk for pk, lead, text in _of_the_same_day(article, found) if _same(pairs, text)}
    if leads:
        _merge(leads | {article.pk})


def supersede(old: Article, new: Article) -> None:
    """Let `new`, grouped already, stand in the place of an older version of its page."""
    Article.objects.filter(Q(pk=old.pk) | Q(lead=old)).update(lead=new.lead_id or new.pk)


def leave_group(article: Article) -> None:
    """Take the article out of its group, which gets another lead where it has lost it."""
    Signature.objects.filter(article=article).delete()
    rest = Article.objects.filter(lead=article)
    heirs = list(rest.filter(signature__isnull=False).values_list("pk", flat=True)[:1])
    if heirs:
        rest.exclude(pk=heirs[0]).update(lead=heirs[0])
        Article.objects.filter(pk=heirs[0]).update(lead=None)
        _merge({heirs[0]})
    Article.objects.filter(pk=article.pk).update(lead=None)


def ungrouped() -> ArticleQuerySet:
    """Articles that were never compared: stored before there were signatures. Replaced versions of a page are none."""
    replaced = Q(next_revisions__article__published_on=F("published_on"))
    return Article.objects.relevant().filter(signature__isnull=True).exclude(replaced)


@transaction.atomic
def group_stored(pk: int) -> None:
    """`group` for an article that is there already."""
    for article in Article.objects.defer("search").filter(pk=pk):
        group(article)


def _likely(sketch: Sketch) -> list[int]:
    """Articles that may say the same: by the index first, then by their signatures."""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [sketch.bands])
        found = dict(cursor.fetchall())
    return [pk for pk, values in found.items() if estimate(sketch.values, values) >= WORTH_A_LOOK]


def _of_the_same_day(article: Article, found: list[int]) -> Iterable[tuple[int, int | None, str]]:
    """(number, lead, text) of those of `found` that are of the article's day and no versions of its page.

    Bands are of one day but for chance; this makes it sure.
    """
    if not found:
        return ()
    page = article.revision_of_id or article.pk
    rows = Article.objects.filter(pk__in=found, published_on=article.published_on)
    if not article.published_on:
        rows = rows.filter(published_at=article.published_at)
    return rows.exclude(Q(pk__in=[article.pk, page]) | Q(revision_of=page)).values_list(
        "pk", "lead_id", "text"
    )


def _same(pairs: frozenset[int], text: str) -> bool:
    others = word_pairs(text)
    if min(len(pairs), len(others)) < _SHORT:
        return pairs == others
    return are_copies(pairs, others)


def _merge(leads: set[int]) -> None:
    """Make the groups with these leads one, led by the earliest article. Replaced versions of a page lead nothing."""
    members = list(
        Article.objects.filter(Q(pk__in=leads) | Q(lead__in=leads)).values_list(
            "pk", "published_at", "published_precision", "signature"
        )
    )
    _, lead = min((_moment(at, precision), pk) for pk, at, precision, signature in members if signature)
    Article.objects.filter(pk=lead).update(lead=None)
    Article.objects.filter(pk__in=[pk for pk, *_ in members if pk != lead]).update(lead=lead)


def _moment(at: datetime.datetime | None, precision: str) -> datetime.datetime:
    """When it was published at the latest: a day without a time ends behind every time of that day."""
    if at is None:
        return datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return at if precision == Article.Precision.MINUTE else at + datetime.timedelta(days=1)


def _bucket(article: Article) -> str:
    """Texts in different buckets are never compared."""
    if article.published_on:
        return article.published_on.isoformat()
    return (
        f"{article.published_precision} {article.published_at:%Y-%m-%d}"
        if article.published_at
        else "undated"
    )
