"""A million plausible stances: three actors, sixteen issues and fifteen years, with leanings, turns and busy weeks.

    python benchmarks/generate.py STANCES        into the database of DATABASE_URL, which must be migrated and empty

Rows go in by COPY, past `recording`; the tallies are counted afterwards by `tallies.rebuild`. Texts are made of a few
sentences of this file's own and name nobody. The same number of stances always makes the same rows.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dipwatch.settings")

FIRST, LAST = datetime.date(2011, 1, 1), datetime.date(2025, 12, 31)
OUTLETS = 120
REVIEWED, GOVERNMENT, UNDATED = 0.08, 0.74, 0.01
PUBLISH_AT = 0.8
TEXT = (
    "Ministers set out their position in a statement on Tuesday, number {number}, after talks that lasted two days.\n\n"
    "The government stands by what it has said on {issue}, an official told reporters. Nothing has been decided beyond "
    "that, and partners will be told first.\n\nElsewhere the matter was not raised."
)
EVIDENCE = (112, 190)  # characters of TEXT


@dataclass(frozen=True, slots=True)
class Leaning:
    """How one actor speaks on one issue: shares of support, oppose, neutral; `turn` is the day it swaps sides."""

    sides: tuple[float, float, float]
    turn: datetime.date | None

    def pick(self, dice: random.Random, day: datetime.date) -> str:
        support, oppose, neutral = self.sides
        weights = (oppose, support, neutral) if self.turn and day >= self.turn else self.sides
        return dice.choices(("support", "oppose", "neutral"), weights)[0]


class World:
    """What is the same for all rows: who leans where, which days are busy, which outlets write much."""

    def __init__(
        self, dice: random.Random, actors: list[Any], issues: list[Any], events: list[datetime.date]
    ) -> None:
        self.dice, self.actors, self.issues = dice, actors, issues
        self.leanings = {(actor.pk, issue.pk): self._leaning() for actor in actors for issue in issues}
        self.issue_weights = list(accumulate(1 / (rank + 2) for rank in range(len(issues))))
        self.outlet_weights = list(accumulate(1 / (rank + 3) for rank in range(OUTLETS)))
        self.days = [FIRST + datetime.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
        weights = [1.0 if day.weekday() < 5 else 0.35 for day in self.days]
        for event in events:
            for after in range(21):  # the fortnight and a half after an event is busy
                place = (event - FIRST).days + after
                if 0 <= place < len(weights):
                    weights[place] += 6 * 0.8**after
        self.day_weights = list(accumulate(weights))

    def _leaning(self) -> Leaning:
        dice = self.dice
        strong, neutral = dice.uniform(0.45, 0.9), dice.uniform(0.05, 0.2)
        sides = [strong * (1 - neutral), (1 - strong) * (1 - neutral), neutral]
        if dice.random() < 0.5:
            sides[0], sides[1] = sides[1], sides[0]
        turn = FIRST + datetime.timedelta(days=dice.randint(700, 4800)) if dice.random() < 0.3 else None
        return Leaning((sides[0], sides[1], sides[2]), turn)

    def stances(self, number: int, day: datetime.date) -> Iterator[dict[str, Any]]:
        """Some stances of one article, each held once, as an extraction leaves them."""
        dice, seen = self.dice, set()
        for _ in range(number):
            actor = dice.choices(self.actors, (3, 3, 4))[0]
            issue = dice.choices(self.issues, cum_weights=self.issue_weights)[0]
            voice = "government" if dice.random() < GOVERNMENT else "other"
            stance = self.leanings[actor.pk, issue.pk].pick(dice, day)
            key = (actor.pk, voice, issue.pk, stance)
            if key in seen:
                continue
            seen.add(key)
            yield {
                "actor_id": actor.pk, "voice": voice, "issue_id": issue.pk, "stance": stance,
                "declined": stance == "neutral" and dice.random() < 0.3,
                "confidence": round(min(0.999, 0.3 + 0.7 * dice.betavariate(3, 1.4)), 3),
            }  # fmt: skip


def copy(model: type, rows: Iterator[dict[str, Any]]) -> int:
    """COPY rows of a model; fields that a row does not name take their defaults. Returns how many."""
    from django.db import connection

    fields = [field for field in model._meta.concrete_fields if not field.generated]
    plain = [None if field.primary_key else field.get_default() for field in fields]
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    plain = [
        now if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
        else "[]" if isinstance(value, list) else value
        for field, value in zip(fields, plain, strict=True)
    ]  # fmt: skip
    places = {field.attname: place for place, field in enumerate(fields)}
    columns = ", ".join(f'"{field.column}"' for field in fields)
    number = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {model._meta.db_table} ({columns}) from stdin") as out,
    ):
        for row in rows:
            values = plain.copy()
            for name, value in row.items():
                values[places[name]] = value
            out.write_row(values)
            number += 1
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), {max(1, number)})")
    return number


def generate(stances: int) -> dict[str, int]:
    """Fill the database; returns how many rows of what."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from articles.models import Article, Source
    from positions import tallies
    from positions.models import Actor, Event, ExtractionRun, Issue, Review, Stance, Statement

    call_command("load_reference", verbosity=0)
    user = get_user_model().objects.create_user("reader", password=None)
    dice = random.Random(2011)
    world = World(
        dice,
        list(Actor.objects.all()),
        list(Issue.objects.all()),
        list(Event.objects.values_list("date", flat=True)),
    )
    names = [{"id": n + 1, "slug": f"outlet-{n + 1}", "name": f"Outlet {n + 1}"} for n in range(OUTLETS)]
    made = {"outlets": copy(Source, iter(names))}
    articles, found = _articles(world, stances)
    made["articles"] = copy(Article, iter(articles))
    made["runs"] = copy(ExtractionRun, (
        {"id": row["id"], "article_id": row["id"], "engine": "benchmark/1", "status": "done"} for row in articles
    ))  # fmt: skip
    made["stances"] = copy(Stance, (_stance(row) for row in found))
    made["reviews"] = copy(Review, (_review(row, user.pk) for row in found if row["review_id"]))
    made["statements"] = copy(Statement, (_statement(row) for row in found))
    made["tallies"] = tallies.rebuild()
    return made


