"""JSON: what it is about first, then the rows, written one by one so that a large answer needs no large memory."""

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

from positions.exports.sheets import as_text


def json_pieces(about: dict[str, Any], rows: Iterable[dict[str, Any]], **after: Any) -> Iterator[str]:
    """Yield one JSON object: the fields of `about`, then `rows`, then what is named besides."""
    yield json_text(about)[:-1] + ', "rows": ['
    between = ""
    for row in rows:
        yield between + "\n" + json_text(row)
        between = ","
    yield "\n]" + "".join(f', "{name}": {json_text(value)}' for name, value in after.items()) + "}\n"


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime.date):  # a datetime is one too
        return as_text(value)
    raise TypeError(f"Say how {type(value).__name__} is written in JSON.")
