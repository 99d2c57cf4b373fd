"""Positions over time: the page, and the interactive figure that takes the drawing's place once the page stands."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from positions import charts, tables
from positions.pages import HtmxHttpRequest, page, refuse, scoped
from positions.scope import ScopeForm
from positions.tables.lanes import MEASURES, STEPS
from positions.views.frame import frame

# How the page may be looked at beside its scope; the first value is the default.
LOOKS = {"by": STEPS, "show": MEASURES, "events": ("1", "0")}


@require_safe
@scoped(beside=(*LOOKS, "page"))
def timeline(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    looks = looks_of(request, form)
    if form.errors:
        return refuse(request, form)
    table = tables.timeline(form.scope, **looks)
    first = request.path + form.with_kept(form.scope.query())
    context = {
        **frame(form),
        "timeline": table,
        "drawing": charts.drawing(table),
        "rows": tables.mark_page(table.marks, page=request.GET.get("page", "1"), address=first),
        "figure_query": form.with_kept(form.scope.query()),
    }
    return page(request, "positions/timeline.html", "timeline", context)


@require_safe
@scoped(beside=tuple(LOOKS))
def timeline_figure(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    looks = looks_of(request, form)
    if form.errors:
        return refuse(request, form)
    return JsonResponse(charts.figure(tables.timeline(form.scope, **looks)))


def looks_of(request: HtmxHttpRequest, form: ScopeForm) -> dict[str, str | bool]:
    """How the timeline is to be looked at; what is not among the choices becomes an error of the form."""
    looks = {name: request.GET.get(name) or known[0] for name, known in LOOKS.items()}
    form.kept = tuple((name, value) for name, value in looks.items() if value != LOOKS[name][0])
    for name, value in looks.items():
        if value not in LOOKS[name]:
            form.add_error(None, f"{name}: “{value}” is not known here, only {', '.join(LOOKS[name])}.")
    return {"by": looks["by"], "measure": looks["show"], "with_events": looks["events"] == "1"}
