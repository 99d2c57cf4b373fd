"""What stands in the lanes of a timeline: single statements while they can be told apart, else counts of a stretch."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Paginator
from django.db.models import Sum
from django.urls import reverse

from positions.models import Actor, Issue, MonthlyTally, Statement
from positions.scope import Scope
from positions.tables.bins import Bins
from positions.tables.counts import Place
from positions.tables.quotes import turned
from positions.tables.states import Counts, State, day_text, plural, state_of

MARKS = 2000  # statements drawn one by one; more could not be told apart
ROWS = 200  # of the table on one page
SIDES = (State.SUPPORT, State.OPPOSE, State.NEUTRAL, State.DECLINED)


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement at its day or, where there are too many, all of one side in a stretch of time, at its middle."""

    pk: int  # of the statement; 0 for several
    day: datetime.date
    state: State
    reviewed: bool
    actor: str
    issue: str
    speaker: str
    outlet: str
    day_text: str
    url: str
    number: int = 1

    @property
    def public_id(self) -> str:
        return f"S-{self.pk}" if self.pk else plural(self.number, "statement")

    @property
    def text(self) -> str:
        """What hovering says: "UK supports, 10 Apr 2017. Boris Johnson, The Independent."."""
        says = f"{self.actor} {self.state.word.lower()}, {self.day_text}"
        return f"{says}. {self.speaker}, {self.outlet}." if self.pk else f"{says}: {self.public_id}."


@dataclass(frozen=True, slots=True)
class Cell:
    """What one actor said on one issue within one bin."""

    bin: int
    counts: Counts


type Cells = dict[Place, list[Cell]]


def read_marks(scope: Scope, issues: Iterable[Issue]) -> list[Statement]:
    """Dated statements on the issues, newest first, with as little as a mark needs; at most MARKS. One query."""
    rows = scope.statements().filter(issue__in=issues, day__isnull=False).order_by("-day", "-pk")
    rows = rows.select_related("article__source").only(
        "day", "stance", "declined", "reviewed", "speaker", "actor", "issue", "article__source__name"
    )  # fmt: skip
    return list(rows[:MARKS])


def marks_of(scope: Scope, rows: Iterable[Statement]) -> tuple[Mark, ...]:
    """A mark for each statement."""
    actors = {actor.pk: actor.label for actor in scope.actors}
    issues = {issue.pk: issue.label for issue in scope.issues}
    pattern = reverse("positions:statement", args=[0])
    return tuple(
        Mark(
            pk=row.pk,
            day=row.day,
            state=state_of(row),
            reviewed=row.reviewed,
            actor=actors[row.actor_id],
            issue=issues[row.issue_id],
            speaker=row.speaker,
            outlet=row.article.source.name,
            day_text=day_text(row.day),
            url=pattern.replace("0", str(row.pk)),
        )
        for row in rows
    )


def cells_of(rows: Iterable[Statement], cut: Bins) -> Cells:
    """The statements counted by bin."""
    held: dict[tuple[Place, int], list[Statement]] = defaultdict(list)
    for row in rows:
        held[(row.issue_id, row.actor_id), cut.number(row.day)].append(row)
    cells: Cells = defaultdict(list)
    for (place, number), own in sorted(held.items(), key=lambda item: item[0][1]):
        taken = Counter(row.stance for row in own)
        counts = Counts(
            taken[State.SUPPORT],
            taken[State.OPPOSE],
            taken[State.NEUTRAL],
            declined=sum(row.declined for row in own),
            reviewed=sum(row.reviewed for row in own),
            outlets=frozenset(row.article.source_id for row in own),
        )
        cells[place].append(Cell(number, counts))
    return cells


def read_cells(scope: Scope, issues: Iterable[Issue], cut: Bins) -> Cells:
    """The same counts from tallies, however many statements there are. One query.

    Whole months are read from the monthly tallies, which are few but do not tell outlets apart; where they are used,
    counts name no outlets.
    """
    monthly = cut.step in ("month", "quarter", "year") and not scope.outlets and _whole_months(scope)
    if monthly:
        rows, field = scope.rolled(MonthlyTally).filter(month__range=(cut.starts[0], cut.end)), "month"
    else:
        rows, field = scope.tallies().filter(day__range=(cut.start, cut.end)), "day"
    sums = {f"n_{name}": Sum(name) for name in ("support", "oppose", "neutral", "declined")}
    more = {} if monthly else {"where": ArrayAgg("source", distinct=True)}
    rows = rows.filter(issue__in=issues).annotate(bin=cut.of(field)).values("issue", "actor", "bin")
    cells: Cells = defaultdict(list)
    for row in rows.annotate(**sums, **more).order_by("bin"):
        cells[row["issue"], row["actor"]].append(Cell(row["bin"], _counts(row)))
    return cells


def _counts(row: dict[str, Any]) -> Counts:
    numbers = (row[f"n_{name}"] for name in ("support", "oppose", "neutral", "declined"))
    return Counts(*numbers, outlets=frozenset(row.get("where", ())))


def _whole_months(scope: Scope) -> bool:
    after = scope.until and scope.until + datetime.timedelta(days=1)
    return all(day is None or day.day == 1 for day in (scope.start, after))


def marks_of_cells(scope: Scope, cells: Cells, cut: Bins) -> tuple[Mark, ...]:
    """A mark for each side in each bin, newest first; it leads to its statements."""
    actors = {actor.pk: actor for actor in scope.actors}
    issues = {issue.pk: issue for issue in scope.issues}
    marks = [
        mark
        for (issue, actor), own in cells.items()
        for cell in own
        for mark in _binned(scope, actors[actor], issues[issue], cell, cut)
    ]
    return tuple(sorted(marks, key=lambda mark: mark.day, reverse=True))


def _binned(scope: Scope, actor: Actor, issue: Issue, cell: Cell, cut: Bins) -> Iterable[Mark]:
    first, last = cut.span(cell.bin)
    period = {"from_": first.isoformat(), "to": last.isoformat(), "actor": "", "issue": ""}
    url = reverse("positions:position", args=[actor.slug, issue.slug]) + scope.query(**period)
    counts = cell.counts
    numbers = (counts.support, counts.oppose, counts.neutral - counts.declined, counts.declined)
    for state, number in zip(SIDES, numbers, strict=True):
        if number:
            middle = first + (last - first) // 2
            yield Mark(
                0, middle, state, False, actor.label, issue.label, "", "", cut.text(cell.bin), url, number
            )


@dataclass(frozen=True, slots=True)
class MarkPage:
    """Rows of the table below the chart, newest first; addresses of the next pages are empty at either end."""

    marks: tuple[Mark, ...]
    total: int
    first: int
    last: int
    newer: str
    older: str


def mark_page(marks: tuple[Mark, ...], *, page: str, address: str) -> MarkPage:
    """One page of the marks; a page past the end gives the last. `address` is that of the first."""
    shown = Paginator(marks, ROWS).get_page(page)
    return MarkPage(
        marks=tuple(shown.object_list),
        total=len(marks),
        first=shown.start_index(),
        last=shown.end_index(),
        newer=turned(address, shown.previous_page_number()) if shown.has_previous() else "",
        older=turned(address, shown.next_page_number()) if shown.has_next() else "",
    )