def _articles(world: World, stances: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dice, articles, found, reviews = world.dice, [], [], 0
    while len(found) < stances:
        number = len(articles) + 1
        day = dice.choices(world.days, cum_weights=world.day_weights)[0]
        dated = dice.random() >= UNDATED
        text = TEXT.format(number=number, issue=dice.choice(world.issues).label.lower())
        articles.append({
            "id": number, "key": f"benchmark-{number}", "title": f"Talks on Syria, report {number}", "text": text,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "source_id": dice.choices(range(1, OUTLETS + 1), cum_weights=world.outlet_weights)[0],
            "published_at": datetime.datetime.combine(day, datetime.time(12), datetime.UTC) if dated else None,
            "published_on": day if dated else None, "published_precision": "day" if dated else "unknown",
        })  # fmt: skip
        for row in world.stances(min(1 + int(dice.expovariate(0.6)), 9), day):
            review = dice.random() < REVIEWED
            reviews += review
            found.append({
                **row, "id": len(found) + 1, "article_id": number, "day": day if dated else None,
                "review_id": reviews if review else None,
            })  # fmt: skip
            if len(found) == stances:
                break
    return articles, found


def _held(row: dict[str, Any]) -> dict[str, Any]:
    names = ("article_id", "actor_id", "voice", "issue_id", "stance", "declined")
    start, end = EVIDENCE
    return {
        **{name: row[name] for name in names}, "speaker": "an official", "evidence_start": start, "evidence_end": end,
        "date": row["day"], "date_precision": "article" if row["day"] else "unknown",
    }  # fmt: skip


def _stance(row: dict[str, Any]) -> dict[str, Any]:
    published = row["confidence"] >= PUBLISH_AT
    own = {
        "id": row["id"],
        "run_id": row["article_id"],
        "rule": "benchmark/1",
        "confidence": row["confidence"],
    }
    return {**_held(row), **own, "published": published}


def _review(row: dict[str, Any], user: int) -> dict[str, Any]:
    start, end = EVIDENCE
    machine = {f"machine_{name}": row[name] for name in ("actor_id", "voice", "issue_id", "stance")}
    own = {
        "id": row["review_id"],
        "verdict": "accepted",
        "machine_start": start,
        "machine_end": end,
        "by_id": user,
    }
    return {**_held(row), **machine, **own}


def _statement(row: dict[str, Any]) -> dict[str, Any]:
    reviewed = row["review_id"] is not None
    own = {
        "id": row["id"], "stance_row_id": row["id"], "review_id": row["review_id"], "reviewed": reviewed,
        "rule": "benchmark/1", "confidence": row["confidence"], "day": row["day"],
        "published": reviewed or row["confidence"] >= PUBLISH_AT,
    }  # fmt: skip
    return {**_held(row), **own}


def main() -> int:
    if len(sys.argv) != 2 or not sys.argv[1].isdigit() or not os.environ.get("DATABASE_URL"):
        print(__doc__)
        return 2
    import django

    django.setup()
    for name, number in generate(int(sys.argv[1])).items():
        print(f"{number:>10,} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
