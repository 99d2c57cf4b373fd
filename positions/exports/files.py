"""One selection, one file: which tables there are in which forms, and how each is made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from positions import tables
from positions.exports import columns, rows
from positions.exports.about import About
from positions.exports.columns import Column
from positions.exports.documents import json_pieces
from positions.exports.pictures import matrix_svg, png, timeline_svg
from positions.exports.sheets import csv_lines
from positions.tables.counts import merged, read_counts

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
}
KINDS = {
    "matrix": ("csv", "json", "svg", "png"),
    "timeline": ("csv", "json", "svg", "png"),
    "statements": ("csv", "json"),
    "shifts": ("csv", "json"),
}
COLUMNS: dict[str, tuple[Column, ...]] = {
    "matrix": columns.MATRIX,
    "timeline": columns.TIMELINE,
    "statements": columns.STATEMENTS,
    "shifts": columns.SHIFTS,
}


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out; text comes in pieces, as it is read, a picture at once."""

    name: str
    type: str
    pieces: Iterable[str] | bytes


def make(about: About, kind: str, *, site: str) -> File:
    """Make the file; `site` is scheme and host, since addresses inside must work where the file goes.

    Raises RendererMissing for a PNG where it cannot be drawn.
    """
    maker = {"csv": _csv, "json": _json, "svg": _svg, "png": _png}[kind]
    return File(f"{about.file_name}.{kind}", TYPES[kind], maker(about, site))


def table_rows(about: About, *, site: str) -> tuple[int | None, Iterator[dict[str, Any]]]:
    """The rows of the table, and their number where it is known before they are read."""
    scope = about.scope
    if about.table == "matrix":
        return _counted(rows.matrix_rows(tables.matrix(scope, **about.look), site=site))
    if about.table == "timeline":
        shown = [panel.issue for panel in tables.timeline(scope, **about.look).panels]
        return _counted(rows.timeline_rows(scope, shown))
    if about.table == "shifts":
        return _counted(rows.shift_row(shift, site=site) for shift in tables.shifts(scope))
    total = merged(read_counts(scope).values()).total
    return total, rows.statement_rows(scope, site=site)


def _counted(found: Iterable[dict[str, Any]]) -> tuple[int, Iterator[dict[str, Any]]]:
    found = list(found)
    return len(found), iter(found)


def _csv(about: About, site: str) -> Iterator[str]:
    own = (*COLUMNS[about.table], *columns.IN_FILES)
    _, found = table_rows(about, site=site)
    everywhere = about.in_rows()
    return csv_lines(own, ({**row, **everywhere} for row in found))


def _json(about: About, site: str) -> Iterator[str]:
    count, found = table_rows(about, site=site)
    return json_pieces({**about.fields(), "count": count, "next": None}, found)


def _svg(about: About, site: str) -> bytes:
    return _picture(about).encode()


def _png(about: About, site: str) -> bytes:
    return png(_picture(about), about={"Title": about.citation, "Source": about.url})


def _picture(about: About) -> str:
    if about.table == "matrix":
        return matrix_svg(tables.matrix(about.scope, **about.look), about)
    return timeline_svg(tables.timeline(about.scope, **about.look), about)
