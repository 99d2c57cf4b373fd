"""How the rows of the matrix are ordered, and the headers that order them, through the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from positions.models import Actor
from positions.tables.states import Counts, State

AGREEMENT = "agreement"
_SIDES = (State.SUPPORT, State.OPPOSE)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of the actors that take a side take the same one."""

    most: int  # on the side that most take; 0 where no two agree
    sides: int  # that take a side

    @property
    def text(self) -> str:
        if self.sides < 2:
            return "–"
        return f"{self.most} of {self.sides} agree" if self.most else "None agree"

    @property
    def remark(self) -> str:
        """For listeners, where the text is a dash."""
        return "fewer than two take a side" if self.sides < 2 else ""


def agreement(states: Sequence[State]) -> Agreement:
    taken = [state for state in states if state in _SIDES]
    most = max((taken.count(side) for side in _SIDES), default=0)
    return Agreement(most if most > 1 else 0, len(taken))


@dataclass(frozen=True, slots=True)
class Header:
    """A column's header: `url` orders by it, or the other way round, or as before."""

    label: str
    url: str
    sorted: str = ""  # for aria-sort: ascending, descending or empty

    @property
    def arrow(self) -> str:
        return {"descending": "↓", "ascending": "↑"}.get(self.sorted, "")


def headers(actors: Sequence[Actor], sort: str, address: Callable[[str], str]) -> tuple[Header, ...]:
    """The headers of the actors and of agreement. `address` gives that of the page in an order."""
    named = [(actor.label, actor.slug) for actor in actors]
    if len(actors) > 1:
        named.append(("Agreement", AGREEMENT))
    return tuple(_header(label, name, sort, address) for label, name in named)


def _header(label: str, name: str, sort: str, address: Callable[[str], str]) -> Header:
    """Highest first, then lowest first, then in the order of the catalogue again."""
    if sort == name:
        return Header(label, address(f"-{name}"), "descending")
    if sort == f"-{name}":
        return Header(label, address(""), "ascending")
    return Header(label, address(name))


def orders(actors: Sequence[Actor]) -> list[str]:
    """What an address may ask for: support or agreement first, or last with a minus before it."""
    names = [*(actor.slug for actor in actors), AGREEMENT]
    return [*names, *(f"-{name}" for name in names)]


def rank(counts: Counts) -> float | None:
    """Where a cell stands between support (1) and opposition (-1); None without evidence, which comes last."""
    return (counts.support - counts.oppose) / counts.total if counts.total else None


def in_order[Row](rows: Sequence[Row], value: Callable[[Row], float | None], *, down: bool) -> list[Row]:
    """The rows by value, highest first if `down`; rows without one last, equal ones as they were."""

    def key(row: Row) -> Any:
        found = value(row)
        return (found is None, 0 if found is None else -found if down else found)

    return sorted(rows, key=key)
