"""Finds the articles in paths: single files, folders with all below, archives."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from articles.files.blobs import (
    BROKEN,
    Blob,
    Budget,
    FileProblem,
    LeftOut,
    Row,
    UnreadableFile,
    failing,
    reason_of,
)
from articles.files.readers import READERS

MAX_MEMBERS = 200_000


def rows(paths: Iterable[Path]) -> Iterator[Row]:
    """The articles in files, folders (with all below) and .zip archives, in a fixed order.

    Never raises for what it finds: a row that cannot be read says so when it is parsed.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder_rows(path)
        elif path.exists():
            yield from _path_rows(path, named=True)
        else:
            yield failing(UnreadableFile(str(path), 1, "no such file or folder"))


def _folder_rows(folder: Path) -> Iterator[Row]:
    for base, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            if not name.startswith("."):
                yield from _path_rows(Path(base, name), named=False)


def _path_rows(path: Path, *, named: bool) -> Iterator[Row]:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableFile(str(path), 1, "is no ordinary file")
        budget = Budget(str(path), size)
        if path.suffix.lower() == ".zip":
            yield from _zip_rows(path, budget)
        else:
            yield from _blob_rows(Blob(str(path), lambda: path.open("rb"), budget, named))
    except FileProblem as problem:
        yield failing(problem)
    except BROKEN as error:
        yield failing(UnreadableFile(str(path), 1, reason_of(error)))


def _zip_rows(path: Path, budget: Budget) -> Iterator[Row]:
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MAX_MEMBERS:
            raise UnreadableFile(str(path), 1, f"holds more than {MAX_MEMBERS} files; split it")
        for member in members:
            if budget.left < 0:
                return  # said already, by the row that spent it
            yield from _member_rows(path, archive, member, budget)


def _member_rows(
    path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget
) -> Iterator[Row]:
    inner = PurePosixPath(member.filename.replace("\\", "/"))
    name = f"{path}/{''.join(char if char.isprintable() else '?' for char in member.filename)}"
    if any(part.startswith((".", "__MACOSX")) and part != ".." for part in inner.parts):
        return
    try:
        if refusal := _refusal(inner, member):
            raise UnreadableFile(name, 1, refusal)
        yield from _blob_rows(Blob(name, lambda: archive.open(member), budget))
    except FileProblem as problem:
        yield failing(problem)
    except BROKEN as error:
        yield failing(UnreadableFile(name, 1, reason_of(error)))


def _refusal(inner: PurePosixPath, member: zipfile.ZipInfo) -> str:
    """Why a member of an archive is not opened, "" if it may be."""
    if inner.is_absolute() or ".." in inner.parts or stat.S_ISLNK(member.external_attr >> 16):
        return "points outside the archive and is not opened"
    if member.flag_bits & 1:
        return "is locked with a password; unpack the archive first"
    if inner.suffix.lower() == ".zip":
        return "is an archive inside an archive; unpack it first"
    return ""


def _blob_rows(blob: Blob) -> Iterator[Row]:
    reader = READERS.get(blob.type)
    if reader:
        yield from reader(blob)
    elif blob.named:
        yield failing(UnreadableFile(blob.name, 1, f"is none of {', '.join(sorted([*READERS, '.zip']))}"))
    else:
        yield failing(LeftOut(blob.name, 1, "holds no articles by its name"))
