"""Text or HTML in, a ParsedArticle out. Pure: knows neither Django nor the network."""

from articles.parsing.fields import BadField, article_from, split_front_matter
from articles.parsing.page import UnreadablePage, parse_html
from articles.parsing.plain import parse_text
from articles.parsing.types import ParsedArticle, Published, Verdict

__all__ = [
    "BadField",
    "ParsedArticle",
    "Published",
    "UnreadablePage",
    "Verdict",
    "article_from",
    "parse_html",
    "parse_text",
    "split_front_matter",
]
