"""Positions over time."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from positions import charts, tables
from positions.pages import HtmxHttpRequest, page, scoped
from positions.scope import ScopeForm
from positions.views.frame import frame


@require_safe
@scoped()
def timeline(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    table = tables.timeline(form.scope)
    context = {
        **frame(form),
        "timeline": table,
        "drawing": charts.drawing(table),
        "figure": charts.figure(table),
    }
    return page(request, "positions/timeline.html", "timeline", context)
