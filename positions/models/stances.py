"""What the machine found, what a person decided, and what readers see."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models import Article
from positions.models.reference import Actor, Issue, Voice
from positions.querysets import ReviewQuerySet, StatementQuerySet


class Side(models.TextChoices):
    SUPPORT = "support", "Supports"
    OPPOSE = "oppose", "Opposes"
    NEUTRAL = "neutral", "Neutral"


class Attribution(models.TextChoices):
    """How the text ties the position to the actor; a brief may not cite DESCRIBED as the actor's own words."""

    OWN_WORDS = "own-words", "Own words"
    REPORTED = "reported", "Reported speech"
    ACT = "act", "Act"
    DESCRIBED = "described", "Outlet's description"


class DatePrecision(models.TextChoices):
    DAY = "day", "Day"
    WEEK = "week", "Within a week"
    ARTICLE = "article", "Day of the article"
    UNKNOWN = "unknown", "Unknown"


class ExtractionRun(models.Model):
    """The latest reading of one article by one engine; stances belong to it."""

    class Status(models.TextChoices):
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="extraction")
    engine = models.CharField(max_length=80, help_text="Engine and version of its weights.")
    status = models.CharField(max_length=8, choices=Status)
    error = models.TextField(blank=True)
    finished_at = models.DateTimeField(auto_now=True)
    seconds = models.FloatField(default=0)
    dropped = models.JSONField(
        default=list, blank=True, help_text="What was considered and not kept, with reasons."
    )

    class Meta:
        ordering = ["-finished_at"]
        indexes = [models.Index(fields=["-finished_at"], name="run_finished")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.status}"


class Held(models.Model):
    """What machine findings, decisions and statements have in common: who held what, on what evidence.

    `evidence_start` and `evidence_end` are character offsets into the article's text.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="%(class)ss")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT)
    voice = models.CharField(max_length=10, choices=Voice)
    speaker = models.CharField(max_length=200)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT)
    stance = models.CharField(max_length=8, choices=Side)
    declined = models.BooleanField(default=False, help_text="Neutral because the speaker declined to say.")
    attribution = models.CharField(max_length=10, choices=Attribution, default=Attribution.REPORTED)
    date = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=8, choices=DatePrecision, default=DatePrecision.ARTICLE)
    evidence_start = models.PositiveIntegerField()
    evidence_end = models.PositiveIntegerField()
    more_evidence = models.JSONField(default=list, blank=True, help_text="Further [start, end] pairs.")

    class Meta:
        abstract = True

    @property
    def evidence(self) -> str:
        return self.article.text[self.evidence_start : self.evidence_end]


def held_constraints(name: str) -> list[models.CheckConstraint]:
    """Constraints that hold for machine findings, decisions and statements alike."""
    return [
        models.CheckConstraint(
            condition=Q(evidence_end__gt=F("evidence_start")), name=f"{name}_evidence_order"
        ),
        models.CheckConstraint(
            condition=Q(declined=False) | Q(stance="neutral"), name=f"{name}_declined_is_neutral"
        ),
        models.CheckConstraint(condition=Q(stance__in=Side.values), name=f"{name}_side"),
        models.CheckConstraint(condition=Q(voice__in=Voice.values), name=f"{name}_voice"),
    ]


class Stance(Held):
    """What the machine found; replaced whenever the article is extracted again."""

    run = models.ForeignKey(ExtractionRun, on_delete=models.CASCADE, related_name="stances")
    rule = models.CharField(max_length=120, help_text="Rule or model that found it, with its version.")
    confidence = models.FloatField()
    published = models.BooleanField(help_text="Sure enough to be shown without review.")

    class Meta:
        ordering = ["article", "evidence_start"]
        constraints = [
            *held_constraints("stance"),
            models.UniqueConstraint(
                fields=["article", "actor", "voice", "issue", "stance"], name="stance_once"
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="stance_confidence_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.voice} {self.issue_id} {self.stance}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Review(Held):
    """A person's decision. Extraction never touches it.

    The `machine_*` fields and the article are its natural key: the finding it speaks about, as it stood then.
    The inherited fields hold what the person decided. For a stance that the machine missed, both are the same.
    """

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        CORRECTED = "corrected", "Corrected"
        REJECTED = "rejected", "Not a stance"
        ADDED = "added", "Added by a person"

    verdict = models.CharField(max_length=10, choices=Verdict)
    machine_actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    machine_voice = models.CharField(max_length=10, choices=Voice)
    machine_issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="+")
    machine_stance = models.CharField(max_length=8, choices=Side)
    machine_start = models.PositiveIntegerField()
    machine_end = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(
        default=1, help_text="Counts up with each change, to notice two editors at once."
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            *held_constraints("review"),
            models.UniqueConstraint(
                fields=[
                    "article", "machine_actor", "machine_voice", "machine_issue", "machine_stance",
                    "machine_start", "machine_end",
                ],
                name="review_once",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["accepted", "added"]) | ~Q(reason=""), name="review_change_needs_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.verdict} by {self.by_id}"


# Old rows: the present one is the statement itself. A new score alone is no change worth keeping.
@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(),
    exclude=["stance_row", "rule", "confidence", "more_evidence"],
)
class Statement(Held):
    """The effective stance: the machine's finding with the decision, if any, on top. The primary key is public (S-1043)
    and survives another extraction as long as the finding or its decision does."""

    stance_row = models.OneToOneField(
        Stance, null=True, blank=True, on_delete=models.SET_NULL, related_name="statement"
    )
    review = models.OneToOneField(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="statement"
    )
    rule = models.CharField(max_length=120, blank=True)
    confidence = models.FloatField(null=True, help_text="The machine's; empty where a person added it.")
    published = models.BooleanField()
    reviewed = models.BooleanField(default=False)
    withdrawn = models.BooleanField(
        default=False, help_text="Rejected, or no longer found; kept so that citations hold."
    )
    disputed = models.BooleanField(
        default=False, help_text="The latest extraction disagrees with the decision."
    )
    day = models.DateField(null=True, help_text="The day it counts for; empty where the text gives none.")

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["article", "evidence_start"]
        constraints = [
            *held_constraints("statement"),
            models.CheckConstraint(
                condition=Q(reviewed=False) | Q(review__isnull=False), name="statement_reviewed_has_review"
            ),
        ]
        indexes = [
            # One cell's statements, newest first and undated last, as they are listed.
            models.Index(
                "issue",
                "actor",
                F("day").desc(nulls_last=True),
                F("id").desc(),
                name="statement_newest",
                condition=Q(withdrawn=False),
            ),
            models.Index(fields=["article", "evidence_start"], name="statement_article"),
            models.Index(fields=["-day", "-id"], name="statement_day"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def public_id(self) -> str:
        return f"S-{self.pk}"
