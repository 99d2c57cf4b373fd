"""Everything on one actor or one issue: where it stands, what changed, who speaks, on what it rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigIntegerField, Count, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from articles.models import Source
from positions.models import Actor, Issue, Side, Statement
from positions.scope import Scope
from positions.tables import sentences
from positions.tables.counts import merged, read_counts
from positions.tables.quotes import Quote, quote, with_quotations
from positions.tables.shifts import Shift, shifts
from positions.tables.states import Counts, Coverage, State, day_text, plural

SPEAKERS, LATEST, SHIFTS = 8, 5, 10
_NEWEST = (F("day").desc(nulls_last=True), "-pk")


@dataclass(frozen=True, slots=True)
class Position:
    """Where one actor stands on one issue. `label` and `about`: the issue on an actor's page, else the actor."""

    label: str
    about: str  # the page of the issue or actor
    proposition: str
    url: str  # the statements
    counts: Counts
    changed: str  # "was Neutral until 6 Apr 2017", or ""

    @property
    def state(self) -> State:
        return self.counts.state

    @property
    def word(self) -> str:
        return "1 statement" if self.counts.coverage is Coverage.SINGLE else self.state.word

    @property
    def evidence(self) -> str:
        """What it rests on: "23 of 27 statements, 9 outlets", with the sides where none prevails."""
        counts = self.counts
        outlets = plural(len(counts.outlets), "outlet")
        if counts.coverage is Coverage.SINGLE:
            return f"{self.state.word}, {outlets}"
        if self.state is State.MIXED:
            return f"{sides_text(counts.support, counts.oppose, counts.neutral)}, {outlets}"
        return f"{counts.prevailing:,} of {plural(counts.total, 'statement')}, {outlets}"

    @property
    def thin(self) -> bool:
        return self.counts.coverage is Coverage.THIN

    @property
    def latest(self) -> str:
        return day_text(self.counts.latest) if self.counts.total else ""


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    total: int
    sides: str
    latest: Quote


@dataclass(frozen=True, slots=True)
class Profile:
    """`themes` hold the positions, grouped on an actor's page."""

    themes: tuple[tuple[str, tuple[Position, ...]], ...]
    counts: Counts
    summary: str
    status: str
    coverage: tuple[str, ...]
    shifts: tuple[Shift, ...]
    speakers: tuple[Speaker, ...]
    latest: tuple[Quote, ...]


def actor_profile(scope: Scope, outlets: Sequence[Source]) -> Profile:
    """Read the page of the scope's only actor. Three queries."""
    issues = {issue.pk: issue for issue in scope.issues}

    def position(actor: Actor, issue: Issue, counts: Counts, changed: str) -> Position:
        about = reverse("positions:issue", args=[issue.slug]) + scope.query(actor="", issue="")
        return Position(
            issue.label, about, issue.proposition, _cell_url(scope, actor, issue), counts, changed
        )

    profile = _profile(scope, outlets, position)
    held = [place for _, places in profile.themes for place in places if place.counts.total]
    told = [
        f"{word} {plural(number, 'issue')}"
        for state, word in (
            (State.SUPPORT, "supports"),
            (State.OPPOSE, "opposes"),
            (State.MIXED, "is mixed on"),
        )
        if (number := sum(place.state is state for place in held))
    ]
    label = scope.actors[0].label
    summary = f"{label} {', '.join(told)}, with evidence on {len(held)} of {plural(len(issues), 'issue')}."
    return replace(profile, summary=summary if told else "")


def issue_profile(scope: Scope, outlets: Sequence[Source]) -> Profile:
    """Read the page of the scope's only issue. Three queries."""

    def position(actor: Actor, issue: Issue, counts: Counts, changed: str) -> Position:
        about = reverse("positions:actor", args=[actor.slug]) + scope.query(actor="", issue="")
        return Position(
            actor.label, about, issue.proposition, _cell_url(scope, actor, issue), counts, changed
        )

    profile = _profile(scope, outlets, position)
    states = {place.label: place.state for _, places in profile.themes for place in places}
    proposition = scope.issues[0].proposition
    return replace(profile, summary=sentences.summary([proposition], [states], profile.counts, scope))


