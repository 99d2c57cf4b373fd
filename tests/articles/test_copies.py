"""Copies of one story get one lead; what only looks alike, or is of another day, stays apart."""

import datetime
import itertools
import random

import pytest
from django.core.management import call_command
from django.db import connection

from articles import copies
from articles.ingest import ingest
from articles.models import Article, Signature, Source
from articles.parsing import ParsedArticle
from articles.similarity import Sketch, are_copies, sketch_of, word_pairs

pytestmark = pytest.mark.django_db

WORDS = (
    "envoys",
    "truce",
    "north",
    "ministers",
    "harbour",
    "council",
    "talks",
    "weapons",
    "draft",
    "vote",
    "aid",
)
_rng = random.Random(11)  # noqa: S311
STORY = "Moscow and Damascus: " + " ".join(f"{_rng.choice(WORDS)}{_rng.randrange(400)}" for _ in range(300))
OTHER = "Moscow and Damascus: " + " ".join(f"{_rng.choice(WORDS)}{_rng.randrange(400)}" for _ in range(300))
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def all_is_relevant(settings):
    settings.DIPWATCH_IS_RELEVANT = ""


def edited(text, share=0.1):
    said, rng = text.split(), random.Random(5)  # noqa: S311
    for place in rng.sample(range(len(said)), int(len(said) * share)):
        said[place] = "edited"
    return " ".join(said)


def cut(text, share):
    said = text.split()
    return " ".join(said[: int(len(said) * share)])


def parsed(text=STORY, day="2017-03-14", time=None, **fields):
    on = datetime.date.fromisoformat(day) if day else None
    at = datetime.datetime.combine(on, datetime.time(time or 0), datetime.UTC) if on else None
    dated = (
        {"published_on": on, "published_at": at, "published_precision": "minute" if time else "day"}
        if on
        else {}
    )
    return ParsedArticle(
        **{"title": f"Headline {next(_numbers)}", "text": text, "outlet": "The Courier", **dated, **fields}
    )


def stored(*articles):
    return [ingest(article).article.pk for article in articles]


def leads():
    return dict(Article.objects.order_by("pk").values_list("pk", "lead_id"))


TOGETHER = {
    "the same text": STORY,
    "a word in ten": edited(STORY),
    "cut to 60 %": cut(STORY, 0.6),
    "a word in ten of a text cut to 70 %": cut(edited(STORY), 0.7),
    "other marks and capitals": STORY.upper().replace(" ", ", "),
}


@pytest.mark.parametrize("text", TOGETHER.values(), ids=TOGETHER)
def test_copies_get_one_lead(text):
    first, second = stored(parsed(), parsed(text, outlet="The Gazette"))
    assert leads() == {first: None, second: first}


APART = {
    "another story": (parsed(), parsed(OTHER)),
    "the same text a day later": (parsed(), parsed(day="2017-03-15")),
    "the same text a year later": (parsed(), parsed(day="2018-03-14")),
    "the same text without a date": (parsed(), parsed(day=None)),
    "half of the words": (parsed(), parsed(edited(STORY, 0.5))),
    "a line out of it": (parsed(), parsed(cut(STORY, 0.1))),
    "short texts": (
        parsed("They met in Damascus and parted."),
        parsed("They met in Damascus and in Moscow."),
    ),
}


@pytest.mark.parametrize("pair", APART.values(), ids=APART)
def test_others_stay_apart(pair):
    stored(*pair)
    assert list(leads().values()) == [None, None]


def test_short_texts_that_are_the_same():
    first, second = stored(*(parsed("They met in Damascus.", outlet=name) for name in ("Courier", "Gazette")))
    assert leads() == {first: None, second: first}


@pytest.mark.parametrize("order", list(itertools.permutations([9, 12, None])))
def test_the_earliest_leads_in_whatever_order_they_come(order):
    """None is a day without a time: it may have been later than any."""
    pks = dict(zip(order, stored(*(parsed(time=time) for time in order)), strict=True))
    assert leads() == {pks[9]: None, pks[12]: pks[9], pks[None]: pks[9]}


def test_two_groups_become_one_when_a_text_is_like_both():
    said = STORY.split()
    halves = " ".join(said[:200]), " ".join(said[-200:])
    first, second = stored(*(parsed(half) for half in halves))
    assert leads() == {first: None, second: None}
    [whole] = stored(parsed())
    assert leads() == {first: None, second: first, whole: first}


def test_undated_texts_are_compared_among_themselves():
    first, second = stored(*(parsed(day=None, outlet=name) for name in ("Courier", "Gazette")))
    assert leads() == {first: None, second: first}


def test_irrelevant_articles_are_not_compared(settings):
    settings.DIPWATCH_IS_RELEVANT = "positions.relevance.is_relevant"
    stored(parsed("Harbour fees rise. " * 40))
    assert not Signature.objects.exists()


def test_command_groups_what_was_there_before(capsys):
    first, second = stored(parsed(), parsed(edited(STORY), outlet="The Gazette"))
    Signature.objects.all().delete()
    Article.objects.update(lead=None)
    call_command("group_copies")
    assert capsys.readouterr().out == "compared 2 articles, 1 of them a copy\n"
    assert leads() == {first: None, second: first}
    call_command("group_copies")
    assert capsys.readouterr().out == "compared 0 articles, 0 of them a copy\n"
    Article.objects.update(lead=None)
    call_command("group_copies", "--anew")
    assert leads() == {first: None, second: first}


def test_candidates_are_found_by_index():
    [pk] = stored(parsed())
    signature = Signature.objects.get(pk=pk)
    number = 5_000
    source = Source.objects.get()
    made = Article.objects.bulk_create(
        Article(key=f"k{n}", title="t", text="x", text_sha256="", source=source) for n in range(number)
    )
    Signature.objects.bulk_create(
        Signature(article=article, values=b"", bands=list(range(n * 50, n * 50 + 48)))
        for n, article in enumerate(made)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_signature")
        cursor.execute(f"EXPLAIN {copies.CANDIDATES}", [signature.bands])
        plan = "\n".join(line for (line,) in cursor)
    assert "Index Scan on signature_bands" in plan
    assert "Seq Scan on articles_signature" not in plan


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("a b c d", "a b c d", True), ("a b c d", "e f g h", False), ("", "a b", False), ("", "", False)],
)
def test_are_copies(one, other, same):
    assert are_copies(word_pairs(one), word_pairs(other)) is same


def test_sketches_of_other_days_share_no_band():
    one, other = (sketch_of(word_pairs(STORY), day) for day in ("2017-03-14", "2018-03-14"))
    assert isinstance(one, Sketch)
    assert one.values == other.values
    assert not set(one.bands) & set(other.bands)
    assert copies.ungrouped().count() == 0
