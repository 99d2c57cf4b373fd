"""Timelines as drawings: a light SVG for the page as it arrives, and a Plotly figure in its place afterwards.

Both are laid out by the same numbers, in pixels from the top, so that one can take the other's place. Dataclasses in,
plain values out; no database, no request. Colours are names ("@support"), which the page fills in from its palette.
"""

from positions.charts.drawing import GAP, LANE, OFFSET, Drawing, DrawnPanel, drawing
from positions.charts.figure import figure
from positions.charts.ticks import ticks_between

__all__ = ["GAP", "LANE", "OFFSET", "Drawing", "DrawnPanel", "drawing", "figure", "ticks_between"]
