"""Reads the YAML of the reference data and checks it as a whole; `catalogue` turns the checked rows into dataclasses.

Rows are plain dicts here. Every fault is collected, so that one run tells an editor all that has to be mended.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from positions.extraction.catalogue_schema import TABLES, Row, faults


class CatalogueError(Exception):
    """The reference data is faulty. The message has one line a problem: file, entry, reason."""


class _Loader(
    getattr(yaml, "CSafeLoader", yaml.SafeLoader)
):  # libyaml is ten times as fast, but not everywhere
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Row:
        names = [key.value for key, _ in node.value]
        if twice := {name for name in names if names.count(name) > 1}:
            raise yaml.constructor.ConstructorError(
                None, None, f"{', '.join(twice)} given twice in one entry", node.start_mark
            )
        return super().construct_mapping(node, deep)


def _read_yaml(path: Path, problems: list[str]) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - it is a safe loader
    except FileNotFoundError:
        problems.append(f"{path.name}: the file is missing in {path.parent}")
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        problems.append(f"{path.name}: not readable as YAML: {' '.join(str(error).split())}")
    return None


def read(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of each table of TABLES. Raises CatalogueError, listing the problems of all files."""
    problems: list[str] = []
    content = {name: _read_yaml(folder / name, problems) for name in dict.fromkeys(t.file for t in TABLES)}
    tables: dict[str, list[Row]] = {}
    for table in TABLES:
        tables[table.name] = []
        rows = content[table.file]
        if rows is None:
            continue
        if table.key:
            rows = rows.get(table.key) if isinstance(rows, dict) else None
        if not isinstance(rows, list):
            problems.append(f"{table.file}: must hold a list of {table.name}")
            continue
        for number, row in enumerate(rows, 1):
            found = faults(row, table.required, table.optional)
            problems += [f"{table.file}: {table.label(row, number)}: {fault}" for fault in found]
            if not found:
                tables[table.name].append(row)
    problems += _between(tables)
    if problems:
        raise CatalogueError(f"{len(problems)} problem(s) in the reference data:\n" + "\n".join(problems))
    return tables


def _between(tables: dict[str, list[Row]]) -> Iterator[str]:
    """Problems that only show when entries are held against each other."""
    for table in ("actors", "people", "issues", "events"):
        yield from _claimed(f"{table}.yaml", ((row["slug"], row["slug"]) for row in tables[table]))
    yield from _claimed("actors.yaml", ((row["code"], row["slug"]) for row in tables["actors"]))
    yield from _claimed("actors.yaml or others.yaml", _body_names(tables))
    yield from _claimed("people.yaml or others.yaml", _person_names(tables))
    yield from _claimed("offices.yaml", _titles(tables))
    yield from _dangling(tables)
    for row in tables["people"]:
        yield from _tenure_faults(row)
    for row in tables["issues"]:
        if row.get("valid_until", datetime.date.max) < row.get("valid_from", datetime.date.min):
            yield f"issues.yaml: {row['slug']}: valid_until is before valid_from"


def _body_names(tables: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    yield from ((alias["text"], row["code"]) for row in tables["actors"] for alias in row.get("aliases", []))
    yield from ((row["text"], row["of"]) for row in tables["other bodies"])


def _titles(tables: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    """A bare title may be had by each actor once: the article tells whose is meant."""
    for row in tables["offices"]:
        apart = f" ({row['actor']})" if row.get("bare") else ""
        yield from ((text.lower() + apart, f"{row['actor']} {row['role']}") for text in row["phrases"])


def _person_names(tables: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    for row in (*tables["people"], *tables["other people"]):
        yield from ((name, row.get("slug", row["name"])) for name in [row["name"], *row.get("aliases", [])])


def _claimed(where: str, names: Iterator[tuple[str, str]]) -> Iterator[str]:
    """One problem for each name that more than one entry claims."""
    owners = defaultdict(list)
    for name, owner in names:
        owners[name].append(owner)
    yield from (
        f"{where}: {name}: given twice, by {' and '.join(who)}"
        for name, who in owners.items()
        if len(who) > 1
    )


def _dangling(tables: dict[str, list[Row]]) -> Iterator[str]:
    codes = {row["code"] for row in tables["actors"]}
    issues = {row["slug"] for row in tables["issues"]}
    held = [
        (row["actor"], t["role"], t["office"]) for row in tables["people"] for t in row.get("tenures", [])
    ]
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
        if any(later[0] <= earlier[1] for earlier, later in pairwise(ordered)):
            yield f"people.yaml: {row['slug']}: {office}: tenures overlap"
