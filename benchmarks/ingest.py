"""How many articles a second are taken in from JSON lines, copies grouped and jobs enqueued, without extraction.

    python benchmarks/ingest.py [COUNT]

Makes a file of COUNT articles (10,000 unless told) of 150 to 1,200 words from a vocabulary of 30,000, one in twenty a
copy of another of its day, and takes it in with one process into a throw-away Postgres that writes to disk as a real
one does. Prints the rate of every tenth of the way: a rate that falls would not be linear. Run it on a quiet machine.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dipwatch.database import Cluster

ABOUT = "Moscow and London spoke of a truce in Syria, the ministry in Damascus said."
START = datetime.date(2011, 3, 15)
DAYS = 5_000
COPIES = 0.05


def made(count: int) -> Iterator[dict]:
    """`count` articles; the vocabulary is as uneven as that of a language."""
    rng = random.Random(1)
    words = ["".join(rng.choices("aeioulnrstdmkpbgvfhw", k=rng.randint(2, 11))) for _ in range(30_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    last: dict = {}
    for number in range(count):
        if last and rng.random() < COPIES:
            text, day = f"{last['text']} Our correspondent adds a line.", last["published"]
        else:
            said = rng.choices(words, weights, k=rng.randint(150, 1_200))
            text = "\n\n".join(" ".join(part) for part in batched([*ABOUT.split(), *said], 60))
            day = str(START + datetime.timedelta(days=rng.randrange(DAYS)))
        last = {"title": f"Headline {number} of the day", "text": text, "published": day,
                "url": f"https://courier.example/{number}", "source": f"Outlet {rng.randrange(40)}"}  # fmt: skip
        yield last


def measure(path: Path, count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from articles import files
    from articles.ingest import Refused, ingest
    from articles.models import Article

    call_command("migrate", verbosity=0)
    step, at, started = max(1, count // 10), [0], time.perf_counter()
    marks = [started]

    def tell(articles: int) -> None:
        if articles >= at[0] + step:
            marks.append(time.perf_counter())
            print(f"{articles:>9,}  {(articles - at[0]) / (marks[-1] - marks[-2]):6.0f} a second", flush=True)
            at[0] = articles

    sources: dict = {}
    for number, row in enumerate(files.rows([path]), 1):
        parsed = row.parse()
        try:
            sources[parsed.outlet] = ingest(parsed, source=sources.get(parsed.outlet, "")).article.source
        except Refused as refusal:
            print(refusal)
        tell(number)
    seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        [size] = cursor.fetchone()
    copies = Article.objects.filter(lead__isnull=False).count()
    print(f"{count:,} articles in {seconds:.0f} s: {count / seconds:.0f} a second; {copies} copies; {size}")


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the throw-away Postgres is stopped all the same
    folder = Path(tempfile.mkdtemp(prefix="dipwatch-benchmark-"))
    cluster = Cluster(folder / "pg")
    try:
        cluster.start()
        os.environ.update(DATABASE_URL=cluster.url("postgres"), DJANGO_SETTINGS_MODULE="dipwatch.settings",
                          DIPWATCH_LOG_LEVEL="WARNING")  # fmt: skip
        with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in made(wanted))
        measure(folder / "articles.jsonl", wanted)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
