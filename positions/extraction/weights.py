"""Where the shipped weights lie and what they say of themselves; light enough for every page to ask."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from positions.extraction.catalogue import DATA

WEIGHTS = DATA / "weights"
SPEAKERS = "speakers.json"
NO_ENCODER = (
    "The stance model's file is missing: positions are read from word lists alone and are less reliable. "
    "Restore positions/data/weights from the repository and extract again."
)


def notice(folder: Path = WEIGHTS) -> str:
    """Return what readers must be told of the weights in use; empty where all is well."""
    try:
        about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        return "" if (folder / about["file"]).exists() else NO_ENCODER
    except (OSError, ValueError, KeyError):
        return NO_ENCODER


@functools.cache
def measured(folder: Path = WEIGHTS) -> dict[str, Any]:
    """Return the cuts and cross-validated figures of the article stage in use."""
    name = "stacker-lexicon.json" if notice(folder) else "stacker.json"
    raw = json.loads((folder / name).read_text(encoding="utf-8"))
    return {key: raw[key] for key in ("about", "list_at", "second_at", "publish_at")}
