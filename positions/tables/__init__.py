"""What the screens and exports show, as frozen dataclasses ready to print: templates compute nothing."""

from positions.tables.accuracy import Accuracy, accuracy
from positions.tables.article import ArticlePage, article_page
from positions.tables.basis import articles_read, staleness, totals
from positions.tables.cells import Cell, Look, Matrix, cell, matrix
from positions.tables.coverage import Coverage, coverage
from positions.tables.lanes import Timeline, timeline
from positions.tables.marks import MarkPage, mark_page
from positions.tables.ordering import orders
from positions.tables.profile import Profile, actor_profile, issue_profile
from positions.tables.quotes import Page, Quote, quotes, statement_url
from positions.tables.search import KINDS, Results, search
from positions.tables.sentences import data_text
from positions.tables.shifts import Shift, ShiftPage, shift_page, shifts
from positions.tables.states import Thresholds, thresholds

__all__ = [
    "KINDS",
    "Accuracy",
    "ArticlePage",
    "Cell",
    "Coverage",
    "Look",
    "MarkPage",
    "Matrix",
    "Page",
    "Profile",
    "Quote",
    "Results",
    "Shift",
    "ShiftPage",
    "Thresholds",
    "Timeline",
    "accuracy",
    "actor_profile",
    "article_page",
    "articles_read",
    "cell",
    "coverage",
    "data_text",
    "issue_profile",
    "mark_page",
    "matrix",
    "orders",
    "quotes",
    "search",
    "shift_page",
    "shifts",
    "staleness",
    "statement_url",
    "thresholds",
    "timeline",
    "totals",
]
