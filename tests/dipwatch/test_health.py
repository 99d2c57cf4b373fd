"""What load balancers see."""

from __future__ import annotations

import datetime

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from positions import tasks

pytestmark = pytest.mark.django_db


def test_an_empty_queue_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "queue": {"due": 0, "oldest_seconds": 0}}


def test_it_tells_how_long_the_oldest_due_job_waits(client: Client) -> None:
    now = timezone.now()
    for age in (datetime.timedelta(minutes=5), datetime.timedelta(minutes=1), -datetime.timedelta(hours=1)):
        app.configure_task(tasks.EXTRACT, schedule_at=now - age).defer(article_id=1)
    queue = client.get("/healthz").json()["queue"]
    assert queue["due"] == 2
    assert 299 <= queue["oldest_seconds"] <= 330


def test_a_job_without_a_time_counts_from_when_it_was_enqueued(client: Client) -> None:
    app.configure_task(tasks.EXTRACT).defer(article_id=1)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = at - interval '90 seconds'")
    assert ProcrastinateJob.objects.count() == 1
    assert 90 <= client.get("/healthz").json()["queue"]["oldest_seconds"] <= 120


def test_without_a_database_it_is_unavailable(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("dipwatch.health.connection.cursor", refuse)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "unreachable or not migrated"})
