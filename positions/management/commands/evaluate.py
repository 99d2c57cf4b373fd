"""Measure the extraction on labelled articles."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.sample import samples
from positions.extraction import evaluation
from positions.extraction.evaluation import Row, Score
from positions.extraction.interchange import BadLine, finding_row, read_documents
from positions.extraction.pipeline import build, stream
from positions.extraction.types import Document


class Command(BaseCommand):
    help = "Extract from FOLDER (articles.jsonl, stances.jsonl) or --sample and print how good it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="holds articles.jsonl and stances.jsonl")
        parser.add_argument("--sample", action="store_true", help="the sample corpus of the project")
        parser.add_argument("--usual", type=Path, help="labelled stances that tell each actor's usual line")
        parser.add_argument("--baseline", type=Path, help="found stances to compare with, article by article")
        parser.add_argument("--save", type=Path, help="write what was found here, for a later --baseline")

    def handle(self, *args: Any, folder: Path | None, sample: bool, **options: Any) -> None:
        if (folder is None) == (not sample):
            raise CommandError("Name a folder with articles.jsonl and stances.jsonl, or give --sample.")
        try:
            documents, gold = _sample() if sample else _folder(folder)
            usual = evaluation.usual_line(_lines(options["usual"])) if options["usual"] else {}
            baseline = _lines(options["baseline"]) if options["baseline"] else None
        except (OSError, BadLine, ValueError) as error:
            raise CommandError(str(error)) from error
        found = _extract(documents)
        if options["save"]:
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
            options["save"].write_text(text, encoding="utf-8")
        self.stdout.write("\n".join(report(gold, found, usual, baseline)))


def _folder(folder: Path) -> tuple[list[Document], list[Row]]:
    gold = _lines(folder / "stances.jsonl")
    known = {row["article"] for row in gold}
    rows = [d for d in read_documents(folder / "articles.jsonl") if d.id in known]
    return rows, [row for row in gold if not row.get("none")]


def _sample() -> tuple[list[Document], list[Row]]:
    documents, gold = [], []
    for sample in samples():
        a = sample.article
        documents.append(
            Document(
                sample.path.stem, a.title, a.text, a.published_on, a.outlet, a.speaker, a.standfirst, a.kind
            )
        )
        gold.extend(
            {"more_evidence": [], **stance, "article": sample.path.stem} for stance in sample.expected
        )
    return documents, gold


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _extract(documents: list[Document]) -> list[Row]:
    pipeline = build(settings.DIPWATCH_SPACY_MODEL)
    bar = tqdm(stream(pipeline, documents), total=len(documents), unit="article", disable=None)
    return [finding_row(f, extraction.document) for extraction in bar for f in extraction.findings]


def report(
    gold: list[Row], found: list[Row], usual: dict[tuple[str, str], str], baseline: list[Row] | None
) -> list[str]:
    """Return the lines that are printed."""
    low, high = evaluation.bootstrap(gold, found)
    whole = evaluation.score(gold, found)
    lines = [_line("all", whole), f"  F1 95 % interval {low:.3f} to {high:.3f} (bootstrap over articles)"]
    dates = "-" if whole.date is None else f"{whole.date:.3f}"
    lines.append(f"  speaker {whole.speaker:.3f}  evidence {whole.evidence:.3f}  date {dates}")
    lines.append(_line("published", evaluation.score(gold, [r for r in found if r["published"]])))
    if usual:
        unusual = evaluation.score(evaluation.against(gold, usual), evaluation.against(found, usual))
        lines.append(_line("against the usual line", unusual))
    for field in ("issue", "actor", "voice", "stance"):
        lines.append(f"\nby {field}")
        lines.extend(_line(value, s) for value, s in evaluation.by(field, gold, found).items())
    lines.append("\nconfidence: from, count, mean, share right")
    lines.extend(
        f"  {a:.1f} {n:5} {mean:.2f} {hit:.2f}" for a, n, mean, hit in evaluation.reliability(gold, found)
    )
    wrong = evaluation.inversions(gold, found)
    lines.append(f"\ninverted: {len(wrong)}")
    for r in wrong:
        lines.append(
            f"  {r['article']} {r['actor']} {r['voice']} {r['issue']} {r['stance']}: {r['evidence'][:120]}"
        )
    if baseline is not None:
        lines.extend(_changes(gold, found, baseline))
    return lines


def _line(name: str, s: Score) -> str:
    return (
        f"{name:34} gold {s.gold:4} found {s.found:4} right {s.right:4}  P {s.precision:.3f} R {s.recall:.3f} "
        f"F1 {s.f1:.3f}  topic F1 {s.topic_f1:.3f}  direction {s.direction:.3f}  inverted {s.inverted}"
    )


def _changes(gold: list[Row], found: list[Row], baseline: list[Row]) -> list[str]:
    changes = evaluation.gains_and_losses(gold, found, baseline)
    gained, lost = (sum(len(c[i]) for c in changes.values()) for i in (0, 1))
    lines = [f"\nagainst the baseline: {gained} gains, {lost} losses"]
    for article, (better, worse) in changes.items():
        lines.extend(f"  + {article} {' '.join(key)}" for key in better)
        lines.extend(f"  - {article} {' '.join(key)}" for key in worse)
    return lines
