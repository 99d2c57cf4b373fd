"""Which state of the data an export shows: the number and the time of the last recorded change."""

import datetime
from dataclasses import dataclass

from django.db import connection

# Each part is read from the end of an index, however many statements there are.
_LAST = """
    select coalesce((select max(id) from positions_statement), 0)
         + coalesce((select max(pgh_id) from positions_statementevent), 0),
           greatest((select max(finished_at) from positions_extractionrun),
                    (select pgh_created_at from positions_reviewevent order by pgh_id desc limit 1))
"""


@dataclass(frozen=True, slots=True)
class Revision:
    """`number` grows with every statement that is added or changed; `at` is in UTC, None while nothing is recorded."""

    number: int
    at: datetime.datetime | None

    @property
    def text(self) -> str:
        return f"rev {self.number}"


def revision() -> Revision:
    """Read the last recorded change. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        number, at = cursor.fetchone()
    return Revision(number, at)
