"""Colours of pictures: those of the light theme, since a picture is pasted into documents and slides."""

from dataclasses import dataclass

from positions.tables.states import Coverage, State

INK, MUTED, LINE, EDGE, PAPER, RAISED = "#1a1a1a", "#595959", "#d9d9d4", "#767676", "#ffffff", "#f6f6f3"
SUPPORT, OPPOSE = "#1b6ca8", "#b35806"
_SOLID = {State.SUPPORT: SUPPORT, State.OPPOSE: OPPOSE}
_PALE = {State.SUPPORT: "#e4eff8", State.OPPOSE: "#fcefe0"}


@dataclass(frozen=True, slots=True)
class Fill:
    """Fill, border, dashes ("" for none) and the colour of the text on it."""

    fill: str
    edge: str
    dashes: str
    ink: str = INK


def look(state: State, coverage: Coverage) -> Fill:
    """As on the screen: the less evidence, the less colour."""
    side = _SOLID.get(state, EDGE)
    if coverage is Coverage.NONE:
        return Fill(PAPER, PAPER, "", MUTED)
    if coverage is Coverage.SINGLE:
        return Fill(PAPER, LINE, "")
    if coverage is Coverage.THIN:
        return Fill(_PALE.get(state, "#f3f3f1"), side, "4 3")
    if state in _SOLID:
        return Fill(side, side, "", PAPER)
    if state is State.MIXED:
        return Fill("#f3f3f1", EDGE, "")
    return Fill("#e6e6e6", EDGE, "2 2" if state is State.DECLINED else "")
