"""Queue articles to be extracted again."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article, Source
from positions.tasks import defer_extraction


class Command(BaseCommand):
    help = "Queue articles to be extracted again; decisions stay. A worker or extract_pending then does the work."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--article", type=int, nargs="+", metavar="ID")
        which.add_argument("--source", metavar="SLUG")
        which.add_argument("--all", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.order_by("pk")
        if options["source"]:
            if not Source.objects.filter(slug=options["source"]).exists():
                known = ", ".join(Source.objects.values_list("slug", flat=True))
                raise CommandError(f"No source {options['source']!r}. There are: {known or 'none'}.")
            articles = articles.filter(source__slug=options["source"])
        if options["article"]:
            articles = articles.filter(pk__in=options["article"])
            if missing := set(options["article"]) - set(articles.values_list("pk", flat=True)):
                raise CommandError(f"No article {', '.join(map(str, sorted(missing)))}.")
        else:
            articles = articles.relevant()
        wanted = articles.values_list("pk", flat=True)
        added = defer_extraction(wanted)
        self.stdout.write(f"{added} articles queued, {len(wanted) - added} were waiting already.")
