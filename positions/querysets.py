"""Chainable reads of decisions and statements."""

from __future__ import annotations

import datetime

from django.db import models


class ReviewQuerySet(models.QuerySet):
    def of_article(self, article_id: int) -> ReviewQuerySet:
        return self.filter(article_id=article_id)


class StatementQuerySet(models.QuerySet):
    def standing(self) -> StatementQuerySet:
        """Statements that have not been withdrawn."""
        return self.filter(withdrawn=False)

    def published(self) -> StatementQuerySet:
        """Statements that are shown to readers: sure enough, or checked by a person."""
        return self.standing().filter(published=True)

    def for_issue(self, issue: models.Model) -> StatementQuerySet:
        return self.filter(issue=issue)

    def for_actor(self, actor: models.Model) -> StatementQuerySet:
        return self.filter(actor=actor)

    def between(self, start: datetime.date | None, end: datetime.date | None) -> StatementQuerySet:
        """Statements that count for `start` to `end`, both days included; None leaves a side open."""
        rows = self
        if start:
            rows = rows.filter(day__gte=start)
        if end:
            rows = rows.filter(day__lte=end)
        return rows

    def as_of(self, day: datetime.date) -> StatementQuerySet:
        return self.between(None, day)

    def with_evidence(self) -> StatementQuerySet:
        """Statements with what is needed to quote them, in one query."""
        return self.select_related("article__source", "actor", "issue", "review__by")
