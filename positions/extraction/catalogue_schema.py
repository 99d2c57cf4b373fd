"""What an entry of each reference file must look like: which fields it has and what each may hold.

A check takes a value and tells what is wrong with it, in words for whoever edits the file; "" is no fault.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

VOICES = ("government", "other")
ALIAS_KINDS = (
    "state", "capital", "seat", "ministry", "demonym", "forces", "legislature", "party", "service", "mission",
    "administration",
)  # fmt: skip
ROLES = (
    "head-of-state", "head-of-government", "vice-president", "deputy-head", "foreign-minister", "defence-minister",
    "minister", "un-ambassador", "ambassador", "syria-envoy", "security-adviser", "military-chief", "commander",
    "spokesperson", "official", "intelligence-chief", "legislator", "party-leader", "candidate", "mayor",
    "former-official",
)  # fmt: skip
OTHER_PERSON_KINDS = ("state-leader", "official", "rebel", "un", "expert", "other")
OTHER_BODY_KINDS = (
    "state", "capital", "seat", "ministry", "demonym", "forces", "legislature", "party", "rebel", "jihadist", "militia",
    "opposition", "kurdish", "international", "ngo", "monitor", "media", "expert", "other",
)  # fmt: skip

Row = dict[str, Any]
Check = Callable[[object], str]  # what is wrong with a value, or ""


def _text(limit: int) -> Check:
    """Limits are those of the database columns, so that `--check` finds what a load would stumble over."""

    def check(value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            return f"must be text, is {value!r} (quote it if it is a name such as No or 10)"
        return f"is longer than {limit} characters" if len(value) > limit else ""

    return check


def _texts(value: object) -> str:
    if not isinstance(value, list):
        return "must be a list of texts"
    return next((reason for item in value if (reason := _text(200)(item))), "")


def _filled(value: object) -> str:
    return _texts(value) if value else "must be a list of texts with at least one entry"


def _url(value: object) -> str:
    fits = isinstance(value, str) and len(value) <= 400 and re.fullmatch(r"(https?://\S+)?", value)
    return "" if fits else f'must be a web address, or "" where none is known, is {value!r}'


def _slug(value: object) -> str:
    fits = isinstance(value, str) and len(value) <= 60 and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value)
    return "" if fits else f"must be lower-case letters, digits and single hyphens (60 at most), is {value!r}"


def _slugs(value: object) -> str:
    if not isinstance(value, list):
        return "must be a list of slugs"
    return next((reason for item in value if (reason := _slug(item))), "")


def _code(value: object) -> str:
    return (
        "" if isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value) else "must be two capital letters"
    )


def _codes(value: object) -> str:
    if not isinstance(value, list):
        return "must be a list of actor codes"
    return next((reason for item in value if (reason := _code(item))), "")


def _date(value: object) -> str:
    exact = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return "" if exact else f"must be a date like 2017-04-10 without quotes, is {value!r}"


def _flag(value: object) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _one_of(*options: str) -> Check:
    return lambda value: "" if value in options else f"is {value!r}, must be one of: {', '.join(options)}"


def _rows_of(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """Check of a list of nested entries, such as tenures."""

    def check(value: object) -> str:
        if not isinstance(value, list):
            return "must be a list of entries"
        found = [
            f"[{n}] {fault}"
            for n, row in enumerate(value, 1)
            for fault in faults(row, required, optional or {})
        ]
        return "; ".join(found)

    return check


def faults(row: object, required: dict[str, Check], optional: dict[str, Check]) -> list[str]:
    """Return what is wrong with an entry's fields, each fault with the name of its field."""
    if not isinstance(row, dict):
        return ["must be an entry with named fields"]
    found = [f"{key}: is missing" for key in required if key not in row]
    found += [f"{key}: unknown field" for key in row if key not in required and key not in optional]
    checks = {**required, **optional}
    found += [f"{key}: {reason}" for key in row if key in checks and (reason := checks[key](row[key]))]
    return found


ALIAS = {"text": _text(100), "voice": _one_of(*VOICES), "kind": _one_of(*ALIAS_KINDS)}
TENURE = {
    "office": _text(200), "role": _one_of(*ROLES), "voice": _one_of(*VOICES), "from": _date, "source": _text(300),
}  # fmt: skip


def _source(value: object) -> str:
    return "; ".join(faults(value, {"name": _text(200), "url": _url}, {}))


@dataclass(frozen=True)
class Table:
    """One list of entries: in which file, under which key of it ("" where the file is the list), with which fields."""

    name: str
    file: str
    label_field: str
    required: dict[str, Check]
    optional: dict[str, Check]
    key: str = ""

    def label(self, row: object, number: int) -> str:
        """What an error calls the entry: its slug, name or first title, else its place in the list."""
        value = row.get(self.label_field) if isinstance(row, dict) else None
        if isinstance(value, list) and value:
            value = value[0]
        return value if isinstance(value, str) else f"entry {number}"


TABLES = (
    Table(
        "actors", "actors.yaml", "slug",
        {"slug": _slug, "code": _code, "name": _text(100), "label": _text(40), "adjective": _text(40)},
        {"aliases": _rows_of(ALIAS)},
    ),
    Table(
        "people", "people.yaml", "slug",
        {"slug": _slug, "name": _text(120), "actor": _code, "surnames": _texts},
        {"aliases": _texts, "tenures": _rows_of(TENURE, {"until": _date})},
    ),
    Table(
        "other people", "others.yaml", "name",
        {"name": _text(120), "surnames": _filled, "of": _text(100), "kind": _one_of(*OTHER_PERSON_KINDS)},
        {"aliases": _texts},
        key="people",
    ),
    Table(
        "other bodies", "others.yaml", "text",
        {"text": _text(120), "of": _text(100), "kind": _one_of(*OTHER_BODY_KINDS)},
        {},
        key="bodies",
    ),
    Table(
        "offices", "offices.yaml", "phrases",
        {"phrases": _filled, "actor": _code, "role": _one_of(*ROLES)},
        {"bare": _flag, "office": _text(200)},
    ),
    Table(
        "issues", "issues.yaml", "slug",
        {"slug": _slug, "label": _text(80), "theme": _text(60), "proposition": _text(200)},
        {"valid_from": _date, "valid_until": _date, "support_looks": _text(2000), "oppose_looks": _text(2000)},
    ),
    Table(
        "events", "events.yaml", "slug",
        {"slug": _slug, "date": _date, "title": _text(160), "description": _text(2000), "source": _source},
        {"issues": _slugs, "actors": _codes},
    ),
)  # fmt: skip
