"""The files that extraction reads and writes: articles in, stances and statements out (codebook.md "File format")."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from positions.extraction.types import Attributed, Document, Finding


class BadLine(ValueError):
    """A line of an articles file cannot be used; the message names file, line and reason."""


def parse_day(value: str | None) -> datetime.date | None:
    """Return the day of "2017-04-10" or a longer ISO time, the first day of "2017-04" or "2017", None of nothing.
    Raises ValueError."""
    if not value:
        return None
    parts = [int(p) for p in str(value)[:10].split("-")]
    return datetime.date(*parts, *([1] * (3 - len(parts))))


def document_of(row: dict[str, Any]) -> Document:
    """Return the document of one line of articles.jsonl. Raises KeyError, ValueError."""
    return Document(
        id=str(row["id"]),
        title=row.get("title") or "",
        text=row["text"],
        published=parse_day(
            row.get("published") or row.get("published_about") or row.get("published_approx")
        ),
        source=row.get("source") or "",
        speaker=row.get("speaker") or "",
        standfirst=row.get("standfirst") or "",
        kind=row.get("kind") or "",
    )


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a JSON-lines file. Raises BadLine, OSError."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield document_of(json.loads(line))
            except KeyError as error:
                raise BadLine(f"{path}:{number}: the field {error} is missing") from error
            except (ValueError, TypeError) as error:
                raise BadLine(f"{path}:{number}: {error}") from error


def finding_row(finding: Finding, document: Document) -> dict[str, Any]:
    """Return one line of stances.jsonl."""
    cut = lambda span: document.text[span[0] : span[1]]  # noqa: E731
    return {
        "article": document.id, "actor": finding.actor, "voice": finding.voice, "speaker": finding.speaker,
        "issue": finding.issue, "stance": finding.stance,
        "date": finding.date.isoformat() if finding.date else None,
        "evidence": cut(finding.evidence), "more_evidence": [cut(s) for s in finding.more_evidence],
        "confidence": finding.confidence, "published": finding.published, "rule": finding.rule,
        "declined": finding.declined, "attribution": finding.attribution,
    }  # fmt: skip


def statement_row(statement: Attributed, document: Document) -> dict[str, Any]:
    """Return one line of the statements file; spans are character offsets into the article's text."""
    return {
        "article": document.id, "content": [list(s) for s in statement.content],
        "speaker": [list(s) for s in statement.speaker], "actor": statement.actor, "voice": statement.voice,
    }  # fmt: skip
