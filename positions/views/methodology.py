"""How positions are read, and how well."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from positions import tables
from positions.models import Actor, Issue
from positions.pages import HtmxHttpRequest


@require_safe
def methodology(request: HtmxHttpRequest) -> HttpResponse:
    issues = list(Issue.objects.all())
    context = {
        "issues": issues,
        "accuracy": tables.accuracy(issues),
        "actors": Actor.objects.all(),
        "thresholds": tables.thresholds(),
    }
    return render(request, "positions/methodology.html", context)
