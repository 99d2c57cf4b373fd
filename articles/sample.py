"""The sample corpus: articles written for this project, with what a careful reader finds in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from articles.parsing import ParsedArticle, article_from, split_front_matter
from articles.parsing.cleaning import clean

FOLDER = Path(__file__).parent / "data" / "sample"


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample article. `expected` are its stances as in the codebook's file format; `record` names its grounds."""

    path: Path
    article: ParsedArticle
    expected: tuple[dict, ...]
    record: tuple[str, ...]


def samples(folder: Path = FOLDER) -> Iterator[Sample]:
    """The sample articles in the order of their file names. BadField where one's front matter is broken."""
    for path in sorted(folder.glob("*.md")):
        fields, body = split_front_matter(clean(path.read_text(encoding="utf-8")))
        if fields:
            expected = tuple(fields.get("stances") or ())
            yield Sample(path, article_from(fields, body), expected, tuple(fields.get("record") or ()))
