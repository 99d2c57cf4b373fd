"""The screens of the reading side. Each takes a scope, reads one table and renders it."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from positions import charts, tables
from positions.models import Actor, Issue, Statement
from positions.pages import HtmxHttpRequest, back_to, page, scoped
from positions.scope import ScopeForm

THEMES = ("auto", "light", "dark")


def _frame(form: ScopeForm) -> dict[str, Any]:
    """What the scope bar and the links between screens need."""
    return {
        "form": form,
        "scope_query": form.scope.query(),
        "address": form.address,
        "thresholds": tables.thresholds(),
    }


@require_safe
@scoped()
def matrix(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    context = {**_frame(form), "matrix": tables.matrix(form.scope)}
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
        **_frame(form),
        "cell": cell,
        "page": tables.quotes(statements, total=cell.counts.total, page=number, address=first),
    }
    return page(request, "positions/position.html", "position", context)


@require_safe
@scoped()
def timeline(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    table = tables.timeline(form.scope)
    context = {
        **_frame(form),
        "timeline": table,
        "drawing": charts.drawing(table),
        "figure": charts.figure(table),
    }
    return page(request, "positions/timeline.html", "timeline", context)


@require_safe
def article(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Article.objects.select_related("source", "extraction").defer("search"), pk=pk)
    return render(request, "positions/article.html", {"page": tables.article_page(row)})


@require_safe
def statement(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The permanent address of S-1043: its sentence in the article."""
    row = get_object_or_404(Statement.objects.only("article_id"), pk=pk)
    return HttpResponseRedirect(tables.statement_url(row))


@require_safe
def methodology(request: HtmxHttpRequest) -> HttpResponse:
    context = {
        "issues": Issue.objects.all(),
        "actors": Actor.objects.all(),
        "thresholds": tables.thresholds(),
    }
    return render(request, "positions/methodology.html", context)


@require_POST
def theme(request: HtmxHttpRequest) -> HttpResponse:
    """Keep the reader's choice of light or dark in the session and go back to where they were."""
    chosen = request.POST.get("theme")
    request.session["theme"] = chosen if chosen in THEMES else THEMES[0]
    return HttpResponseRedirect(back_to(request))
