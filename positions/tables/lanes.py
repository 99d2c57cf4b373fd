"""The timeline: for each issue one lane an actor, with marks, bands of what prevails, changes and events."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils import timezone

from positions.models import Actor, Issue
from positions.revision import Revision, revision
from positions.scope import Scope
from positions.tables import marks as marking
from positions.tables import sentences
from positions.tables.bands import Band, Bar, bands, bars
from positions.tables.bins import Bins, bins
from positions.tables.counts import merged, read_counts
from positions.tables.marks import Cells, Mark
from positions.tables.shifts import Shift, known_shifts
from positions.tables.states import Counts, day_text, plural
from positions.tables.surroundings import NumberedEvent, Read, surroundings

PANELS = 6  # issues shown when none are chosen
CELLS = 900  # of all lanes together, where statements are counted by bin; each may have four marks
PRESETS = (("90 days", 90), ("1 year", 365), ("5 years", 1826))
STEPS = ("auto", "day", "week", "month")
MEASURES = ("statements", "net", "share")
DEFAULTS = ("auto", "statements", "")  # are left out of addresses


@dataclass(frozen=True, slots=True)
class Lane:
    actor: Actor
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...] = ()
    shifts: tuple[Shift, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    issue: Issue
    url: str  # this issue alone
    lanes: tuple[Lane, ...]
    events: tuple[NumberedEvent, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to look, with its address."""

    label: str
    url: str
    chosen: bool


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
    step: str = "month"  # what a band stands for
    measure: str = "statements"
    binned: bool = False  # marks stand for several statements
    reading: tuple[Read, ...] = ()
    cut: Bins | None = None
    shifts: tuple[Shift, ...] = ()
    periods: tuple[Choice, ...] = ()
    steps: tuple[Choice, ...] = ()
    measures: tuple[Choice, ...] = ()
    toggle: Choice | None = None  # events on or off
    unzoomed: str = ""  # the whole time, where less is shown
    nearest: str = ""  # the day of the nearest evidence, where there is none in the period

    @property
    def most_read(self) -> int:
        return max((read.articles for read in self.reading), default=0)


class _Address:
    """Addresses of this timeline with something changed; what is as by default is left out."""

    def __init__(self, scope: Scope, by: str, measure: str, events: bool) -> None:
        self.scope = scope
        self.kept = {"by": by, "show": measure, "events": "" if events else "0"}

    def __call__(self, **changed: str) -> str:
        own = {**self.kept, **{name: changed.pop(name) for name in self.kept if name in changed}}
        query = self.scope.query(**changed)
        more = "&".join(f"{name}={value}" for name, value in own.items() if value not in DEFAULTS)
        return reverse("positions:timeline") + query + (("&" if query else "?") + more if more else "")


