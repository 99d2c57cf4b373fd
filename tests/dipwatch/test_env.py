"""Values from the environment: what is taken, and what an error tells to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from dipwatch import env

FLAGS = [("1", True), ("true", True), ("YES", True), ("0", False), ("off", False), ("", False)]


@pytest.mark.parametrize(("value", "wanted"), FLAGS)
def test_flag(monkeypatch: pytest.MonkeyPatch, value: str, wanted: bool) -> None:
    monkeypatch.setenv("X", value)
    assert env.flag("X", not wanted) is wanted


BAD = [
    ("maybe", lambda: env.flag("X", False), "Set X to 1 or 0, not 'maybe'"),
    ("much", lambda: env.number("X", 0.5, low=0, high=1), "Set X to a number from 0 to 1, not 'much'"),
    ("1.5", lambda: env.number("X", 0.5, low=0, high=1), "Set X to a number from 0 to 1, not '1.5'"),
    ("nan", lambda: env.number("X", 0.5, low=0, high=1), "Set X to a number from 0 to 1"),
    ("2.5", lambda: env.whole("X", 3, low=1, high=9), "Set X to a whole number, not 2.5"),
    (
        "",
        lambda: env.text("X", remedy="Any name will do."),
        "Set the environment variable X. Any name will do.",
    ),
    ("  ", lambda: env.words("X"), "Set the environment variable X."),
]


@pytest.mark.parametrize(("value", "read", "message"), BAD)
def test_bad_values_say_what_to_set(monkeypatch: pytest.MonkeyPatch, value: str, read, message: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured) as caught:
        read()
    assert message in str(caught.value)


def test_good_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " a.example, b.example ,")
    assert env.words("X") == ["a.example", "b.example"]
    monkeypatch.setenv("X", "7")
    assert (env.whole("X", 1, low=1, high=9), env.number("X", 1, low=0, high=9)) == (7, 7.0)
    monkeypatch.delenv("X")
    assert (env.whole("X", 1, low=1, high=9), env.text("X", "d"), env.flag("X", True)) == (1, "d", True)
