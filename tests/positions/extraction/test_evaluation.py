from __future__ import annotations

import pytest

from positions.extraction import evaluation
from positions.extraction.evaluation import Row


def row(stance: str, *, article: str = "a", issue: str = "sanctions", **more: object) -> Row:
    base = {"article": article, "actor": "UK", "voice": "government", "issue": issue, "stance": stance}
    return {**base, "speaker": "Downing Street", "evidence": "It backed them.", "date": "2017-04-10", **more}


# gold, found, (right, inverted, direction)
SCORES = [
    ([row("support")], [row("support")], (1, 0, 1.0)),
    ([row("support")], [row("oppose")], (0, 1, 0.0)),
    ([row("support")], [row("neutral")], (0, 0, 0.0)),
    # both sides in one article are two stances, and neither is inverted
    ([row("support"), row("oppose")], [row("support"), row("oppose")], (2, 0, 1.0)),
    ([row("support"), row("oppose")], [row("oppose")], (1, 0, 1.0)),
    ([row("support")], [row("support", issue="refugees")], (0, 0, 0.0)),
    ([row("support")], [], (0, 0, 0.0)),
]


@pytest.mark.parametrize(("gold", "found", "wanted"), SCORES)
def test_score(gold: list[Row], found: list[Row], wanted: tuple[int, int, float]) -> None:
    result = evaluation.score(gold, found)
    assert (result.right, result.inverted, result.direction) == wanted


def test_precision_recall_f1() -> None:
    gold = [row("support"), row("support", issue="refugees")]
    found = [row("support"), row("support", issue="safe-zones"), row("oppose", issue="kurdish-forces")]
    result = evaluation.score(gold, found)
    assert (result.precision, result.recall) == (1 / 3, 1 / 2)
    assert result.f1 == pytest.approx(0.4)


SPEAKERS = [
    ("Prime Minister David Cameron", "David Cameron", True),
    ("David Cameron", "Philip Hammond", False),
    ("the president", "The President", True),
    (None, "Moscow", False),
]


@pytest.mark.parametrize(("found", "gold", "same"), SPEAKERS)
def test_same_speaker(found: str | None, gold: str, same: bool) -> None:
    assert evaluation.same_speaker({"speaker": found}, {"speaker": gold}) is same


def test_dates_within_three_days_are_the_same() -> None:
    assert evaluation.same_date(row("support"), row("support", date="2017-04-13")) is True
    assert evaluation.same_date(row("support"), row("support", date="2017-04-14")) is False
    assert evaluation.same_date(row("support"), row("support", date=None)) is None


def test_against_the_usual_line() -> None:
    usual = evaluation.usual_line([row("support"), row("support", article="b"), row("oppose", article="c")])
    assert evaluation.against([row("support"), row("oppose")], usual) == [row("oppose")]


def test_gains_and_losses_are_told_the_right_way_round() -> None:
    gold = [row("support"), row("support", article="b")]
    found = [row("support"), row("oppose", article="b")]
    baseline = [row("support", article="b"), row("oppose")]
    changes = evaluation.gains_and_losses(gold, found, baseline)
    key = ("UK", "government", "sanctions")
    assert changes == {
        "a": ([(*key, "oppose"), (*key, "support")], []),
        "b": ([], [(*key, "oppose"), (*key, "support")]),
    }


def test_bootstrap_holds_the_figure() -> None:
    gold = [row("support", article=str(n)) for n in range(40)]
    found = [row("support" if n % 4 else "oppose", article=str(n)) for n in range(40)]
    low, high = evaluation.bootstrap(gold, found)
    assert low < evaluation.score(gold, found).f1 < high


def test_reliability_counts_each_band() -> None:
    found = [row("support", confidence=0.95), row("oppose", confidence=0.31), row("neutral", confidence=0.39)]
    assert evaluation.reliability([row("support")], found) == [(0.3, 2, 0.35, 0.0), (0.9, 1, 0.95, 1.0)]
