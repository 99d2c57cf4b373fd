"""Count the daily tallies anew, or check them."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from positions import tallies


class Command(BaseCommand):
    help = "Count the daily tallies anew from the statements."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if a tally is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{tallies.rebuild()} tallies counted.")
            return
        if wrong := tallies.differences():
            listed = "\n".join(wrong[:20])
            raise CommandError(f"{len(wrong)} tallies are wrong; run manage.py rebuild_tallies.\n{listed}")
        self.stdout.write("All tallies are right.")
