"""Tells whether the site can work: for load balancers and container health checks."""

import structlog
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = structlog.get_logger(__name__)

# Seconds since a job that is due was first due; finished jobs and those planned for later do not count.
OLDEST_DUE = """
    select count(*), extract(epoch from now() - min(coalesce(job.scheduled_at, event.at)))
    from procrastinate_jobs job
    left join lateral (
        select max(at) as at from procrastinate_events
        where job_id = job.id and type in ('deferred', 'deferred_for_retry', 'retried')
    ) event on true
    where job.status = 'todo' and coalesce(job.scheduled_at, now()) <= now()
"""


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the queue's length and the age of its oldest due job in seconds, or 503 if the database is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(OLDEST_DUE)
            waiting, oldest = cursor.fetchone()
    except DatabaseError as error:
        log.error("healthz failed", error=str(error))
        return JsonResponse({"database": "unreachable or not migrated"}, status=503)
    return JsonResponse({"database": "ok", "queue": {"due": waiting, "oldest_seconds": round(oldest or 0)}})
