"""Reads settings from the environment; a missing or bad value says what to set."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None, *, remedy: str = "") -> str:
    """The value of `name`; without one and without a default, raises ImproperlyConfigured with the remedy."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}. {remedy}".strip())
    return default


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, str(default)).strip().lower()
    if value in _YES | _NO:
        return value in _YES
    raise ImproperlyConfigured(f"Set {name} to 1 or 0, not {value!r}.")


def number(name: str, default: float, *, low: float, high: float) -> float:
    """A number from `low` to `high`, both included."""
    value = text(name, str(default))
    try:
        result = float(value)
    except ValueError:
        result = float("nan")
    if not low <= result <= high:
        raise ImproperlyConfigured(f"Set {name} to a number from {low:g} to {high:g}, not {value!r}.")
    return result


def optional_number(name: str, *, low: float, high: float) -> float | None:
    """A number from `low` to `high`, both included; None where it is not set."""
    return number(name, 0, low=low, high=high) if os.environ.get(name, "").strip() else None


def whole(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included."""
    value = number(name, default, low=low, high=high)
    if value != int(value):
        raise ImproperlyConfigured(f"Set {name} to a whole number, not {value:g}.")
    return int(value)


def words(name: str, default: str | None = None, *, remedy: str = "") -> list[str]:
    """A list given with commas between."""
    return [word.strip() for word in text(name, default, remedy=remedy).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()
