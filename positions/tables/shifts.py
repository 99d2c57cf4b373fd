"""Changes of position: when an actor left one side of an issue for another, with the sentences that show it.

The rule is in `turns`. Statements without a date and refusals to say count for nothing here.
"""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from positions.models import Actor, Attribution, Issue
from positions.revision import Revision, revision
from positions.scope import Scope
from positions.tables.counts import Place
from positions.tables.quotes import Quote, quote, turned, with_quotations
from positions.tables.spoken import read_days
from positions.tables.states import Counts, State, day_text, plural
from positions.tables.turns import Turn, rule, turns

PER_PAGE = 20
SECONDS = 3600  # for which what was found is kept
AROUND = datetime.timedelta(days=365)  # shown on either side of a change


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of position with, where they were asked for, the last sentence before it and the first one after."""

    actor: Actor
    issue: Issue
    day: datetime.date
    until: datetime.date  # the last day on which the old side was taken
    old: State
    new: State
    before: Counts
    after: Counts
    url: str  # the statements of the actor on the issue, in the same scope
    timeline: str  # the issue around that day
    quote_before: Quote | None = None
    quote_after: Quote | None = None

    @property
    def key(self) -> str:
        """What tells this change from every other, for as long as the evidence for it stands."""
        return f"{self.actor.slug}/{self.issue.slug}/{self.day:%Y-%m-%d}/{self.old}-{self.new}"

    @property
    def day_text(self) -> str:
        return day_text(self.day)

    @property
    def until_text(self) -> str:
        return day_text(self.until)

    @property
    def step(self) -> str:
        return f"{self.old.word} → {self.new.word}"

    @property
    def text(self) -> str:
        """The change as a heading: "Russia on Sanctions: Opposes → Supports"."""
        return f"{self.actor.label} on {self.issue.label}: {self.step}"

    @property
    def was(self) -> str:
        """For a cell that shows the new side: "was Neutral until 6 Apr 2017"."""
        return f"was {self.old.word} until {day_text(self.until)}"

    @property
    def evidence_before(self) -> str:
        return _evidence(self.before)

    @property
    def evidence_after(self) -> str:
        return _evidence(self.after)

    @property
    def silence(self) -> str:
        """How long nothing was said between the two sides, where that is long; else empty."""
        days = (self.day - (self.before.latest or self.until)).days
        return (
            f"Nothing was said on it for {plural(round(days / 30.4), 'month')} before." if days > 60 else ""
        )


def _evidence(counts: Counts) -> str:
    outlets = plural(len(counts.outlets), "outlet")
    return f"{counts.prevailing:,} of {plural(counts.total, 'statement')}, {outlets}"


def shifts(scope: Scope, *, quoted: bool = True, most: int | None = None) -> tuple[Shift, ...]:
    """Return the changes within the scope's period, newest first: one query, and one more for the sentences.

    `most` keeps the newest so many. Statements before the period count as what was held before it.
    """
    found = _listed(scope, _turns(scope))[:most]
    return with_sentences(scope, found) if quoted else found


def known_shifts(scope: Scope, state: Revision | None = None) -> tuple[Shift, ...]:
    """The same without sentences, kept in the process until something is recorded. One query for the state of the
    data, if it is not given, and one where that is new."""
    counted = [pair for pair in scope.chosen if pair[0] != "from"]
    key = "turns-" + hashlib.sha256(repr((counted, rule(), state or revision())).encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        found = _turns(scope)
        cache.set(key, found, SECONDS)
    return _listed(scope, found)


def _turns(scope: Scope) -> dict[Place, tuple[Turn, ...]]:
    """The changes of each cell up to the end of the period, oldest first; also those before it."""
    asked = rule()
    spoken = read_days(replace(scope, start=None), asked)
    return {place: tuple(turns(days, asked)) for place, days in spoken.items()}


def _listed(scope: Scope, found: dict[Place, tuple[Turn, ...]]) -> tuple[Shift, ...]:
    """Those within the period, newest first."""
    actors = {actor.pk: actor for actor in scope.actors}
    issues = {issue.pk: issue for issue in scope.issues}
    listed = [
        _shift(scope, actors[actor], issues[issue], turn)
        for (issue, actor), made in found.items()
        for turn in made
        if scope.start is None or turn.day >= scope.start
    ]
    return tuple(
        sorted(listed, key=lambda shift: (-shift.day.toordinal(), shift.actor.order, shift.issue.order))
    )


def _shift(scope: Scope, actor: Actor, issue: Issue, turn: Turn) -> Shift:
    place = reverse("positions:position", args=[actor.slug, issue.slug])
    around = {
        "from_": (turn.day - AROUND).isoformat(),
        "to": min(filter(None, (turn.day + AROUND, scope.until))).isoformat(),
    }
    return Shift(
        actor=actor,
        issue=issue,
        day=turn.day,
        until=turn.until,
        old=turn.old,
        new=turn.new,
        before=turn.before,
        after=turn.after,
        url=place + scope.query(actor="", issue=""),
        timeline=reverse("positions:timeline") + scope.query(issue=issue.slug, **around),
    )


def with_sentences(scope: Scope, found: Sequence[Shift]) -> tuple[Shift, ...]:
    """Return the changes with their two sentences each, read in one query."""
    if not found:
        return ()
    ends = [_end(shift, side, day) for shift in found for side, day in _ends(shift)]
    described = Case(When(attribution=Attribution.DESCRIBED, then=Value(1)), default=Value(0))
    place = ("actor_id", "issue_id", "stance", "day")  # by the columns: a relation would bring its own order
    rows = (
        with_quotations(replace(scope, start=None).statements())
        .filter(reduce(or_, ends), declined=False)
        .order_by(*place, described, "-reviewed", F("confidence").desc(nulls_last=True), "pk")
        .distinct(*place)
    )
    said = {(row.actor_id, row.issue_id, row.stance, row.day): quote(row, row.quotation) for row in rows}
    return tuple(_quoted(shift, said) for shift in found)


def _ends(shift: Shift) -> tuple[tuple[State, datetime.date], tuple[State, datetime.date]]:
    return (shift.old, shift.until), (shift.new, shift.day)


def _end(shift: Shift, side: State, day: datetime.date) -> Q:
    return Q(actor=shift.actor, issue=shift.issue, stance=side.value, day=day)


def _quoted(shift: Shift, said: dict[tuple[int, int, str, datetime.date], Quote]) -> Shift:
    before, after = (
        said.get((shift.actor.pk, shift.issue.pk, side.value, day)) for side, day in _ends(shift)
    )
    return replace(shift, quote_before=before, quote_after=after)


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """One page of changes, newest first, out of `total`; addresses of the next pages are empty at either end."""

    shifts: tuple[Shift, ...]
    total: int
    first: int
    last: int
    newer: str
    older: str
    status: str
    rule: str
    one_outlet: bool  # the scope holds fewer outlets than the rule asks for, so nothing can be found


def shift_page(scope: Scope, *, page: str, address: str) -> ShiftPage:
    """Read one page of changes in two queries; a page past the end gives the last. `address` is that of the first."""
    found, asked = known_shifts(scope), rule()
    shown = Paginator(found, PER_PAGE).get_page(page)
    return ShiftPage(
        shifts=with_sentences(scope, shown.object_list),
        total=len(found),
        first=shown.start_index(),
        last=shown.end_index(),
        newer=turned(address, shown.previous_page_number()) if shown.has_previous() else "",
        older=turned(address, shown.next_page_number()) if shown.has_next() else "",
        status=_status(scope, found),
        rule=asked.words,
        one_outlet=0 < len(scope.outlets) < asked.outlets,
    )


def _status(scope: Scope, found: Sequence[Shift]) -> str:
    """What was found: "3 changes by 2 actors on 3 issues, 4 Apr 2013 – 9 Jul 2017."."""
    if not found:
        return ""
    actors, issues = {shift.actor.pk for shift in found}, {shift.issue.pk for shift in found}
    period = scope.period() or f"{found[-1].day_text} – {found[0].day_text}"
    return (
        f"{plural(len(found), 'change')} by {plural(len(actors), 'actor')} on {plural(len(issues), 'issue')},"
        f" {period}."
    )
