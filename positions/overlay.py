"""Lays decisions on top of findings: which machine finding does each decision speak about, and do they agree?

Pure: works on rows in memory and writes nothing. `recording` turns the readings into Statement rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from articles.models import Article
from positions.extraction import types
from positions.models import DatePrecision, Held, Review, Stance

Key = tuple[int, str, int, str]  # actor id, voice, issue id, stance


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement to be: a finding, a decision, or a decision on top of a finding."""

    stance: Stance | None
    review: Review | None = None
    disputed: bool = False


def key_of(held: Held) -> Key:
    """What an article holds at most once."""
    return held.actor_id, held.voice, held.issue_id, held.stance


def machine_key(review: Review) -> Key:
    """The key of the finding that the decision was about."""
    return review.machine_actor_id, review.machine_voice, review.machine_issue_id, review.machine_stance


def lay(stances: Iterable[Stance], reviews: Iterable[Review], *, standing: set[Key]) -> list[Reading]:
    """Return the readings of one article: each decision once, and each finding that no decision speaks about.

    A decision stands whatever was found; where the finding is neither what was decided nor what the decision was
    about, the reading is disputed. `standing` holds the keys of unreviewed statements that exist already: their
    findings stay statements of their own, even beside a decision about the same sentence.
    """
    free = list(stances)
    about: dict[int, Stance] = {}
    reviews = sorted(reviews, key=lambda review: review.pk)
    for fits in (_same_place, _same_finding, _agrees, _contradicts(standing)):
        for review in reviews:
            stance = next(
                (stance for stance in free if review.pk not in about and fits(review, stance)), None
            )
            if stance is not None:
                about[review.pk] = stance
                free.remove(stance)
    decided = {key_of(review) for review in reviews if review.verdict != Review.Verdict.REJECTED}
    readings = [
        Reading(about.get(review.pk), review, _disputed(review, about.get(review.pk))) for review in reviews
    ]
    return readings + [Reading(stance) for stance in free if key_of(stance) not in decided]


def _same_place(review: Review, stance: Stance) -> bool:
    place = (review.machine_start, review.machine_end)
    return machine_key(review) == key_of(stance) and place == (stance.evidence_start, stance.evidence_end)


def _same_finding(review: Review, stance: Stance) -> bool:
    return machine_key(review) == key_of(stance) and _overlap(review, stance)


def _agrees(review: Review, stance: Stance) -> bool:
    """The machine now finds what the person decided, wherever in the article it reads it."""
    return review.verdict != Review.Verdict.REJECTED and key_of(review) == key_of(stance)


def _contradicts(standing: set[Key]) -> Callable[[Review, Stance], bool]:
    def fits(review: Review, stance: Stance) -> bool:
        """The machine reads the same sentence about the same actor and issue in another way than before."""
        return (
            key_of(stance) not in standing
            and stance.actor_id in (review.machine_actor_id, review.actor_id)
            and stance.issue_id in (review.machine_issue_id, review.issue_id)
            and _overlap(review, stance)
        )

    return fits


def _overlap(review: Review, stance: Stance) -> bool:
    places = ((review.machine_start, review.machine_end), (review.evidence_start, review.evidence_end))
    return any(start < stance.evidence_end and stance.evidence_start < end for start, end in places)


def _disputed(review: Review, stance: Stance | None) -> bool:
    found = key_of(stance) if stance else None
    decided = None if review.verdict == Review.Verdict.REJECTED else key_of(review)
    before = None if review.verdict == Review.Verdict.ADDED else machine_key(review)
    return found not in (decided, before)


def counted_day(held: Held | types.Finding, article: Article) -> datetime.date | None:
    """The day that a stance counts for: none where the text only puts it at some other time ("in 2013")."""
    if held.date is None and held.date_precision == DatePrecision.UNKNOWN:
        return None
    return held.date or article.published_on
