"""Reads articles from files, folders and archives into the database."""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles import files
from articles.ingest import Refused, SetAside, ingest
from articles.models import Article, Source
from articles.sample import FOLDER

INTERRUPTED = 130  # exit status, as of a shell
_NOTABLE = {
    "left out": "files that hold no articles",
    "revised": "pages whose text has changed",
    "set aside": "pages that are no articles to be read",
}


class Command(BaseCommand):
    help = (
        "Reads articles from .txt, .html, .docx, .pdf, .md, .jsonl and .csv files (also .gz), folders and .zip "
        "archives."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="a file, a folder or a .zip archive"
        )
        parser.add_argument("--source", default="", help="name or slug of the source, made if there is none; "
                            "without it the one that the article names")  # fmt: skip
        parser.add_argument(
            "--kind", default="", choices=Article.Kind.values, help="what all the articles are"
        )
        parser.add_argument(
            "--sample", action="store_true", help="the sample articles that come with the project"
        )

    def handle(self, *, paths: list[Path], source: str, kind: str, sample: bool, **options: Any) -> None:
        if not paths and not sample:
            raise CommandError("Name at least one file or folder, or use --sample.")
        logging.getLogger("procrastinate.jobs").setLevel(logging.WARNING)  # it tells of every job it takes
        # By the name they are asked for: each is looked up once.
        self._sources: dict[str, Source] = {}
        counts: Counter[str] = Counter(new=0, known=0, failed=0)
        where = [*paths, *([FOLDER] if sample else [])]
        try:
            for row in self._with_progress(where, counts):
                in_sample = sample and Path(row.file).parent == FOLDER
                source_kind = Source.Kind.SAMPLE if in_sample else ""
                counts[self._store(row, source=source, source_kind=source_kind, kind=kind)] += 1
        except KeyboardInterrupt:
            self._say("Interrupted. Run it again to go on: what is stored is known then.")
            sys.exit(INTERRUPTED)
        finally:  # also when interrupted or without a database: what is counted is stored
            for outcome, what in _NOTABLE.items():
                if counts[outcome]:
                    self.stdout.write(f"{outcome} {counts[outcome]} {what}")
            self.stdout.write(f"new {counts['new']}, known {counts['known']}, failed {counts['failed']}")
        if counts["failed"]:
            sys.exit(1)

    def _store(self, row: files.Row, source: str, **how: str) -> str:
        """What became of the row: new, known, revised, set aside, failed or left out."""
        try:
            article = row.parse()
            name = source or article.outlet
            result = ingest(article, source=self._sources.get(name, name), **how)
            if name not in self._sources:
                self._sources[name] = result.article.source
        except files.LeftOut:
            return "left out"
        except files.FileProblem as problem:
            self._say(str(problem))
        except Refused as refusal:
            self._say(f"{row.file}:{row.line}: {refusal}")
            if isinstance(refusal, SetAside) and article.text:
                return "set aside"
        else:
            return result.outcome
        return "failed"

    def _with_progress(self, paths: list[Path], counts: Counter[str]):
        """The rows, with a bar on a terminal that shows articles per second and time left."""
        if not sys.stderr.isatty():
            yield from files.rows(paths)
            return
        total = sum(1 for _ in files.rows(paths))
        with tqdm(
            files.rows(paths), total=total, unit=" articles", dynamic_ncols=True, desc="Ingesting"
        ) as bar:
            for row in bar:
                yield row
                bar.set_postfix({name: counts[name] for name in ("new", "known", "failed")}, refresh=False)

    def _say(self, line: str) -> None:
        with tqdm.external_write_mode(file=sys.stderr):
            self.stderr.write(line)
