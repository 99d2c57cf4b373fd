"""How often a reader may ask: so many requests in each minute of the clock, counted in the database for all servers."""

import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.utils import timezone

_COUNT = """
    insert into positions_apiuse as old (user_id, since, used) values (%s, %s, 1)
    on conflict (user_id) do update
    set used = case when old.since = excluded.since then old.used + 1 else 1 end, since = excluded.since
    returning used
"""


def allowed() -> int:
    """Requests in a minute."""
    return settings.DIPWATCH_API_PER_MINUTE


def spend(user: AbstractBaseUser) -> int:
    """Count one request; return 0, or the seconds to wait where it is one too many."""
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [user.pk, minute])
        (used,) = cursor.fetchone()
    end = minute + datetime.timedelta(minutes=1)
    return 0 if used <= allowed() else max(1, round((end - now).total_seconds()))
