"""Where text comes from and the text itself, kept unchanged."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from articles.querysets import ArticleQuerySet


class Source(models.Model):
    """An outlet, an institution or a corpus that publishes texts."""

    class Kind(models.TextChoices):
        NEWS = "news", "News outlet"
        OFFICIAL = "official", "Official statements"
        SAMPLE = "sample", "Sample text written for this project"

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NEWS)
    country = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166 code of the country it speaks from."
    )
    homepage = models.URLField(blank=True)
    licence = models.TextField(
        blank=True, help_text="Licence or terms under which its texts may be kept and quoted."
    )
    speaker = models.CharField(
        max_length=200,
        blank=True,
        help_text="Who speaks in every text of this source, for official statements.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One text of one source. `text` is never edited: evidence offsets point into it."""

    class Precision(models.TextChoices):
        MINUTE = "minute", "Minute"
        DAY = "day", "Day"
        MONTH = "month", "Month"
        YEAR = "year", "Year"
        UNKNOWN = "unknown", "Unknown"

    class Kind(models.TextChoices):
        NEWS = "news", "News"
        OFFICIAL = "official", "Official text"
        OPINION = "opinion", "Opinion"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    key = models.CharField(
        max_length=500,
        unique=True,
        help_text="Canonical URL, or a hash of source, title and date where there is none.",
    )
    url = models.URLField(max_length=500, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NEWS)
    title = models.CharField(max_length=500)
    standfirst = models.TextField(blank=True)
    byline = models.CharField(max_length=300, blank=True)
    speaker = models.CharField(
        max_length=200, blank=True, help_text="Who speaks in the whole text, if official."
    )
    language = models.CharField(max_length=8, default="en")
    published_at = models.DateTimeField(null=True, blank=True, help_text="UTC.")
    published_original = models.CharField(
        max_length=100, blank=True, help_text="The date as the publisher wrote it."
    )
    published_precision = models.CharField(max_length=8, choices=Precision, default=Precision.UNKNOWN)
    published_on = models.DateField(null=True, blank=True, help_text="Day at the publisher's place.")
    text = models.TextField(help_text="Paragraphs parted by a blank line.")
    text_sha256 = models.CharField(max_length=64, db_index=True)
    lead = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies",
        help_text="The article that this one repeats, or the newer version of its page; the story counts once.",
    )  # fmt: skip
    revision_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="revisions",
        help_text="The first version of this page, where its text has changed since.",
    )  # fmt: skip
    relevant = models.BooleanField(
        default=True, db_default=True,
        help_text="Whether it concerns the subject; others are kept as seen and not extracted.",
    )  # fmt: skip
    retrieved_at = models.DateTimeField(auto_now_add=True)
    gone_on = models.DateField(
        null=True, blank=True, help_text="Day on which the original was found to be gone from its address."
    )
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("standfirst", weight="B", config="english")
        + SearchVector("text", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = [models.F("published_at").desc(nulls_last=True), "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="article_search"),
            models.Index(fields=["source", "-published_at"], name="article_source_date"),
            models.Index(
                models.F("published_at").desc(nulls_last=True), models.F("id").desc(), name="article_recent"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=False) | models.Q(published_precision="unknown"),
                name="article_precision_needs_date",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="article_text_not_empty"),
            models.CheckConstraint(condition=~models.Q(lead=models.F("id")), name="article_lead_is_another"),
        ]

    def __str__(self) -> str:
        return self.title


class Signature(models.Model):
    """By what copies of an article are found: see `articles.similarity.Sketch`."""

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="signature"
    )
    values = models.BinaryField()
    bands = ArrayField(models.IntegerField())

    class Meta:
        # Candidates are the rows that share a band. Bands hold the day, so that each is in few rows however many
        # there are. Written at once: the pending list of a GIN index would be searched from end to end.
        indexes = [GinIndex(fields=["bands"], name="signature_bands", fastupdate=False)]

    def __str__(self) -> str:
        return f"signature of {self.article_id}"


class Revision(models.Model):
    """A change of a page's text: what the new version says otherwise than the one before."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="revision", help_text="The version with the change."
    )
    previous = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="next_revisions")
    number = models.PositiveIntegerField(help_text="2 for the second version of the page.")
    difference = models.TextField(help_text="Unified difference of the paragraphs.")
    words_added = models.PositiveIntegerField()
    words_removed = models.PositiveIntegerField()
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-found_at", "-pk"]

    def __str__(self) -> str:
        return f"version {self.number} of {self.article}"


class Seen(models.Model):
    """A page that was looked at and not kept as an article, and why."""

    class Reason(models.TextChoices):
        NO_ARTICLE = "no-article", "No article"
        PAYWALLED = "paywalled", "Behind a paywall"
        NOT_ENGLISH = "not-english", "Not in English"
        IRRELEVANT = "irrelevant", "Not about the subject"

    key = models.CharField(max_length=500, unique=True, help_text="As of an article.")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.CASCADE, related_name="seen")
    title = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=Reason)
    why = models.CharField(max_length=200)
    seen_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-seen_at", "-pk"]
        verbose_name = "page not kept"
        verbose_name_plural = "pages not kept"

    def __str__(self) -> str:
        return self.title or self.key
