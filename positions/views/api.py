"""The page that explains the API to people, and where they make the tokens for their programs."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from positions.api import limit, tokens
from positions.api.openapi import ABOUT, PATHS, REFUSALS
from positions.models import ApiToken
from positions.pages import HtmxHttpRequest


@never_cache
@require_safe
def api(request: HtmxHttpRequest) -> HttpResponse:
    context = {
        "paths": PATHS,
        "about": ABOUT,
        "refusals": REFUSALS,
        "allowed": limit.allowed(),
        "tokens": ApiToken.objects.filter(user=request.user),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "positions/api.html", context)


@require_POST
def make_token(request: HtmxHttpRequest) -> HttpResponse:
    try:
        token = tokens.make(user=request.user, name=request.POST.get("name", ""))
    except tokens.TooManyTokens as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Your token, shown only now: {token}")
    return HttpResponseRedirect(reverse("positions:api") + "#tokens")


@require_POST
def revoke_token(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    tokens.revoke(user=request.user, pk=pk)
    messages.success(request, "The token lets nobody in any more.")
    return HttpResponseRedirect(reverse("positions:api") + "#tokens")
