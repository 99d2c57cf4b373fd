"""What fills the lanes of a timeline between its marks: bands of the side that prevails, or bars of the balance.

Both are made bin by bin from what was said in it; a bin without statements stays blank, so silence is never bridged.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from positions.scope import Scope
from positions.tables.bins import Bins
from positions.tables.marks import Cell
from positions.tables.states import State, day_text, plural


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of bins, each with statements, over which the same side prevails; never one without."""

    start: datetime.date
    end: datetime.date
    state: State
    thin: bool
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bin as a bar: `up` and `down` are shares of half the lane's height, from 0 to 1."""

    start: datetime.date
    end: datetime.date
    up: float
    down: float


def bands(scope: Scope, cells: Sequence[Cell], cut: Bins) -> Iterator[Band]:
    """Bins with evidence, next to each other and alike, as one; a lone statement has no band."""
    if sum(cell.counts.total for cell in cells) < 2:
        return
    group: list[Cell] = []
    for cell in (*cells, None):
        if group and (cell is None or cell.bin != group[-1].bin + 1 or _kind(cell) != _kind(group[-1])):
            yield _band(scope, group, cut)
            group = []
        if cell is not None:
            group.append(cell)


def _kind(cell: Cell) -> tuple[State, bool]:
    counts = cell.counts
    few = counts.total < settings.DIPWATCH_THIN_BELOW
    # Without names of outlets (monthly tallies) the number alone decides.
    return counts.state, few or len(counts.outlets) == 1


def _band(scope: Scope, group: Sequence[Cell], cut: Bins) -> Band:
    state, thin = _kind(group[0])
    first, last = cut.span(group[0].bin)[0], cut.span(group[-1].bin)[1]
    number = sum(cell.counts.total for cell in group)
    side = f"{state.word}{', thin evidence' if thin else ''}"
    url = reverse("positions:position", args=[scope.actors[0].slug, scope.issues[0].slug])
    return Band(
        first,
        last,
        state,
        thin,
        f"{side}, {day_text(first)} – {day_text(last)}: {plural(number, 'statement')}",
        url + scope.query(actor="", issue="", from_=first.isoformat(), to=last.isoformat()),
    )


def bars(cells: Sequence[Cell], cut: Bins, measure: str, most: int) -> Iterator[Bar]:
    """The bins as bars: how far support outweighs opposition ("net"), or which share each has ("share")."""
    for cell in cells if measure != "statements" else ():
        first, last = cut.span(cell.bin)
        support, oppose = cell.counts.support, cell.counts.oppose
        if measure == "net":
            net = (support - oppose) / most
            yield Bar(first, last, max(net, 0), max(-net, 0))
        else:
            yield Bar(first, last, support / cell.counts.total, oppose / cell.counts.total)