def timeline(
    scope: Scope, *, by: str = "auto", measure: str = "statements", with_events: bool = True
) -> Timeline:
    """Read the timeline of the scope in a fixed number of queries, however many statements there are."""
    places = read_counts(scope)
    by_issue = {
        issue: merged(counts for (of, _), counts in places.items() if of == issue.pk)
        for issue in scope.issues
    }
    issues, left_out = _issues(scope, by_issue)
    drawn = merged(by_issue[issue] for issue in issues)
    start, end = _ends(scope, drawn)
    binned = drawn.total > marking.MARKS
    lanes = max(1, len(issues) * len(scope.actors))
    cut = bins(start, end, by=by, most=max(4, CELLS // lanes) if binned else 400)
    cells, marks = _evidence(scope, issues, drawn, cut, binned)
    state = revision()
    found = _shifts(scope, issues, drawn, state)
    events, reading = surroundings(scope, cut, {issue.pk for issue in issues}, state) if marks else ((), ())
    if not with_events:
        events = ()
    all_issues = "~".join(issue.slug for issue in scope.issues if issue in issues or issue in left_out)
    address = _Address(scope, by, measure, with_events)
    return Timeline(
        panels=tuple(_panels(scope, issues, marks, cells, cut, found, events, measure)) if marks else (),
        events=events,
        marks=marks,
        start=start,
        end=end,
        summary=_summary(marks, drawn, binned),
        status=sentences.status(scope, merged(places.values()), issues=len({issue for issue, _ in places})),
        notes=tuple(_notes(drawn, marks, cut, by, binned)),
        left_out=len(left_out),
        all_url=address(issue=all_issues) if left_out else "",
        step=cut.step,
        measure=measure,
        binned=binned,
        reading=reading,
        cut=cut,
        shifts=found,
        **_choices(address, drawn, by, measure, with_events),
        nearest=_nearest_text(scope) if not marks and (scope.start or scope.end) else "",
    )


def _evidence(
    scope: Scope, issues: Sequence[Issue], drawn: Counts, cut: Bins, binned: bool
) -> tuple[Cells, tuple[Mark, ...]]:
    """Return the counts of each bin and the marks: one a statement, or one a bin where there are too many."""
    if binned:
        cells = marking.read_cells(scope, issues, cut)
        return cells, marking.marks_of_cells(scope, cells, cut)
    rows = marking.read_marks(scope, issues) if drawn.total else []
    return marking.cells_of(rows, cut), marking.marks_of(scope, rows)


def _choices(address: _Address, drawn: Counts, by: str, measure: str, with_events: bool) -> dict[str, Any]:
    """Return the ways to look at it, as fields of Timeline."""
    scope = address.scope
    return {
        "periods": tuple(_periods(address, drawn)),
        "steps": tuple(Choice(name.capitalize(), address(by=name), name == by) for name in STEPS),
        "measures": tuple(
            Choice(name.capitalize(), address(show=name), name == measure) for name in MEASURES
        ),
        "toggle": Choice("Events", address(events="0" if with_events else ""), with_events),
        "unzoomed": address(from_="", to="") if scope.start or scope.end else "",
    }


def _issues(scope: Scope, counts: dict[Issue, Counts]) -> tuple[list[Issue], list[Issue]]:
    """The issues to show and those with evidence that are left out: all that were chosen, else the best evidenced."""
    if "issue" in dict(scope.chosen):
        return list(scope.issues), []
    held = [issue for issue in scope.issues if counts[issue].total]
    best = sorted(held, key=lambda issue: counts[issue].total, reverse=True)[:PANELS]
    return [issue for issue in held if issue in best], [issue for issue in held if issue not in best]


def _ends(scope: Scope, drawn: Counts) -> tuple[datetime.date, datetime.date]:
    """The ends of the axis: what was asked for, else what the statements span with a little room."""
    first = drawn.earliest or scope.start or scope.until or timezone.localdate()
    last = drawn.latest or scope.until or scope.start or timezone.localdate()
    room = datetime.timedelta(days=max(7, (last - first).days // 50))
    return scope.start or first - room, scope.until or last + room


def _shifts(scope: Scope, issues: Sequence[Issue], drawn: Counts, state: Revision) -> tuple[Shift, ...]:
    shown = {issue.pk for issue in issues}
    return (
        tuple(shift for shift in known_shifts(scope, state) if shift.issue.pk in shown) if drawn.total else ()
    )


def _nearest(scope: Scope) -> datetime.date | None:
    """The day with evidence that is nearest to the period, outside it. One query."""
    rows = replace(scope, start=None, end=None).tallies().filter(day__isnull=False)
    ends = rows.aggregate(
        before=Max("day", filter=Q(day__lt=scope.start or datetime.date.min)),
        after=Min("day", filter=Q(day__gt=scope.end or datetime.date.max)),
    )
    away = {
        day: abs((day - end).days)
        for day, end in ((ends["before"], scope.start), (ends["after"], scope.end))
        if day and end
    }
    return min(away, key=away.__getitem__, default=None)


def _nearest_text(scope: Scope) -> str:
    day = _nearest(scope)
    return day_text(day) if day else ""


def _panels(
    scope: Scope,
    issues: Sequence[Issue],
    marks: tuple[Mark, ...],
    cells: Cells,
    cut: Bins,
    found: tuple[Shift, ...],
    events: tuple[NumberedEvent, ...],
    measure: str,
) -> Iterator[Panel]:
    by_lane: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        by_lane[mark.issue, mark.actor].append(mark)
    for issue in issues:
        own = {actor.pk: cells.get((issue.pk, actor.pk), []) for actor in scope.actors}
        most = max(
            (abs(c.counts.support - c.counts.oppose) for held in own.values() for c in held), default=1
        )
        lanes = tuple(
            Lane(
                actor,
                tuple(by_lane[issue.label, actor.label]),
                tuple(bands(scope.at(actor, issue), own[actor.pk], cut)),
                tuple(shift for shift in found if shift.issue == issue and shift.actor == actor),
                tuple(bars(own[actor.pk], cut, measure, most or 1)),
            )
            for actor in scope.actors
        )
        yield Panel(
            issue=issue,
            url=reverse("positions:timeline") + scope.query(issue=issue.slug),
            lanes=lanes,
            events=tuple(event for event in events if not event.issues or issue.pk in event.issues),
        )


def _periods(address: _Address, drawn: Counts) -> Iterator[Choice]:
    """Stretches up to the latest statement, and all."""
    scope = address.scope
    for label, days in PRESETS:
        last = scope.until or drawn.latest
        if last:
            first = last - datetime.timedelta(days=days - 1)
            yield Choice(label, address(from_=first.isoformat()), scope.start == first)
    yield Choice("All", address(from_="", to=""), not scope.start and not scope.end)


def _summary(marks: tuple[Mark, ...], drawn: Counts, binned: bool) -> str:
    """What the chart shows, for those who do not see it."""
    if not marks:
        return ""
    issues, actors = {mark.issue for mark in marks}, {mark.actor for mark in marks}
    number = drawn.total if binned else len(marks)
    newest = marks[0]
    return (
        f"{plural(number, 'statement')} by {plural(len(actors), 'actor')} on {plural(len(issues), 'issue')},"
        f" {marks[-1].day_text} – {newest.day_text}. The latest: {newest.actor} {newest.state.word.lower()}"
        f" on {newest.issue}."
    )


def _notes(drawn: Counts, marks: tuple[Mark, ...], cut: Bins, by: str, binned: bool) -> Iterator[str]:
    undated = drawn.total - sum(mark.number for mark in marks)
    if binned:
        yield (
            f"{drawn.total:,} statements are too many to draw one by one, so each mark stands for those of one side"
            f" in one {cut.step}. Choose a shorter period or one issue to see them singly."
        )
    if drawn.total == 1:
        yield "One statement only: it has its mark, but no band."
    if by not in ("auto", cut.step):
        yield f"Shown by {cut.step}: a {by} would be narrower than a line."
    if undated > 0:
        yield f"{plural(undated, 'statement')} without a date cannot be drawn."
