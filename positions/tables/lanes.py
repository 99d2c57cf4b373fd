"""The timeline: for each issue one lane an actor, with a mark for every statement, and the events that bear on it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone

from positions.models import Actor, Event, Issue, Statement
from positions.querysets import StatementQuerySet
from positions.scope import Scope
from positions.tables import sentences
from positions.tables.counts import merged, read_counts
from positions.tables.states import Counts, State, day_text, plural, state_of

PANELS = 6  # issues shown when none are chosen
MARKS = 500  # statements drawn at most; more would weigh the page down and hide each other


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement at its day."""

    pk: int
    day: datetime.date
    state: State
    reviewed: bool
    actor: str
    issue: str
    speaker: str
    outlet: str
    day_text: str
    url: str

    @property
    def public_id(self) -> str:
        return f"S-{self.pk}"

    @property
    def text(self) -> str:
        """What hovering says: "UK supports, 10 Apr 2017. Boris Johnson, The Independent."."""
        return f"{self.actor} {self.state.word.lower()}, {self.day_text}. {self.speaker}, {self.outlet}."


@dataclass(frozen=True, slots=True)
class Lane:
    actor: Actor
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class NumberedEvent:
    """An event with its number in the key. `issues` is empty for one that bears on all."""

    number: int
    day: datetime.date
    title: str
    description: str
    source: str
    source_url: str
    issues: frozenset[int]

    @property
    def day_text(self) -> str:
        return day_text(self.day)


@dataclass(frozen=True, slots=True)
class Panel:
    issue: Issue
    url: str  # this issue alone
    lanes: tuple[Lane, ...]
    events: tuple[NumberedEvent, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`start` and `end` are the days at the ends of the axis; without evidence there are no panels."""

    panels: tuple[Panel, ...]
    events: tuple[NumberedEvent, ...]
    marks: tuple[Mark, ...]  # newest first, for the table
    start: datetime.date
    end: datetime.date
    summary: str
    status: str
    notes: tuple[str, ...]
    left_out: int  # issues with evidence that are not shown
    all_url: str  # all of them


def timeline(scope: Scope) -> Timeline:
    """Read the timeline of the scope in three queries."""
    places = read_counts(scope)
    by_issue = {
        issue: merged(counts for (of, _), counts in places.items() if of == issue.pk)
        for issue in scope.issues
    }
    issues, left_out = _issues(scope, by_issue)
    rows = list(_statements(scope, issues)[: MARKS + 1])
    marks = tuple(_mark(row) for row in rows[:MARKS])
    start, end = _ends(scope, marks)
    events = _events(start, end, {issue.pk for issue in issues}) if marks else ()
    drawn = merged(by_issue[issue] for issue in issues)
    all_issues = "~".join(issue.slug for issue in scope.issues if issue in issues or issue in left_out)
    return Timeline(
        panels=tuple(_panel(scope, issue, marks, events) for issue in issues) if marks else (),
        events=events,
        marks=marks,
        start=start,
        end=end,
        summary=_summary(marks),
        status=sentences.status(scope, merged(places.values()), issues=len({issue for issue, _ in places})),
        notes=tuple(_notes(drawn.total, len(marks), cut=len(rows) > MARKS)),
        left_out=len(left_out),
        all_url=reverse("positions:timeline") + scope.query(issue=all_issues) if left_out else "",
    )


def _issues(scope: Scope, counts: dict[Issue, Counts]) -> tuple[list[Issue], list[Issue]]:
    """The issues to show and those with evidence that are left out: all that were chosen, else the best evidenced."""
    if "issue" in dict(scope.chosen):
        return list(scope.issues), []
    held = [issue for issue in scope.issues if counts[issue].total]
    best = sorted(held, key=lambda issue: counts[issue].total, reverse=True)[:PANELS]
    return [issue for issue in held if issue in best], [issue for issue in held if issue not in best]


def _statements(scope: Scope, issues: list[Issue]) -> StatementQuerySet:
    """Dated statements, newest first, with as little as a mark needs."""
    rows = scope.statements().filter(issue__in=issues, day__isnull=False).order_by("-day", "-pk")
    return rows.select_related("actor", "issue", "article__source").only(
        "day",
        "stance",
        "declined",
        "reviewed",
        "speaker",
        "actor__label",
        "issue__label",
        "article__source__name",
    )


def _mark(row: Statement) -> Mark:
    return Mark(
        pk=row.pk,
        day=row.day,
        state=state_of(row),
        reviewed=row.reviewed,
        actor=row.actor.label,
        issue=row.issue.label,
        speaker=row.speaker,
        outlet=row.article.source.name,
        day_text=day_text(row.day),
        url=reverse("positions:statement", args=[row.pk]),
    )


def _ends(scope: Scope, marks: tuple[Mark, ...]) -> tuple[datetime.date, datetime.date]:
    """The ends of the axis: what was asked for, else what the statements span with a little room."""
    days = [mark.day for mark in marks] or [timezone.localdate()]
    room = datetime.timedelta(days=max(7, (max(days) - min(days)).days // 50))
    return scope.start or min(days) - room, scope.end or max(days) + room


def _events(start: datetime.date, end: datetime.date, issues: set[int]) -> tuple[NumberedEvent, ...]:
    about = ArrayAgg("issues", filter=Q(issues__isnull=False), default=Value([]))
    rows = Event.objects.filter(date__range=(start, end)).annotate(about=about).order_by("date", "pk")
    shown = [row for row in rows if not row.about or issues.intersection(row.about)]
    return tuple(
        NumberedEvent(
            number=number,
            day=row.date,
            title=row.title,
            description=row.description,
            source=row.source_name,
            source_url=row.source_url,
            issues=frozenset(row.about),
        )
        for number, row in enumerate(shown, 1)
    )


def _panel(scope: Scope, issue: Issue, marks: tuple[Mark, ...], events: tuple[NumberedEvent, ...]) -> Panel:
    own = [mark for mark in marks if mark.issue == issue.label]
    return Panel(
        issue=issue,
        url=reverse("positions:timeline") + scope.query(issue=issue.slug),
        lanes=tuple(
            Lane(actor, tuple(mark for mark in own if mark.actor == actor.label)) for actor in scope.actors
        ),
        events=tuple(event for event in events if not event.issues or issue.pk in event.issues),
    )


def _summary(marks: tuple[Mark, ...]) -> str:
    """What the chart shows, for those who do not see it."""
    if not marks:
        return ""
    issues, actors = {mark.issue for mark in marks}, {mark.actor for mark in marks}
    newest = marks[0]
    return (
        f"{plural(len(marks), 'statement')} by {plural(len(actors), 'actor')} on {plural(len(issues), 'issue')},"
        f" {marks[-1].day_text} – {newest.day_text}. The latest: {newest.actor} {newest.state.word.lower()}"
        f" on {newest.issue}."
    )


def _notes(total: int, drawn: int, *, cut: bool) -> Iterator[str]:
    if cut:
        yield f"Only the latest {drawn:,} of {total:,} statements are drawn. Narrow the scope to see the others."
    elif total > drawn:
        yield f"{plural(total - drawn, 'statement')} without a date cannot be drawn."
