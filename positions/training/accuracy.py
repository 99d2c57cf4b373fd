"""Writes positions/data/accuracy.json: what was measured on articles that the scorer had not seen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from positions.extraction import evaluation
from positions.training.stacking import Rows, chosen, places

if TYPE_CHECKING:
    from positions.extraction.aggregate import Stacker
    from positions.training.run import Material

FIELDS = ("issue", "actor", "voice", "stance")


def found_rows(table: Rows, p: np.ndarray, stacker: Stacker) -> list[evaluation.Row]:
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


def write(
    data: Material, table: Rows, p: np.ndarray, stacker: Stacker, path: Path, about: dict[str, Any]
) -> None:
    """Score the out-of-fold rows against the labels of their articles and write the figures."""
    gold = [
        {"article": t.document.id, "actor": g.actor, "voice": g.voice, "issue": g.issue, "stance": g.stance}
        for t in data.articles
        for g in t.gold
    ]
    found = found_rows(table, p, stacker)
    cuts = {"list_at": stacker.list_at, "second_at": stacker.second_at, "publish_at": stacker.publish_at}
    report = {
        "about": {**about, "stances": len({(*g.values(),) for g in gold}), **cuts},
        "overall": figures(gold, found),
        "f1_interval": [round(x, 4) for x in evaluation.bootstrap(gold, found)],
        "by": {field: _by(field, gold, found) for field in FIELDS},
        "reliability": [
            [a, n, round(mean, 3), round(hit, 3)] for a, n, mean, hit in evaluation.reliability(gold, found)
        ],
    }
    path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def figures(gold: list[evaluation.Row], found: list[evaluation.Row]) -> dict[str, Any]:
    """Return counts and shares of everything found, and of what is published without review."""
    whole = evaluation.score(gold, found)
    shown = evaluation.score(gold, [row for row in found if row["published"]])
    return {
        "gold": whole.gold, "found": whole.found, "right": whole.right, "precision": round(whole.precision, 4),
        "recall": round(whole.recall, 4), "f1": round(whole.f1, 4), "inverted": whole.inverted,
        "published": {
            "found": shown.found, "right": shown.right, "precision": round(shown.precision, 4),
            "recall": round(shown.recall, 4),
        },
    }  # fmt: skip


def _by(field: str, gold: list[evaluation.Row], found: list[evaluation.Row]) -> dict[str, Any]:
    values = sorted({row[field] for row in (*gold, *found)})
    pick = lambda rows, value: [row for row in rows if row[field] == value]  # noqa: E731
    return {value: figures(pick(gold, value), pick(found, value)) for value in values}
