"""The selection of a screen as a file, at the screen's address with .csv, .json, .svg or .png."""

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from positions import exports
from positions.pages import HtmxHttpRequest, scoped
from positions.revision import revision
from positions.scope import Scope, ScopeForm

# The screen that a table belongs to; statements are those behind the matrix.
SCREENS = {"timeline": "positions:timeline", "shifts": "positions:shifts"}


@require_safe
@scoped()
def download(request: HtmxHttpRequest, form: ScopeForm, table: str, kind: str) -> HttpResponseBase:
    if kind not in exports.KINDS[table]:
        raise Http404(f"There is no {kind} of {table}; there are {', '.join(exports.KINDS[table])}.")
    about = about_of(request, form.scope, table)
    try:
        made = exports.make(about, kind, site=site_of(request))
    except exports.RendererMissing as error:
        context = {"problem": str(error), "svg": form.address.replace(".png", ".svg", 1)}
        return render(request, "positions/no_picture.html", context, status=503)
    whole = isinstance(made.pieces, bytes)
    response = (HttpResponse if whole else StreamingHttpResponse)(made.pieces, content_type=made.type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def about_of(request: HtmxHttpRequest, scope: Scope, table: str) -> exports.About:
    page = reverse(SCREENS.get(table, "positions:matrix")) + scope.query()
    return exports.About(table, scope, revision(), request.build_absolute_uri(page))


def site_of(request: HtmxHttpRequest) -> str:
    """Scheme and host, for addresses that leave the site."""
    return request.build_absolute_uri("/").rstrip("/")
