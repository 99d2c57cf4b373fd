"""Chainable reads of articles."""

from __future__ import annotations

import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models


class ArticleQuerySet(models.QuerySet):
    def between(self, start: datetime.date | None, end: datetime.date | None) -> ArticleQuerySet:
        """Articles published from `start` to `end`, both days included; None leaves a side open."""
        rows = self
        if start:
            rows = rows.filter(published_on__gte=start)
        if end:
            rows = rows.filter(published_on__lte=end)
        return rows

    def matching(self, words: str) -> ArticleQuerySet:
        """Articles that match a web search expression ("a phrase", -without, this OR that), best first."""
        query = SearchQuery(words, search_type="websearch", config="english")
        return (
            self.filter(search=query)
            .annotate(rank=SearchRank(models.F("search"), query))
            .order_by("-rank", "-published_at")
        )

    def leads(self) -> ArticleQuerySet:
        """Articles that are not a copy of another."""
        return self.filter(lead__isnull=True)

    def relevant(self) -> ArticleQuerySet:
        """Articles that concern the subject; the others are kept as seen."""
        return self.filter(relevant=True)
