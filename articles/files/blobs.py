"""What every reader of files works with: bytes within a budget, rows, and what can go wrong."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from articles.files.documents import UnreadableDocument
from articles.parsing import BadField, ParsedArticle, UnreadablePage

MEGABYTE = 1 << 20
MAX_DOCUMENT = 20 * MEGABYTE  # one text or page, and one line of a table
FREE_BYTES = 100 * MEGABYTE  # what any archive may unpack to
MAX_RATIO = 100  # times its own size that a larger archive may unpack to; text takes 5 to 20
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, UnicodeError)


class FileProblem(Exception):
    """One row or file was not read. Written as `file:line: reason`."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


class BadRow(FileProblem):
    """One article of a file is not as it should be; its neighbours are read all the same."""


class UnreadableFile(FileProblem):
    """A file cannot be read, or not from this line on."""


class LeftOut(FileProblem):
    """A file in a folder or archive is of a type that holds no articles."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article in a file, not parsed yet. Parse it before asking for the next row: the file is open until then."""

    file: str
    line: int
    read: Callable[[], ParsedArticle]

    def parse(self) -> ParsedArticle:
        """The article. FileProblem says why there is none."""
        try:
            return self.read()
        except (BadField, UnreadablePage, UnreadableDocument) as error:
            raise BadRow(self.file, self.line, str(error)) from error
        except BROKEN as error:
            raise UnreadableFile(self.file, self.line, reason_of(error)) from error


class Budget:
    """How many bytes may still come out of one file: the guard against archives that unpack without end."""

    def __init__(self, file: str, size: int) -> None:
        self.file, self.left = file, max(FREE_BYTES, size * MAX_RATIO)

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise UnreadableFile(self.file, 1, f"unpacks to over {MAX_RATIO} times its size; split it")


class _Counted(io.RawIOBase):
    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        data = self._stream.read(len(buffer))
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


@dataclass(frozen=True, slots=True)
class Blob:
    """A file or a member of an archive. `named` where the user asked for this very file."""

    name: str
    open: Callable[[], BinaryIO]
    budget: Budget
    named: bool = False

    @property
    def type(self) -> str:
        """Lower-case suffix, that of the file inside for a .gz."""
        path = PurePosixPath(self.name.lower())
        return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix

    def stream(self) -> io.BufferedReader:
        """The unpacked bytes, counted against the budget."""
        raw = self.open()
        packed = self.name.lower().endswith(".gz")
        return io.BufferedReader(
            _Counted(gzip.GzipFile(fileobj=raw) if packed else raw, self.budget), 1 << 16
        )

    def content(self) -> bytes:
        with self.stream() as stream:
            data = stream.read(MAX_DOCUMENT + 1)
        if len(data) > MAX_DOCUMENT:
            raise UnreadableFile(self.name, 1, f"is longer than {MAX_DOCUMENT // MEGABYTE} MB; no article is")
        return data


def failing(problem: FileProblem) -> Row:
    def read() -> ParsedArticle:
        raise problem

    return Row(problem.file, problem.line, read)


def reason_of(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"cannot be read: {' '.join(str(error).split())[:160] or type(error).__name__}"
