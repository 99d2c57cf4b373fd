"""Reads the YAML of the reference data and checks it as a whole; `catalogue` turns the checked rows into dataclasses.

Rows are plain dicts here. Every fault is collected, so that one run tells an editor all that has to be mended.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

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


class CatalogueError(Exception):
    """The reference data is faulty. The message has one line a problem: file, entry, reason."""


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


def _maybe_text(value: object) -> str:
    return "" if value == "" else _text(400)(value)


def _slug(value: object) -> str:
    fits = isinstance(value, str) and len(value) <= 60 and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value)
    return "" if fits else f"must be lower-case letters, digits and single hyphens (60 at most), is {value!r}"


def _slugs(value: object) -> str:
    if not isinstance(value, list):
        return "must be a list of slugs"
    return next((reason for item in value if (reason := _slug(item))), "")


def _code(value: object) -> str:
    return "" if isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value) else "must be two capital letters"


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
        found = [f"[{n}] {fault}" for n, row in enumerate(value, 1) for fault in _faults(row, required, optional or {})]
        return "; ".join(found)

    return check


ALIAS = {"text": _text(100), "voice": _one_of(*VOICES), "kind": _one_of(*ALIAS_KINDS)}
TENURE = {
    "office": _text(200), "role": _one_of(*ROLES), "voice": _one_of(*VOICES), "from": _date, "source": _text(300),
}  # fmt: skip
SOURCE: Check = lambda value: "; ".join(_faults(value, {"name": _text(200), "url": _maybe_text}, {}))  # noqa: E731

# table: (file, key that names an entry, required fields, optional fields)
TABLES: dict[str, tuple[str, str, dict[str, Check], dict[str, Check]]] = {
    "actors": (
        "actors.yaml",
        "slug",
        {"slug": _slug, "code": _code, "name": _text(100), "label": _text(40), "adjective": _text(40)},
        {"aliases": _rows_of(ALIAS)},
    ),
    "people": (
        "people.yaml",
        "slug",
        {"slug": _slug, "name": _text(120), "actor": _code, "surnames": _texts},
        {"aliases": _texts, "tenures": _rows_of(TENURE, {"until": _date})},
    ),
    "other people": (
        "others.yaml",
        "name",
        {"name": _text(120), "surnames": _filled, "of": _text(100), "kind": _one_of(*OTHER_PERSON_KINDS)},
        {"aliases": _texts},
    ),
    "other bodies": (
        "others.yaml",
        "text",
        {"text": _text(120), "of": _text(100), "kind": _one_of(*OTHER_BODY_KINDS)},
        {},
    ),
    "offices": (
        "offices.yaml",
        "phrases",
        {"phrases": _filled, "actor": _code, "role": _one_of(*ROLES)},
        {"bare": _flag, "office": _text(200)},
    ),
    "issues": (
        "issues.yaml",
        "slug",
        {"slug": _slug, "label": _text(80), "theme": _text(60), "proposition": _text(200)},
        {"valid_from": _date, "valid_until": _date, "support_looks": _text(2000), "oppose_looks": _text(2000)},
    ),
    "events": (
        "events.yaml",
        "slug",
        {"slug": _slug, "date": _date, "title": _text(160), "description": _text(2000), "source": SOURCE},
        {"issues": _slugs, "actors": _codes},
    ),
}
# others.yaml holds two tables, each under its key; the other files are plain lists
KEYS = {"other people": "people", "other bodies": "bodies"}


def _faults(row: object, required: dict[str, Check], optional: dict[str, Check]) -> list[str]:
    if not isinstance(row, dict):
        return ["must be an entry with named fields"]
    found = [f"{key}: is missing" for key in required if key not in row]
    found += [f"{key}: unknown field" for key in row if key not in required and key not in optional]
    checks = {**required, **optional}
    found += [f"{key}: {reason}" for key in row if key in checks and (reason := checks[key](row[key]))]
    return found


def _read_yaml(path: Path, problems: list[str]) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast, but not everywhere
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both loaders are safe ones
    except FileNotFoundError:
        problems.append(f"{path.name}: the file is missing in {path.parent}")
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        problems.append(f"{path.name}: not readable as YAML: {' '.join(str(error).split())}")
    return None


def read(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of each table of TABLES. Raises CatalogueError, listing the problems of all files."""
    problems: list[str] = []
    content = {name: _read_yaml(folder / name, problems) for name in dict.fromkeys(t[0] for t in TABLES.values())}
    tables: dict[str, list[Row]] = {}
    for table, (name, key, required, optional) in TABLES.items():
        tables[table] = []
        rows = content[name].get(KEYS[table]) if table in KEYS and isinstance(content[name], dict) else content[name]
        if content[name] is not None and not isinstance(rows, list):
            problems.append(f"{name}: must hold a list of {table}")
            continue
        for number, row in enumerate(rows or [], 1):
            label = row.get(key, f"entry {number}") if isinstance(row, dict) else f"entry {number}"
            found = _faults(row, required, optional)
            problems += [f"{name}: {label}: {fault}" for fault in found]
            if not found:
                tables[table].append(row)
    problems += _between(tables)
    if problems:
        raise CatalogueError(f"{len(problems)} problem(s) in the reference data:\n" + "\n".join(problems))
    return tables


