"""CSV that spreadsheets open safely: UTF-8 with a mark at the start, ISO dates, no cell that runs as a formula."""

import csv
import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from positions.exports.columns import Column

BOM = "\ufeff"  # Excel takes a file without it for the code page of the country
# A cell that begins with one of these is a formula to a spreadsheet, also behind blanks, also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """Hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: tuple[Column, ...], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the file piece by piece: the header, then a line for each row as it comes."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([column.name for column in columns])
    for row in rows:
        yield writer.writerow([_cell(row[column.name]) for column in columns])


def _cell(value: Any) -> str:
    """Numbers without separators, dates as ISO 8601, true and false in small letters, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return guarded(as_text(value))


def as_text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
