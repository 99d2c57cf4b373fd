"""The measured figures of an extraction as plain data, for the methodology page to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from positions.extraction import evaluation
from positions.extraction.evaluation import Row, Score

FIELDS = ("issue", "voice", "stance", "actor")


def figures(gold: Sequence[Row], found: Sequence[Row], about: dict[str, Any]) -> dict[str, Any]:
    """Return counts and shares of all that was kept and of what was published without review, overall and by field.

    `about` says what was measured: name, articles, engine, made (ISO day); it is passed on as it is.
    """
    published = [row for row in found if row["published"]]
    low, high = evaluation.bootstrap(gold, found)
    return {
        "about": about,
        "kept": {**_figures(evaluation.score(gold, found)), "f1_interval": [round(low, 3), round(high, 3)]},
        "published": _figures(evaluation.score(gold, published)),
        "by": {field: _by(field, gold, found, published) for field in FIELDS},
        "bands": [
            {"from": start, "found": count, "mean": round(mean, 3), "right": round(right, 3)}
            for start, count, mean, right in evaluation.reliability(gold, found)
        ],
    }


def _by(field: str, gold: Sequence[Row], found: Sequence[Row], published: Sequence[Row]) -> dict[str, Any]:
    shown = evaluation.by(field, gold, published)
    nothing = evaluation.score([], [])
    return {
        value: {"kept": _figures(score), "published": _figures(shown.get(value, nothing))}
        for value, score in evaluation.by(field, gold, found).items()
    }


def _figures(score: Score) -> dict[str, Any]:
    return {
        "labelled": score.gold,
        "found": score.found,
        "right": score.right,
        "inverted": score.inverted,
        "precision": round(score.precision, 3),
        "recall": round(score.recall, 3),
        "f1": round(score.f1, 3),
    }
