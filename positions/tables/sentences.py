"""Sentences made from the data: the summary above a table and the line that says what it rests on."""

import itertools
from collections.abc import Sequence

from positions.models import Voice
from positions.scope import Scope
from positions.tables.states import Counts, State, day_text, plural

# Singular and plural, so that "UK and US support" and "Russia opposes".
_VERBS = {
    State.SUPPORT: ("supports", "support"),
    State.OPPOSE: ("opposes", "oppose"),
    State.NEUTRAL: ("is neutral", "are neutral"),
    State.DECLINED: ("declined to say", "declined to say"),
    State.MIXED: ("is mixed", "are mixed"),
}
_SIDES = (State.SUPPORT, State.OPPOSE)


def stand(states: dict[str, State]) -> str:
    """Who stands where on one issue, by the actors' labels: "UK and US support, Russia opposes"."""
    parts = []
    for state in State:
        labels = [label for label, held in states.items() if held is state]
        who = " and ".join(labels)
        if labels and state is State.NONE:
            parts.append(f"nothing found on {who}")
        elif labels:
            parts.append(f"{who} {_VERBS[state][len(labels) > 1]}")
    return ", ".join(parts)


def agreement(rows: Sequence[dict[str, State]]) -> str:
    """How often each two actors take the same side, over the issues on which both take one; the closest pair first."""
    pairs = []
    for one, other in itertools.combinations(rows[0] if rows else (), 2):
        both = [row for row in rows if row[one] in _SIDES and row[other] in _SIDES]
        if both:
            same = sum(row[one] is row[other] for row in both)
            pairs.append(
                (same / len(both), f"{one} and {other} agree on {same} of {plural(len(both), 'issue')}")
            )
    pairs.sort(key=lambda pair: -pair[0])
    return f"Where both take a side, {', '.join(text for _, text in pairs)}." if pairs else ""


def summary(
    propositions: Sequence[str], rows: Sequence[dict[str, State]], counts: Counts, scope: Scope
) -> str:
    """One sentence for the whole matrix; empty without evidence. `rows` hold a state by actor label."""
    if not counts.total:
        return ""
    if len(rows) > 1:
        return agreement(rows)
    until = scope.until or counts.latest
    as_of = f"As of {day_text(until)}, on" if until else "On"
    return f"{as_of} “{propositions[0].rstrip('.')}”: {stand(rows[0])}."


def period_text(scope: Scope, counts: Counts) -> str:
    """The days that the evidence spans, or those that were asked for: "1 Jan 2015 – 30 Apr 2017"."""
    start, end = scope.start or counts.earliest, scope.until or counts.latest
    return f"{day_text(start)} – {day_text(end)}" if start and end else ""


def statements_text(number: int, voices: Sequence[str]) -> str:
    """How many statements by whom: "312 government statements"."""
    if set(voices) == {Voice.GOVERNMENT}:
        return f"{number:,} government statement{'' if number == 1 else 's'}"
    whose = " and ".join(str(Voice(voice).label).lower() for voice in voices)
    return f"{plural(number, 'statement')} ({whose})"


def status(scope: Scope, counts: Counts, *, issues: int, articles: int | None = None) -> str:
    """What a screen rests on: `issues` with evidence, and how many `articles` were read, where that was counted."""
    statements = statements_text(counts.total, scope.voices)
    parts = [
        plural(issues, "issue") if counts.total else "",
        plural(len(scope.actors), "actor"),
        f"{statements} from {plural(len(counts.outlets), 'outlet')}" if counts.total else statements,
        period_text(scope, counts),
    ]
    read = plural(articles, "article") + " read." if articles is not None else ""
    return " ".join(filter(None, [", ".join(filter(None, parts)) + ".", read, share_text(counts)]))


def share_text(counts: Counts) -> str:
    """Which share a person has checked, with the numbers: "64% reviewed (200 of 312)."."""
    if not counts.total:
        return ""
    return f"{100 * counts.reviewed // counts.total}% reviewed ({counts.reviewed:,} of {counts.total:,})."
