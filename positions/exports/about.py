"""What every export says about itself: what it shows, as of when, under which terms, how to cite it, where it lives."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from positions.models import Voice
from positions.revision import Revision
from positions.scope import Scope
from positions.tables.states import day_text

TITLES = {
    "matrix": "Who stands where on Syria",
    "timeline": "Positions on Syria over time",
    "statements": "Statements on Syria",
    "shifts": "Changes of position on Syria",
    "articles": "Articles on Syria",
    "issues": "Issues",
    "actors": "Actors",
}


@dataclass(frozen=True, slots=True)
class About:
    """`url` is the absolute address of the same selection as a page, `look` how that page is looked at beside its
    scope. Lists that no scope narrows have none."""

    table: str
    scope: Scope | None
    revision: Revision
    url: str
    look: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return TITLES[self.table]

    @property
    def as_of(self) -> datetime.date | None:
        """The day that was asked for, else that of the last recorded change; None while nothing is recorded."""
        asked = self.scope and self.scope.asof
        return asked or (self.revision.at and self.revision.at.date())

    @property
    def as_of_text(self) -> str:
        """For people: "As of 2 May 2017 (rev 1841)"."""
        return (
            f"As of {day_text(self.as_of)} ({self.revision.text})" if self.as_of else "Nothing recorded yet"
        )

    @property
    def citation(self) -> str:
        """How to quote it: "dipwatch, Who stands where on Syria: UK and US · Sanctions (as of …, rev 1841), https://…"."""
        as_of = f"as of {day_text(self.as_of)}, " if self.as_of else ""
        what = f"{self.title}: {self.scope.title()}" if self.scope else self.title
        return f"dipwatch, {what} ({as_of}{self.revision.text}), {self.url}"

    @property
    def file_name(self) -> str:
        """Without its ending: "dipwatch_matrix_sanctions_uk-us_2015-01-01_2017-04-30_rev1841"."""
        others = "_".join(
            filter(
                None,
                (
                    "reviewed" if self.scope.reviewed else "",
                    "pending" if self.scope.pending else "",
                    "-".join(self.scope.voices) if set(self.scope.voices) != {Voice.GOVERNMENT} else "",
                ),
            )
        )
        name = "_".join(filter(None, ("dipwatch", self.table, self.scope.slug()[:120], others)))
        return f"{name}_rev{self.revision.number}"

    def fields(self) -> dict[str, Any]:
        """What stands at the head of every JSON."""
        return {
            "title": self.title,
            "selection": self.scope.words() if self.scope else self.title,
            "from": self.scope and self.scope.start,
            "to": self.scope and self.scope.until,
            "as_of": self.as_of,
            "changed_at": self.revision.at,
            "rev": self.revision.number,
            "licence": settings.DIPWATCH_LICENCE,
            "citation": self.citation,
            "url": self.url,
        }

    def in_rows(self) -> dict[str, Any]:
        """What stands in every row of a CSV."""
        return {"as_of": self.as_of, "rev": self.revision.number}
