"""Changes of position, as a page and as an Atom feed."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from positions import feeds, tables
from positions.pages import HtmxHttpRequest, page, refuse, scoped
from positions.scope import ScopeForm
from positions.views.frame import frame


@require_safe
@scoped(beside=("page",))
def shifts(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    first = request.path + form.scope.query()
    found = tables.shift_page(form.scope, page=request.GET.get("page", "1"), address=first)
    context = {**frame(form), "found": found, "feed": feeds.feed_address(form.scope, request.user)}
    return page(request, "positions/shifts.html", "shifts", context)


@login_not_required
@require_safe
def shifts_feed(request: HtmxHttpRequest) -> HttpResponse:
    """The feed, for who is signed in or whose token the address carries."""
    token = request.GET.get("token")
    if token is None and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if token is not None and feeds.user_of(token) is None:
        return HttpResponse(
            "This address no longer lets anybody in. Sign in and copy the one on the page “Changes”.\n",
            status=403,
            content_type="text/plain; charset=utf-8",
        )
    form = ScopeForm(request.GET, beside=("token",))
    return feeds.ShiftFeed()(request, scope=form.scope) if form.is_valid() else refuse(request, form)
