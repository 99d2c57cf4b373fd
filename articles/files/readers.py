"""One reader for each type of file: bytes in, rows out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

from articles.files.blobs import (
    BROKEN,
    MAX_DOCUMENT,
    MEGABYTE,
    BadRow,
    Blob,
    LeftOut,
    Row,
    UnreadableFile,
    failing,
    reason_of,
)
from articles.files.documents import text_of_docx, text_of_pdf
from articles.files.encodings import decode, encoding_of
from articles.parsing import BadField, ParsedArticle, article_from, parse_html, parse_text, split_front_matter
from articles.parsing.cleaning import clean


def _text_rows(blob: Blob) -> Iterator[Row]:
    yield Row(blob.name, 1, lambda: parse_text(decode(blob.content())))


def _word_rows(blob: Blob) -> Iterator[Row]:
    yield Row(blob.name, 1, lambda: parse_text(text_of_docx(blob.content())))


def _pdf_rows(blob: Blob) -> Iterator[Row]:
    yield Row(blob.name, 1, lambda: parse_text(text_of_pdf(blob.content())))


def _page_rows(blob: Blob) -> Iterator[Row]:
    yield Row(blob.name, 1, lambda: parse_html(blob.content()))


def _sample_rows(blob: Blob) -> Iterator[Row]:
    def read() -> ParsedArticle:
        fields, text = split_front_matter(clean(decode(blob.content())))
        if not fields:
            problem = BadRow if blob.named else LeftOut
            raise problem(blob.name, 1, "has no front matter (title, published) at its top")
        return article_from(fields, text)

    yield Row(blob.name, 1, read)


def _line_rows(blob: Blob) -> Iterator[Row]:
    number = 0
    try:
        with blob.stream() as stream:
            while line := stream.readline(MAX_DOCUMENT + 1):
                number += 1
                if len(line) > MAX_DOCUMENT:
                    raise UnreadableFile(
                        blob.name, number, f"line is longer than {MAX_DOCUMENT // MEGABYTE} MB"
                    )
                if line.strip():
                    yield Row(blob.name, number, lambda line=line: _from_json(line))
    except BROKEN as error:
        yield failing(UnreadableFile(blob.name, number + 1, reason_of(error)))


def _from_json(line: bytes) -> ParsedArticle:
    try:
        fields = json.loads(line.decode("utf-8-sig").strip())
    except UnicodeDecodeError as error:
        raise BadField(f"is not UTF-8 (byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise BadField(f"is no JSON: {error.msg} at character {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:  # numbers of a thousand digits, endless nesting
        raise BadField(f"is no JSON that can be read: {str(error)[:120]}") from error
    if not isinstance(fields, dict):
        raise BadField("is no JSON object")
    return article_from(fields, fields.get("text"))


def _table_rows(blob: Blob) -> Iterator[Row]:
    end = 0
    try:
        with blob.stream() as stream:
            encoding = encoding_of(stream.peek())
            csv.field_size_limit(MAX_DOCUMENT)
            text = io.TextIOWrapper(stream, encoding, newline="")
            header = text.readline(MAX_DOCUMENT)
            names = next(csv.reader([header], delimiter=_delimiter(header)), [])
            if missing := {"title", "text"} - {name.strip() for name in names}:
                raise UnreadableFile(
                    blob.name, 1, f"has no column named {' or '.join(sorted(missing))} in line 1"
                )
            table = csv.reader(text, delimiter=_delimiter(header))
            for cells in table:
                start, end = end + 2, table.line_num
                if any(cells):
                    yield Row(blob.name, start, lambda cells=cells: _from_cells(names, cells))
                end = table.line_num
    except csv.Error as error:
        yield failing(UnreadableFile(blob.name, end + 2, f"is no table: {error}"))
    except BROKEN as error:
        yield failing(UnreadableFile(blob.name, end + 2, reason_of(error)))


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _from_cells(names: list[str], cells: list[str]) -> ParsedArticle:
    if len(cells) > len(names):
        raise BadField(
            f"has {len(cells)} cells for {len(names)} columns; put text with commas between quotation marks"
        )
    fields = {name.strip(): cell for name, cell in zip(names, cells, strict=False)}
    return article_from(fields, fields.get("text"))


READERS: dict[str, Callable[[Blob], Iterator[Row]]] = {
    ".txt": _text_rows,
    ".md": _sample_rows,
    ".docx": _word_rows,
    ".pdf": _pdf_rows,
    ".html": _page_rows,
    ".htm": _page_rows,
    ".jsonl": _line_rows,
    ".csv": _table_rows,
}
