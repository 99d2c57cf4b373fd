"""The reader's saved views: a list, and small forms that change it and lead back to it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from positions import saved_views
from positions.models import SavedView
from positions.pages import HtmxHttpRequest

type Change[**P] = Callable[Concatenate[HtmxHttpRequest, P], str]


@require_safe
def saved(request: HtmxHttpRequest) -> HttpResponse:
    views = SavedView.objects.filter(user=request.user)
    return render(request, "positions/saved.html", {"views": views})


def _change[**P](change: Change[P]) -> Callable[..., HttpResponse]:
    """Carry out a change, say what came of it, and lead back to the list."""

    @require_POST
    @wraps(change)
    def wrapper(request: HtmxHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            messages.success(request, change(request, *args, **kwargs))
        except saved_views.ViewRefused as error:
            messages.error(request, str(error))
        except SavedView.DoesNotExist:
            raise Http404("You have no such view.") from None
        return HttpResponseRedirect(reverse("positions:saved"))

    return wrapper


@_change
def save_view(request: HtmxHttpRequest) -> str:
    given = request.POST
    view = saved_views.save(user=request.user, name=given.get("name", ""), address=given.get("address", ""))
    return f"Saved as “{view}”."


@_change
def rename_view(request: HtmxHttpRequest, pk: int) -> str:
    view = saved_views.rename(user=request.user, pk=pk, name=request.POST.get("name", ""))
    return f"It is called “{view}” now."


@_change
def delete_view(request: HtmxHttpRequest, pk: int) -> str:
    return f"Deleted “{saved_views.delete(user=request.user, pk=pk)}”."
