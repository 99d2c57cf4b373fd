"""The queue: what jobs do, what happens when one fails, and what when a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.conninfo import make_conninfo

from articles.models import Article
from positions import tallies, tasks
from positions.models import ExtractionRun, Statement
from tests.factories import make_actor, make_article, make_issue, make_source
from tests.positions.engines import Fixed


@pytest.fixture(autouse=True)
def queue(db):
    """An empty queue: Django knows nothing of its tables and does not empty them between tests."""
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


@pytest.fixture
def reference(db):
    make_actor("UK")
    make_issue("sanctions")


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(tasks, "engine", Fixed)


def jobs() -> dict[int, str]:
    rows = ProcrastinateJob.objects.filter(task_name=tasks.EXTRACT).order_by("pk")
    return {row.args["article_id"]: row.status for row in rows}


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


class TestExtractArticle:
    def test_records_what_was_found(self, reference, engine):
        article = make_article()
        tasks.extract_article(article.pk)
        assert article.statements.get().evidence == "London wil"
        assert (article.extraction.status, article.extraction.engine) == ("done", "fixed/1")

    def test_failure_is_recorded(self, reference, engine):
        article = make_article(title="broken")
        with pytest.raises(ValueError, match="cannot read"):
            tasks.extract_article(article.pk)
        assert (article.extraction.status, article.extraction.error) == (
            "failed",
            "ValueError: cannot read this",
        )

    def test_failure_that_may_pass_is_left_to_the_next_attempt(self, reference, engine):
        article = make_article(title="locked")
        with pytest.raises(OSError, match="disk"):
            tasks.extract_article(article.pk)
        assert not ExtractionRun.objects.exists()

    def test_finding_without_reference_data_is_a_failure(self, db, engine):
        article = make_article()
        with pytest.raises(ValueError, match="actor 'UK' is not in the database"):
            tasks.extract_article(article.pk)
        assert article.extraction.status == "failed"

    def test_deleted_article(self, db, engine):
        tasks.extract_article(4711)


@pytest.mark.django_db
def test_document_of_official_source():
    source = make_source(kind="official", speaker="Ministry of Foreign Affairs")
    article = make_article(source, kind="official", standfirst="In short.")
    document = tasks.document_of(Article.objects.get(pk=article.pk))
    assert (document.id, document.kind, document.source) == (str(article.pk), "official", "The Courier")
    assert (document.speaker, document.standfirst) == ("Ministry of Foreign Affairs", "In short.")
    assert (document.text, document.published) == (article.text, article.published_on)


class TestReextract:
    def test_queues_each_article_once(self, db):
        one, two = make_article(), make_article(make_source("the-herald"))
        assert run("reextract", "--source", "the-herald") == "1 articles queued, 0 were waiting already.\n"
        assert run("reextract", "--all") == "1 articles queued, 1 were waiting already.\n"
        assert run("reextract", "--article", str(one.pk)) == "0 articles queued, 1 were waiting already.\n"
        assert set(ProcrastinateJob.objects.values_list("lock", flat=True)) == {
            f"article-{one.pk}",
            f"article-{two.pk}",
        }

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--source", "the-herald"], "No source 'the-herald'. There are: the-courier."),
            (["--article", "4711"], "No article 4711."),
            ([], "one of the arguments --article --source --all is required"),
        ],
    )
    def test_says_what_is_wrong(self, db, arguments, message):
        make_source()
        with pytest.raises(CommandError, match=message):
            run("reextract", *arguments)


@pytest.mark.parametrize(
    ("attempts", "status"), [(0, "todo"), (tasks.ATTEMPTS - 1, "todo"), (tasks.ATTEMPTS, "failed")]
)
@pytest.mark.django_db
def test_job_of_a_dead_worker_is_put_back_a_few_times(attempts, status):
    article = make_article()
    tasks.defer_extraction([article.pk])
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing', attempts = %s", [attempts])
    async_to_sync(tasks.requeue_stalled.func)(timestamp=0)
    assert jobs() == {article.pk: status}


@pytest.mark.django_db
def test_job_of_a_living_worker_is_left_alone():
    article = make_article()
    tasks.defer_extraction([article.pk])
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values returning id")
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s", cursor.fetchone())
    async_to_sync(tasks.requeue_stalled.func)(timestamp=0)
    assert jobs() == {article.pk: "doing"}


@pytest.mark.django_db(transaction=True)
class TestExtractPending:
    @pytest.fixture(autouse=True)
    def _ready(self, reference, engine):
        pass

    def test_nothing_to_do(self):
        assert run("extract_pending") == "Nothing to extract.\n"

    def test_works_off_the_queue(self):
        tasks.defer_extraction([make_article().pk for _ in range(5)])
        assert run("extract_pending").startswith("5 articles extracted, 0 failed, in ")
        assert Statement.objects.count() == 5

    def test_names_what_failed(self):
        good, bad = make_article(), make_article(title="broken")
        tasks.defer_extraction([good.pk, bad.pk])
        with pytest.raises(CommandError, match=f"article {bad.pk} “broken”: ValueError: cannot read this"):
            run("extract_pending")
        assert jobs() == {good.pk: "succeeded", bad.pk: "failed"}

    def test_earlier_failures_are_not_told_again(self):
        tasks.defer_extraction([make_article(title="broken").pk])
        with pytest.raises(CommandError):
            run("extract_pending")
        tasks.defer_extraction([make_article().pk])
        assert run("extract_pending").startswith("1 articles extracted, 0 failed")


def program(*arguments: str, engine: str, **more: str) -> subprocess.Popen:
    """Start manage.py on the test database, as a process of its own."""
    environment = {
        "DATABASE_URL": make_conninfo(
            **connection.get_connection_params() | {"cursor_factory": None, "context": None}
        ),
        "DIPWATCH_EXTRACTOR": f"tests.positions.engines.{engine}",
        "DIPWATCH_STALLED_AFTER": "2",
        **more,
    }
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    return subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.django_db(transaction=True)
def test_everything_is_there_once_after_a_worker_was_killed(reference, tmp_path: Path):
    articles = [make_article() for _ in range(6)]
    tasks.defer_extraction([article.pk for article in articles])
    marker = tmp_path / "begun"
    with program("procrastinate", "worker", engine="Hanging", DIPWATCH_TEST_MARKER=str(marker)) as worker:
        wait_for(marker.exists)
        worker.send_signal(signal.SIGKILL)
    assert sorted(jobs().values()) == ["doing", "todo", "todo", "todo", "todo", "todo"]

    with program("extract_pending", engine="Fixed") as one, program("extract_pending", engine="Fixed") as two:
        errors = [process.communicate(timeout=60)[1] for process in (one, two)]
    assert [one.returncode, two.returncode] == [0, 0], errors
    assert set(jobs().values()) == {"succeeded"}
    assert sorted(Statement.objects.values_list("article_id", flat=True)) == [
        article.pk for article in articles
    ]
    assert ExtractionRun.objects.filter(status="done").count() == 6
    assert tallies.differences() == []


def wait_for(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
