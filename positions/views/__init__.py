"""The screens of the reading side, a module each. Each takes a scope, reads one table and renders it."""

from positions.views.article import article, read_again, statement
from positions.views.download import download
from positions.views.matrix import matrix, position
from positions.views.methodology import methodology
from positions.views.shifts import shifts, shifts_feed
from positions.views.theme import theme
from positions.views.timeline import timeline

__all__ = [
    "article",
    "download",
    "matrix",
    "methodology",
    "position",
    "read_again",
    "shifts",
    "shifts_feed",
    "statement",
    "theme",
    "timeline",
]
