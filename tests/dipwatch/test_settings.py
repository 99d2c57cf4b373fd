"""Settings as a whole, read by a fresh process as a deployment would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "DIPWATCH_PRODUCTION": "1",
    "DIPWATCH_SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DIPWATCH_HOSTS": "dipwatch.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs manage.py with this environment alone."""
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith(("DIPWATCH_", "DJANGO_"))
    }
    keep.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**keep, **environment}, capture_output=True, text=True, timeout=240
    )


@pytest.mark.django_db
def test_deploy_checks_are_clean_in_production() -> None:
    done = manage(
        "check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION, DATABASE_URL=os.environ["DATABASE_URL"]
    )
    assert (done.returncode, done.stderr) == (0, "")


MISSING = [
    ("DIPWATCH_SECRET_KEY", "Set the environment variable DIPWATCH_SECRET_KEY."),
    ("DIPWATCH_HOSTS", "Set the environment variable DIPWATCH_HOSTS."),
    ("DATABASE_URL", "Set the environment variable DATABASE_URL."),
]


@pytest.mark.parametrize(("name", "message"), MISSING)
def test_production_guesses_nothing(name: str, message: str) -> None:
    environment = {**PRODUCTION, "DATABASE_URL": "postgresql://u@nowhere.invalid/d"}
    del environment[name]
    done = manage("check", **environment)
    assert done.returncode != 0
    assert message in done.stderr


def test_production_refuses_debug() -> None:
    done = manage("check", **PRODUCTION, DATABASE_URL="postgresql://u@nowhere.invalid/d", DIPWATCH_DEBUG="1")
    assert done.returncode != 0
    assert "Unset DIPWATCH_DEBUG" in done.stderr


def test_local_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    show = ("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")
    keys = {manage(*show, DIPWATCH_VAR=str(tmp_path)).stdout.strip() for _ in range(2)}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert oct((tmp_path / "secret-key").stat().st_mode & 0o777) == "0o600"


def test_checks_need_no_database(tmp_path: Path) -> None:
    assert manage("check", DIPWATCH_VAR=str(tmp_path)).returncode == 0
    assert not (tmp_path / "pg").exists()


def test_the_first_connection_starts_the_database(tmp_path: Path) -> None:
    query = "from django.db import connection as c; k = c.cursor(); k.execute('select 41 + 1'); print(k.fetchone())"
    try:
        done = manage("shell", "--no-imports", "-c", query, DIPWATCH_VAR=str(tmp_path))
        assert (done.stdout, done.stderr) == ("(42,)\n", "")
    finally:
        subprocess.run(
            [sys.executable, "-m", "dipwatch.database", "stop", str(tmp_path / "pg")], cwd=ROOT, check=True
        )


def test_every_variable_is_in_the_example_file() -> None:
    read = set()
    for place in ("dipwatch/settings.py", "gunicorn.conf.py", "run", "docker-compose.yml"):
        read |= set(
            re.findall(r"""(?:["'({]|\$\{)(DIPWATCH_[A-Z_]+|DATABASE_URL)\b""", (ROOT / place).read_text())
        )
    example = (ROOT / ".env.example").read_text()
    settings_only = {"DIPWATCH_ON_INGEST"}
    assert sorted(name for name in read - settings_only if f"# {name}=" not in example) == []


def test_settings_stay_short() -> None:
    assert len((ROOT / "dipwatch" / "settings.py").read_text().splitlines()) < 200
