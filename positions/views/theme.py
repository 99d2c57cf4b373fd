"""The reader's choice of light or dark, and of single keys as shortcuts."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from positions.pages import HtmxHttpRequest, back_to

THEMES = ("auto", "light", "dark")


@require_POST
def theme(request: HtmxHttpRequest) -> HttpResponse:
    """Keep the reader's choice in the session and go back to where they were."""
    if "keys" in request.POST:
        request.session["single_keys"] = "off" if request.POST["keys"] == "off" else "on"
    else:
        chosen = request.POST.get("theme")
        request.session["theme"] = chosen if chosen in THEMES else THEMES[0]
    return HttpResponseRedirect(back_to(request))
