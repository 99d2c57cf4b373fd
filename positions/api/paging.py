"""Pages of statements that hold however deep one goes: each begins after the last statement of the one before."""

import datetime
from dataclasses import dataclass
from http import HTTPStatus

from django.db.models import F, Q
from django.http import HttpRequest, QueryDict

from positions.api.answers import Problem
from positions.models import Statement
from positions.querysets import StatementQuerySet

DEFAULT, MOST = 100, 1000  # rows of one answer
_UNDATED = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """The last statement of a page: its day, None for undated ones, and its number."""

    day: datetime.date | None
    pk: int

    @classmethod
    def read(cls, text: str) -> "Place":
        """Read what `str` wrote; raises ValueError."""
        day, pk = text.split("~")
        return cls(None if day == _UNDATED else datetime.date.fromisoformat(day), int(pk))

    def __str__(self) -> str:
        return f"{self.day or _UNDATED}~{self.pk}"

    def beyond(self, rows: StatementQuerySet) -> StatementQuerySet:
        """What comes after it, newest first and undated last."""
        undated = Q(day=None, pk__lt=self.pk) if self.day is None else Q(day=None)
        dated = Q(pk__in=[]) if self.day is None else Q(day__lt=self.day) | Q(day=self.day, pk__lt=self.pk)
        return rows.filter(dated | undated)


def page(rows: StatementQuerySet, given: QueryDict) -> tuple[list[Statement], Place | None]:
    """One page and the place where the next one begins, None at the end. Raises Problem."""
    limit = whole(given, "limit", DEFAULT, MOST)
    if "after" in given:
        try:
            rows = Place.read(given["after"]).beyond(rows)
        except ValueError:
            wrong = "after: take it from the “next” link of an answer."
            raise Problem(HTTPStatus.BAD_REQUEST, "A parameter is wrong.", problems=[wrong]) from None
    found = list(rows.order_by(F("day").desc(nulls_last=True), "-pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], last and Place(last.day, last.pk)


def whole(given: QueryDict, name: str, default: int, most: int) -> int:
    """A whole number from 1 to `most`. Raises Problem."""
    text = given.get(name, str(default))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        wrong = f"{name}: write a whole number from 1 to {most}."
        raise Problem(HTTPStatus.BAD_REQUEST, "A parameter is wrong.", problems=[wrong])
    return int(text)


def next_url(request: HttpRequest, name: str, value: object) -> str:
    """This request's address with one parameter changed."""
    query = request.GET.copy()
    query[name] = str(value)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode(safe='~')}")
