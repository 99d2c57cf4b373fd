"""How many statements there are: counts by day, and two roll-ups of them that stay small as statements grow."""

from django.db import models
from django.db.models import F, Q

from articles.models import Source
from positions.models.reference import Actor, Issue, Voice

# Lower bounds of the levels of confidence that tallies tell apart; a scope may ask for these.
LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
CHECKED = len(LEVELS) + 1  # the level of what a person has checked, above all others


class Tally(models.Model):
    """Counts of statements that are not withdrawn, so that a screen never counts them itself."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE)
    voice = models.CharField(max_length=10, choices=Voice)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE)
    published = models.BooleanField()
    level = models.PositiveSmallIntegerField(
        default=0, help_text=f"Confidence in tenths, rounded down; {CHECKED}: checked by a person."
    )
    support = models.PositiveIntegerField(default=0)
    oppose = models.PositiveIntegerField(default=0)
    neutral = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0, help_text="Of the neutral ones.")

    class Meta:
        abstract = True

    @property
    def total(self) -> int:
        return self.support + self.oppose + self.neutral


def tally_constraints(name: str, *key: str) -> list[models.BaseConstraint]:
    """What holds for the tallies of one kind, each of which is there once."""
    fields = ["actor", "voice", "issue", *key, "published", "level"]
    return [
        models.UniqueConstraint(fields=fields, name=f"{name}_once", nulls_distinct=False),
        models.CheckConstraint(
            condition=Q(declined__lte=F("neutral")), name=f"{name}_declined_within_neutral"
        ),
        models.CheckConstraint(condition=Q(level__lte=CHECKED), name=f"{name}_level"),
    ]


class DailyTally(Tally):
    """Counts of one outlet on one day; as fine as anything is asked for."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = tally_constraints("tally", "source", "day")
        indexes = [
            models.Index(fields=["issue", "actor", "day"], name="tally_cell"),
            models.Index(fields=["day"], name="tally_day"),
        ]
        verbose_name_plural = "daily tallies"

    def __str__(self) -> str:
        return f"{self.actor_id} {self.issue_id} {self.day}"


class MonthlyTally(Tally):
    """Counts of all outlets in one month. There are as many as months have passed, however much was written."""

    month = models.DateField(
        null=True, blank=True, help_text="Its first day; empty for statements without a day."
    )

    class Meta:
        constraints = tally_constraints("monthly_tally", "month")
        indexes = [models.Index(fields=["month"], name="tally_month")]
        verbose_name_plural = "monthly tallies"

    def __str__(self) -> str:
        return f"{self.actor_id} {self.issue_id} {self.month}"


class OutletTally(Tally):
    """Counts of one outlet over all time: which outlets a cell rests on."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)

    class Meta:
        constraints = tally_constraints("outlet_tally", "source")

    def __str__(self) -> str:
        return f"{self.actor_id} {self.issue_id} {self.source_id}"
