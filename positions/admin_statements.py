"""Statements in the admin: where editors accept, correct and reject. Registered in `admin`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from positions import desk, recording
from positions.admin_forms import CorrectionForm, RejectForm
from positions.models import Statement
from positions.tables.states import state_of

VERBS = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "undo": "as it was before the last decision",
}


class StatementAdmin(admin.ModelAdmin):
    list_display = ["number", "day", "who", "issue", "badge", "sentence", "outlet", "score", "decided"]
    list_display_links = ["number", "sentence"]
    list_filter = ["actor", "issue", "stance", "reviewed", "published", "disputed", "withdrawn"]
    list_select_related = ["article__source", "actor", "issue", "review__by"]
    list_per_page = 50
    ordering = ["-day", "-pk"]
    search_fields = ["article__title"]
    search_help_text = "Words of the article (“a phrase”, -without), or a number such as S-1043."
    show_full_result_count = False
    actions = ["accept_selected", "reject_selected"]

    class Media:
        css = {"all": ["desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        # The database cuts the sentences out, so that no article need be read whole for one.
        length = F("evidence_end") - F("evidence_start")
        cut = Substr("article__text", F("evidence_start") + 1, length)
        return (
            super()
            .get_queryset(request)
            .annotate(sentence_text=cut)
            .defer("article__text", "article__search")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Statement], words: str
    ) -> tuple[QuerySet[Statement], bool]:
        if not words:
            return queryset, False
        number = words.strip().upper().removeprefix("S-")
        if number.isdecimal():
            return queryset.filter(pk=min(int(number), 2**63 - 1)), False
        query = SearchQuery(words, search_type="websearch", config="english")
        return queryset.filter(article__search=query), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        # Statements are only ever changed by decisions, so who may decide may change them.
        return may_decide(request)

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    @admin.display(description="number", ordering="pk")
    def number(self, row: Statement) -> str:
        return row.public_id

    @admin.display(description="actor", ordering="actor__order")
    def who(self, row: Statement) -> str:
        return row.actor.label

    @admin.display(description="stance", ordering="stance")
    def badge(self, row: Statement) -> str:
        state = state_of(row)
        return format_html('<span class="desk-stance {}">{} {}</span>', state, state.glyph, state.word)

    @admin.display(description="sentence")
    def sentence(self, row: Statement) -> str:
        text = " ".join(row.sentence_text.split())
        return text if len(text) <= 120 else f"{text[:119]}…"

    @admin.display(description="outlet", ordering="article__source__name")
    def outlet(self, row: Statement) -> str:
        return row.article.source.name

    @admin.display(description="score", ordering="confidence")
    def score(self, row: Statement) -> str:
        return "" if row.confidence is None else f"{row.confidence:.2f}"

    @admin.display(description="reviewed", ordering="reviewed")
    def decided(self, row: Statement) -> str:
        marks = [row.review.get_verdict_display() if row.review else "No"]
        if row.review:
            marks.append(row.review.by.get_username())
        if row.disputed:
            marks.append("disputed")
        return ", ".join(marks)

    @admin.action(description="Accept selected", permissions=["change"])
    def accept_selected(self, request: HttpRequest, rows: QuerySet[Statement]) -> None:
        tell(
            self,
            request,
            "accepted",
            [attempt(recording.accept, statement=row, by=request.user) for row in rows],
        )

    @admin.action(description="Reject selected…", permissions=["change"])
    def reject_selected(self, request: HttpRequest, rows: QuerySet[Statement]) -> HttpResponse | None:
        form = RejectForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            return TemplateResponse(request, "admin/positions/statement/reject.html", {
                **self.admin_site.each_context(request), "opts": self.opts, "title": "Reject statements",
                "rows": rows, "form": form, "checkbox": ACTION_CHECKBOX_NAME, "media": self.media,
            })  # fmt: skip
        tell(self, request, "rejected", [
            attempt(
                recording.reject, statement=row, by=request.user, reason=form.cleaned_data["reason"],
                version=int(request.POST.get(f"version-{row.pk}", -1)),
            )
            for row in rows
        ])  # fmt: skip
        return None

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        rows = Statement.objects.with_evidence().select_related(
            "stance_row__actor", "stance_row__issue", "review__actor"
        )
        statement = get_object_or_404(rows, pk=object_id if object_id.isdecimal() else 0)
        if not self.has_view_permission(request, statement):
            raise PermissionDenied
        changeable = self.has_change_permission(request, statement)
        form = CorrectionForm(request.POST or None, statement=statement)
        if request.method == "POST":
            if not changeable:
                raise PermissionDenied
            verb = next((name for name in VERBS if f"_{name}" in request.POST), "correct")
            if form.is_valid() and form.decide(verb, request.user):
                messages.success(request, f"{statement} is {VERBS[verb]}.")
                return HttpResponseRedirect(request.path)
        return self._change_page(request, statement, form if changeable else None)

    def _change_page(
        self, request: HttpRequest, statement: Statement, form: CorrectionForm | None
    ) -> HttpResponse:
        return TemplateResponse(request, "admin/positions/statement/change.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "title": str(statement),
            "statement": statement, "state": state_of(statement), "excerpt": desk.excerpt(statement),
            "lines": desk.side_by_side(statement), "history": desk.history(statement), "form": form,
            "media": self.media,
        })  # fmt: skip

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(
            reverse("admin:positions_statement_change", args=[object_id]) + "#history"
        )


def may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("positions.change_review")


def attempt(verb: Callable[..., Any], **arguments: Any) -> str:
    """Have a decision recorded; return why it was refused, or nothing."""
    try:
        verb(**arguments)
    except (recording.AlreadyHeld, recording.EditConflict, recording.NothingToUndo) as error:
        return str(error)
    return ""


def tell(model_admin: admin.ModelAdmin, request: HttpRequest, done: str, refusals: list[str]) -> None:
    """Say how many decisions were recorded, and of the others why not."""
    refused = [refusal for refusal in refusals if refusal]
    model_admin.message_user(request, f"{len(refusals) - len(refused)} {done}.", messages.SUCCESS)
    for refusal in refused[:20]:
        model_admin.message_user(request, refusal, messages.WARNING)
    if len(refused) > 20:
        model_admin.message_user(request, f"{len(refused) - 20} more were refused.", messages.WARNING)
