"""The selection of a screen as a file, at the screen's address with .csv, .json, .svg or .png."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from positions import exports
from positions.pages import HtmxHttpRequest, refuse, scoped
from positions.revision import revision
from positions.scope import Scope, ScopeForm
from positions.views.matrix import look_of
from positions.views.timeline import LOOKS, looks_of

# The screen that a table belongs to; statements are those behind the matrix.
SCREENS = {"timeline": "positions:timeline", "shifts": "positions:shifts"}


@require_safe
def download(request: HtmxHttpRequest, table: str, kind: str) -> HttpResponseBase:
    if kind not in exports.KINDS[table]:
        raise Http404(f"There is no {kind} of {table}; there are {', '.join(exports.KINDS[table])}.")
    return _OF_TABLE[table](request, table=table, kind=kind)


def _download(request: HtmxHttpRequest, form: ScopeForm, table: str, kind: str) -> HttpResponseBase:
    look = _look(request, form, table)
    if form.errors:
        return refuse(request, form)
    about = about_of(request, form.scope, table, kept=form.with_kept(form.scope.query()), look=look)
    try:
        made = exports.make(about, kind, site=site_of(request))
    except exports.RendererMissing as error:
        context = {"problem": str(error), "svg": form.address.replace(".png", ".svg", 1)}
        return render(request, "positions/no_picture.html", context, status=503)
    whole = isinstance(made.pieces, bytes)
    response = (HttpResponse if whole else StreamingHttpResponse)(made.pieces, content_type=made.type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _look(request: HtmxHttpRequest, form: ScopeForm, table: str) -> dict[str, Any]:
    """How the screen of the table is looked at beside its scope, so that the file shows the same."""
    if table == "matrix":
        return {"look": look_of(request, form)}
    return looks_of(request, form) if table == "timeline" else {}


# Each takes the parameters of its screen and no others.
_BESIDE = {"matrix": ("then", "changes", "sort"), "timeline": tuple(LOOKS)}
_OF_TABLE = {table: scoped(beside=_BESIDE.get(table, ()))(_download) for table in exports.KINDS}


def about_of(
    request: HttpRequest, scope: Scope, table: str, *, kept: str = "", look: dict[str, Any] | None = None
) -> exports.About:
    """`kept`: the query of the page, where it has more than the scope."""
    page = reverse(SCREENS.get(table, "positions:matrix")) + (kept or scope.query())
    return exports.About(table, scope, revision(), request.build_absolute_uri(page), look or {})


def site_of(request: HttpRequest) -> str:
    """Scheme and host, for addresses that leave the site."""
    return request.build_absolute_uri("/").rstrip("/")
