"""One article with its sentences marked, and the permanent address of one statement."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from positions import tables
from positions.models import Statement
from positions.pages import HtmxHttpRequest
from positions.scope import PARAMETERS
from positions.tasks import defer_extraction


@require_safe
def article(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The article; its address may carry the scope that the reader came from, to lead back there."""
    if unknown := sorted(set(request.GET) - set(PARAMETERS)):
        problems = [f"“{name}” is no parameter here." for name in unknown]
        return render(request, "400.html", {"problems": problems}, status=400)
    chosen = [(name, request.GET[name]) for name in PARAMETERS if request.GET.get(name)]
    rows = Article.objects.select_related("source", "extraction").defer("search")
    page = tables.article_page(get_object_or_404(rows, pk=pk), chosen=dict(chosen))
    beyond = [pair for pair in chosen if not page.position[0] or pair[0] not in ("actor", "issue")]
    context = {
        "page": page,
        "scope_query": _query(chosen),
        "scope_chosen": chosen,
        "position_url": page.position[1] + _query(beyond),
    }
    return render(request, "positions/article.html", context)


def _query(chosen: list[tuple[str, str]]) -> str:
    return f"?{urlencode(chosen)}" if chosen else ""


@require_POST
@permission_required("positions.change_review", raise_exception=True)
def read_again(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Queue the article to be read once more, for instance after a failure."""
    get_object_or_404(Article.objects.only("pk"), pk=pk)
    added = defer_extraction([pk])
    messages.info(request, "Queued to be read again." if added else "Waits to be read already.")
    return HttpResponseRedirect(reverse("positions:article", args=[pk]))


@require_safe
def statement(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The permanent address of S-1043: its sentence in the article."""
    row = get_object_or_404(Statement.objects.only("article_id", "withdrawn"), pk=pk)
    return HttpResponseRedirect(tables.statement_url(row, query=request.GET.urlencode()))
