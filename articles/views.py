"""The article list. The page of one article shows stances and is therefore among the positions screens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap, retarget
from django_htmx.middleware import HtmxDetails

from articles.forms import ArticleFilter
from articles.listing import listing


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


@require_safe
@vary_on_headers("HX-Request")
def article_list(request: HtmxHttpRequest) -> HttpResponse:
    """All articles with search and filters: the page, or for htmx its rows."""
    form = ArticleFilter(request.GET)
    partial = request.htmx and not request.htmx.history_restore_request
    if not form.is_valid():
        return _refuse(request, form, partial=partial)
    context = {"form": form, "listing": listing(form), "filtered": bool(form.chosen())}
    return render(request, "articles/list.html#rows" if partial else "articles/list.html", context)


def _refuse(request: HtmxHttpRequest, form: ArticleFilter, *, partial: bool) -> HttpResponse:
    """Say which parameter of the address is wrong; for htmx beside the form, which keeps what was typed."""
    context = {"problems": form.problems()}
    if not partial:
        return render(request, "400.html", context, status=400)
    return reswap(
        retarget(render(request, "400.html#problems", context, status=400), "#problems"), "outerHTML"
    )
