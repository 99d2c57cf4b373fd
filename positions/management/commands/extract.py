"""Extract stances from a file of articles, without any database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from positions.extraction.interchange import BadLine, finding_row, read_documents, statement_row
from positions.extraction.pipeline import build, stream
from positions.extraction.types import Extraction


class Command(BaseCommand):
    help = "Read articles (JSON lines: id, title, published, source, text, speaker) and write their stances."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--input", dest="articles", metavar="INPUT", type=Path, required=True, help="articles.jsonl"
        )
        parser.add_argument("--output", type=Path, required=True, help="where the stances go, one a line")
        parser.add_argument("--statements", type=Path, help="also write every attributed statement here")

    def handle(
        self, *args: Any, articles: Path, output: Path, statements: Path | None, **options: Any
    ) -> None:
        try:
            documents = list(read_documents(articles))
        except (OSError, BadLine) as error:
            raise CommandError(str(error)) from error
        pipeline = build(settings.DIPWATCH_SPACY_MODEL)
        if pipeline.notice:
            self.stderr.write(self.style.WARNING(pipeline.notice))
        bar = tqdm(stream(pipeline, documents), total=len(documents), unit="article", disable=None)
        found = 0
        with output.open("w", encoding="utf-8") as out, _opened(statements) as told:
            for extraction in bar:
                found += len(extraction.findings)
                _write(extraction, out, told)
        self.stdout.write(f"{len(documents)} articles read, {found} stances written to {output}")


def _write(extraction: Extraction, out: TextIO, told: TextIO | None) -> None:
    for finding in extraction.findings:
        out.write(json.dumps(finding_row(finding, extraction.document), ensure_ascii=False) + "\n")
    if told is not None:
        for statement in extraction.statements:
            told.write(json.dumps(statement_row(statement, extraction.document), ensure_ascii=False) + "\n")


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO | None]:
    """Open a file where a path is given, else stand for None."""
    if path is None:
        yield None
        return
    with path.open("w", encoding="utf-8") as file:
        yield file
