"""Brings actors, office holders, issues and events of `positions/data` into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from positions.extraction.catalogue import DATA, Catalogue, CatalogueError, load


class Command(BaseCommand):
    help = "Loads the reference data. It can be run again without harm; what is unchanged is not written."
    requires_system_checks = []  # --check works without a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only check the files; needs no database")
        parser.add_argument(
            "--folder", type=Path, default=DATA, help="folder with the YAML files (%(default)s)"
        )

    def handle(self, *, check: bool, folder: Path, **options: Any) -> None:
        try:
            catalogue = load(folder)
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        if check:
            self._say_counts(catalogue)
        else:
            self._store(catalogue)

    def _say_counts(self, catalogue: Catalogue) -> None:
        for table in fields(catalogue):
            self.stdout.write(f"{table.name.replace('_', ' ')}: {len(getattr(catalogue, table.name))}")
        self.stdout.write(f"tenures: {sum(len(person.tenures) for person in catalogue.people)}")
        self.stdout.write(f"aliases: {sum(len(actor.aliases) for actor in catalogue.actors)}")
        self.stdout.write(f"titles: {sum(len(office.phrases) for office in catalogue.offices)}")

    def _store(self, catalogue: Catalogue) -> None:
        from positions.reference import load_reference

        loaded = load_reference(catalogue)
        for table, total in loaded.total.items():
            self.stdout.write(
                f"{table}: {total}, of these new {loaded.added[table]}, changed {loaded.changed[table]}"
                + (f"; deleted {loaded.deleted[table]}" if loaded.deleted[table] else "")
            )
        for table, slugs in loaded.only_in_database.items():
            if slugs:
                self.stdout.write(f"{table} that only the database has, left as they are: {', '.join(slugs)}")
