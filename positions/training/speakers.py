"""Fits the weights that choose the speaker of a stance, on labelled stances scored by encoders that had not seen it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from positions.extraction.evaluation import same_speaker
from positions.extraction.speakers import Weights, census, options
from positions.training.stacking import Rows, rounded

if TYPE_CHECKING:
    from positions.training.run import Material

STRENGTH = 0.3

# One stance: features of every name offered, and which of them the label accepts.
Case = tuple[int, dict[str, dict[str, float]], dict[str, bool]]


def cases(data: Material, table: Rows) -> list[Case]:
    """Return (fold, offered names, right names) of every labelled stance that has a row."""
    states = {a.code: a.name for a in data.catalogue.actors}
    texts = {t.document.id: t for t in data.articles}
    counted = {name: census(text.contexts, states) for name, text in texts.items()}
    speakers = {
        (t.document.id, g.actor, g.voice, g.issue, g.stance): g.speaker for t in data.articles for g in t.gold
    }
    out = []
    for key, row, fold in zip(table.keys(), table.rows, table.fold, strict=True):
        if key not in speakers:
            continue
        offered = options(row, counted[key[0]])
        right = {n: same_speaker({"speaker": n}, {"speaker": speakers[key]}) for n in offered}
        out.append((int(fold), offered, right))
    return out


def fit(rows: list[Case]) -> Weights:
    """Fit on the names of some cases."""
    names = tuple(sorted({f for _, offered, _ in rows for features in offered.values() for f in features}))
    x = np.array([[f.get(n, 0.0) for n in names] for _, offered, _ in rows for f in offered.values()])
    y = np.array([right[name] for _, offered, right in rows for name in offered])
    mean, scale = x.mean(0), np.maximum(x.std(0), 1e-3)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(np.clip((x - mean) / scale, -5, 5), y)
    return Weights(names, mean, scale, model.coef_[0])


def cross_validated(rows: list[Case]) -> float:
    """Return the share of right speakers, each chosen by weights that had not seen its fold."""
    hits = []
    for fold in {fold for fold, _, _ in rows}:
        weights = fit([case for case in rows if case[0] != fold])
        for at, offered, right in rows:
            if at == fold:
                hits.append(right[max(offered, key=lambda n: weights.score(offered[n]))])
    return float(np.mean(hits))


def stack_speakers(data: Material, table: Rows, path: Path) -> None:
    """Fit, measure and save."""
    rows = cases(data, table)
    weights, share = fit(rows), cross_validated(rows)
    raw = {
        "about": {"stances": len(rows), "cross_validated": round(share, 4)},
        "names": list(weights.names),
        **{name: rounded(getattr(weights, name)) for name in ("mean", "scale", "weights")},
    }
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    print(path.name, raw["about"], flush=True)
