"""Work off the queue in this process, with a progress bar."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from tqdm import tqdm

from articles.models import Article
from positions import tasks

PAUSE = 1.0  # seconds between looks at jobs that other workers have in hand, or that wait to be tried again


class Command(BaseCommand):
    help = "Extract all queued articles in this process, beside whatever workers there are; fails if a job failed."

    def handle(self, *args: Any, **options: Any) -> None:
        started, last = (
            time.monotonic(),
            ProcrastinateEvent.objects.order_by("-pk").values_list("pk", flat=True).first(),
        )
        total = pending()
        if not total:
            self.stdout.write("Nothing to extract.")
            return
        tasks.engine()  # A model that is missing shows here, once, not in every job.
        try:
            with tqdm(total=total, unit=" articles", disable=None) as bar:
                work_off(bar)
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {pending()} articles still wait; run again to go on.") from None
        seconds = time.monotonic() - started
        failed = failures(last or 0)
        self.stdout.write(
            f"{total - len(failed)} articles extracted, {len(failed)} failed, in {seconds:.0f} s "
            f"({total / seconds:.1f} articles/s)."
        )
        if failed:
            raise CommandError("Failed:\n" + "\n".join(failed))


def pending() -> int:
    """Return the number of articles that wait to be extracted or are in hand."""
    return ProcrastinateJob.objects.filter(task_name=tasks.EXTRACT, status__in=["todo", "doing"]).count()


def work_off(bar: tqdm) -> None:
    """Run a worker until no article is pending: neither queued, nor in another worker's hands, nor to be retried."""

    def advance(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
        try:
            return call_next()
        finally:
            refresh(bar, in_hand=1)

    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # Failures are listed at the end.
    with app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(_work(bar, [*app.worker_defaults["task_middleware"], advance]))


async def _work(bar: tqdm, middleware: list[Callable]) -> None:
    async with app.open_async():
        while True:
            await app.run_worker_async(wait=False, install_signal_handlers=False, task_middleware=middleware)
            if not await sync_to_async(_left)(bar):
                return
            await asyncio.sleep(PAUSE)


def _left(bar: tqdm) -> int:
    """`refresh` for a thread that is not Django's own: gives its connection back."""
    try:
        return refresh(bar)
    finally:
        connection.close()


def refresh(bar: tqdm, in_hand: int = 0) -> int:
    """Show how far all workers together are and return what is left; `in_hand` jobs are done but not yet noted."""
    left = max(0, pending() - in_hand)
    bar.total = max(bar.total, bar.n + left)
    bar.update(bar.total - left - bar.n)
    return left


def failures(last_event: int) -> list[str]:
    """Return a line for each article whose job failed since the event."""
    events = ProcrastinateEvent.objects.filter(pk__gt=last_event, type="failed", job__task_name=tasks.EXTRACT)
    ids = set(events.filter(job__status="failed").values_list("job__args__article_id", flat=True))
    articles = Article.objects.filter(pk__in=ids).select_related("extraction").order_by("pk")
    return [f"  article {article.pk} “{article}”: {_why(article)}" for article in articles]


def _why(article: Article) -> str:
    run = getattr(article, "extraction", None)
    return (run and run.error) or "no answer from database or disk; see the log"
