"""`manage.py ingest`: counts, reasons, exit status, and what a kill leaves behind."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Article, Source
from articles.sample import samples

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
TEXT = "Envoys meet in Ankara\n\n14 March 2017\n\nThey spoke of Syria in Moscow and parted without a text."


def run(*arguments):
    """(exit status, standard output, standard error)"""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("ingest", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        status = stop.code
    return status, out.getvalue(), err.getvalue()


def rows_file(path, count):
    same = {"source": "Wire", "published": "2017-03-14"}
    rows = (
        {**same, "title": f"Article {number}", "text": f"Moscow and Damascus met {number} times."}
        for number in range(count)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.mark.django_db
def test_new_then_known(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "notes.doc").write_text("x")
    left_out = "left out 1 files that hold no articles\n"
    assert run(tmp_path, "--source", "The Courier") == (0, f"{left_out}new 1, known 0, failed 0\n", "")
    assert run(tmp_path, "--source", "the-courier") == (0, f"{left_out}new 0, known 1, failed 0\n", "")
    assert (Article.objects.get().source.name, ProcrastinateJob.objects.count()) == ("The Courier", 1)


@pytest.mark.django_db
def test_bad_rows_are_told_and_the_rest_is_stored(tmp_path):
    rows = rows_file(tmp_path / "rows.jsonl", 3)
    lines = rows.read_text().splitlines()
    rows.write_text("\n".join([lines[0], "{", lines[1].replace("Article 1", ""), lines[2]]))
    status, out, err = run(rows, tmp_path / "gone.txt")
    assert (status, out) == (1, "new 2, known 0, failed 3\n")
    assert [line.removeprefix(f"{tmp_path}/") for line in err.splitlines()] == [
        "rows.jsonl:2: is no JSON: Expecting property name enclosed in double quotes at character 2",
        "rows.jsonl:3: has no title",
        "gone.txt:1: no such file or folder",
    ]
    assert set(Article.objects.values_list("title", flat=True)) == {"Article 0", "Article 2"}


@pytest.mark.django_db
def test_kind_is_given_to_all(tmp_path):
    run(rows_file(tmp_path / "rows.jsonl", 2), "--kind", "opinion")
    assert set(Article.objects.values_list("kind", flat=True)) == {"opinion"}


@pytest.mark.django_db
def test_sample_corpus():
    expected = list(samples())
    status, out, _ = run("--sample")
    assert (status, out.splitlines()[-1]) == (0, f"new {len(expected)}, known 0, failed 0")
    assert Article.objects.count() == len(expected) > 90
    assert set(Source.objects.values_list("kind", flat=True)) == {Source.Kind.SAMPLE}
    assert set(Source.objects.values_list("name", flat=True)) == {
        sample.article.outlet for sample in expected
    }
    official = Article.objects.filter(kind="official")
    assert official.count() == sum(bool(sample.article.speaker) for sample in expected) > 0
    assert not Article.objects.exclude(published_precision="minute").exists()
    assert run("--sample")[1].endswith(f"new 0, known {len(expected)}, failed 0\n")


@pytest.mark.django_db
def test_no_path_says_what_to_do():
    with pytest.raises(CommandError, match="Name at least one file or folder"):
        call_command("ingest")


@pytest.mark.django_db
def test_seeds(shared):
    assert run(*sorted((shared / "seeds").glob("*.txt")))[:2] == (0, "new 2, known 0, failed 0\n")
    assert run(*sorted((shared / "seeds").glob("*.txt")))[:2] == (0, "new 0, known 2, failed 0\n")


def committed():
    """(articles, jobs) that another connection sees."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM articles_article), (SELECT count(*) FROM procrastinate_jobs)"
        )
        return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_run_again(tmp_path):
    """Whenever it is killed, each article has its job; and run again, everything is there once."""
    if not os.environ.get("DATABASE_URL"):
        pytest.skip("the test database cannot be named to another process")
    count = 600
    path = rows_file(tmp_path / "rows.jsonl", count)
    for stop_at in (1, count // 3):
        process = subprocess.Popen(
            [*MANAGE, "ingest", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while committed()[0] < stop_at and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL  # it was still at work
        stored, jobs = committed()
        assert stop_at <= stored < count
        assert jobs == stored
    done = subprocess.run([*MANAGE, "ingest", str(path)], capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout == f"new {count - stored}, known {stored}, failed 0\n"
    assert committed() == (count, count)
    assert Article.objects.values("title").distinct().count() == count
    connections.close_all()
