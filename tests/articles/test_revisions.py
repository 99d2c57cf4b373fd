"""The same address with another text is a new version, with what changed; extraction runs again."""

import datetime
from dataclasses import replace

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import revisions
from articles.ingest import Outcome, ingest
from articles.models import Article, Revision
from articles.parsing import parse_text

pytestmark = pytest.mark.django_db

FIRST = replace(
    parse_text(
        "Envoys meet in Ankara\n\n14 March 2017\n\nMoscow said that it backs a truce in Syria.\n\n"
        "London gave no answer on Tuesday.\n\nThe talks go on."
    ),
    url="https://courier.example/ankara",
)
SECOND = replace(FIRST, text=FIRST.text.replace("gave no answer", "welcomed the plan"))
THIRD = replace(FIRST, text=f"{SECOND.text}\n\nWashington has yet to speak.")


def test_changed_page_is_a_new_version():
    first, second = ingest(FIRST), ingest(SECOND)
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.REVISED)
    assert second.article.revision_of == first.article
    assert (second.article.url, second.article.text) == (first.article.url, SECOND.text)
    assert Article.objects.get(pk=first.article.pk).text == FIRST.text
    revision = Revision.objects.get()
    assert (revision.article, revision.previous, revision.number) == (second.article, first.article, 2)
    assert (revision.words_added, revision.words_removed) == (3, 3)
    assert revision.difference.splitlines()[1:] == [
        " Moscow said that it backs a truce in Syria.",
        "-London gave no answer on Tuesday.",
        "+London welcomed the plan on Tuesday.",
        " The talks go on.",
    ]


def test_extraction_runs_again():
    pks = [ingest(parsed).article.pk for parsed in (FIRST, SECOND)]
    assert [job.args["article_id"] for job in ProcrastinateJob.objects.order_by("pk")] == pks


def test_the_old_version_no_longer_counts():
    first, second, third = (ingest(parsed).article for parsed in (FIRST, SECOND, THIRD))
    assert list(Article.objects.leads()) == [third]
    assert set(third.copies.all()) == {first, second}
    assert [revision.number for revision in Revision.objects.order_by("pk")] == [2, 3]


def test_of_a_page_dated_to_another_day_both_versions_count():
    """A page that reports day by day is no correction of itself."""
    ingest(FIRST)
    later = datetime.datetime(2017, 3, 15, tzinfo=datetime.UTC)
    second = ingest(replace(SECOND, published_on=later.date(), published_at=later)).article
    assert second.revision_of
    assert Article.objects.leads().count() == 2


def test_a_version_without_a_date_keeps_the_date():
    ingest(FIRST)
    undated = replace(
        SECOND, published_on=None, published_at=None, published_precision="unknown", published_original=""
    )
    assert str(ingest(undated).article.published_on) == "2017-03-14"


SAME = {
    "the same": FIRST,
    "other marks": replace(FIRST, text=FIRST.text.replace(".", " …").replace("said that", "“said” that")),
    "other paragraphs": replace(FIRST, text=FIRST.text.replace("\n\n", " ")),
}


@pytest.mark.parametrize("again", SAME.values(), ids=SAME)
def test_the_same_words_are_no_new_version(again):
    ingest(FIRST)
    assert ingest(again).outcome == Outcome.KNOWN
    assert not Revision.objects.exists()


def test_a_page_that_goes_back_and_forth_makes_no_endless_versions():
    outcomes = [ingest(parsed).outcome for parsed in (FIRST, SECOND, FIRST, SECOND)]
    assert outcomes == ["new", "revised", "known", "known"]


def test_a_new_version_takes_over_the_copies_of_the_old():
    old = ingest(FIRST).article
    copy = ingest(replace(FIRST, url="https://gazette.example/truce", outlet="Gazette")).article
    assert Article.objects.get(pk=copy.pk).lead == old
    new = ingest(SECOND).article
    # The copy repeats the old words and now stands for itself, unless it is like the new ones too.
    found = {article.pk: article.lead_id for article in Article.objects.all()}
    assert found == {copy.pk: None, new.pk: None, old.pk: new.pk}


def test_difference_is_of_paragraphs():
    assert revisions.difference("a\n\nb\n\nc", "a\n\nc").splitlines() == ["@@ -1,3 +1,2 @@", " a", "-b", " c"]


def test_admin_shows_what_changed(admin_client):
    ingest(FIRST)
    new = ingest(replace(SECOND, text=SECOND.text.replace("welcomed", "<b>welcomed</b>"))).article
    revision = Revision.objects.get()
    page = admin_client.get(reverse("admin:articles_revision_change", args=[revision.pk])).content.decode()
    assert "<del>London gave no answer on Tuesday.</del>" in page
    assert "<ins>London &lt;b&gt;welcomed&lt;/b&gt; the plan on Tuesday.</ins>" in page
    listed = admin_client.get(reverse("admin:articles_revision_changelist")).content.decode()
    assert str(new) in listed
    assert admin_client.get(reverse("admin:articles_revision_add")).status_code == 403
