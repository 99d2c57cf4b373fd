"""From counts to the state of a position, with its glyph and word. Thresholds are settings."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.formats import date_format

from positions import engine
from positions.models import Held


class State(StrEnum):
    """What a cell of the matrix says. Mixed, declined and no evidence are states of their own, never neutral."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    NEUTRAL = "neutral"
    DECLINED = "declined"
    MIXED = "mixed"
    NONE = "none"

    @property
    def glyph(self) -> str:
        return _GLYPHS[self]

    @property
    def word(self) -> str:
        return _WORDS[self]


_GLYPHS = {
    State.SUPPORT: "▲",
    State.OPPOSE: "▼",
    State.NEUTRAL: "◆",
    State.DECLINED: "○",
    State.MIXED: "▲▼",
    State.NONE: "–",
}
_WORDS = {
    State.SUPPORT: "Supports",
    State.OPPOSE: "Opposes",
    State.NEUTRAL: "Neutral",
    State.DECLINED: "Declined",
    State.MIXED: "Mixed",
    State.NONE: "No evidence",
}


class Coverage(StrEnum):
    """How much stands behind a cell: fewer statements are drawn with less colour."""

    SOLID = "solid"
    THIN = "thin"  # few statements, or one outlet only
    SINGLE = "single"  # one statement
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements take which side; `declined` are among the neutral ones, `outlets` are numbers of rows."""

    support: int = 0
    oppose: int = 0
    neutral: int = 0
    declined: int = 0
    reviewed: int = 0
    outlets: frozenset[int] = frozenset()
    latest: datetime.date | None = None
    earliest: datetime.date | None = None

    @property
    def total(self) -> int:
        return self.support + self.oppose + self.neutral

    @property
    def state(self) -> State:
        """The side that most statements take, if it has the share that the settings ask for, else mixed."""
        if not self.total:
            return State.NONE
        side, most = max(
            (State.SUPPORT, self.support), (State.OPPOSE, self.oppose), (State.NEUTRAL, self.neutral),
            key=lambda pair: pair[1],
        )  # fmt: skip
        if most < settings.DIPWATCH_MIXED_BELOW * self.total:
            return State.MIXED
        return State.DECLINED if side is State.NEUTRAL and 2 * self.declined >= self.neutral else side

    @property
    def coverage(self) -> Coverage:
        if self.total < 2:
            return Coverage.SINGLE if self.total else Coverage.NONE
        thin = self.total < settings.DIPWATCH_THIN_BELOW or len(self.outlets) < 2
        return Coverage.THIN if thin else Coverage.SOLID

    @property
    def sides(self) -> frozenset[State]:
        """Every side that is taken at least once; declining is told from neutral."""
        taken = {
            State.SUPPORT: self.support,
            State.OPPOSE: self.oppose,
            State.NEUTRAL: self.neutral - self.declined,
            State.DECLINED: self.declined,
        }
        return frozenset(state for state, number in taken.items() if number)

    @property
    def prevailing(self) -> int:
        """How many statements take the side that the state names."""
        if self.state in (State.NEUTRAL, State.DECLINED):
            return self.neutral
        return {State.SUPPORT: self.support, State.OPPOSE: self.oppose}.get(self.state, 0)


def state_of(row: Held) -> State:
    return State.DECLINED if row.declined else State(row.stance)


def day_text(day: datetime.date | None) -> str:
    return date_format(day, "j M Y") if day else "undated"


def plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The settings that decide what is shown and how, worded for the screens."""

    mixed: str
    thin: int
    publish: str
    keep: str
    zone: str


def thresholds() -> Thresholds:
    return Thresholds(
        mixed=f"{settings.DIPWATCH_MIXED_BELOW:.0%}",
        thin=settings.DIPWATCH_THIN_BELOW,
        publish=engine.publish_text(),
        keep=engine.keep_text(),
        zone=settings.DIPWATCH_DISPLAY_TZ,
    )
