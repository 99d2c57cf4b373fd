"""The matrix, and the statements behind one of its cells."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from positions import tables
from positions.pages import HtmxHttpRequest, page, refuse, scoped
from positions.revision import revision
from positions.scope import DayField, ScopeForm
from positions.views.frame import frame


@require_safe
@scoped(beside=("then", "changes", "sort"))
def matrix(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    look = look_of(request, form)
    if form.errors:
        return refuse(request, form)
    now = revision()
    table = tables.matrix(form.scope, look, data=tables.data_text(now.at, now.number))
    context = {**frame(form), "matrix": table, "look": look}
    context |= {"stale": tables.staleness()} if table.counts.total else _nothing(form)
    return page(request, "positions/matrix.html", "matrix", context)


def look_of(request: HtmxHttpRequest, form: ScopeForm) -> tables.Look:
    """How the matrix is to be looked at; what cannot be becomes an error of the form."""
    given = {name: request.GET.get(name, "") for name in ("then", "changes", "sort")}
    then, scope = None, form.scope
    try:
        then = DayField(last=True).clean(given["then"])
    except ValidationError as error:
        form.add_error(None, f"then: {error.messages[0]}")
    if then and ((scope.start and then < scope.start) or (scope.until and then >= scope.until)):
        form.add_error(
            None, f"then: Nothing to compare with on {then}: it is not within the period, before its end."
        )
    for name, known in {"changes": ["", "1"], "sort": ["", *tables.orders(scope.actors)]}.items():
        if given[name] not in known:
            form.add_error(None, f"{name}: “{given[name]}” is not known here, only {', '.join(known[1:])}.")
    look = tables.Look(then, changes=bool(given["changes"] and then), sort=given["sort"])
    form.kept = tuple(pair for pair in look.own().items() if pair[1])
    return look


def _nothing(form: ScopeForm) -> dict[str, Any]:
    """What to say where there is nothing to show: which filter leaves most out, or that there is nothing yet."""
    chips = form.chips()
    scopes = [form.scope.without(chip.name) for chip in chips] or [replace(form.scope, pending=True)]
    most = max(found := tables.totals(scopes))
    excludes = chips[found.index(most)] if chips and most else None
    return {"excludes": excludes, "most": most, "articles": tables.articles_read()}


@require_safe
@scoped(without=("actor", "issue"), beside=("page",))
def position(request: HtmxHttpRequest, form: ScopeForm, actor: str, issue: str) -> HttpResponse:
    """The statements behind one cell, as a page or as the drawer beside the matrix."""
    who, what = form.row("actor", actor), form.row("issue", issue)
    first = request.path + form.scope.query()
    number = request.GET.get("page", "1")
    cell = tables.cell(form.scope, who, what)
    here = form.scope.at(who, what)
    context = {
        **frame(form),
        "cell": cell,
        "statements_query": here.query(),
        "page": tables.quotes(
            here.statements(), total=cell.counts.total, page=number, address=first, query=here.query()
        ),
    }
    return page(request, "positions/position.html", "position", context)
