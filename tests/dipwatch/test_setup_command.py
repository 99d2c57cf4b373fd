"""`manage.py setup`: what every start of the site does first."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from dipwatch.management.commands import setup
from positions.models import Issue

pytestmark = pytest.mark.django_db


def test_it_may_run_again_and_again() -> None:
    for _ in range(2):
        call_command("setup", stdout=io.StringIO())
    assert Issue.objects.count() == 16


@pytest.mark.parametrize(
    ("demo", "steps"),
    [
        (False, ["migrate", "load_reference"]),
        (True, ["migrate", "load_reference", "make_demo_users", "ingest", "extract_pending"]),
    ],
)
def test_steps_come_in_order(monkeypatch: pytest.MonkeyPatch, demo: bool, steps: list[str]) -> None:
    done: list[str] = []
    monkeypatch.setattr(setup, "call_command", lambda name, **options: done.append(name))
    call_command("setup", demo=demo)
    assert done == steps
