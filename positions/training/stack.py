"""Scores the held-out folds with their own encoders, fits the article stage and writes what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from positions.extraction.aggregate import Row, rows
from positions.extraction.catalogue import DATA
from positions.extraction.classify import Scorer
from positions.extraction.encoding import load_tokenizer
from positions.extraction.features import add_features
from positions.extraction.weights import SPEAKERS, WEIGHTS
from positions.training import accuracy
from positions.training.ablation import printed
from positions.training.run import FOLDS, Material
from positions.training.speakers import stack_speakers
from positions.training.stacking import (
    Key,
    Rows,
    best_cuts,
    chosen,
    cross_fit,
    figures,
    fit,
    gather,
    inverted,
    places,
    publish_cuts,
    save,
)


def stack_lexicon(data: Material) -> None:
    """Fit and save the word-list scorer and its article stage, for where the encoder's file is missing."""
    from positions.training.lexicon import cross_scorers

    _add_features(data)
    lexicons = dict(enumerate(cross_scorers(data, WEIGHTS / "lexicon.json")))
    about = {"articles": len(data.articles), "folds": list(range(FOLDS))}
    _finish(data, scored_rows(data, lexicons), WEIGHTS / "stacker-lexicon.json", about)


def stack_encoder(data: Material, work: Path) -> None:
    """Fit and save the article stage on the scores that each fold's encoder gives to articles it has not seen."""
    from positions.training.export import open_encoder

    _add_features(data)
    tokenizer = load_tokenizer(WEIGHTS / "tokenizer.json")
    paths = {k: work / f"fold-{k}.onnx" for k in range(FOLDS)}
    encoders = {
        k: open_encoder(path, tokenizer, len(data.issues)) for k, path in paths.items() if path.exists()
    }
    held_out = [t for t in data.articles if data.fold[t.document.id] in encoders]
    table = scored_rows(replace(data, articles=held_out), encoders)
    held = replace(data, articles=held_out)
    _finish(held, table, WEIGHTS / "stacker.json", {"articles": len(held_out), "folds": sorted(encoders)})
    stack_speakers(held, table, WEIGHTS / SPEAKERS)
    print(*printed(table), sep="\n", flush=True)


def _add_features(data: Material) -> None:
    for text in data.articles:
        add_features(text.contexts, text.segmented, data.cues)


def gold_keys(data: Material) -> set[Key]:
    return {(t.document.id, g.actor, g.voice, g.issue, g.stance) for t in data.articles for g in t.gold}


def scored_rows(data: Material, scorers: Mapping[int, Scorer]) -> Rows:
    """Return the rows of every article, each scored by the scorer of its fold (which has not seen it)."""
    found: list[tuple[str, int, list[Row]]] = []
    for text in data.articles:
        fold = data.fold[text.document.id]
        flat = [c for context in text.contexts for c in context.candidates]
        if flat:
            found.append(
                (text.document.id, fold, rows(flat, scorers[fold].score(flat), data.issues, data.cues))
            )
    return gather(found, gold_keys(data))


def _finish(data: Material, table: Rows, path: Path, about: dict[str, object]) -> None:
    p = cross_fit(table)
    list_at, second_at = best_cuts(table, p)
    fitted = fit(table, np.ones(len(table.rows), bool))
    stacker = replace(
        fitted,
        list_at=round(float(list_at), 3),
        second_at=round(float(second_at), 3),
        publish_at=publish_cuts(table, p, list_at, second_at),
    )
    listed = chosen(places(table, p), p, list_at, second_at)
    measured = {k: round(float(v), 4) for k, v in figures(table, listed, inverted(table)).items()}
    save(stacker, path, about | {"cross_validated": measured})
    print(path.name, measured, stacker.list_at, stacker.second_at, stacker.publish_at, flush=True)
    if path.name == "stacker.json":
        accuracy.write(data, table, p, stacker, DATA / "accuracy.json")
