"""The matrix: what each actor holds on each issue, with counts and dates in every cell."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from positions.models import Actor, Issue
from positions.scope import Scope
from positions.tables import sentences
from positions.tables.basis import articles_of
from positions.tables.changed import last_changes
from positions.tables.counts import NOTHING, Place, Standing, merged, read_standings
from positions.tables.ordering import AGREEMENT, Agreement, Header, agreement, headers, in_order, rank
from positions.tables.shifts import Shift
from positions.tables.sparks import spark
from positions.tables.states import Counts, Coverage, State, day_text, plural


@dataclass(frozen=True, slots=True)
class Look:
    """How the matrix is looked at, beside its scope: compared with a day, only what changed, in an order."""

    then: datetime.date | None = None
    changes: bool = False
    sort: str = ""

    def own(self) -> dict[str, str]:
        """Its parameters in the address; those of the default are empty."""
        return {"then": str(self.then or ""), "changes": "1" if self.changes else "", "sort": self.sort}

    def query(self, scope: Scope, **changed: str) -> str:
        """The address of the scope looked at in this way, from the question mark on."""
        rest = urlencode([(name, value) for name, value in {**self.own(), **changed}.items() if value])
        first = scope.query()
        return f"{first}{'&' if first else '?'}{rest}" if rest else first


@dataclass(frozen=True, slots=True)
class Cell:
    """One actor on one issue; `turned` holds the sides of the latest day where they are not the one that prevails.

    `then` are the counts up to the day that is compared with; `was` says since when the position is another one.
    """

    actor: Actor
    issue: Issue
    counts: Counts
    url: str
    turned: tuple[State, ...] = ()
    then: Counts | None = None
    was: str = ""
    spark: str = ""  # the path of its history

    @property
    def state(self) -> State:
        return self.counts.state

    @property
    def coverage(self) -> Coverage:
        return self.counts.coverage

    @property
    def changed(self) -> bool:
        """Whether it says another thing than on the day that it is compared with."""
        return self.then is not None and self.then.state is not self.state

    @property
    def style(self) -> str:
        faded = " same" if self.then is not None and not self.changed else ""
        return f"{self.state} {self.coverage}{faded}"

    @property
    def before(self) -> str:
        """What it said then: "○ Declined, 2 of 3 statements"."""
        if self.then is None or not self.then.total:
            return State.NONE.word
        return f"{self.then.state.word}, {_share(self.then)}"

    @property
    def name(self) -> str:
        """What a listener hears first, since a cell read alone has no row and column."""
        return f"{self.actor.label}, {self.issue.proposition.rstrip('.')}:"

    @property
    def word(self) -> str:
        return "1 statement" if self.coverage is Coverage.SINGLE else self.state.word

    @property
    def evidence(self) -> str:
        """How many statements say so, in how many outlets: "23 of 27 statements, 9 outlets"."""
        outlets = plural(len(self.counts.outlets), "outlet")
        if self.coverage is Coverage.SINGLE:
            return f"{self.state.word}, {outlets}"
        return f"{_share(self.counts)}, {outlets}"

    @property
    def latest(self) -> str:
        day = self.counts.latest
        if day is None:
            return "undated"
        if self.turned:
            return f"latest: {'/'.join(state.word for state in self.turned)}, {day_text(day)}"
        return f"latest {day_text(day)}"

    @property
    def checked(self) -> str:
        return f"{self.counts.reviewed:,}/{self.counts.total:,} reviewed"


def _share(counts: Counts) -> str:
    """How many statements take which side: "23 of 27 statements", or for mixed ones "4 for, 3 against"."""
    if counts.state is State.MIXED:
        sides = {"for": counts.support, "against": counts.oppose, "neutral": counts.neutral}
        return ", ".join(f"{number:,} {side}" for side, number in sides.items() if number)
    return f"{counts.prevailing:,} of {plural(counts.total, 'statement')}"


@dataclass(frozen=True, slots=True)
class Row:
    issue: Issue
    url: str  # the issue's timeline
    cells: tuple[Cell, ...]
    agreement: Agreement

    @property
    def changed(self) -> bool:
        return any(cell.changed for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Theme:
    name: str  # empty where rows are ordered by a column
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    actors: tuple[Actor, ...]
    headers: tuple[Header, ...]  # of the actors and of agreement
    themes: tuple[Theme, ...]
    counts: Counts
    summary: str
    status: str
    warnings: tuple[str, ...]
    look: Look

    @property
    def columns(self) -> int:
        return len(self.headers) + 1


def matrix(scope: Scope, look: Look = Look(), *, data: str = "") -> Matrix:
    """Read the matrix of the scope in at most three queries, however many statements there are.

    When the `data` was last changed is told in the status line.
    """
    places = read_standings(scope, then=look.then)
    changes = last_changes(scope, places)
    rows = [_row(scope, issue, places, changes, look) for issue in scope.issues]
    counts = merged(standing.counts for standing in places.values())
    states = [{cell.actor.label: cell.state for cell in row.cells} for row in rows]
    told = sentences.summary([issue.proposition for issue in scope.issues], states, counts, scope)
    found = [row for row in rows if row.changed] if look.then and look.changes else rows
    with_evidence = len({issue for issue, _ in places})
    articles = articles_of(scope, counts.total)
    status = sentences.status(scope, counts, issues=with_evidence, articles=articles, data=data)
    return Matrix(
        actors=scope.actors,
        headers=headers(scope.actors, look.sort, lambda sort: _address(look, scope, sort)),
        themes=tuple(_themes(_ordered(found, look.sort), sorted_by=look.sort)),
        counts=counts,
        summary=" ".join(filter(None, [told, sentences.recent(scope, counts, changes.values())])),
        status=" ".join(filter(None, [sentences.compared(look.then, rows), status])),
        warnings=tuple(_warnings(rows)) if counts.total else (),
        look=look,
    )


def _address(look: Look, scope: Scope, sort: str) -> str:
    return reverse("positions:matrix") + look.query(scope, sort=sort)


def cell(scope: Scope, actor: Actor, issue: Issue) -> Cell:
    """Read one cell of the scope in one query, and one for changes of position."""
    scope = scope.at(actor, issue)
    places = read_standings(scope)
    return _cell(scope, actor, issue, places, last_changes(scope, places), Look())


def _ordered(rows: Sequence[Row], sort: str) -> list[Row]:
    """The rows in the order asked for, highest first unless a minus stands before it."""
    name = sort.lstrip("-")
    if not name:
        return list(rows)
    if name == AGREEMENT:
        # Most agree first; among those the ones that more take a side on.
        return in_order(
            rows,
            lambda row: row.agreement.most + row.agreement.sides / 100 if row.agreement.sides > 1 else None,
            down=name == sort,
        )

    def value(row: Row) -> float | None:
        return next((rank(cell.counts) for cell in row.cells if cell.actor.slug == name), None)

    return in_order(rows, value, down=name == sort)


def _themes(rows: list[Row], *, sorted_by: str) -> Iterator[Theme]:
    """The rows by theme, themes in the order in which they come up; ordered rows stand in one block."""
    if sorted_by:
        if rows:
            yield Theme("", tuple(rows))
        return
    for name in dict.fromkeys(row.issue.theme for row in rows):
        yield Theme(name, tuple(row for row in rows if row.issue.theme == name))


def _row(
    scope: Scope, issue: Issue, places: Mapping[Place, Standing], changes: Mapping[Place, Shift], look: Look
) -> Row:
    cells = tuple(_cell(scope, actor, issue, places, changes, look) for actor in scope.actors)
    url = reverse("positions:timeline") + scope.query(issue=issue.slug)
    return Row(issue, url, cells, agreement([cell.state for cell in cells]))


def _cell(
    scope: Scope, actor: Actor, issue: Issue, places: Mapping[Place, Standing], changes: Mapping[Place, Shift],
    look: Look,
) -> Cell:  # fmt: skip
    place = (issue.pk, actor.pk)
    standing, change = places.get(place, NOTHING), changes.get(place)
    counts, sides = standing.counts, standing.newest.sides
    told = counts.total > 1 and sides and counts.state not in sides
    return Cell(
        actor=actor,
        issue=issue,
        counts=counts,
        url=reverse("positions:position", args=[actor.slug, issue.slug]) + scope.query(actor="", issue=""),
        turned=tuple(state for state in State if state in sides) if told else (),
        then=standing.then if look.then else None,
        was=change.was if change and change.new is counts.state else "",
        spark=spark(standing),
    )


def _warnings(rows: Sequence[Row]) -> Iterator[str]:
    """What a reader should know before they trust the table."""
    cells = [cell for row in rows for cell in row.cells if cell.counts.total]
    thin = sum(cell.coverage is not Coverage.SOLID for cell in cells)
    if len(cells) > 1 and thin > 0.3 * len(cells):
        yield f"Thin evidence: {thin} of {plural(len(cells), 'cell')} rest on few statements or on one outlet."
    for actor in rows[0].cells if rows else ():
        column = merged(cell.counts for cell in cells if cell.actor == actor.actor)
        if column.total > 1 and len(column.outlets) == 1:
            yield f"The {actor.actor.label} column rests on 1 outlet."
