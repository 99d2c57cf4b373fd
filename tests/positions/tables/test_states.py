"""From counts to states."""

import pytest

from positions.tables.states import Counts, Coverage, State

S, O, N, D, M = State.SUPPORT, State.OPPOSE, State.NEUTRAL, State.DECLINED, State.MIXED  # noqa: E741


@pytest.mark.parametrize(
    ("support", "oppose", "neutral", "declined", "state"),
    [
        (0, 0, 0, 0, State.NONE),
        (1, 0, 0, 0, S),
        (0, 1, 0, 0, O),
        (6, 4, 0, 0, S),  # 60 % is enough
        (59, 41, 0, 0, M),
        (1, 1, 0, 0, M),
        (4, 2, 4, 0, M),
        (0, 3, 2, 0, O),
        (1, 0, 3, 0, N),
        (1, 0, 4, 2, D),  # at least half of the neutral ones declined
        (1, 0, 4, 1, N),
        (0, 0, 1, 1, D),
        (2, 0, 2, 2, M),
    ],
)
def test_state_is_the_side_with_the_share_that_settings_ask_for(support, oppose, neutral, declined, state):
    assert Counts(support, oppose, neutral, declined).state is state


def test_share_is_a_setting(settings):
    settings.DIPWATCH_MIXED_BELOW = 0.9
    assert Counts(support=8, oppose=2).state is M


@pytest.mark.parametrize(
    ("total", "outlets", "coverage"),
    [
        (0, 0, Coverage.NONE),
        (1, 1, Coverage.SINGLE),
        (2, 2, Coverage.THIN),
        (4, 4, Coverage.THIN),
        (5, 1, Coverage.THIN),
        (5, 2, Coverage.SOLID),
    ],
)
def test_coverage(total, outlets, coverage):
    assert Counts(support=total, outlets=frozenset(range(outlets))).coverage is coverage
