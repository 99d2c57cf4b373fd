"""Actors, issues and what was found in articles. Stances and statements are written through `recording` alone."""

import datetime
from typing import Any

from articles.models import Article
from positions import recording
from positions.extraction import types
from positions.models import Actor, Event, Issue, Person, Stance, Statement, Tenure
from tests.factories.articles import make_article

NAMES = {
    "UK": {"slug": "uk", "name": "United Kingdom", "label": "UK", "order": 0},
    "RU": {"slug": "russia", "name": "Russia", "label": "Russia", "order": 1},
    "US": {"slug": "us", "name": "United States", "label": "US", "order": 2},
}


def make_actor(code: str = "UK", **fields: Any) -> Actor:
    """Return the actor `code`, made on first use."""
    defaults = {**NAMES.get(code, {"slug": code.lower(), "name": code, "label": code}), **fields}
    return Actor.objects.get_or_create(code=code, defaults=defaults)[0]


def make_issue(slug: str = "assad-departure", **fields: Any) -> Issue:
    """Return the issue `slug`, made on first use."""
    label = slug.replace("-", " ").capitalize()
    defaults = {"label": label, "theme": "Test theme", "proposition": f"{label} should come about.", **fields}
    return Issue.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_person(slug: str = "ann-example", *, actor: str = "UK", **tenure: Any) -> Person:
    """Return the person `slug` with one tenure, foreign minister from 2016 unless told otherwise."""
    defaults = {"name": slug.replace("-", " ").title(), "actor": make_actor(actor)}
    person = Person.objects.get_or_create(slug=slug, defaults=defaults)[0]
    fields = {
        "office": "Foreign Secretary",
        "role": "foreign-minister",
        "voice": "government",
        "start": datetime.date(2016, 7, 13),
        "source": "Test register",
        **tenure,
    }
    Tenure.objects.create(person=person, **fields)
    return person


def make_event(
    slug: str = "a-vote", *, issues: tuple[str, ...] = (), actors: tuple[str, ...] = (), **fields: Any
) -> Event:
    """Return a new event on 2015-12-02 that concerns the issues (slugs) and actors (codes)."""
    defaults = {
        "date": datetime.date(2015, 12, 2),
        "title": "A vote",
        "source_name": "Test register",
        **fields,
    }
    event = Event.objects.create(slug=slug, **defaults)
    event.issues.set([make_issue(issue) for issue in issues])
    event.actors.set([make_actor(actor) for actor in actors])
    return event


def make_finding(**fields: Any) -> types.Finding:
    """Return a finding: the UK government supports assad-departure, in characters 80 to 126, published with 0.9."""
    defaults = {
        "actor": "UK",
        "voice": "government",
        "speaker": "Foreign Office",
        "issue": "assad-departure",
        "stance": "support",
        "date": None,
        "evidence": (80, 126),
        "confidence": 0.9,
        "published": True,
        "rule": "test.rule/1",
    }
    return types.Finding(**{**defaults, **fields})


def make_extraction(article: Article, *findings: types.Finding, **fields: Any) -> types.Extraction:
    """Return what an engine would hand over for the article, having found just this."""
    document = types.Document(
        id=str(article.pk), title=article.title, text=article.text, published=article.published_on
    )
    return types.Extraction(document=document, findings=findings, **{"engine": "test/1", **fields})


def record(article: Article, *findings: types.Finding, **fields: Any) -> list[Statement]:
    """Record the findings as the article's extraction, replacing the one before; return its standing statements."""
    for finding in findings:
        make_actor(finding.actor)
        make_issue(finding.issue)
    recording.record_findings(
        article=article, extraction=make_extraction(article, *findings, **fields), seconds=0.1
    )
    return list(article.statements.standing().order_by("pk"))


def make_statement(article: Article | None = None, **fields: Any) -> Statement:
    """Return the statement that a finding with these fields makes, beside what the article already holds.

    Give `article=` or, for a new one, `day=` and `source=`; other fields are those of `make_finding`.
    """
    own = {name: fields.pop(name) for name in ("day", "source") if name in fields}
    article = article or make_article(**own)
    finding = make_finding(**fields)
    record(article, *[_as_finding(row) for row in article.stances.select_related("actor", "issue")], finding)
    return article.statements.get(
        actor__code=finding.actor, voice=finding.voice, issue__slug=finding.issue, stance=finding.stance
    )


def _as_finding(row: Stance) -> types.Finding:
    same = (
        "voice",
        "speaker",
        "stance",
        "date",
        "confidence",
        "published",
        "rule",
        "declined",
        "attribution",
    )
    return types.Finding(
        actor=row.actor.code,
        issue=row.issue.slug,
        evidence=(row.evidence_start, row.evidence_end),
        date_precision=row.date_precision,
        more_evidence=tuple((start, end) for start, end in row.more_evidence),
        **{name: getattr(row, name) for name in same},
    )
