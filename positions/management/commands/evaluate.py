"""Measure the extraction on labelled articles."""

from __future__ import annotations

import datetime
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.sample import samples
from positions import engine
from positions.extraction import evaluation, figures
from positions.extraction.evaluation import Row, Score
from positions.extraction.interchange import BadLine, finding_row, read_documents
from positions.extraction.llm import AnswerError, CapError, EndpointError
from positions.extraction.pipeline import build
from positions.extraction.types import Document, Extractor

# By so much F1 may fall below the baseline's: processors round the encoder's weights differently.
NOISE = 0.005


class Command(BaseCommand):
    help = "Extract from FOLDER (articles.jsonl, stances.jsonl) or --sample and print how good it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="holds articles.jsonl and stances.jsonl")
        parser.add_argument("--sample", action="store_true", help="the sample corpus of the project")
        parser.add_argument("--usual", type=Path, help="labelled stances that tell each actor's usual line")
        parser.add_argument("--baseline", type=Path, help="found stances to compare with, article by article")
        parser.add_argument(
            "--strict", action="store_true", help="fail where F1 is below --baseline or an inversion is new"
        )
        parser.add_argument(
            "--extractor", choices=["shipped", "llm"], default="shipped",
            help="llm: the language model of the DIPWATCH_LLM_ settings, compared with what is shipped",
        )  # fmt: skip
        parser.add_argument(
            "--json",
            type=Path,
            help="write the figures here; positions/data/accuracy.json is what the site shows",
        )
        parser.add_argument("--save", type=Path, help="write what was found here, for a later --baseline")

    def handle(self, *args: Any, folder: Path | None, sample: bool, **options: Any) -> None:
        if (folder is None) == (not sample):
            raise CommandError("Name a folder with articles.jsonl and stances.jsonl, or give --sample.")
        if options["strict"] and not options["baseline"]:
            raise CommandError("--strict compares with a --baseline: name its file.")
        try:
            documents, gold = _sample() if sample else _folder(folder)
            usual = evaluation.usual_line(_lines(options["usual"])) if options["usual"] else {}
            baseline = _lines(options["baseline"]) if options["baseline"] else None
        except (OSError, BadLine, ValueError) as error:
            raise CommandError(str(error)) from error
        found = self._extract(documents, build(settings.DIPWATCH_SPACY_MODEL))
        if options["extractor"] == "llm":
            shipped, found = found, self._extract(documents, engine.language_model())
            self.stdout.write(_line("shipped extractor", evaluation.score(gold, shipped)))
            self.stdout.write(_line("language model", evaluation.score(gold, found)) + "\n")
            baseline = shipped if baseline is None else baseline
        if options["save"]:
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
            options["save"].write_text(text, encoding="utf-8")
        if options["json"]:
            _write_figures(
                options["json"], gold, found, documents, sample=sample, engine=options["extractor"]
            )
        self.stdout.write("\n".join(report(gold, found, usual, baseline)))
        if options["strict"]:
            _gate(gold, found, baseline or [])

    def _extract(self, documents: list[Document], extractor: Extractor) -> list[Row]:
        """Return what is found; an article that the engine cannot read is told and left out."""
        rows: list[Row] = []
        for document in tqdm(documents, unit="article", disable=None):
            try:
                [extraction] = extractor.extract([document])
            except (EndpointError, AnswerError, CapError) as error:
                self.stderr.write(self.style.WARNING(str(error)))
                continue
            rows.extend(finding_row(f, document) for f in extraction.findings)
        return rows


def _write_figures(
    path: Path, gold: list[Row], found: list[Row], documents: list[Document], *, sample: bool, engine: str
) -> None:
    about = {
        "name": "the sample corpus of the project" if sample else "labelled articles outside the project",
        "articles": len(documents),
        "engine": engine,
        "made": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }
    text = json.dumps(figures.figures(gold, found, about), indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def _gate(gold: list[Row], found: list[Row], baseline: list[Row]) -> None:
    """Raise CommandError where the extraction has become worse than its baseline."""
    now, then = evaluation.score(gold, found), evaluation.score(gold, baseline)
    known = {
        (r["article"], r["actor"], r["issue"], r["stance"]) for r in evaluation.inversions(gold, baseline)
    }
    new = [
        f"{r['article']} {r['actor']} {r['issue']} {r['stance']}"
        for r in evaluation.inversions(gold, found)
        if (r["article"], r["actor"], r["issue"], r["stance"]) not in known
    ]
    problems = [f"new inversion: {name}" for name in new]
    if now.f1 < then.f1 - NOISE:
        problems.append(f"F1 fell from {then.f1:.3f} to {now.f1:.3f}")
    if problems:
        raise CommandError("\n".join(["The extraction is worse than its baseline:", *problems]))


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