def _cell_url(scope: Scope, actor: Actor, issue: Issue) -> str:
    return reverse("positions:position", args=[actor.slug, issue.slug]) + scope.query(actor="", issue="")


def _profile(
    scope: Scope, outlets: Sequence[Source], position: Callable[[Actor, Issue, Counts, str], Position]
) -> Profile:
    places = read_counts(scope)
    changes = shifts(scope, quoted=False)
    last = {(change.issue.pk, change.actor.pk): change for change in reversed(changes)}
    themes: dict[str, list[Position]] = {}
    for issue in scope.issues:
        for actor in scope.actors:
            place = (issue.pk, actor.pk)
            counts, change = places.get(place, Counts()), last.get(place)
            changed = change.was if change and change.new is counts.state else ""
            themes.setdefault(issue.theme, []).append(position(actor, issue, counts, changed))
    counts = merged(places.values())
    speakers, latest = _said(scope)
    return Profile(
        themes=tuple((name, tuple(found)) for name, found in themes.items()),
        counts=counts,
        summary="",
        status=sentences.status(scope, counts, issues=len({issue for issue, _ in places})),
        coverage=tuple(_coverage(counts, outlets)),
        shifts=changes[:SHIFTS],
        speakers=speakers,
        latest=latest,
    )


def _coverage(counts: Counts, outlets: Sequence[Source]) -> list[str]:
    names = sorted(outlet.name for outlet in outlets if outlet.pk in counts.outlets)
    if not names:
        return []
    lines = [f"Statements from {plural(len(names), 'outlet')}: {', '.join(names)}."]
    if len(names) == 1:
        lines.append("All rests on a single outlet: read it with care.")
    return lines


def _said(scope: Scope) -> tuple[tuple[Speaker, ...], tuple[Quote, ...]]:
    """The main speakers with their latest words, and the latest words of all. One query.

    Both are picked by key first, so that only their sentences are cut out of articles.
    """
    said = scope.statements().order_by()
    keys = ArrayAgg("pk", order_by=[*_NEWEST])
    by_speaker = said.values("actor", "speaker").annotate(
        number=Count("pk"), last=Func(keys, template="(%(expressions)s)[1]", output_field=BigIntegerField())
    )
    main = by_speaker.order_by("-number", "speaker").values("last")[:SPEAKERS]
    newest = said.order_by(*_NEWEST).values("pk")[:LATEST]
    rows = Statement.objects.filter(Q(pk__in=main) | Q(pk__in=newest)).order_by(*_NEWEST)
    found = [
        (row, quote(row, row.quotation, query=scope.query()))
        for row in with_quotations(rows).annotate(counted=Subquery(_counted(said)))
    ]
    speakers: dict[tuple[int, str], Speaker] = {}
    for row, held in found:  # newest first
        speakers.setdefault((row.actor_id, row.speaker), _speaker(row, held))
    ranked = sorted(speakers.values(), key=lambda speaker: (-speaker.total, speaker.name))
    return tuple(ranked[:SPEAKERS]), tuple(held for _, held in found[:LATEST])


def _counted(said: QuerySet[Statement]) -> QuerySet[Any, Any]:
    """What the same speaker said within the scope, by side."""
    same = said.filter(speaker=OuterRef("speaker"), actor=OuterRef("actor")).values("actor", "speaker")
    sides = {side: Count("pk", filter=Q(stance=side)) for side in Side.values}
    return same.annotate(counted=JSONObject(**sides)).values("counted")


def _speaker(row: Statement, held: Quote) -> Speaker:
    sides = [row.counted[side] for side in (Side.SUPPORT, Side.OPPOSE, Side.NEUTRAL)]
    return Speaker(row.speaker, sum(sides), sides_text(*sides), held)


def sides_text(support: int, oppose: int, neutral: int) -> str:
    """How many take which side of their propositions: "12 for, 3 against"."""
    sides = {"for": support, "against": oppose, "neutral": neutral}
    return ", ".join(f"{number:,} {side}" for side, number in sides.items() if number)
