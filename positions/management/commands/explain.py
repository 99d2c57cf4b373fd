"""Print one article with what was found in it, why, and what was considered and dropped."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from positions.extraction.explain import explain
from positions.extraction.interchange import BadLine, read_documents
from positions.extraction.pipeline import build
from positions.extraction.types import Document


class Command(BaseCommand):
    help = "Explain what is found in FILE: a plain text (title first), or articles.jsonl with --id."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--id", dest="wanted", metavar="ID", help="which article of a JSON-lines file")

    def handle(self, *args: Any, file: Path, wanted: str | None, **options: Any) -> None:
        try:
            document = _document(file, wanted)
        except (OSError, BadLine) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(explain(document, build(settings.DIPWATCH_SPACY_MODEL)))


def _document(file: Path, wanted: str | None) -> Document:
    if file.suffix == ".jsonl":
        for document in read_documents(file):
            if wanted in (None, document.id):
                return document
        raise BadLine(f"{file}: no article has the id {wanted!r}")
    from articles.parsing import parse_text

    parsed = parse_text(file.read_text(encoding="utf-8"))
    return Document(
        id=file.stem, title=parsed.title, text=parsed.text, published=parsed.published_on,
        speaker=parsed.speaker, standfirst=parsed.standfirst,
    )  # fmt: skip
