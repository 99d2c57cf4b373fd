"""What stands behind a field's name in the search box (actor:uk before:2016) becomes a parameter of the address."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode

from positions.phrases import Asked
from positions.scope import DayField, ScopeForm
from positions.scope.selection import JOIN

_ONE_DAY = datetime.timedelta(days=1)


def moved(asked: Asked, data: QueryDict, form: ScopeForm) -> str:
    """The query string in which the typed fields are parameters and the box holds the other words alone.

    A name that is not known stays as typed, so that the address is refused with its parameter named.
    """
    values: dict[str, str] = {name: data[name] for name in data if name not in ("q", "page")}
    chosen: dict[str, list[str]] = {}
    for field, value in asked.fields:
        if field == "before":
            values["to"] = _day(value, last=False, step=-_ONE_DAY)
        elif field == "after":
            values["from"] = _day(value, last=True, step=_ONE_DAY)
        elif field == "speaker":
            values["speaker"] = value
        else:
            chosen.setdefault(field, []).extend(value.split(","))
    for field, names in chosen.items():
        values[field] = JOIN.join(_slug(name.strip(), form.rows.get(field, {})) for name in names)
    if asked.words:
        values["q"] = asked.words
    return f"?{urlencode(values)}"


def _day(text: str, *, last: bool, step: datetime.timedelta) -> str:
    try:
        day = DayField(last=last).clean(text)
    except forms.ValidationError:
        day = None
    return (day + step).isoformat() if day else text


def _slug(typed: str, rows: dict[str, Any]) -> str:
    """The slug that is meant: of that slug, code, label or name, else the only one that holds what was typed."""
    wanted = typed.lower()
    for slug, row in rows.items():
        names = {getattr(row, name, "").lower() for name in ("code", "label", "name")}
        if wanted == slug or wanted in names:
            return slug
    near = [slug for slug in rows if wanted.replace(" ", "-") in slug]
    return near[0] if len(near) == 1 else wanted
