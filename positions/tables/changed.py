"""The last change of position in each cell, kept in the process as long as the cell's counts stay what they are.

Finding changes means looking at every day of a cell; the counts of a cell say whether there is anything new to find.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from django.core.cache import cache

from positions.models import Issue
from positions.scope import Scope
from positions.tables.counts import Place, Standing
from positions.tables.shifts import Shift, rule, shifts

SECONDS = 3600  # also the longest that a change goes unseen which leaves all counts of a cell as they were


def last_changes(scope: Scope, standings: Mapping[Place, Standing]) -> dict[Place, Shift]:
    """Return the last change within the scope's period for each cell that has one. No query, or one."""
    key = _key(scope)
    known: dict[Place, tuple[int, Shift | None]] = cache.get(key, {})
    marks = {place: _mark(standing) for place, standing in standings.items()}
    stale = {place for place, mark in marks.items() if known.get(place, (None,))[0] != mark}
    if stale:
        issues = [issue for issue in scope.issues if any(issue.pk == of for of, _ in stale)]
        found = _last(_only(scope, issues))
        known = {**known, **{place: (marks[place], found.get(place)) for place in stale}}
        cache.set(key, known, SECONDS)
    return {place: known[place][1] for place in standings if known[place][1]}


def _mark(standing: Standing) -> int:
    """A number that is another one when the cell's counts are; good within this process, as the cache is."""
    return hash((standing.counts, standing.newest, standing.series))


def _last(scope: Scope) -> dict[Place, Shift]:
    newest_first = shifts(scope, quoted=False)
    return {(shift.issue.pk, shift.actor.pk): shift for shift in reversed(newest_first)}


def _only(scope: Scope, issues: list[Issue]) -> Scope:
    """The scope with some of its issues."""
    others = tuple(pair for pair in scope.chosen if pair[0] != "issue")
    chosen = (("issue", "~".join(issue.slug for issue in issues)), *others)
    return replace(scope, issues=tuple(issues), chosen=chosen)


def _key(scope: Scope) -> str:
    """A name for what is counted; which actors and issues are looked at makes no difference to a cell."""
    counted = [pair for pair in scope.chosen if pair[0] not in ("actor", "issue")]
    return "changes-" + hashlib.sha256(repr((counted, rule())).encode()).hexdigest()
