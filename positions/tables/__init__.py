"""What the screens and exports show, as frozen dataclasses ready to print: templates compute nothing."""

from positions.tables.article import ArticlePage, article_page
from positions.tables.cells import Cell, Matrix, cell, matrix
from positions.tables.lanes import Timeline, timeline
from positions.tables.quotes import Page, Quote, quotes, statement_url
from positions.tables.search import KINDS, Results, search
from positions.tables.shifts import Shift, ShiftPage, shift_page, shifts
from positions.tables.states import Thresholds, thresholds

__all__ = [
    "KINDS",
    "ArticlePage",
    "Cell",
    "Matrix",
    "Page",
    "Quote",
    "Results",
    "Shift",
    "ShiftPage",
    "Thresholds",
    "Timeline",
    "article_page",
    "cell",
    "matrix",
    "quotes",
    "search",
    "shift_page",
    "shifts",
    "statement_url",
    "thresholds",
    "timeline",
]
