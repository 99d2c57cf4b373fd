"""Everything on one actor, and everything on one issue."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from positions import tables
from positions.pages import HtmxHttpRequest, page, scoped
from positions.scope import ScopeForm
from positions.views.frame import frame


def _own(name: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Links from screens of several actors or issues carry which; here the path tells it, so it is dropped."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapper(request: HtmxHttpRequest, slug: str) -> HttpResponse:
            if name not in request.GET:
                return view(request, slug)
            rest = request.GET.copy()
            del rest[name]
            return HttpResponseRedirect(f"{request.path}?{rest.urlencode()}" if rest else request.path)

        return wrapper

    return decorate


@require_safe
@_own("actor")
@scoped(without=("actor",))
def actor(request: HtmxHttpRequest, form: ScopeForm, slug: str) -> HttpResponse:
    row = form.row("actor", slug)
    profile = tables.actor_profile(form.scope.of_actor(row), list(form.rows["outlet"].values()))
    context = {**frame(form), "actor": row, "profile": profile, "heading": row.name}
    return page(request, "positions/profile.html", "profile", _linked(context, form, actor=slug))


@require_safe
@_own("issue")
@scoped(without=("issue",))
def issue(request: HtmxHttpRequest, form: ScopeForm, slug: str) -> HttpResponse:
    row = form.row("issue", slug)
    profile = tables.issue_profile(form.scope.of_issue(row), list(form.rows["outlet"].values()))
    context = {**frame(form), "issue": row, "profile": profile, "heading": row.label}
    return page(request, "positions/profile.html", "profile", _linked(context, form, issue=slug))


def _linked(context: dict, form: ScopeForm, **own: str) -> dict:
    """The page's own actor or issue belongs to the scope of every link that leads on from it."""
    query = form.scope.query(**own)
    chosen = (*own.items(), *form.scope.chosen)
    return {**context, "scope_query": query, "scope_chosen": chosen}
