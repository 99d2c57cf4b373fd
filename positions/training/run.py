"""The whole training: cross-validated encoders, the article stage on their out-of-fold scores, the final weights.

    python -m positions.training.run folds WORK --labelled DIR DIR --fold 0 1 2
    python -m positions.training.run stack WORK --labelled DIR DIR
    python -m positions.training.run final WORK --labelled DIR DIR

`manage.py train` calls all three. WORK keeps what is done, so that a broken run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from positions.extraction.catalogue import DATA, Catalogue, load
from positions.extraction.cues import Cues, load_cues
from positions.extraction.encoding import load_tokenizer
from positions.extraction.resolve import Resolver
from positions.extraction.segment import load_model
from positions.extraction.weights import WEIGHTS
from positions.training.labelled import Labelled, examples, find_candidates, read_folder, read_sentences
from positions.training.swap import Swapper

FOLDS = 5
SENTENCES = DATA / "training" / "sentences.jsonl"


@dataclass
class Material:
    """Everything labelled, read once: real articles with their fold, written sentences, and what reads them."""

    catalogue: Catalogue
    cues: Cues
    resolver: Resolver
    articles: list[Labelled]
    fold: dict[str, int]
    written: list[Labelled]

    @property
    def issues(self) -> list[str]:
        return [issue.slug for issue in self.catalogue.issues]


def material(folders: Sequence[Path], *, written: bool = True, seed: int = 7) -> Material:
    """Read and analyse the labelled folders and the written sentences. Folds are drawn over articles."""
    catalogue, cues, nlp = load(), load_cues(), load_model()
    resolver = Resolver(catalogue, nlp)
    articles = [text for folder in folders for text in read_folder(folder)]
    sentences = read_sentences(SENTENCES) if written else []
    began = time.monotonic()
    find_candidates([*articles, *sentences], nlp, resolver, cues)
    seconds = time.monotonic() - began
    print(f"{len(articles)} articles, {len(sentences)} sentences analysed in {seconds:.0f} s", flush=True)
    names = sorted(text.document.id for text in articles)
    random.Random(seed).shuffle(names)  # noqa: S311
    return Material(
        catalogue, cues, resolver, articles, {name: i % FOLDS for i, name in enumerate(names)}, sentences
    )


def train_encoder(
    data: Material, base: Path, held: int | None, path: Path, cache: dict, seed: int = 0
) -> None:
    """Train on everything but fold `held` (None: on everything) and write int8 ONNX to `path`."""
    from positions.training.encoder import Settings, Trainer
    from positions.training.export import export

    tokenizer = load_tokenizer(WEIGHTS / "tokenizer.json")
    seen = [t for t in data.articles if data.fold[t.document.id] != held]
    swapper = Swapper(data.catalogue, seed)
    rows = examples([*seen, *data.written], data.issues, tokenizer, swapper)
    trainer = Trainer(base, len(data.issues), Settings(seed=seed), cache)
    print(f"{path.name}: {len(rows)} examples of {len(seen)} articles", flush=True)
    trainer.fit(rows, lambda line: print(f"{path.name}: {line}", flush=True))
    export(trainer.net, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", choices=["folds", "stack", "lexicon", "final"])
    parser.add_argument("work", type=Path)
    parser.add_argument("--labelled", type=Path, nargs="+", required=True)
    parser.add_argument("--base", type=Path, help="folder of the MiniLM weights to start from")
    parser.add_argument("--fold", type=int, nargs="+", default=list(range(FOLDS)))
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    if args.stage in ("stack", "lexicon"):
        from positions.training.stack import stack_encoder, stack_lexicon

        data = material(args.labelled, written=False)
        stack_encoder(data, args.work) if args.stage == "stack" else stack_lexicon(data)
        return
    wanted = [(None, args.work / "final.onnx")]
    if args.stage == "folds":
        wanted = [(k, args.work / f"fold-{k}.onnx") for k in args.fold]
    todo = [(held, path) for held, path in wanted if not path.exists()]
    data, cache = material(args.labelled), {}
    for held, path in todo:
        train_encoder(data, args.base, held, path, cache)


if __name__ == "__main__":
    main()
