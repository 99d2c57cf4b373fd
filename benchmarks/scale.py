"""Server time of the screens with a million stances against ten thousand, in one run.

    python benchmarks/scale.py [--large 1000000] [--small 10000] [--rounds 60] [--keep FOLDER]

Makes a Postgres of its own with a database for each size (benchmarks/generate.py), starts a process for each that
answers requests in memory through all of Django, and asks both in turn, so that other work of the machine bears on
both. Times are those of whole answers, compressed, without the network. Fails where the large one takes more than 1.5
times as long as the small one, or more than 60 ms at the 95th percentile, on the screens that promise it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dipwatch.settings")

TIMES, MILLISECONDS = 1.5, 60
# Screens and whether they promise the limits above; the others are measured to be known.
PATHS = {
    "/": True,
    "/?from=2015-03-10&to=2017-04-20": True,
    "/?asof=2016-06-15": True,
    "/?then=2016-01-15": True,
    "/?reviewed=1": True,
    "/?confidence=0.9": True,
    "/?sort=uk": True,
    "/timeline/": True,
    "/timeline/?issue=assad-departure": True,
    "/?outlet=outlet-1": False,
    "/?pending=1": False,
    "/position/uk/assad-departure/": False,
}


def serve() -> None:
    """Answer the paths that come in, a line each, with a line of milliseconds and bytes."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    # Static files need not be collected to be named.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}

    client = Client(headers={"accept-encoding": "gzip", "host": "localhost"})
    client.force_login(get_user_model().objects.get(username="reader"))
    for line in sys.stdin:
        started = time.perf_counter()
        response = client.get(line.strip())
        spent = 1000 * (time.perf_counter() - started)
        if response.status_code != 200:
            raise SystemExit(f"{line.strip()} answered {response.status_code}")
        print(json.dumps([spent, len(response.content)]), flush=True)


class Server:
    """A process that serves one database."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve"], env={**os.environ, "DATABASE_URL": url}, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, path: str) -> tuple[float, int]:
        print(path, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"The server gave up on {path}; its message stands above.")
        spent, size = json.loads(line)
        return spent, size

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(20)


def prepare(cluster, name: str, stances: int) -> str:
    """Make, migrate and fill the database `name` unless it is there; returns its address."""
    import psycopg

    url = cluster.url(name)
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return url
        connection.execute(f"create database {name}")
    environment = {**os.environ, "DATABASE_URL": url}
    for command in (["manage.py", "migrate", "-v0"], ["benchmarks/generate.py", str(stances)]):
        print(f"{name}: {' '.join(command)}", flush=True)
        subprocess.run([sys.executable, *command], env=environment, cwd=ROOT, check=True)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze")
    return url


def measure(small: Server, large: Server, rounds: int) -> bool:
    """Ask both in turn, print a line a path; returns whether all promises hold."""
    kept = True
    print(f"{'':38} {'small ms':>15} {'large ms':>15} {'times':>11} {'kB':>6}")
    print(f"{'path':38} {'median':>7} {'p95':>7} {'median':>7} {'p95':>7} {'median':>6} {'p95':>4}")
    for path, promised in PATHS.items():
        times: dict[Server, list[float]] = {small: [], large: []}
        for number in range(rounds + 3):  # the first three warm up
            for server in (small, large):
                spent, size = server.ask(path)
                if number >= 3:
                    times[server].append(spent)
        (a, b), (c, d) = (
            (statistics.median(spent), statistics.quantiles(spent, n=20)[-1]) for spent in times.values()
        )
        good = not promised or (c / a <= TIMES and d <= MILLISECONDS)
        kept &= good
        print(
            f"{path:38} {a:7.1f} {b:7.1f} {c:7.1f} {d:7.1f} {c / a:6.2f} {d / b:4.2f} {size / 1000:6.1f}"
            f"{'' if good else '  BROKEN' }{'' if promised else '  not promised'}",
            flush=True,
        )  # fmt: skip
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="folder for the databases, to be used again")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve()
        return 0
    from dipwatch.database import Cluster

    with tempfile.TemporaryDirectory(prefix="dipwatch-benchmark-") as folder:
        cluster = Cluster(options.keep or Path(folder), durable=False)
        cluster.start()
        servers: list[Server] = []
        try:
            urls = [prepare(cluster, f"n{size}", size) for size in (options.small, options.large)]
            servers += [Server(url) for url in urls]
            kept = measure(*servers, options.rounds)
        finally:
            for server in servers:
                server.stop()
            cluster.stop()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
