"""How a screen answers: the whole page or, for htmx, its fragment; and what it says to an address it cannot follow."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import reswap, retarget, trigger_client_event
from django_htmx.middleware import HtmxDetails

from positions.scope import ScopeForm


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


type ScopedView[**P] = Callable[Concatenate[HtmxHttpRequest, ScopeForm, P], HttpResponse]


def page(request: HtmxHttpRequest, template: str, fragment: str, context: dict[str, Any]) -> HttpResponse:
    """Render the page, or for htmx its fragment: a partial of the template, named as the element it fills."""
    partial = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"{template}#{fragment}" if partial else template, context)
    # The same address has two answers; without this the back button may show half a page.
    patch_vary_headers(response, ["HX-Request"])
    if partial:
        response["HX-Push-Url"] = context.get("address") or request.get_full_path()
        # For the links and the search box of the header, which stand outside of the fragment.
        trigger_client_event(response, "scope", {"query": context.get("scope_query", "")})
    return response


def scoped[**P](
    *, without: Collection[str] = (), beside: Collection[str] = ()
) -> Callable[[ScopedView[P]], Callable[..., HttpResponse]]:
    """Give the view a valid ScopeForm; answer 400 to a bad address and redirect to the one right form of a good one."""

    def decorate(view: ScopedView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapper(request: HtmxHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            form = ScopeForm(request.GET, without=without, beside=beside)
            if not form.is_valid():
                return refuse(request, form)
            rest = urlencode([(name, request.GET[name]) for name in beside if request.GET.get(name)])
            query = "&".join(filter(None, [form.scope.query().lstrip("?"), rest]))
            form.path = request.path
            form.address = request.path + (f"?{query}" if query else "")
            if not request.htmx and request.GET.urlencode() != query:
                return HttpResponseRedirect(form.address)
            return view(request, form, *args, **kwargs)

        return wrapper

    return decorate


def refuse(request: HtmxHttpRequest, form: ScopeForm) -> HttpResponse:
    """Say which parameter of the address is wrong. For htmx, beside the form, which keeps what was typed."""
    context = {"problems": form.problems()}
    if request.htmx:
        response = render(request, "400.html#problems", context, status=400)
        return reswap(retarget(response, "#problems"), "outerHTML")
    return render(request, "400.html", context, status=400)


def back_to(request: HttpRequest) -> str:
    """Where a small form, such as the theme's, was sent from; the home page if that is not of this site."""
    place = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return place if safe else "/"
