"""Sources and articles in the admin. Texts come in by `ingest` alone, so that what they need is enqueued with them."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import Article, Revision, Seen, Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "country", "article_count", "homepage"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(article_total=Count("articles"))

    @admin.display(description="articles", ordering="article_total")
    def article_count(self, source: Source) -> int:
        return source.article_total


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ["title", "source", "kind", "published_on", "published_precision", "retrieved_at"]
    list_display_links = ["title"]
    list_filter = ["kind", "relevant", "published_precision", "source"]
    list_select_related = ["source"]
    date_hierarchy = "published_on"
    search_fields = ["title", "key"]
    search_help_text = "Words of the title, or the address. The article list searches the full text."
    show_full_result_count = False
    raw_id_fields = ["lead", "revision_of"]
    # Evidence is stored as offsets into the text, and an article is known again by its key.
    readonly_fields = [
        "key", "text", "text_sha256", "published_at", "published_on", "published_precision", "published_original",
        "retrieved_at", "relevant",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "byline", "source", "kind", "speaker", "language"]}),
        ("Original", {"fields": ["url", "gone_on"]}),
        (
            "Published",
            {"fields": ["published_on", "published_at", "published_precision", "published_original"]},
        ),
        ("Text", {"fields": ["text"]}),
        (
            "Identity",
            {
                "classes": ["collapse"],
                "fields": ["key", "text_sha256", "retrieved_at", "lead", "revision_of", "relevant"],
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).defer("search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class KeptAsFound(admin.ModelAdmin):
    """Rows that `ingest` writes and a person only reads."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Revision)
class RevisionAdmin(KeptAsFound):
    list_display = ["article", "number", "words_added", "words_removed", "found_at"]
    list_select_related = ["article"]
    search_fields = ["article__title", "article__url"]
    fields = ["article", "previous", "number", "words_added", "words_removed", "found_at", "what_changed"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("article__text", "article__search")

    @admin.display(description="what changed")
    def what_changed(self, revision: Revision) -> SafeString:
        return format_html_join(
            "", "<p>{}</p>", ((_marked(line),) for line in revision.difference.split("\n"))
        )


@admin.register(Seen)
class SeenAdmin(KeptAsFound):
    list_display = ["__str__", "source", "reason", "why", "published_on", "seen_at"]
    list_filter = ["reason", "source"]
    list_select_related = ["source"]
    search_fields = ["title", "key"]


def _marked(line: str) -> SafeString | str:
    """A line of a unified difference as HTML: left out, put in, or as it was."""
    tag = {"-": "<del>{}</del>", "+": "<ins>{}</ins>"}.get(line[:1])
    return format_html(tag, line[1:]) if tag else line
