"""The matrix: what each actor holds on each issue, with counts and dates in every cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from articles.models import Article
from positions.models import Actor, Issue
from positions.scope import Scope
from positions.tables import sentences
from positions.tables.counts import NOTHING, Place, Standing, merged, read_standings
from positions.tables.states import Counts, Coverage, State, day_text, plural


@dataclass(frozen=True, slots=True)
class Cell:
    """One actor on one issue; `turned` holds the sides of the latest day where they are not the one that prevails."""

    actor: Actor
    issue: Issue
    counts: Counts
    url: str
    turned: tuple[State, ...] = ()

    @property
    def state(self) -> State:
        return self.counts.state

    @property
    def coverage(self) -> Coverage:
        return self.counts.coverage

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
        counts = self.counts
        outlets = plural(len(counts.outlets), "outlet")
        if self.coverage is Coverage.SINGLE:
            return f"{self.state.word}, {outlets}"
        if self.state is State.MIXED:
            sides = {"for": counts.support, "against": counts.oppose, "neutral": counts.neutral}
            return (
                ", ".join(f"{number:,} {side}" for side, number in sides.items() if number) + f", {outlets}"
            )
        return f"{counts.prevailing:,} of {counts.total:,} statements, {outlets}"

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


@dataclass(frozen=True, slots=True)
class Row:
    issue: Issue
    url: str  # the issue's timeline
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    actors: tuple[Actor, ...]
    themes: tuple[Theme, ...]
    counts: Counts
    articles: int  # in the scope's period and outlets, with statements or without
    summary: str
    status: str


def matrix(scope: Scope) -> Matrix:
    """Read the matrix of the scope in two queries, however many statements there are."""
    places = read_standings(scope)
    articles = Article.objects.leads().between(scope.start, scope.until)
    if scope.outlets:
        articles = articles.filter(source__in=scope.outlets)
    rows = [_row(scope, issue, places) for issue in scope.issues]
    counts = merged(standing.counts for standing in places.values())
    number = articles.count()
    states = [{cell.actor.label: cell.state for cell in row.cells} for row in rows]
    return Matrix(
        actors=scope.actors,
        themes=tuple(_themes(rows)),
        counts=counts,
        articles=number,
        summary=sentences.summary([issue.proposition for issue in scope.issues], states, counts, scope),
        status=sentences.status(scope, counts, issues=len({issue for issue, _ in places}), articles=number),
    )


def _themes(rows: list[Row]) -> Iterator[Theme]:
    """The rows by theme, themes in the order in which they come up."""
    for name in dict.fromkeys(row.issue.theme for row in rows):
        yield Theme(name, tuple(row for row in rows if row.issue.theme == name))


def cell(scope: Scope, actor: Actor, issue: Issue) -> Cell:
    """Read one cell of the scope in one query."""
    return _cell(scope, actor, issue, read_standings(scope.at(actor, issue)))


def _row(scope: Scope, issue: Issue, places: dict[Place, Standing]) -> Row:
    cells = tuple(_cell(scope, actor, issue, places) for actor in scope.actors)
    return Row(issue, reverse("positions:timeline") + scope.query(issue=issue.slug), cells)


def _cell(scope: Scope, actor: Actor, issue: Issue, places: dict[Place, Standing]) -> Cell:
    standing = places.get((issue.pk, actor.pk), NOTHING)
    counts = standing.counts
    url = reverse("positions:position", args=[actor.slug, issue.slug]) + scope.query(actor="", issue="")
    sides = standing.newest.sides
    turned = (
        ()
        if counts.total < 2 or not sides or counts.state in sides
        else tuple(state for state in State if state in sides)
    )
    return Cell(actor, issue, counts, url, turned)
