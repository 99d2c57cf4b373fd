"""Tallies survive the migration that rolls them up, both ways."""

import datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from positions import recording, tallies
from tests.factories import make_statement, make_user

BEFORE = [("positions", "0003_counted_day")]


def migrate(targets) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)


@pytest.mark.django_db(transaction=True)
def test_counted_anew_both_ways():
    make_statement(day=datetime.date(2017, 4, 1))
    make_statement(day=datetime.date(2017, 4, 1), confidence=0.7)
    make_statement(day=None, stance="neutral", declined=True)
    recording.accept(statement=make_statement(day=datetime.date(2017, 5, 1), stance="oppose"), by=make_user())
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate(BEFORE)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select day, support, oppose, neutral, declined, reviewed from positions_dailytally order by day"
            )
            assert cursor.fetchall() == [
                (datetime.date(2017, 4, 1), 2, 0, 0, 0, 0),
                (datetime.date(2017, 5, 1), 0, 1, 0, 0, 1),
                (None, 0, 0, 1, 1, 0),
            ]
    finally:
        migrate(latest)
    assert tallies.differences() == []
