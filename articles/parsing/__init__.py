"""Text or HTML in, a ParsedArticle out. Pure: knows neither Django nor the network."""

from articles.parsing.page import parse_html
from articles.parsing.plain import parse_text
from articles.parsing.types import ParsedArticle, Published

__all__ = ["ParsedArticle", "Published", "parse_html", "parse_text"]
