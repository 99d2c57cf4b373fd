"""Short ways to say what a table should read."""

import datetime

from django.http import QueryDict

from positions.scope import Scope, ScopeForm


def scope_of(query: str = "") -> Scope:
    form = ScopeForm(QueryDict(query))
    assert form.is_valid(), form.errors
    return form.scope


def april(day: int) -> datetime.date:
    return datetime.date(2017, 4, day)
