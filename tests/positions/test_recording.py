"""What machine and people say about an article, and what becomes of it."""

import datetime

import pytest

from positions import recording, tallies
from positions.models import Review, Statement
from tests.factories import make_article, make_finding, make_statement, make_user, record

pytestmark = pytest.mark.django_db


def test_quick():
    row = make_statement()
    user = make_user()
    assert str(row) == f"S-{row.pk}"
    row = recording.correct_stance(statement=row, by=user, reason="Misread", version=0, stance="oppose")
    assert (row.stance, row.reviewed, row.published) == ("oppose", True, True)
    assert row.review.events.count() == 1
    assert tallies.differences() == []
    row = recording.undo(review=row.review, by=user)
    assert (row.stance, row.reviewed) == ("support", False)
