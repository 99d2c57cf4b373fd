"""Whatever machine and people do in whatever order, nothing decided is lost and the tallies stay right."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions import overlay, recording, tallies
from positions.models import Review, Statement
from tests.factories import make_actor, make_article, make_extraction, make_finding, make_issue, make_user

SPANS = ((0, 78), (80, 126), (80, 180), (127, 180))
KEYS = st.tuples(
    st.sampled_from(["UK", "RU"]),
    st.sampled_from(["government", "other"]),
    st.sampled_from(["sanctions", "refugees"]),
    st.sampled_from(["support", "oppose", "neutral"]),
)
FOUND = st.dictionaries(KEYS, st.tuples(st.sampled_from(SPANS), st.booleans()), max_size=5)
ARTICLE, PICK = st.integers(0, 1), st.integers(0, 30)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("extract"), ARTICLE, FOUND),
        st.tuples(st.just("fail"), ARTICLE, st.none()),
        st.tuples(st.just("accept"), PICK, st.none()),
        st.tuples(st.just("reject"), PICK, st.none()),
        st.tuples(st.just("correct"), PICK, st.sampled_from(["support", "oppose", "neutral"])),
        st.tuples(st.just("add"), ARTICLE, st.tuples(KEYS, st.sampled_from(SPANS))),
        st.tuples(st.just("undo"), PICK, st.none()),
    ),
    min_size=8,
    max_size=25,
)


class World:
    """Two articles of one source, two editors, and what the decisions must be by what was done."""

    def __init__(self) -> None:
        self.articles = [make_article(), make_article()]
        self.editors = [make_user("ada"), make_user("eve")]
        self.actors = {code: make_actor(code) for code in ("UK", "RU")}
        self.issues = {slug: make_issue(slug) for slug in ("sanctions", "refugees")}
        self.decisions: dict[int, dict[str, Any]] = {}

    def do(self, verb: str, where: int, what: Any) -> None:
        try:
            with transaction.atomic():
                getattr(self, verb)(where, what)
        except (recording.AlreadyHeld, recording.NothingToUndo):
            pass

    def extract(self, where: int, found: dict) -> None:
        findings = [
            make_finding(
                actor=key[0], voice=key[1], issue=key[2], stance=key[3], evidence=span, published=published
            )
            for key, (span, published) in found.items()
        ]
        extraction = make_extraction(self.articles[where], *findings)
        recording.record_findings(article=self.articles[where], extraction=extraction, seconds=0)

    def fail(self, where: int, _: None) -> None:
        recording.record_failure(article=self.articles[where], engine="test/1", error="x", seconds=0)

    def _picked(self, pick: int) -> dict[str, Any] | None:
        rows = list(Statement.objects.order_by("pk"))
        if not rows:
            return None
        row = rows[pick % len(rows)]
        return {
            "statement": row,
            "by": self.editors[pick % 2],
            "version": row.review.version if row.review else 0,
        }

    def accept(self, pick: int, _: None) -> None:
        if picked := self._picked(pick):
            self._keep(recording.accept(**picked))

    def reject(self, pick: int, _: None) -> None:
        if picked := self._picked(pick):
            self._keep(recording.reject(reason="No", **picked))

    def correct(self, pick: int, stance: str) -> None:
        if picked := self._picked(pick):
            self._keep(recording.correct_stance(reason="Misread", stance=stance, **picked))

    def add(self, where: int, what: tuple) -> None:
        (actor, voice, issue, stance), (start, end) = what
        self._keep(recording.add_stance(
            article=self.articles[where], by=self.editors[0], actor=self.actors[actor], voice=voice, speaker="x",
            issue=self.issues[issue], stance=stance, evidence_start=start, evidence_end=end,
        ))  # fmt: skip

    def undo(self, pick: int, _: None) -> None:
        reviews = list(Review.objects.order_by("pk"))
        if reviews:
            review = reviews[pick % len(reviews)]
            row = recording.undo(review=review, by=self.editors[0])
            self.decisions.pop(review.pk)
            if row.review:
                self._keep(row)

    def _keep(self, row: Statement) -> None:
        self.decisions[row.review_id] = {"statement": row.pk, **Review.objects.values().get(pk=row.review_id)}

    def check(self) -> None:
        assert tallies.differences() == []
        kept = {review.pk: review for review in Review.objects.select_related("statement")}
        assert {
            pk: {"statement": review.statement.pk, **Review.objects.values().get(pk=pk)}
            for pk, review in kept.items()
        } == self.decisions
        for review in kept.values():
            assert review.statement.withdrawn == (review.verdict == "rejected")
            assert overlay.key_of(review.statement) == overlay.key_of(review)
        standing = [(row.article_id, *overlay.key_of(row)) for row in Statement.objects.standing()]
        assert len(standing) == len(set(standing))


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_sequence(steps):
    with transaction.atomic():
        world = World()
        for step in steps:
            world.do(*step)
            world.check()
        tallies.rebuild()
        world.check()
        transaction.set_rollback(True)
