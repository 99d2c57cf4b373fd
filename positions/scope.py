"""What a reader asked to see: the scope form on `request.GET` and the Scope that the tables read.

The address is the contract: slugs joined by "~" in a stable order, defaults left out, unknown names and values refused.
"""

import calendar
import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Source
from positions.models import Actor, DailyTally, Issue, Statement, Voice
from positions.querysets import StatementQuerySet

JOIN = "~"
PARAMETERS = (
    "actor",
    "voice",
    "issue",
    "from",
    "to",
    "outlet",
    "reviewed",
    "pending",
)  # in this order in addresses


@dataclass(frozen=True, slots=True)
class Scope:
    """One selection; every screen and every export of it reads the same. Both days are included."""

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

    def query(self, **changed: str) -> str:
        """The address of this scope from the question mark on, "" for the defaults; `changed` to "" leaves out."""
        values = {**dict(self.chosen), **changed}
        kept = [(name, values[name]) for name in PARAMETERS if values.get(name)]
        return "?" + urlencode(kept) if kept else ""

    def at(self, actor: Actor, issue: Issue) -> "Scope":
        """The part of this scope that one cell of the matrix shows."""
        chosen = (("actor", actor.slug), ("issue", issue.slug), *self.chosen)
        return replace(self, actors=(actor,), issues=(issue,), chosen=chosen)

    def statements(self) -> StatementQuerySet:
        rows = Statement.objects.standing() if self.pending else Statement.objects.published()
        rows = self._narrowed(rows.between(self.start, self.end), outlet="article__source__in")
        return rows.filter(reviewed=True) if self.reviewed else rows

    def tallies(self) -> models.QuerySet[DailyTally]:
        """Daily tallies of this scope. They know nothing of `reviewed`: they cannot tell the sides of checked ones."""
        rows = DailyTally.objects.all() if self.pending else DailyTally.objects.filter(published=True)
        if self.start:
            rows = rows.filter(day__gte=self.start)
        if self.end:
            rows = rows.filter(day__lte=self.end)
        return self._narrowed(rows, outlet="source__in")

    def _narrowed[Rows: models.QuerySet](self, rows: Rows, *, outlet: str) -> Rows:
        names = {name for name, _ in self.chosen}
        if "actor" in names:
            rows = rows.filter(actor__in=self.actors)
        if "issue" in names:
            rows = rows.filter(issue__in=self.issues)
        if self.outlets:
            rows = rows.filter(**{outlet: self.outlets})
        return rows if len(self.voices) == len(Voice.values) else rows.filter(voice__in=self.voices)


class Slugs(forms.CheckboxSelectMultiple):
    """Check boxes whose values may also come joined, as in `actor=uk~us`; none at all means the default."""

    default: Collection[str] = ()

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> list[str]:
        given = [slug for value in data.getlist(name) for slug in value.split(JOIN) if slug]
        return given or list(self.default)


class SlugsField(forms.MultipleChoiceField):
    widget = Slugs
    default_error_messages = {"invalid_choice": "“%(value)s” is not known here."}

    def __init__(self, *, default: Collection[str] = (), **options: Any) -> None:
        super().__init__(required=False, **options)
        self.default = default

    @property
    def default(self) -> Collection[str]:
        return self.widget.default

    @default.setter
    def default(self, slugs: Collection[str]) -> None:
        self.widget.default = slugs

    def clean(self, value: list[str]) -> tuple[str, ...]:
        """Return the chosen slugs in the order of the choices."""
        chosen = set(super().clean(value))
        return tuple(slug for slug, _ in self.choices if slug in chosen)


class DayField(forms.CharField):
    """A day as people type it: 2015-12-09, 9 Dec 2015, 2015-12 or 2015 (its first or last day), today."""

    FORMS = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y")
    MONTH_FORMS = ("%Y-%m", "%b %Y", "%B %Y")

    def __init__(self, *, last: bool, **options: Any) -> None:
        super().__init__(required=False, max_length=30, **options)
        self.last = last

    def clean(self, value: Any) -> datetime.date | None:
        text = " ".join(super().clean(value).lower().split())
        if not text:
            return None
        day = timezone.localdate() if text == "today" else self._exact(text) or self._part(text)
        if day is None:
            raise forms.ValidationError(
                "“%(value)s” is not a day: write it like 2015-12-09, 9 Dec 2015, 2015-12, 2015 or today.",
                params={"value": value},
            )
        return day

    def _exact(self, text: str) -> datetime.date | None:
        return next(filter(None, (_parsed(text, form) for form in self.FORMS)), None)

    def _part(self, text: str) -> datetime.date | None:
        if re.fullmatch(r"[12]\d{3}", text):
            return datetime.date(int(text), 12, 31) if self.last else datetime.date(int(text), 1, 1)
        month = next(filter(None, (_parsed(text, form) for form in self.MONTH_FORMS)), None)
        if month and self.last:
            return month.replace(day=calendar.monthrange(month.year, month.month)[1])
        return month


