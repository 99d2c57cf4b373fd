"""The project's own Postgres: starts once, survives being killed, stops when nobody needs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from dipwatch import database
from dipwatch.database import Cluster, ClusterError, django_database, main, socket_folder

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("pg"))
    yield cluster
    cluster.stop()


def server_pid(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def start_in_process(cluster: Cluster) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dipwatch.database", "start", str(cluster.folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)


def test_two_starters_at_once_make_one_cluster(cluster: Cluster) -> None:
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(start_in_process, [cluster, cluster]))
    assert [(run.returncode, run.stderr) for run in done] == [(0, ""), (0, "")]
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("select current_database()").fetchone() == ("dipwatch",)


def test_committed_rows_survive_kill_9(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("create table if not exists kept (n int)")
        connection.execute("insert into kept select generate_series(1, 1000)")
    os.kill(server_pid(cluster), signal.SIGKILL)
    end = time.monotonic() + 10
    while cluster.answers() and time.monotonic() < end:
        time.sleep(0.05)
    cluster.start()
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1000,)


def test_starting_again_leaves_the_server_alone(cluster: Cluster) -> None:
    cluster.start()
    before = server_pid(cluster)
    cluster.start()
    assert server_pid(cluster) == before


def test_release_waits_for_the_last_connection(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(cluster.url()):
        cluster.release()
        assert cluster.running()
    cluster.release()
    assert not cluster.running()
    cluster.release()  # Once more does no harm.


def test_it_knows_letters_beyond_ascii_and_its_extensions(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("create extension if not exists unaccent")
        connection.execute("create extension if not exists pg_trgm")
        row = connection.execute("select lower('ÉRDOĞAN'), unaccent('Erdoğan'), 'й' ilike 'Й'").fetchone()
    assert row == ("érdoğan", "Erdogan", True)


def test_only_its_owner_can_reach_it(cluster: Cluster) -> None:
    cluster.start()
    modes = {place.name: oct(place.stat().st_mode & 0o777) for place in (cluster.folder, cluster.socket)}
    assert set(modes.values()) == {"0o700"}, modes
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_data_of_another_version_is_left_alone(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    version = cluster.data / "PG_VERSION"
    right = version.read_text()
    version.write_text("17\n")
    try:
        with pytest.raises(ClusterError, match=r"made by Postgres 17, installed is 18.*\./run backup"):
            cluster.start()
    finally:
        version.write_text(right)


def test_half_made_data_is_made_anew(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, durable=False)
    cluster.data.mkdir()
    (cluster.data / "rubbish").write_text("initdb was killed here")
    cluster.start()
    cluster.stop()
    assert not (cluster.data / "rubbish").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
@pytest.mark.parametrize("program", ["unshare", "setpriv"])
def test_root_becomes_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Even below a folder that only root may enter, as /root is."""
    monkeypatch.setattr(
        database, "NOT_ROOT", [prefix for prefix in database.NOT_ROOT if prefix[0] == program]
    )
    if subprocess.run([*database.NOT_ROOT[0], "true"], capture_output=True).returncode:
        pytest.skip(f"{program} is not allowed on this machine")
    tmp_path.chmod(0o700)
    cluster = Cluster(tmp_path / "pg", durable=False)
    cluster.start()
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    cluster.stop()


def test_where_root_cannot_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "NOT_ROOT", [["false"]])
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(ClusterError, match="be another user, or set DATABASE_URL"):
        database.without_root()


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 100)
    assert len(str(socket_folder(deep))) < 85
    assert socket_folder(deep) != socket_folder(tmp_path / ("y" * 100))
    assert socket_folder(Path("/srv/d/var/pg")) == Path("/srv/d/var/pg/s")


URLS = [
    # url, name, user, password, host, port, further options
    ("postgresql://u:p%40ss@db.example:6543/news", "news", "u", "p@ss", "db.example", "6543", {}),
    (
        "postgresql://u@db.example/news?sslmode=require",
        "news",
        "u",
        "",
        "db.example",
        "",
        {"sslmode": "require"},
    ),
    ("postgresql://u@/news?host=/run/postgresql", "news", "u", "", "/run/postgresql", "", {}),
]


@pytest.mark.parametrize(("url", "name", "user", "password", "host", "port", "options"), URLS)
def test_database_url(
    url: str, name: str, user: str, password: str, host: str, port: str, options: dict[str, str]
) -> None:
    entry = django_database(url, Path("unused"), {"max_size": 3})
    wanted = {"NAME": name, "USER": user, "PASSWORD": password, "HOST": host, "PORT": port}
    assert {key: entry[key] for key in wanted} == wanted
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert entry["OPTIONS"] == {**options, "pool": {"max_size": 3}}


def test_a_bad_database_url_says_what_to_set() -> None:
    with pytest.raises(ClusterError, match="DATABASE_URL"):
        django_database("mysql://x", Path("unused"), {})


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["status", str(tmp_path)]) == 1
    assert main(["url", str(tmp_path)]) == 0
    assert f"host={socket_folder(tmp_path)}" in capsys.readouterr().out
