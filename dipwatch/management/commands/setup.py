"""Brings the database up to date, in one process since each would take a second or two to start."""

import argparse
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates and loads the reference data; for a demonstration also users and the sample corpus."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="three users and the sample corpus, extracted"
        )

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_reference", stdout=self.stdout)
        if demo:
            call_command("make_demo_users", stdout=self.stdout)
            call_command("ingest", sample=True)
            call_command("extract_pending")
