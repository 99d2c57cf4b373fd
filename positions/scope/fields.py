"""Form fields of the scope bar: joined slugs, days as people type them, a minimum confidence."""

import calendar
import datetime
import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from positions.models import LEVELS
from positions.scope.selection import JOIN

_CHECKED = SafeString(" checked")


class Slugs(forms.CheckboxSelectMultiple):
    """Check boxes whose values may also come joined, as in `actor=uk~us`; none at all means the default."""

    default: Collection[str] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """All boxes with their labels. Django's own way renders several templates for each of a hundred outlets."""
        chosen = set(value or ())
        return format_html_join(
            "\n",
            '<label><input type="checkbox" name="{}" value="{}" id="id_{}_{}"{}> {}</label>',
            (
                (name, slug, name, number, _CHECKED if slug in chosen else "", label)
                for number, (slug, label) in enumerate(self.choices)
            ),
        )

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


class ConfidenceField(forms.TypedChoiceField):
    """A minimum confidence in tenths, since tallies are kept by tenths."""

    default_error_messages = {
        "invalid_choice": "“%(value)s” is not known here: write 0.1, 0.2 and so on to 0.9."
    }

    def __init__(self, **options: Any) -> None:
        choices = [("", "any"), *((f"{level:g}", f"{level:g} or more") for level in LEVELS)]
        super().__init__(required=False, choices=choices, coerce=float, empty_value=None, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value).strip()
        try:
            return f"{float(text):g}"  # 0.70 and .7 mean the same
        except ValueError:
            return text
