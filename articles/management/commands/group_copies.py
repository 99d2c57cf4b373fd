"""Compares articles that were stored before copies were grouped."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from articles import copies
from articles.models import Article, Signature


class Command(BaseCommand):
    help = "Groups near-duplicate articles of a day under the earliest. May be stopped and run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="forget all groups first, as after a change of thresholds"
        )

    def handle(self, *, anew: bool, **options: Any) -> None:
        if anew:
            with transaction.atomic():
                Signature.objects.all().delete()
                Article.objects.filter(lead__isnull=False, next_revisions__isnull=True).update(lead=None)
        # By number: those that come in meanwhile are compared as they are stored.
        waiting = list(copies.ungrouped().order_by("pk").values_list("pk", flat=True))
        for pk in tqdm(waiting, unit=" articles", disable=not sys.stderr.isatty()):
            copies.group_stored(pk)
        found = Article.objects.filter(lead__isnull=False, pk__in=waiting).count()
        self.stdout.write(f"compared {len(waiting)} articles, {found} of them a copy")
