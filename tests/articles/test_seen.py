"""Pages that are not kept are noted with the reason; what is not about the subject is kept without a job."""

from dataclasses import replace

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.ingest import Refused, SetAside, ingest
from articles.models import Article, Seen
from articles.parsing import Verdict, parse_text
from positions.relevance import is_relevant

pytestmark = pytest.mark.django_db

HARBOUR = replace(parse_text("Harbour fees rise\n\n14 March 2017\n\nFees rise for the third year in a row."),
                  url="https://courier.example/harbour", outlet="The Courier")  # fmt: skip
SYRIA = replace(HARBOUR, text="Moscow spoke of a truce in Syria.", url="https://courier.example/truce")
ASIDE = [
    (Verdict.PAYWALLED, "shows 30 words and asks for a subscription to read on"),
    (Verdict.NOT_ENGLISH, "is written in another language (fr)"),
    (Verdict.NO_ARTICLE, "is a list of links"),
]


@pytest.mark.parametrize(("verdict", "why"), ASIDE)
def test_page_is_noted_once_and_not_kept(verdict, why):
    page = replace(SYRIA, verdict=verdict, why=why)
    for _ in range(2):
        with pytest.raises(SetAside, match="page") as raised:
            ingest(page)
        assert (raised.value.reason, raised.value.why) == (verdict, why)
    noted = Seen.objects.get()
    assert (noted.key, noted.reason, noted.why, noted.title) == (SYRIA.url, verdict, why, "Harbour fees rise")
    assert (noted.source.name, str(noted.published_on)) == ("The Courier", "2017-03-14")
    assert not Article.objects.exists()
    assert issubclass(SetAside, Refused)


def test_reasons_are_those_of_the_parser():
    assert {str(verdict) for verdict in Verdict if verdict} | {"irrelevant"} == set(Seen.Reason.values)


def test_page_that_can_be_read_later_is_no_longer_noted():
    with pytest.raises(SetAside):
        ingest(replace(SYRIA, verdict=Verdict.PAYWALLED, why="asks for a subscription"))
    ingest(SYRIA)
    assert (Article.objects.count(), Seen.objects.count()) == (1, 0)


def test_page_that_was_read_before_stays_an_article():
    ingest(SYRIA)
    with pytest.raises(SetAside):
        ingest(replace(SYRIA, verdict=Verdict.PAYWALLED, why="asks for a subscription"))
    assert (Article.objects.count(), Seen.objects.count()) == (1, 0)


def test_irrelevant_article_is_kept_without_a_job():
    assert not ingest(HARBOUR).article.relevant
    assert ingest(SYRIA).article.relevant
    assert ProcrastinateJob.objects.count() == 1
    assert [article.url for article in Article.objects.relevant()] == [SYRIA.url]


def test_irrelevant_article_is_only_noted_where_so_much_comes_in():
    with pytest.raises(SetAside):
        ingest(HARBOUR, keep_irrelevant=False)
    ingest(SYRIA, keep_irrelevant=False)
    assert [article.url for article in Article.objects.all()] == [SYRIA.url]
    assert [(noted.key, noted.reason) for noted in Seen.objects.all()] == [(HARBOUR.url, "irrelevant")]


def test_admin_lists_what_was_not_kept(admin_client):
    with pytest.raises(SetAside):
        ingest(HARBOUR, keep_irrelevant=False)
    page = admin_client.get(reverse("admin:articles_seen_changelist")).content.decode()
    assert "Harbour fees rise" in page
    assert "is not about the subject" in page
    assert admin_client.get(reverse("admin:articles_seen_add")).status_code == 403


TEXTS = [  # (text, speaker, relevant)
    ("Moscow backs a truce in Syria.", "", True),
    ("Mr Lavrov said that Assad’s future is for others to decide, Sergei Lavrov’s aides added.", "", True),
    ("British jets struck Raqqa.", "", True),
    ("The Security Council met on Idlib.", "", True),
    (
        "We urge all sides to end the fighting in Aleppo.",
        "Foreign Minister",
        True,
    ),  # its source speaks for an actor
    ("Paris urges all sides to end the fighting in Aleppo.", "", False),
    ("Moscow raised its harbour fees.", "", False),
    ("We raised our harbour fees.", "Foreign Minister", False),
    ("Assyrian art was shown in Moscow.", "", False),  # only whole words count
    ("Syrian grain reached Musk's trucks.", "", False),
    ("", "", False),
]


@pytest.mark.parametrize(("text", "speaker", "relevant"), TEXTS)
def test_relevance(text, speaker, relevant):
    assert is_relevant("A headline", text, speaker) is relevant


def test_relevance_counts_the_headline():
    assert is_relevant("Russia on Syria", "They spoke at length.")
