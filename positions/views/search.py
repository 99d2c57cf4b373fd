"""Search over statements and articles."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from positions import phrases, tables, typed
from positions.models import Statement
from positions.pages import HtmxHttpRequest, page, scoped
from positions.scope import ScopeForm
from positions.views.frame import frame

BESIDE = ("q", "speaker", "in", "page")


@require_safe
def search(request: HtmxHttpRequest) -> HttpResponse:
    """What was typed as a field becomes part of the scope; a statement's number leads to it."""
    asked = phrases.read(request.GET.get("q", "")[:500])
    if asked.fields:
        form = ScopeForm(request.GET, beside=BESIDE)
        return HttpResponseRedirect(request.path + typed.moved(asked, request.GET, form))
    if asked.number and (
        row := Statement.objects.filter(pk=asked.number).only("article", "withdrawn").first()
    ):
        return HttpResponseRedirect(tables.statement_url(row))
    return _found(request)


@scoped(beside=BESIDE)
def _found(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    given = {name: request.GET.get(name, "").replace("\0", " ").strip() for name in ("q", "speaker", "in")}
    kept = {name: value for name, value in given.items() if value and (name != "in" or value in tables.KINDS)}
    form.kept = tuple(kept.items())
    asked = phrases.read(kept.get("q", "")[:500])
    number = request.GET.get("page", "")
    turned = min(int(number), 1000) if number.isdecimal() else 1
    found = tables.search(form.scope, asked, path=request.path, kept=kept, page=turned)
    context = {**frame(form), "found": found, "asked": asked, "kept": kept}
    return page(request, "positions/search.html", "search", context)
