"""What all tests share: a throw-away database, a browser, the folder of shared texts."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dipwatch.database import Cluster

ROOT = Path(__file__).resolve().parent.parent

# Playwright runs an event loop in the test's thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config: pytest.Config) -> None:
    """Static files are found where they lie: tests neither collect them nor need their hashed names."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's event loop, once started, runs till the session ends, and code that starts
    a loop of its own (the queue's worker) cannot run beside it."""
    items.sort(key=lambda item: "/browser/" in item.path.as_posix())


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Puts the test database into a cluster of its own without fsync, unless DATABASE_URL names a server.

    Programs that a test starts find the same database through DATABASE_URL.
    """
    from django.db import connections

    if os.environ.get("DATABASE_URL"):
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="dipwatch-test-"))
    cluster = Cluster(folder, durable=False)
    cluster.start()
    connections["default"].settings_dict.update(CLUSTER=str(folder), HOST=str(cluster.socket))
    os.environ["DATABASE_URL"] = cluster.url("test_dipwatch")
    yield
    del os.environ["DATABASE_URL"]
    cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launches the machine's own Chromium, kept from talking to anybody."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no browser: install chromium to run the browser tests")
    quiet = [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    return {**browser_type_launch_args, "executable_path": found, "chromium_sandbox": False, "args": quiet}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts that may not be part of the project, beside it; skips where it is missing."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"needs the folder {folder}, which is not part of the project")
    return folder
