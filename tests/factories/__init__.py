"""Small functions that make one row each, with sensible defaults; every field can be given by name."""

from tests.factories.articles import make_article, make_source
from tests.factories.positions import (
    make_actor,
    make_event,
    make_extraction,
    make_finding,
    make_issue,
    make_person,
    make_statement,
    record,
)
from tests.factories.users import make_user

__all__ = [
    "make_actor",
    "make_article",
    "make_event",
    "make_extraction",
    "make_finding",
    "make_issue",
    "make_person",
    "make_source",
    "make_statement",
    "make_user",
    "record",
]