def _between(tables: dict[str, list[Row]]) -> Iterator[str]:
    """Problems that only show when entries are held against each other."""
    for table in ("actors", "people", "issues", "events"):
        yield from _claimed(TABLES[table][0], ((row["slug"], row["slug"]) for row in tables[table]))
    yield from _claimed("actors.yaml", ((row["code"], row["slug"]) for row in tables["actors"]))
    yield from _claimed("actors.yaml or others.yaml", _body_names(tables))
    yield from _claimed("people.yaml or others.yaml", _person_names(tables))
    yield from _claimed(
        "offices.yaml", ((text.lower(), f"{row['actor']} {row['role']}") for row in tables["offices"] for text in row["phrases"])
    )
    yield from _dangling(tables)
    for row in tables["people"]:
        yield from _tenure_faults(row)
    for row in tables["issues"]:
        if row.get("valid_until", datetime.date.max) < row.get("valid_from", datetime.date.min):
            yield f"issues.yaml: {row['slug']}: valid_until is before valid_from"


def _body_names(tables: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    yield from ((alias["text"], row["code"]) for row in tables["actors"] for alias in row.get("aliases", []))
    yield from ((row["text"], row["of"]) for row in tables["other bodies"])


def _person_names(tables: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    yield from ((name, row["slug"]) for row in tables["people"] for name in [row["name"], *row.get("aliases", [])])
    yield from ((name, row["name"]) for row in tables["other people"] for name in [row["name"], *row.get("aliases", [])])


def _claimed(where: str, names: Iterator[tuple[str, str]]) -> Iterator[str]:
    """One problem for each name that more than one entry claims."""
    owners = defaultdict(list)
    for name, owner in names:
        owners[name].append(owner)
    yield from (f"{where}: {name}: given twice, by {' and '.join(who)}" for name, who in owners.items() if len(who) > 1)


def _dangling(tables: dict[str, list[Row]]) -> Iterator[str]:
    codes = {row["code"] for row in tables["actors"]}
    issues = {row["slug"] for row in tables["issues"]}
    held = [(row["actor"], t["role"], t["office"]) for row in tables["people"] for t in row.get("tenures", [])]
    for row in tables["people"]:
        if row["actor"] not in codes:
            yield f"people.yaml: {row['slug']}: actor {row['actor']} is not in actors.yaml"
    for row in tables["offices"]:
        if row["actor"] not in codes:
            yield f"offices.yaml: {row['phrases'][0]}: actor {row['actor']} is not in actors.yaml"
        elif not any(
            (actor, role) == (row["actor"], row["role"]) and name.startswith(row.get("office", ""))
            for actor, role, name in held
        ):
            wanted = f"{row['role']} of {row['actor']} {row.get('office', '')}".strip()
            yield f"offices.yaml: {row['phrases'][0]}: nobody in people.yaml is {wanted}"
    for row in tables["events"]:
        unknown = [code for code in row.get("actors", []) if code not in codes]
        unknown += [slug for slug in row.get("issues", []) if slug not in issues]
        yield from (f"events.yaml: {row['slug']}: {name} is not known" for name in unknown)


def _tenure_faults(row: Row) -> Iterator[str]:
    by_office = defaultdict(list)
    for tenure in row.get("tenures", []):
        until = tenure.get("until", datetime.date.max)
        if until < tenure["from"]:
            yield f"people.yaml: {row['slug']}: {tenure['office']}: until {until} is before from {tenure['from']}"
        by_office[tenure["office"]].append((tenure["from"], until))
    for office, periods in by_office.items():
        ordered = sorted(periods)
        if any(later[0] <= earlier[1] for earlier, later in zip(ordered, ordered[1:], strict=False)):
            yield f"people.yaml: {row['slug']}: {office}: tenures overlap"
