"""What a reader asked of the article list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django import forms

from articles.models import Article, Source
from articles.querysets import ArticleQuerySet

_ADDRESS_NAMES = {"start": "from", "end": "to"}  # `from` is no name for a Python attribute


class ArticleFilter(forms.Form):
    """Filters of the article list, read from the address: q, source, from, to, kind, page."""

    q = forms.CharField(
        label="Search", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )  # fmt: skip
    source = forms.ChoiceField(label="Outlet", required=False)
    start = forms.DateField(
        label="From", required=False, input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs={"type": "date"})
    )  # fmt: skip
    end = forms.DateField(
        label="To", required=False, input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs={"type": "date"})
    )  # fmt: skip
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All kinds"), *Article.Kind.choices])
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data)
        outlets: Iterable[tuple[str, str]] = Source.objects.values_list("slug", "name")
        self.fields["source"].choices = [("", "All outlets"), *outlets]
        for name, example in (("start", "2015-09-30"), ("end", "2017-04-10")):
            self.fields[name].error_messages["invalid"] = f"is no date; write it like {example}."

    def add_prefix(self, field_name: str) -> str:
        return _ADDRESS_NAMES.get(field_name, field_name)

    def clean(self) -> dict:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and start > end:
            self.add_error("start", f"lies after the end, {end}.")
        return self.cleaned_data

    def problems(self) -> list[str]:
        """Each error with the parameter it is about, as it stands in the address."""
        return [
            f"{self.add_prefix(name)}: {message}"
            for name, messages in self.errors.items()
            for message in messages
        ]

    def chosen(self) -> dict[str, str]:
        """The filters that are set, as they stand in an address; the page is none of them."""
        return {
            self.add_prefix(name): value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in self.cleaned_data.items()
            if value and name != "page"
        }

    def articles(self) -> ArticleQuerySet:
        """The articles that a valid form asks for, newest first or, with words to search for, best first."""
        wanted = self.cleaned_data
        found = Article.objects.between(wanted["start"], wanted["end"])
        if wanted["source"]:
            found = found.filter(source__slug=wanted["source"])
        if wanted["kind"]:
            found = found.filter(kind=wanted["kind"])
        return found.matching(wanted["q"]) if wanted["q"] else found
