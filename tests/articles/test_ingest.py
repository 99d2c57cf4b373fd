"""One article in, once, with its job."""

from dataclasses import replace

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import ingest as module
from articles.ingest import Outcome, Refused, ingest, source_named
from articles.models import Article, Source
from articles.parsing import ParsedArticle, parse_text

pytestmark = pytest.mark.django_db

PARSED = parse_text(
    "Envoys meet in Ankara\n\nMary Major\nTuesday 14 March 2017 23:51 BST\n\nThey met and parted."
)
RELEVANT = replace(PARSED, text="Moscow and London spoke of a truce in Syria.")
LINKED = replace(PARSED, url="https://courier.example/ankara?utm_source=feed")


def jobs():
    return list(ProcrastinateJob.objects.order_by("pk").values_list("task_name", "args"))


def test_every_field_is_stored():
    article = ingest(
        replace(LINKED, standfirst="No text", speaker="", language="en"), source="The Courier"
    ).article
    stored = Article.objects.defer("search").get()
    assert stored == article
    assert (stored.title, stored.standfirst, stored.byline) == (
        "Envoys meet in Ankara",
        "No text",
        "Mary Major",
    )
    assert stored.published_at.isoformat() == "2017-03-14T22:51:00+00:00"
    assert str(stored.published_on) == "2017-03-14"
    assert (stored.published_precision, stored.published_original) == (
        "minute",
        "Tuesday 14 March 2017 23:51 BST",
    )
    assert stored.url == stored.key == "https://courier.example/ankara"
    assert (stored.source.name, stored.source.slug, stored.kind) == ("The Courier", "the-courier", "news")
    assert (stored.text, len(stored.text_sha256)) == ("They met and parted.", 64)


def test_job_is_enqueued_with_the_article(settings):
    settings.DIPWATCH_ON_INGEST = "some.task"  # unknown here: another process may know it
    article = ingest(RELEVANT).article
    assert jobs() == [("some.task", {"article_id": article.pk})]
    ingest(RELEVANT)
    assert len(jobs()) == 1


def test_without_a_task_nothing_is_enqueued(settings):
    settings.DIPWATCH_ON_INGEST = ""
    ingest(RELEVANT)
    assert jobs() == []


def test_article_source_and_job_come_together_or_not_at_all(monkeypatch):
    monkeypatch.setattr(module, "_enqueue", lambda article: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ingest(PARSED, source="The Courier")
    assert (Article.objects.count(), Source.objects.count(), jobs()) == (0, 0, [])


SAME = [  # what arrives second, and whether it is the article above
    (PARSED, PARSED, True),
    (PARSED, replace(PARSED, title="ENVOYS  meet in Ankara"), True),
    (PARSED, replace(PARSED, published_original="14/3/17", byline=""), True),
    (PARSED, replace(PARSED, title="Envoys part in Ankara"), False),
    (PARSED, replace(PARSED, text="They met."), False),
    (PARSED, replace(PARSED, published_on=None, published_at=None, published_precision="unknown"), False),
    (LINKED, replace(LINKED, url="HTTPS://courier.example/ankara#top"), True),
    (LINKED, replace(LINKED, title="A new headline"), True),  # the same page
    (LINKED, replace(LINKED, text="“They met – and parted.”"), True),  # the same words
    (LINKED, replace(LINKED, url="https://courier.example/izmir"), False),
]


@pytest.mark.parametrize(("first", "second", "known"), SAME)
def test_what_is_known(first, second, known):
    assert ingest(first, source="The Courier").outcome == Outcome.NEW
    result = ingest(second, source="The Courier")
    assert result.outcome == (Outcome.KNOWN if known else Outcome.NEW)
    assert Article.objects.count() == (1 if known else 2)


def test_same_text_of_another_day_stays_apart():
    notice = ParsedArticle(title="Notice on sanctions", text="The emergency is continued for one year.")
    for year in (2013, 2014):
        dated = parse_text(f"Notice on sanctions\n\n7 May {year}\n\nThe emergency is continued for one year.")
        assert ingest(dated).outcome == "new"
        assert ingest(dated).outcome == "known"
    assert ingest(notice).outcome == "new"
    assert Article.objects.values("text_sha256").distinct().count() == 1


def test_same_text_of_another_source_stays_apart():
    assert [ingest(PARSED, source=name).outcome for name in ("Courier", "Gazette", "Courier")] == [
        "new",
        "new",
        "known",
    ]


@pytest.mark.parametrize(
    ("given", "outlet", "name"),
    [
        ("", "", "Imported files"),
        ("", "Sample Wire", "Sample Wire"),
        ("The Courier", "Sample Wire", "The Courier"),
    ],
)
def test_source(given, outlet, name):
    assert ingest(replace(PARSED, outlet=outlet), source=given).article.source.name == name


def test_source_is_found_by_slug_name_or_either_in_capitals():
    first = source_named("The Courier")
    assert {source_named(name).pk for name in ("the-courier", "THE COURIER", "The Courier")} == {first.pk}
    first.slug = "renamed"
    first.save()
    assert source_named("The Courier") == first


def test_source_in_another_script_gets_a_slug_of_its_own():
    one, two = source_named("Вестник"), source_named("Курьер")
    assert one != two
    assert one == source_named("Вестник")


def test_official_text_makes_an_official_source_and_takes_its_speaker():
    official = ingest(
        replace(PARSED, kind="official", speaker="Ministry of Testing"), source="Ministry"
    ).article
    assert (official.source.kind, official.kind, official.speaker) == (
        "official",
        "official",
        "Ministry of Testing",
    )
    Source.objects.update(speaker="Minister")
    later = ingest(replace(PARSED, title="Later"), source="Ministry").article
    assert (later.kind, later.speaker) == ("official", "Minister")
    assert (
        ingest(replace(PARSED, title="Comment"), source="Ministry", kind="opinion").article.kind == "opinion"
    )


REFUSED = [
    (replace(PARSED, title=" "), "has no title"),
    (replace(PARSED, text="\n"), "has no text besides its title"),
    (replace(PARSED, text="word " * 200_000), "split it into articles"),
    (replace(PARSED, kind="leader"), "kind 'leader' is none of news, official, opinion"),
    (replace(PARSED, url="javascript:alert(1)"), "no web address"),
    (replace(PARSED, url="https://courier.example/" + "a" * 500), "500 are kept"),
    (
        replace(PARSED, text=" ".join(f"a.io/{number:06}" for number in range(41_000))),
        "too long for the search index",
    ),
]


@pytest.mark.parametrize(("parsed", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_refused_with_a_reason_and_nothing_written(parsed, reason):
    with pytest.raises(Refused, match=reason):
        ingest(parsed, source="The Courier")
    assert (Article.objects.count(), Source.objects.count(), jobs()) == (0, 0, [])


def test_long_fields_are_cut():
    article = ingest(replace(PARSED, title="t" * 600, byline="b" * 400, published_original="d" * 200)).article
    assert (len(article.title), len(article.byline), len(article.published_original)) == (500, 300, 100)
    assert article.title.endswith("…")


def test_a_lost_database_is_no_refusal(monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(module, "_enqueue", fail)
    with pytest.raises(OperationalError):
        ingest(PARSED)


def test_known_article_costs_few_queries(django_assert_num_queries):
    ingest(PARSED, source="The Courier")
    connection.queries_log.clear()
    with django_assert_num_queries(4):  # savepoint, source, article, release
        ingest(PARSED, source="The Courier")
