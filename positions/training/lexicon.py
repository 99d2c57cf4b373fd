"""Fits the lexicon-and-structure scorer that stands in where the encoder's file is missing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from positions.extraction.classify import CLASSES, Lexicon, lexicon_vector
from positions.extraction.features import issue_cues
from positions.training.labelled import UNKNOWN, Labelled, targets
from positions.training.run import FOLDS, Material


def cross_scorers(data: Material, path: Path) -> list[Lexicon]:
    """Return one scorer a fold, fitted without it, and write the one fitted on everything to `path`."""
    held = [[t for t in data.articles if data.fold[t.document.id] != k] for k in range(FOLDS)]
    full = _fit(data, data.articles)
    raw = {
        "name": full.name, "issues": list(full.issues), "features": list(full.features),
        "weights": np.round(full.weights, 5).tolist(), "bias": np.round(full.bias, 5).tolist(),
    }  # fmt: skip
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    return [_fit(data, texts) for texts in held]


def _fit(data: Material, texts: list[Labelled]) -> Lexicon:
    issues = data.issues
    names = (
        *sorted({n for t in texts for x in t.contexts for c in x.candidates for n in c.features}),
        "oppose",
        "sign",
    )
    names += tuple(f"x:{n}" for n in names if n.startswith(("marker_", "role_", "speaks", "verb_")))
    x, y, which = [], [], []
    for text in texts:
        for candidate, target in targets(text, issues):
            hits = issue_cues(candidate.context.sentence.text, data.cues)
            for column, issue in enumerate(issues):
                if hits[issue].topic and target[column] != UNKNOWN:
                    x.append(lexicon_vector(candidate, hits[issue], names))
                    y.append(target[column])
                    which.append(column)
    onehot = np.eye(len(issues), dtype=np.float32)[which]
    model = LogisticRegression(C=0.3, max_iter=500)
    model.fit(np.hstack([np.array(x), onehot]), y)
    weights = np.zeros((len(names) + len(issues), len(CLASSES)))
    bias = np.full(len(CLASSES), -20.0)
    weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    return Lexicon(
        "lexicon-1", tuple(issues), names, weights[: len(names)], weights[len(names) :] + bias, data.cues
    )
