"""The matrix, and the statements behind one of its cells."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from positions import tables
from positions.pages import HtmxHttpRequest, page, scoped
from positions.scope import ScopeForm
from positions.views.frame import frame


@require_safe
@scoped()
def matrix(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    context = {**frame(form), "matrix": tables.matrix(form.scope)}
    return page(request, "positions/matrix.html", "matrix", context)


@require_safe
@scoped(without=("actor", "issue"), beside=("page",))
def position(request: HtmxHttpRequest, form: ScopeForm, actor: str, issue: str) -> HttpResponse:
    """The statements behind one cell, as a page or as the drawer beside the matrix."""
    who, what = form.row("actor", actor), form.row("issue", issue)
    first = request.path + form.scope.query()
    number = request.GET.get("page", "1")
    cell = tables.cell(form.scope, who, what)
    statements = form.scope.at(who, what).statements()
    context = {
        **frame(form),
        "cell": cell,
        "statements_query": form.scope.at(who, what).query(),
        "page": tables.quotes(statements, total=cell.counts.total, page=number, address=first),
    }
    return page(request, "positions/position.html", "position", context)
