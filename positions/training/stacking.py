"""Fits the article-level stage on out-of-fold scores, and its cuts by cross-validation over articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from positions.extraction.aggregate import Row, Stacker, vector
from positions.extraction.types import STANCES

STRENGTH = 0.01  # inverse regularisation, best of 0.002 to 0.2 by cross-validation
INVERSION_COSTS = (
    2.0  # how much a share of inverted findings outweighs the same share of F1: they do the harm
)

Key = tuple[str, str, str, str, str]  # article, actor, voice, issue, stance


@dataclass(slots=True)
class Rows:
    """Rows of many articles: `x` (rows, features), `y` whether the stance is in the labels, `fold` of the article."""

    article: list[str]
    rows: list[Row]
    names: tuple[str, ...]
    x: np.ndarray
    y: np.ndarray
    fold: np.ndarray
    gold: set[Key]

    def keys(self) -> list[Key]:
        return [
            (a, r.actor, r.voice, r.issue, r.stance) for a, r in zip(self.article, self.rows, strict=True)
        ]


def gather(found: Sequence[tuple[str, int, list[Row]]], gold: set[Key]) -> Rows:
    """Make one table of (article, fold, rows)."""
    article = [a for a, _, rows in found for _ in rows]
    flat = [r for _, _, rows in found for r in rows]
    names = tuple(sorted({name for r in flat for name in r.features}))
    x = np.stack([vector(r, names) for r in flat])
    y = np.array(
        [(a, r.actor, r.voice, r.issue, r.stance) in gold for a, r in zip(article, flat, strict=True)], int
    )
    fold = np.array([f for _, f, rows in found for _ in rows])
    return Rows(article, flat, names, x, y, fold, gold)


def fit(data: Rows, rows: np.ndarray, strength: float = STRENGTH) -> Stacker:
    """Fit on the rows of a boolean mask; the cuts are left open."""
    x, y = data.x[rows], data.y[rows]
    mean, scale = x.mean(0), np.maximum(x.std(0), 1e-3)
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit(np.clip((x - mean) / scale, -5, 5), y)
    return Stacker(data.names, mean, scale, model.coef_[0], float(model.intercept_[0]), 0.5, 0.5, {})


def cross_fit(data: Rows, strength: float = STRENGTH) -> np.ndarray:
    """Return each row's probability from a stacker that has not seen its fold."""
    out = np.zeros(len(data.rows))
    for fold in np.unique(data.fold):
        held = data.fold == fold
        out[held] = fit(data, ~held, strength).probability(data.x[held])
    return out


def places(data: Rows, p: np.ndarray) -> np.ndarray:
    """Return each row's place within its cell (article, actor, voice, issue), 0 for the likeliest stance."""
    cells: dict[tuple, list[int]] = {}
    for index, (article, row) in enumerate(zip(data.article, data.rows, strict=True)):
        cells.setdefault((article, *row.cell), []).append(index)
    out = np.zeros(len(data.rows), int)
    for members in cells.values():
        out[sorted(members, key=lambda i: -p[i])] = range(len(members))
    return out


def inverted(data: Rows) -> np.ndarray:
    """Return for each row whether it is wrong and its opposite is right."""
    swap, keys = {"support": "oppose", "oppose": "support"}, data.keys()
    return np.array([k not in data.gold and (*k[:4], swap.get(k[4])) in data.gold for k in keys])


def chosen(place: np.ndarray, p: np.ndarray, list_at: float, second_at: float) -> np.ndarray:
    """Return which rows are listed: the best stance of a cell, and a second one that is sure."""
    return p >= np.where(place == 0, list_at, second_at)


def figures(data: Rows, picked: np.ndarray, wrong_way: np.ndarray) -> dict[str, float]:
    """Return precision, recall, F1 and the number of inverted stances of the picked rows."""
    right, found = int(data.y[picked].sum()), int(picked.sum())
    f1 = 2 * right / max(1, found + len(data.gold))
    precision, recall = right / max(1, found), right / max(1, len(data.gold))
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "inverted": int((picked & wrong_way).sum()),
        "found": found,
    }


def best_cuts(data: Rows, p: np.ndarray) -> tuple[float, float]:
    """Return the cuts (first, second stance of a cell) with the best F1, inversions counted against it."""
    place, wrong_way = places(data, p), inverted(data)

    def worth(cuts: tuple[float, float]) -> float:
        measured = figures(data, chosen(place, p, *cuts), wrong_way)
        return measured["f1"] - INVERSION_COSTS * measured["inverted"] / max(1, measured["found"])

    grid = [(a, b) for a in np.arange(0.2, 0.6, 0.02) for b in np.arange(0.3, 0.9, 0.05) if b >= a]
    return max(grid, key=worth)


def publish_cuts(
    data: Rows, p: np.ndarray, list_at: float, second_at: float, wanted: float = 0.9
) -> dict[str, float]:
    """Return per stance the lowest confidence from which the precision of what is listed is at least `wanted`;
    a stance class that never reaches it on 20 findings is not published without review (1.1)."""
    listed = np.flatnonzero(chosen(places(data, p), p, list_at, second_at))
    out = {}
    for stance in STANCES:
        picked = sorted((p[i], data.y[i]) for i in listed if data.rows[i].stance == stance)[::-1]
        right, cut = 0, 1.1
        for count, (probability, hit) in enumerate(picked, 1):
            right += hit
            if count >= 20 and right / count >= wanted:
                cut = float(probability)
        out[stance] = round(cut, 3)
    return out


def save(stacker: Stacker, path: Path, about: dict) -> None:
    raw = {
        "about": about, "names": list(stacker.names), "mean": rounded(stacker.mean), "scale": rounded(stacker.scale),
        "weights": rounded(stacker.weights), "bias": stacker.bias, "list_at": stacker.list_at,
        "second_at": stacker.second_at, "publish_at": stacker.publish_at,
    }  # fmt: skip
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


def rounded(values: np.ndarray) -> list[float]:
    """Return numbers short enough for a JSON file that people read."""
    return [round(float(v), 6) for v in values]
