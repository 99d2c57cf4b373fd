"""The scope bar as a form on `request.GET`."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, QueryDict
from django.utils.formats import date_format

from articles.models import Source
from positions.models import Actor, Issue, Voice
from positions.scope.catalogue import read_catalogue
from positions.scope.fields import ConfidenceField, DayField, SlugsField
from positions.scope.selection import JOIN, Scope, confidence_text


@dataclass(frozen=True, slots=True)
class Chip:
    name: str  # the parameter
    text: str
    without: str  # address without it


PENDING = [("", "Published only"), ("1", "Also those still in review")]


class ScopeForm(forms.Form):
    """The scope bar, a plain GET form; the page that shows it sets `path` and `address`, where it stands."""

    path = address = ""
    # Parameters of the page itself that stay when the scope changes, such as the words of a search.
    kept: tuple[tuple[str, str], ...] = ()

    actor = SlugsField(label="Actors")
    voice = SlugsField(label="Voices", choices=Voice, default=(Voice.GOVERNMENT,))
    issue = SlugsField(label="Issues")
    start = DayField(label="From", last=False)
    end = DayField(label="To", last=True)
    asof = DayField(label="As of", last=True)
    outlet = SlugsField(label="Outlets")
    reviewed = SlugsField(label="Reviewed only", choices=[("1", "Reviewed only: checked by a person")])
    pending = forms.ChoiceField(
        label="Also those still in review", required=False, choices=PENDING, widget=forms.RadioSelect,
        error_messages={"invalid_choice": SlugsField.default_error_messages["invalid_choice"]},
    )  # fmt: skip
    least = ConfidenceField(label="Confidence")

    # `from` is a word of Python's own, so fields and parameters differ in name.
    RENAMED = {"start": "from", "end": "to", "least": "confidence"}

    def __init__(
        self, data: QueryDict, *, without: Collection[str] = (), beside: Collection[str] = ()
    ) -> None:
        """`without`: fields that the page itself fixes; `beside`: further parameters that its address may carry."""
        super().__init__(data)
        self.rows = read_catalogue()
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
        start = self.cleaned_data.get("start")
        for name, which in (("end", "end"), ("asof", "day it is told as of")):
            day = self.cleaned_data.get(name)
            if start and day and start > day:
                self.add_error(name, f"The {which}, {day}, lies before the start, {start}.")
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
            asof=chosen["asof"],
            least=chosen["least"],
        )

    def chips(self) -> list[Chip]:
        """What narrows the scope, each with the address that drops it."""
        scope = self.scope
        return [
            Chip(
                self.add_prefix(name),
                self._worded(name),
                self.path + self.with_kept(scope.query(**{self.add_prefix(name): ""})),
            )
            for name in self.fields
            if self.add_prefix(name) in dict(scope.chosen)
        ]

    def with_kept(self, query: str) -> str:
        """The address `query` (from the question mark on, or "") with what the page keeps."""
        kept = urlencode(self.kept)
        return f"{query}{'&' if query else '?'}{kept}" if kept else query

    def _worded(self, name: str) -> str:
        value, field = self.cleaned_data[name], self.fields[name]
        if isinstance(value, datetime.date):
            return f"{field.label}: {date_format(value, 'j M Y')}"
        if isinstance(value, float):
            return confidence_text(value).capitalize()
        if name in ("reviewed", "pending"):
            return str(field.label)
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
            elif isinstance(value, float):
                yield self.add_prefix(name), f"{value:g}"
            elif isinstance(value, str) and value:
                yield self.add_prefix(name), value


def _label(row: Actor | Issue | Source) -> str:
    return row.name if isinstance(row, Source) else row.label
