"""How good an extraction is, measured against labelled stances by the rules of the codebook.

Per article, the set of (actor, voice, issue, stance) is compared with the labels; counts are summed over articles.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Row = dict[str, Any]  # one line of stances.jsonl
Key = tuple[str, ...]

FIELDS = ("actor", "voice", "issue", "stance")
OPPOSITE = {"support": "oppose", "oppose": "support"}
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "the",
        "president",
        "prime",
        "minister",
        "secretary",
        "foreign",
        "of",
        "state",
        "spokesman",
    ]
)  # words that two speakers may share without being the same


@dataclass(frozen=True, slots=True)
class Score:
    """Counts and the figures made of them; shares are 0 to 1, `date` None where no date could be compared."""

    gold: int
    found: int
    right: int
    topics_gold: int
    topics_found: int
    topics_right: int
    inverted: int
    speaker: float
    evidence: float
    date: float | None

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return f1(self.right, self.found, self.gold)

    @property
    def topic_f1(self) -> float:
        return f1(self.topics_right, self.topics_found, self.topics_gold)

    @property
    def direction(self) -> float:
        """Share of right stances among the (actor, voice, issue) that were found."""
        return min(1.0, self.right / self.topics_right) if self.topics_right else 0.0


def f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0


def score(gold: Sequence[Row], found: Sequence[Row]) -> Score:
    """Compare found stances with labelled ones."""
    wanted, have = _keyed(gold, FIELDS), _keyed(found, FIELDS)
    topics_gold, topics_found = _keyed(gold, FIELDS[:3]), _keyed(found, FIELDS[:3])
    pairs = [(have[k][0], wanted[k][0]) for k in wanted.keys() & have.keys()]
    dates = [d for d in (same_date(f, g) for f, g in pairs) if d is not None]
    share = lambda hits: sum(hits) / len(pairs) if pairs else 0.0  # noqa: E731
    return Score(
        gold=len(wanted),
        found=len(have),
        right=len(pairs),
        topics_gold=len(topics_gold),
        topics_found=len(topics_found),
        topics_right=len(topics_gold.keys() & topics_found.keys()),
        inverted=len(inversions(gold, found)),
        speaker=share([same_speaker(f, g) for f, g in pairs]),
        evidence=share([same_evidence(f, g) for f, g in pairs]),
        date=sum(dates) / len(dates) if dates else None,
    )


def inversions(gold: Sequence[Row], found: Sequence[Row]) -> list[Row]:
    """Return the found stances whose opposite stands in the labels, and they themselves do not."""
    wanted = _keyed(gold, FIELDS)
    out = []
    for key, rows in _keyed(found, FIELDS).items():
        other = (*key[:-1], OPPOSITE.get(key[-1], ""))
        if key not in wanted and other in wanted:
            out.append(rows[0])
    return out


def by(field: str, gold: Sequence[Row], found: Sequence[Row]) -> dict[str, Score]:
    """Return a score for each value of a field: issue, actor, voice or stance."""
    values = sorted({r[field] for r in (*gold, *found)})
    pick: Callable[[Sequence[Row], str], list[Row]] = lambda rows, v: [r for r in rows if r[field] == v]  # noqa: E731
    return {v: score(pick(gold, v), pick(found, v)) for v in values}


def reliability(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[float, int, float, float]]:
    """Return (from, count, mean confidence, share right) for bands of confidence a tenth wide."""
    wanted = _keyed(gold, FIELDS)
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for row in found:
        p = float(row.get("confidence", 1.0))
        bands[min(9, int(p * 10))].append((p, _key(row, FIELDS) in wanted))
    return [
        (band / 10, len(rows), float(np.mean([p for p, _ in rows])), float(np.mean([hit for _, hit in rows])))
        for band, rows in sorted(bands.items())
    ]


def usual_line(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """Return the most frequent stance of each (actor, issue)."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row["actor"], row["issue"]][row["stance"]] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in counts.items()}


def against(rows: Sequence[Row], usual: dict[tuple[str, str], str]) -> list[Row]:
    """Return the stances that differ from the usual line: what a tracker exists for."""
    return [r for r in rows if usual.get((r["actor"], r["issue"]), r["stance"]) != r["stance"]]


def gains_and_losses(
    gold: Sequence[Row], found: Sequence[Row], baseline: Sequence[Row]
) -> dict[str, tuple[list[Key], list[Key]]]:
    """Return {article: (gained, lost)} against a named baseline: right stances new or gone, wrong ones gone or new."""
    wanted = set(_keyed(gold, FIELDS))
    now, then = set(_keyed(found, FIELDS)), set(_keyed(baseline, FIELDS))
    out: dict[str, tuple[list[Key], list[Key]]] = {}
    for key in sorted(now ^ then):
        gained = (key in now) == (key in wanted)
        out.setdefault(key[0], ([], []))[0 if gained else 1].append(key[1:])
    return out


def bootstrap(
    gold: Sequence[Row], found: Sequence[Row], rounds: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of F1 by resampling articles."""
    articles = sorted({r["article"] for r in (*gold, *found)})
    wanted, have = set(_keyed(gold, FIELDS)), set(_keyed(found, FIELDS))
    counts = np.array(
        [[sum(k[0] == a for k in keys) for keys in (wanted & have, have, wanted)] for a in articles]
    )
    rng = np.random.default_rng(seed)
    drawn = counts[rng.integers(0, len(articles), (rounds, len(articles)))].sum(1)
    values = 2 * drawn[:, 0] / np.maximum(1, drawn[:, 1] + drawn[:, 2])
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))


def same_speaker(found: Row, gold: Row) -> bool:
    a, b = _words(found.get("speaker")) - TITLES, _words(gold.get("speaker")) - TITLES
    return bool(a & b) or (not a and not b)


def same_evidence(found: Row, gold: Row) -> bool:
    """Whether at least half of the words of the shorter of the two stand in the other."""
    have = _words(found.get("evidence"))
    for text in (gold.get("evidence"), *gold.get("more_evidence", [])):
        want = _words(text)
        if have and want and len(have & want) / min(len(have), len(want)) >= 0.5:
            return True
    return False


def same_date(found: Row, gold: Row) -> bool | None:
    """Whether the dates are within three days; None where one is missing."""
    if not found.get("date") or not gold.get("date"):
        return None
    a, b = (datetime.date.fromisoformat(row["date"][:10]) for row in (found, gold))
    return abs((a - b).days) <= 3


def _keyed(rows: Iterable[Row], fields: Sequence[str]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if not row.get("none"):
            groups[_key(row, fields)].append(row)
    return groups


def _key(row: Row, fields: Sequence[str]) -> Key:
    return (row["article"], *(row[f] for f in fields))


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower()))
