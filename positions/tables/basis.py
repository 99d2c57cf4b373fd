"""What a screen rests on beside its statements: articles, how fresh they are, what a scope leaves out."""

import datetime
from collections.abc import Sequence
from functools import reduce

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from articles.models import Article
from positions.scope import Scope
from positions.tables.states import day_text

COUNTED = (
    20_000  # statements up to which their articles are counted: articles cannot be added up from tallies
)


def articles_of(scope: Scope, total: int) -> int | None:
    """How many articles the scope's statements come from, `total` of them; None where counting would take long."""
    if not 0 < total <= COUNTED:
        return None
    return scope.statements().aggregate(number=Count("article", distinct=True))["number"]


def staleness(now: datetime.datetime | None = None) -> str:
    """A sentence if the newest article came in long ago; empty otherwise, and without articles. One query."""
    newest = Article.objects.order_by("-pk").values_list("retrieved_at", flat=True).first()
    age = (now or timezone.now()) - newest if newest else datetime.timedelta()
    if age <= datetime.timedelta(hours=settings.DIPWATCH_STALE_HOURS):
        return ""
    return f"No article has come in since {day_text(newest.date())}."


def totals(scopes: Sequence[Scope]) -> list[int]:
    """How many statements each of the scopes holds. One query."""
    total = F("support") + F("oppose") + F("neutral")
    counted: list[QuerySet] = [
        scope.tallies().order_by().values(which=F("pk") * 0 + number).annotate(n=Sum(total))
        for number, scope in enumerate(scopes)
    ]
    try:
        found = dict(reduce(lambda all_, one: all_.union(one, all=True), counted).values_list("which", "n"))
    except EmptyResultSet:
        found = {}
    return [found.get(number, 0) for number in range(len(scopes))]


def articles_read() -> int:
    return Article.objects.leads().count()
