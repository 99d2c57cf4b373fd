"""The endpoints. Each takes the filters of the screens and answers with the rows of the exports."""

from collections.abc import Collection, Iterable
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse

from articles.forms import ArticleFilter
from positions.api import paging
from positions.api.answers import Data, Problem, endpoint
from positions.api.openapi import document
from positions.exports.about import About
from positions.exports.files import table_rows
from positions.exports.rows import actor_row, article_row, issue_row, statement_row
from positions.models import Actor, Issue
from positions.revision import revision
from positions.scope import Scope, ScopeForm
from positions.tables.counts import merged, read_counts
from positions.tables.quotes import with_quotations
from positions.views.download import about_of, site_of

_WRONG = "A parameter is wrong."


@endpoint
def index(request: HttpRequest) -> Data:
    """Where everything is."""
    names = ("matrix", "timeline", "statements", "shifts", "articles", "issues", "actors")
    here = {name: request.build_absolute_uri(reverse(f"positions:api-{name}")) for name in names}
    return {**here, "openapi": request.build_absolute_uri(reverse("positions:api-openapi"))}


@endpoint
def openapi(request: HttpRequest) -> Data:
    return document(site_of(request))


@endpoint
def table(request: HttpRequest, table: str) -> Data:
    """The matrix, the timeline or the changes of position, whole."""
    about = about_of(request, _scope(request), table)
    count, rows = table_rows(about, site=site_of(request))
    return _answer(about, rows, count=count)


@endpoint
def statements(request: HttpRequest) -> Data:
    scope = _scope(request, beside=("limit", "after"))
    rows, place = paging.page(with_quotations(scope.statements()), request.GET)
    total = merged(read_counts(scope).values()).total
    following = paging.next_url(request, "after", place) if place else None
    site = site_of(request)
    shown = (statement_row(row, site=site) for row in rows)
    return _answer(about_of(request, scope, "statements"), shown, count=total, following=following)


@endpoint
def articles(request: HttpRequest) -> Data:
    """Articles by their own filters, those of the article list."""
    form = ArticleFilter(request.GET)
    known = {form.add_prefix(name) for name in form.fields} | {"limit"}
    strange = [f"“{name}” is no parameter here." for name in request.GET if name not in known]
    if strange or not form.is_valid():
        raise Problem(HTTPStatus.BAD_REQUEST, _WRONG, problems=[*strange, *form.problems()])
    limit = paging.whole(request.GET, "limit", paging.DEFAULT, paging.MOST)
    rows = form.articles().select_related("source").defer("text", "search", "standfirst")
    found = Paginator(rows, limit).get_page(form.cleaned_data["page"] or 1)
    site = site_of(request)
    about = _everything(request, "articles")
    return _answer(
        about,
        (article_row(row, site=site) for row in found),
        count=found.paginator.count,
        following=paging.next_url(request, "page", found.next_page_number()) if found.has_next() else None,
    )


@endpoint
def issues(request: HttpRequest) -> Data:
    rows = [issue_row(row) for row in Issue.objects.all()]
    return _answer(_everything(request, "issues"), rows, count=len(rows))


@endpoint
def actors(request: HttpRequest) -> Data:
    rows = [actor_row(row) for row in Actor.objects.all()]
    return _answer(_everything(request, "actors"), rows, count=len(rows))


@endpoint
def nothing(request: HttpRequest, rest: str) -> Data:
    raise Http404(f"There is no “{rest}” here. GET {reverse('positions:api-index')} lists what there is.")


def _scope(request: HttpRequest, *, beside: Collection[str] = ()) -> Scope:
    """The selection that the address asks for. Raises Problem."""
    form = ScopeForm(request.GET, beside=beside)
    if not form.is_valid():
        raise Problem(HTTPStatus.BAD_REQUEST, _WRONG, problems=form.problems())
    return form.scope


def _everything(request: HttpRequest, name: str) -> About:
    """For lists that are not narrowed by a scope."""
    return About(name, None, revision(), request.build_absolute_uri())


def _answer(
    about: About, rows: Iterable[dict[str, Any]], *, count: int | None, following: str | None = None
) -> Data:
    return {**about.fields(), "count": count, "next": following, "rows": list(rows)}
