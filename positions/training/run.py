"""The whole training: cross-validated encoders, the article stage on their out-of-fold scores, the final weights.

Run by `manage.py train`. WORK keeps what is done, so that a broken run goes on where it stopped; the stages can be run
one by one, and the folds side by side. Needs the packages named in positions/training/requirements.txt besides the
project's own.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from positions.extraction.catalogue import DATA, Catalogue, load
from positions.extraction.classify import CLASSES
from positions.extraction.cues import Cues, load_cues
from positions.extraction.encoding import FORMAT, load_tokenizer
from positions.extraction.resolve import Resolver
from positions.extraction.segment import load_model
from positions.extraction.weights import WEIGHTS
from positions.training.labelled import (
    Labelled,
    examples,
    find_candidates,
    read_folder,
    read_offsets,
    read_sentences,
)
from positions.training.swap import Swapper

FOLDS = 5
STAGES = ("folds", "final", "stack", "lexicon", "install", "all")
NAME = "stance-minilm-1"
SENTENCES = DATA / "training" / "sentences.jsonl"
OFFSETS = DATA / "training" / "offsets.jsonl"


@dataclass
class Material:
    """Everything labelled, read once, and what reads it. Articles with a fold are held out in turn; `further` ones and
    the written sentences only ever train."""

    catalogue: Catalogue
    cues: Cues
    resolver: Resolver
    articles: list[Labelled]
    fold: dict[str, int]
    written: list[Labelled]
    further: list[Labelled]

    @property
    def issues(self) -> list[str]:
        return [issue.slug for issue in self.catalogue.issues]


def material(
    folders: Sequence[Path], offsets: Path | None = None, *, written: bool = True, seed: int = 7
) -> Material:
    """Read and analyse the labelled folders, the written sentences and, where its articles are given, OFFSETS. Folds
    are drawn over the articles of the folders."""
    catalogue, cues, nlp = load(), load_cues(), load_model()
    resolver = Resolver(catalogue, nlp)
    articles = [text for folder in folders for text in read_folder(folder)]
    further = read_offsets(OFFSETS, offsets) if offsets else []
    sentences = read_sentences(SENTENCES) if written else []
    began = time.monotonic()
    find_candidates([*articles, *further, *sentences], nlp, resolver, cues)
    told = f"{len(articles)} articles and {len(further)} more, {len(sentences)} sentences"
    print(f"{told} analysed in {time.monotonic() - began:.0f} s", flush=True)
    names = sorted(text.document.id for text in articles)
    random.Random(seed).shuffle(names)  # noqa: S311
    fold = {name: i % FOLDS for i, name in enumerate(names)}
    return Material(catalogue, cues, resolver, articles, fold, sentences, further)


def train_encoder(
    data: Material, base: Path, held: int | None, path: Path, cache: dict, seed: int = 0
) -> None:
    """Train on everything but fold `held` (None: on everything) and write int8 ONNX to `path`."""
    from positions.training.encoder import Settings, Trainer
    from positions.training.export import export

    tokenizer = load_tokenizer(WEIGHTS / "tokenizer.json")
    seen = [t for t in data.articles if data.fold[t.document.id] != held]
    swapper = Swapper(data.catalogue, seed)
    rows = examples([*seen, *data.further, *data.written], data.issues, tokenizer, swapper)
    trainer = Trainer(base, len(data.issues), Settings(seed=seed), cache)
    print(f"{path.name}: {len(rows)} examples of {len(seen)} articles", flush=True)
    trainer.fit(rows, lambda line: print(f"{path.name}: {line}", flush=True))
    export(trainer.net, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)


def install(data: Material, work: Path, seed: int = 0) -> None:
    """Put the final encoder among the shipped weights, with what it was made of."""
    source, target = work / "final.onnx", WEIGHTS / f"{NAME}.int8.onnx"
    shutil.copyfile(source, target)
    about = {
        "name": NAME,
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "format": FORMAT,
        "issues": data.issues,
        "classes": CLASSES,
        "base": "all-MiniLM-L6-v2 (Apache-2.0), upper three of six layers trained",
        "articles": len(data.articles),
        "labelled_stances": sum(len(t.gold) for t in data.articles),
        "further_articles": len(data.further),
        "further_stances": sum(len(t.gold) for t in data.further),
        "written_sentences": len(data.written),
        "seed": seed,
        "versions": {p: version(p) for p in ("torch", "transformers", "onnx", "onnxruntime", "spacy")},
    }
    (WEIGHTS / "encoder.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def run(
    stage: str,
    work: Path,
    folders: Sequence[Path],
    base: Path | None,
    folds: Sequence[int] = range(FOLDS),
    offsets: Path | None = None,
) -> None:
    """Carry out one stage, or all of them; what WORK already holds is not done again."""
    from positions.training.stack import stack_encoder, stack_lexicon

    work.mkdir(parents=True, exist_ok=True)
    data, cache = material(folders, offsets), {}
    wanted: list[tuple[int | None, Path]] = []
    if stage in ("folds", "all"):
        wanted += [(k, work / f"fold-{k}.onnx") for k in folds]
    if stage in ("final", "all"):
        wanted.append((None, work / "final.onnx"))
    for held, path in wanted:
        if not path.exists():
            train_encoder(data, base, held, path, cache)
    if stage in ("stack", "all"):
        stack_encoder(data, work)
    if stage in ("lexicon", "all"):
        stack_lexicon(data)
    if stage in ("install", "all"):
        install(data, work)
