"""Jobs of the queue: read an article and record what it says; take up again what a dead worker left behind."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterable
from itertools import batched

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from articles.models import Article
from positions import recording
from positions.extraction import types

log = structlog.get_logger(__name__)

EXTRACT = "positions.extract_article"
QUEUE = "extraction"
# What may be over in a minute: the database restarts, two writers deadlock, a disk is slow.
TRANSIENT = (OperationalError, InterfaceError, OSError)
RETRY = RetryStrategy(max_attempts=4, exponential_wait=3, retry_exceptions=TRANSIENT)  # After 3, 9, 27, 81 s.
ATTEMPTS = 5  # A job that has killed its worker so often is given up.
RESCUE_SECONDS = max(1, min(30, int(settings.DIPWATCH_STALLED_AFTER / 2)))


@functools.cache
def engine() -> types.Extractor:
    """Return this process's extractor, loaded on first use: models take seconds and are shared by all jobs."""
    return import_string(settings.DIPWATCH_EXTRACTOR)()


def document_of(article: Article) -> types.Document:
    """Return the article as the extraction sees it."""
    return types.Document(
        id=str(article.pk),
        title=article.title,
        text=article.text,
        published=article.published_on,
        source=article.source.name,
        speaker=article.speaker or article.source.speaker,
        standfirst=article.standfirst,
        kind=article.kind,
    )


def extract(article: Article) -> None:
    """Read the article and record what it says. A failure that would come again is recorded too, then raised."""
    started = time.perf_counter()
    reader = engine()
    try:
        [extraction] = reader.extract([document_of(article)])
        recording.record_findings(
            article=article, extraction=extraction, seconds=time.perf_counter() - started
        )
    except TRANSIENT:
        raise
    except Exception as error:
        recording.record_failure(
            article=article,
            engine=reader.engine,
            error=f"{type(error).__name__}: {error}",
            seconds=time.perf_counter() - started,
        )
        raise


@app.task(name=EXTRACT, queue=QUEUE, retry=RETRY)
def extract_article(article_id: int) -> None:
    # The article may have been deleted since.
    for article in Article.objects.select_related("source").filter(pk=article_id):
        extract(article)


def defer_extraction(article_ids: Iterable[int]) -> int:
    """Queue the articles to be extracted, those that wait already once only; return how many were added."""
    queued = ProcrastinateJob.objects.filter(task_name=EXTRACT, status="todo")
    waiting = set(queued.values_list("args__article_id", flat=True))
    jobs = [_job(pk) for pk in article_ids if pk not in waiting]
    for chunk in batched(jobs, 1000):
        app.job_manager.batch_defer_jobs(list(chunk))
    return len(jobs)


def _job(article_id: int) -> Job:
    # Jobs with the same lock never run side by side, whatever the number of workers.
    job = extract_article.configure(lock=f"article-{article_id}").job
    return job.evolve(task_kwargs={"article_id": article_id})


@app.periodic(cron=f"* * * * * */{RESCUE_SECONDS}")
@app.task(
    name="positions.requeue_stalled", queue=QUEUE, priority=100, lock="stalled", queueing_lock="stalled"
)
async def requeue_stalled(timestamp: int) -> None:
    """Put back the jobs of workers that have given no sign of life for DIPWATCH_STALLED_AFTER seconds."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=settings.DIPWATCH_STALLED_AFTER)
    for job in stalled:
        log.warning("stalled job", task=job.task_name, job=job.id, attempts=job.attempts)
        try:
            if job.attempts < ATTEMPTS:
                await app.job_manager.retry_job(job)
            else:
                await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        except ConnectorException as error:
            log.info("job was finished or put back meanwhile", job=job.id, error=str(error))


@app.periodic(cron="17 3 * * *")
@app.task(name="positions.forget_old_jobs", queue=QUEUE)
async def forget_old_jobs(timestamp: int) -> None:
    """Delete jobs that succeeded more than two days ago; failed ones stay until somebody looks."""
    await app.job_manager.delete_old_jobs(nb_hours=48)
