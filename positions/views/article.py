"""One article with its sentences marked, and the permanent address of one statement."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article
from positions import tables
from positions.models import Statement
from positions.pages import HtmxHttpRequest


@require_safe
def article(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Article.objects.select_related("source", "extraction").defer("search"), pk=pk)
    return render(request, "positions/article.html", {"page": tables.article_page(row)})


@require_safe
def statement(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The permanent address of S-1043: its sentence in the article."""
    row = get_object_or_404(Statement.objects.only("article_id"), pk=pk)
    return HttpResponseRedirect(tables.statement_url(row))
