"""The screens of the reading side, a module each. Each takes a scope, reads one table and renders it."""

from positions.views.article import article, statement
from positions.views.matrix import matrix, position
from positions.views.methodology import methodology
from positions.views.theme import theme
from positions.views.timeline import timeline

__all__ = ["article", "matrix", "methodology", "position", "statement", "theme", "timeline"]
