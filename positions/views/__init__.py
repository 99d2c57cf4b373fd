"""The screens of the reading side, a module each. Each takes a scope, reads one table and renders it."""

from positions.views.api import api, make_token, revoke_token
from positions.views.article import article, read_again, statement
from positions.views.coverage import coverage
from positions.views.download import download
from positions.views.matrix import matrix, position
from positions.views.methodology import methodology
from positions.views.profile import actor, issue
from positions.views.saved import delete_view, rename_view, save_view, saved
from positions.views.search import search
from positions.views.shifts import shifts, shifts_feed
from positions.views.theme import theme
from positions.views.timeline import timeline, timeline_figure

__all__ = [
    "actor",
    "api",
    "article",
    "coverage",
    "delete_view",
    "download",
    "issue",
    "make_token",
    "matrix",
    "methodology",
    "position",
    "read_again",
    "rename_view",
    "revoke_token",
    "save_view",
    "saved",
    "search",
    "shifts",
    "shifts_feed",
    "statement",
    "theme",
    "timeline",
    "timeline_figure",
]
