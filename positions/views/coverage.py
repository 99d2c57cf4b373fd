"""What the collection rests on."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from positions import tables
from positions.pages import HtmxHttpRequest, page, scoped
from positions.scope import ScopeForm
from positions.views.frame import frame


@require_safe
@scoped()
def coverage(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    context = {**frame(form), "coverage": tables.coverage(form.scope, form.rows["outlet"])}
    return page(request, "positions/coverage.html", "coverage", context)
