"""The admin: reference data can be edited, what the machine found only read; statements are decided about.

Nothing here writes stances, decisions or statements: `recording` does.
"""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from positions import recording, tasks
from positions.admin_statements import StatementAdmin, attempt, may_decide, tell
from positions.models import (
    Actor,
    DailyTally,
    Event,
    ExtractionRun,
    Issue,
    Person,
    Review,
    Stance,
    Statement,
    Tenure,
)
from positions.tables.states import state_of

admin.site.register(Statement, StatementAdmin)


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "label", "slug", "order"]
    search_fields = ["name", "label"]


class TenureInline(admin.TabularInline):
    model = Tenure
    extra = 1


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["name", "actor", "slug"]
    list_filter = ["actor"]
    list_select_related = ["actor"]
    search_fields = ["name", "aliases", "tenures__office"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [TenureInline]


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):
    list_display = ["label", "proposition", "theme", "valid_from", "valid_until", "order"]
    list_filter = ["theme"]
    search_fields = ["label", "proposition"]
    prepopulated_fields = {"slug": ["label"]}


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["date", "title", "source_name"]
    list_display_links = ["title"]
    list_filter = ["actors", "issues"]
    date_hierarchy = "date"
    search_fields = ["title", "description"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["issues", "actors"]


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(ExtractionRun)
class ExtractionRunAdmin(ReadOnlyAdmin):
    list_display = ["article", "status", "engine", "finished_at", "seconds", "error"]
    list_filter = ["status", "engine"]
    list_select_related = ["article"]
    search_fields = ["article__title", "error"]
    actions = ["extract_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExtractionRun]:
        return super().get_queryset(request).defer("article__text", "article__search")

    def has_extract_permission(self, request: HttpRequest) -> bool:
        return may_decide(request)

    @admin.action(description="Extract the selected articles again", permissions=["extract"])
    def extract_again(self, request: HttpRequest, runs: QuerySet[ExtractionRun]) -> None:
        added = tasks.defer_extraction(runs.values_list("article_id", flat=True))
        self.message_user(request, f"{added} articles queued.", messages.SUCCESS)


class HeldAdmin(ReadOnlyAdmin):
    """What stances and decisions have in common in a list."""

    list_filter = ["actor", "issue", "stance"]
    list_select_related = ["article", "actor", "issue"]
    search_fields = ["article__title", "speaker"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("article__search")

    @admin.display(description="evidence")
    def sentence(self, row: Stance | Review) -> str:
        return row.evidence[:120]

    @admin.display(description="stance", ordering="stance")
    def badge(self, row: Stance | Review) -> str:
        state = state_of(row)
        return format_html('<span class="desk-stance">{} {}</span>', state.glyph, state.word)

    @admin.display(description="statement")
    def number(self, row: Stance | Review) -> str:
        return statement_link(getattr(row, "statement", None))


def statement_link(statement: Statement | None) -> str:
    if statement is None:
        return "-"
    address = reverse("admin:positions_statement_change", args=[statement.pk])
    return format_html('<a href="{}">{}</a>', address, statement)


@admin.register(Stance)
class StanceAdmin(HeldAdmin):
    list_display = [
        "number",
        "actor",
        "voice",
        "issue",
        "badge",
        "sentence",
        "confidence",
        "published",
        "rule",
    ]
    list_display_links = ["sentence"]
    list_filter = [*HeldAdmin.list_filter, "published"]
    list_select_related = [*HeldAdmin.list_select_related, "statement"]


@admin.register(Review)
class ReviewAdmin(HeldAdmin):
    list_display = ["at", "by", "verdict", "number", "actor", "issue", "badge", "sentence", "reason"]
    list_display_links = ["at"]
    list_filter = ["verdict", "by", *HeldAdmin.list_filter]
    list_select_related = [*HeldAdmin.list_select_related, "statement", "by"]
    actions = ["take_back"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return may_decide(request)

    @admin.action(description="Take back the selected decisions", permissions=["decide"])
    def take_back(self, request: HttpRequest, reviews: QuerySet[Review]) -> None:
        rows = reviews.select_related("statement")
        tell(
            self,
            request,
            "taken back",
            [attempt(recording.undo, review=row, by=request.user) for row in rows],
        )


@admin.register(DailyTally)
class DailyTallyAdmin(ReadOnlyAdmin):
    list_display = ["day", "actor", "voice", "issue", "source", "published", "level", "support", "oppose", "neutral",
                    "declined"]  # fmt: skip
    list_filter = ["actor", "issue", "voice", "published"]
    list_select_related = ["actor", "issue", "source"]
    ordering = ["-day", "pk"]
