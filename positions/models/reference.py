"""Who is tracked, who held which office when, the issues and the events: loaded from reviewed YAML."""

from django.db import models
from django.db.models import F, Q


class Voice(models.TextChoices):
    GOVERNMENT = "government", "Government"
    OTHER = "other", "Other politicians"


class Actor(models.Model):
    slug = models.SlugField(unique=True)
    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=100)
    label = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=120)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="people")
    aliases = models.JSONField(default=list, blank=True, help_text="Other spellings of the whole name.")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Tenure(models.Model):
    """A person in an office from a day to a day (both included); `until` is empty while it lasts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tenures")
    office = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    voice = models.CharField(max_length=10, choices=Voice)
    start = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["person", "start"]
        constraints = [
            models.UniqueConstraint(fields=["person", "office", "start"], name="tenure_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("start")), name="tenure_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"


class Issue(models.Model):
    slug = models.SlugField(unique=True, max_length=60)
    label = models.CharField(max_length=80)
    theme = models.CharField(max_length=60)
    proposition = models.CharField(max_length=200)
    support_looks = models.TextField(blank=True)
    oppose_looks = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="issue_period_order",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Event(models.Model):
    slug = models.SlugField(unique=True, max_length=80)
    date = models.DateField()
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    source_name = models.CharField(max_length=200)
    source_url = models.URLField(blank=True, max_length=400)
    issues = models.ManyToManyField(Issue, blank=True, related_name="events")
    actors = models.ManyToManyField(Actor, blank=True, related_name="events")

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.title}"
