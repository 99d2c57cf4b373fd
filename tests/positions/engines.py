"""Engines that tests put in place of the real one; programs that a test starts find them through DIPWATCH_EXTRACTOR."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from positions.extraction import types


class Fixed:
    """Finds one and the same stance in the first ten characters of whatever it reads; stumbles over “broken” titles."""

    engine = "fixed/1"

    def extract(self, documents: Sequence[types.Document]) -> list[types.Extraction]:
        return [self._read(document) for document in documents]

    def _read(self, document: types.Document) -> types.Extraction:
        if "broken" in document.title:
            raise ValueError("cannot read this")
        if "locked" in document.title:
            raise OSError("disk is away")
        finding = types.Finding(
            actor="UK", voice="government", speaker="x", issue="sanctions", stance="support", date=None,
            evidence=(0, 10), confidence=0.9, published=True, rule="fixed",
        )  # fmt: skip
        return types.Extraction(document=document, findings=(finding,), engine=self.engine)


class Hanging(Fixed):
    """Tells by a file that it has begun, and does not end."""

    def _read(self, document: types.Document) -> types.Extraction:
        Path(os.environ["DIPWATCH_TEST_MARKER"]).touch()
        time.sleep(600)
        raise AssertionError("not killed")
