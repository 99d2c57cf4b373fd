"""One selection of statements: what every screen, export and address of it shares."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.utils.formats import date_format

from articles.models import Source
from positions.models import CHECKED, LEVELS, Actor, DailyTally, Issue, Statement, Tally, Voice
from positions.querysets import StatementQuerySet

JOIN = "~"
PARAMETERS = (
    "actor", "voice", "issue", "from", "to", "asof", "outlet", "reviewed", "pending", "confidence",
)  # in this order in addresses  # fmt: skip
_NAMED = 3  # up to so many of a kind are named in words and file names, else counted


@dataclass(frozen=True, slots=True)
class Scope:
    """One selection; every screen and every export of it reads the same. All days are included."""

    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    outlets: tuple[Source, ...]  # empty: every outlet
    voices: tuple[str, ...]
    start: datetime.date | None
    end: datetime.date | None
    reviewed: bool  # only what a person has checked
    pending: bool  # also what waits for review
    chosen: tuple[
        tuple[str, str], ...
    ] = ()  # the address: parameters that differ from the defaults, in order
    asof: datetime.date | None = None  # nothing dated later counts, and changes are told as of this day
    least: float | None = None  # minimum confidence, one of LEVELS; what a person has checked always counts

    @property
    def until(self) -> datetime.date | None:
        """The last day that counts."""
        return min(filter(None, (self.end, self.asof)), default=None)

    def query(self, **changed: str) -> str:
        """The address of this scope from the question mark on, "" for the defaults; `changed` to "" leaves out.

        Write `from_` for `from`, which is a word of Python's own.
        """
        changed = {name.rstrip("_"): value for name, value in changed.items()}
        values = {**dict(self.chosen), **changed}
        kept = [(name, values[name]) for name in PARAMETERS if values.get(name)]
        return "?" + urlencode(kept) if kept else ""

    def at(self, actor: Actor, issue: Issue) -> "Scope":
        """The part of this scope that one cell of the matrix shows."""
        return self.of_actor(actor).of_issue(issue)

    def of_actor(self, actor: Actor) -> "Scope":
        return replace(self, actors=(actor,), chosen=(("actor", actor.slug), *self._chosen_but("actor")))

    def of_issue(self, issue: Issue) -> "Scope":
        return replace(self, issues=(issue,), chosen=(("issue", issue.slug), *self._chosen_but("issue")))

    def _chosen_but(self, name: str) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.chosen if pair[0] != name)

    def without(self, name: str) -> "Scope":
        """The scope without one parameter of its address, for counting: what it lists of actors and issues stays."""
        plain: dict[str, Any] = {
            "voice": {"voices": (Voice.GOVERNMENT,)}, "from": {"start": None}, "to": {"end": None},
            "asof": {"asof": None}, "outlet": {"outlets": ()}, "reviewed": {"reviewed": False},
            "pending": {"pending": False}, "confidence": {"least": None},
        }  # fmt: skip
        return replace(self, chosen=self._chosen_but(name), **plain.get(name, {}))

    def statements(self) -> StatementQuerySet:
        rows = Statement.objects.standing() if self.pending else Statement.objects.published()
        rows = self._narrowed(rows.between(self.start, self.until), outlet="article__source__in")
        if self.reviewed:
            return rows.filter(reviewed=True)
        if self.least is not None:
            rows = rows.filter(models.Q(confidence__gte=self.least) | models.Q(reviewed=True))
        return rows

    def tallies(self) -> models.QuerySet[DailyTally]:
        """Daily tallies of this scope."""
        rows = self.rolled(DailyTally)
        if self.start:
            rows = rows.filter(day__gte=self.start)
        if self.until:
            rows = rows.filter(day__lte=self.until)
        return rows

    def rolled[Kind: Tally](self, model: type[Kind]) -> models.QuerySet[Kind]:
        """Tallies of this scope, of its outlets if they tell outlets apart, of whatever time."""
        rows = model._default_manager.all() if self.pending else model._default_manager.filter(published=True)
        if self.reviewed:
            rows = rows.filter(level=CHECKED)
        elif self.least is not None:
            rows = rows.filter(level__gt=LEVELS.index(self.least))
        return self._narrowed(rows, outlet="source__in" if hasattr(model, "source") else "")

    def _narrowed[Rows: models.QuerySet](self, rows: Rows, *, outlet: str) -> Rows:
        names = {name for name, _ in self.chosen}
        if "actor" in names:
            rows = rows.filter(actor__in=self.actors)
        if "issue" in names:
            rows = rows.filter(issue__in=self.issues)
        if self.outlets and outlet:
            rows = rows.filter(**{outlet: self.outlets})
        return rows if len(self.voices) == len(Voice.values) else rows.filter(voice__in=self.voices)

    def period(self) -> str:
        """The days that were asked for, in words: "1 Jan 2015 – 30 Apr 2017", "until 30 Apr 2017", or ""."""
        if self.start and self.until:
            return f"{_day(self.start)} – {_day(self.until)}"
        if self.start:
            return f"since {_day(self.start)}"
        return f"until {_day(self.until)}" if self.until else ""

    def title(self) -> str:
        """Short, for titles: "UK and US · Sanctions · 1 Jan 2015 – 30 Apr 2017"."""
        issues = _listed([issue.label for issue in self.issues], "issues")
        return " · ".join(filter(None, [_and([actor.label for actor in self.actors]), issues, self.period()]))

    def slug(self) -> str:
        """For file names: "sanctions_uk-us_2015-01-01_2017-04-30"; ends that are open are left out."""
        issues = [issue.slug for issue in self.issues]
        days = [day.isoformat() for day in (self.start, self.until) if day]
        named = "-".join(issues) if len(issues) <= _NAMED else f"{len(issues)}-issues"
        return "_".join([named, "-".join(actor.slug for actor in self.actors), *days])

    def words(self) -> str:
        """What is selected, as one sentence for pictures, exports and listeners."""
        issues = [issue.label for issue in self.issues]
        whose = " and ".join(str(Voice(voice).label).lower() for voice in self.voices)
        which = "reviewed" if self.reviewed else "published and pending" if self.pending else "published"
        parts = [
            f"{which.capitalize()} statements ({whose}) of {_and([actor.label for actor in self.actors])}",
            f"on {_listed(issues, 'issues')}",
            f"in {_listed([outlet.name for outlet in self.outlets], 'outlets')}" if self.outlets else "",
        ]
        limits = [
            self.period(),
            f"as of {_day(self.asof)}" if self.asof and self.asof != self.until else "",
            confidence_text(self.least) if self.least is not None else "",
        ]
        return ", ".join([" ".join(filter(None, parts)), *filter(None, limits)]) + "."


def confidence_text(least: float) -> str:
    return f"confidence {least:g} or more"


def _day(day: datetime.date) -> str:
    return date_format(day, "j M Y")


def _listed(names: Sequence[str], noun: str) -> str:
    return _and(names) if len(names) <= _NAMED else f"{len(names)} {noun}"


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
