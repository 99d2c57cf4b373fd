"""Writes positions/data/accuracy.json: what was measured on articles that the scorer had not seen."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from positions.extraction.evaluation import Row
from positions.extraction.figures import figures
from positions.training.stacking import Rows, chosen, places

if TYPE_CHECKING:
    from positions.extraction.aggregate import Stacker
    from positions.training.run import Material

NAME = "labelled articles outside the project, each read by weights that had not seen it"


def found_rows(table: Rows, p: np.ndarray, stacker: Stacker) -> list[Row]:
    """Return what would be listed, each row with the probability of a stage that had not seen its article."""
    picked = np.flatnonzero(chosen(places(table, p), p, stacker.list_at, stacker.second_at))
    return [
        {
            "article": table.article[i],
            "actor": row.actor,
            "voice": row.voice,
            "issue": row.issue,
            "stance": row.stance,
            "confidence": float(p[i]),
            "published": bool(p[i] >= stacker.publish_at.get(row.stance, 1.1)),
        }
        for i, row in ((i, table.rows[i]) for i in picked)
    ]


def write(data: Material, table: Rows, p: np.ndarray, stacker: Stacker, path: Path) -> None:
    """Score the out-of-fold rows against the labels of their articles and write the figures."""
    gold = [
        {"article": t.document.id, "actor": g.actor, "voice": g.voice, "issue": g.issue, "stance": g.stance}
        for t in data.articles
        for g in t.gold
    ]
    about = {
        "name": NAME,
        "articles": len(data.articles),
        "engine": "shipped",
        "made": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }
    report = figures(gold, found_rows(table, p, stacker), about)
    path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
