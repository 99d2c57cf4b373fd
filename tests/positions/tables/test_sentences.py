"""Sentences made from the data."""

import pytest

from positions.tables import sentences
from positions.tables.states import State

S, O, N, D, M = State.SUPPORT, State.OPPOSE, State.NEUTRAL, State.DECLINED, State.MIXED  # noqa: E741


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], ""),
        ([{"UK": S, "Russia": O, "US": S}, {"UK": S, "Russia": S, "US": M}],
         ("Where both take a side, UK and US agree on 1 of 1 issue, UK and Russia agree on 1 of 2 issues, "
         "Russia and US agree on 0 of 1 issue.")),
        ([{"UK": N, "Russia": D}], ""),
    ],
)  # fmt: skip
def test_agreement(rows, sentence):
    assert sentences.agreement(rows) == sentence


@pytest.mark.parametrize(
    ("states", "clause"),
    [
        ({"UK": S, "Russia": O, "US": S}, "UK and US support, Russia opposes"),
        ({"UK": D, "Russia": M, "US": N}, "US is neutral, UK declined to say, Russia is mixed"),
        ({"UK": S, "Russia": State.NONE, "US": State.NONE},
         "UK supports, nothing found on Russia and US"),
    ],
)  # fmt: skip
def test_where_each_stands(states, clause):
    assert sentences.stand(states) == clause