def _parsed(text: str, form: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    without: str  # address without it


class ScopeForm(forms.Form):
    """The scope bar, a plain GET form; the page that shows it sets `path` and `address`, where it stands."""

    path = address = ""

    actor = SlugsField(label="Actors")
    voice = SlugsField(label="Voices", choices=Voice, default=(Voice.GOVERNMENT,))
    issue = SlugsField(label="Issues")
    start = DayField(label="From", last=False)
    end = DayField(label="To", last=True)
    outlet = SlugsField(label="Outlets")
    reviewed = SlugsField(label="Review", choices=[("1", "Checked by a person only")])
    pending = SlugsField(label="In review", choices=[("1", "Include those in review")])

    # `from` is a word of Python's own, so fields and parameters differ in name.
    RENAMED = {"start": "from", "end": "to"}

    def __init__(
        self, data: QueryDict, *, without: Collection[str] = (), beside: Collection[str] = ()
    ) -> None:
        """`without`: fields that the page itself fixes; `beside`: further parameters that its address may carry."""
        super().__init__(data)
        self.rows: dict[str, dict[str, Any]] = {
            "actor": {row.slug: row for row in Actor.objects.all()},
            "issue": {row.slug: row for row in Issue.objects.all()},
            "outlet": {row.slug: row for row in Source.objects.all()},
        }
        for name, rows in self.rows.items():
            self.fields[name].choices = [(slug, _label(row)) for slug, row in rows.items()]
        self.fields["actor"].default = list(self.rows["actor"])
        for name in without:
            del self.fields[name]
        self.beside = beside

    def add_prefix(self, field_name: str) -> str:
        return self.RENAMED.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        known = {self.add_prefix(name) for name in self.fields}.union(self.beside)
        for name in self.data:
            if name not in known:
                self.add_error(None, f"“{name}” is no parameter here. Known are {', '.join(sorted(known))}.")
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and start > end:
            self.add_error("end", f"The end, {end}, lies before the start, {start}.")
        return self.cleaned_data

    def problems(self) -> list[str]:
        """Each error with the parameter it is about, as it stands in the address."""
        return [
            f"{self.add_prefix(name)}: {message}" if name in self.fields else str(message)
            for name, messages in self.errors.items()
            for message in messages
        ]

    def row(self, name: str, slug: str) -> Any:
        """The actor, issue or outlet of that slug; Http404 if there is none."""
        try:
            return self.rows[name][slug]
        except KeyError:
            raise Http404(f"There is no {name} “{slug}”.") from None

    @property
    def scope(self) -> Scope:
        """The scope of a valid form."""
        chosen = self.cleaned_data
        return Scope(
            actors=self._chosen("actor"),
            issues=self._chosen("issue"),
            outlets=self._chosen("outlet") if chosen.get("outlet") else (),
            voices=chosen["voice"],
            start=chosen["start"],
            end=chosen["end"],
            reviewed=bool(chosen["reviewed"]),
            pending=bool(chosen["pending"]),
            chosen=tuple(self._address()),
        )

    def chips(self) -> list[Chip]:
        """What narrows the scope, each with the address that drops it."""
        scope = self.scope
        return [
            Chip(self._worded(name), self.path + scope.query(**{self.add_prefix(name): ""}))
            for name in self.fields
            if self.add_prefix(name) in dict(scope.chosen)
        ]

    def _worded(self, name: str) -> str:
        value, field = self.cleaned_data[name], self.fields[name]
        if isinstance(value, datetime.date):
            return f"{field.label}: {date_format(value, 'j M Y')}"
        labels = dict(field.choices)
        return f"{field.label}: {', '.join(str(labels[slug]) for slug in value)}"

    def _chosen(self, name: str) -> tuple[Any, ...]:
        slugs = self.cleaned_data.get(name) or self.rows[name]
        return tuple(self.rows[name][slug] for slug in slugs)

    def _address(self) -> Iterable[tuple[str, str]]:
        for name, field in self.fields.items():
            value = self.cleaned_data[name]
            if isinstance(field, SlugsField) and set(value) != set(field.default):
                yield self.add_prefix(name), JOIN.join(value)
            elif isinstance(value, datetime.date):
                yield self.add_prefix(name), value.isoformat()


def _label(row: Actor | Issue | Source) -> str:
    return row.name if isinstance(row, Source) else row.label
