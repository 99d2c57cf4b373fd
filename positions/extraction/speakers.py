"""Who is named as holding a stance: the names that its sentences offer, weighed by a logistic regression.

A stance may be shown by a sentence that names a minister, a ministry and a capital. Each name is described by how it
stands in the evidence (speaker, subject, merely named), by how often the article names it and by what kind of name it
is; the weights are learnt from the labelled speakers (positions/training/speakers.py).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from positions.extraction.aggregate import Row
from positions.extraction.candidates import Candidate, Context
from positions.extraction.mentions import Mention
from positions.extraction.types import ActorVoice

ABBREVIATION = re.compile(r"[A-Z.]+")
SENTENCES = 5  # of a row that may offer a name
LEAST_SHARE = 0.25  # of the best sentence's score, below which a sentence offers none
KINDS = ("person", "title", "body", "group", "state", "capital", "demonym", "seat", "ministry", "forces")


@dataclass(frozen=True)
class Weights:
    """Standardised logistic regression over the features of one name."""

    names: tuple[str, ...]
    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray

    def score(self, features: dict[str, float]) -> float:
        x = np.array([features.get(name, 0.0) for name in self.names])
        return float(np.clip((x - self.mean) / self.scale, -5, 5) @ self.weights)


def load_weights(path: Path) -> Weights:
    raw = json.loads(path.read_text(encoding="utf-8"))
    arrays = (np.array(raw[name], np.float64) for name in ("mean", "scale", "weights"))
    return Weights(tuple(raw["names"]), *arrays)


@dataclass(slots=True)
class Census:
    """The names of one article: how often each party is named by each, and the fullest name of each state."""

    counts: dict[ActorVoice, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    kinds: dict[str, str] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)  # actor: the name shown
    short: dict[str, str] = field(default_factory=dict)  # what a sentence calls a state: the name shown
    doc: dict[ActorVoice, str] = field(default_factory=dict)

    def name(self, mention: Mention) -> str:
        """Return the name to show: a state by one name, whatever short form the sentence uses."""
        return self.states[mention.actor] if mention.kind in ("state", "demonym") else mention.speaker


def census(contexts: Sequence[Context], states: Mapping[str, str]) -> Census:
    """Count the names of a whole article; `states` gives each actor's full name."""
    everything = [(c.sentence.index, m) for c in contexts for m in c.mentions if m.actor]
    found = Census(states={actor: _state(actor, full, everything) for actor, full in states.items()})
    for index, mention in everything:
        name = found.name(mention)
        found.counts[mention.key][name] += 1
        found.kinds.setdefault(name, mention.kind)
        found.first.setdefault(name, index)
        if mention.kind in ("state", "demonym"):
            found.short[mention.speaker] = name
    for mention in contexts[0].speakers if contexts else ():
        found.doc.setdefault(mention.key, found.name(mention))
        found.kinds.setdefault(found.name(mention), mention.kind)
    return found


def _state(actor: str, full: str, everything: Sequence[tuple[int, Mention]]) -> str:
    """Return an actor's full name, or the article's own word for it where that is its usual one ("Britain")."""
    used = Counter(m.speaker for _, m in everything if m.actor == actor and m.kind == "state")
    words = Counter({name: n for name, n in used.items() if not ABBREVIATION.fullmatch(name)})
    if full in words or not words:
        return full
    word, count = words.most_common(1)[0]
    return word if 2 * count > used.total() else full


def choose(row: Row, names: Census, weights: Weights) -> str:
    """Return the name that holds the row's stance."""
    offered = options(row, names)
    return max(offered, key=lambda name: weights.score(offered[name]))


def options(row: Row, names: Census) -> dict[str, dict[str, float]]:
    """Return {name: features} of everyone who may be meant, never empty."""
    best = row.best[0][0]
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    for place, (score, candidate) in enumerate(row.best[:SENTENCES]):
        if place and score < LEAST_SHARE * best:
            break
        for way, name, kind in _offers(candidate, names):
            names.kinds.setdefault(name, kind)
            share = score / max(best, 1e-9)
            ways[name][f"any_{way}"] = max(ways[name][f"any_{way}"], share)
            ways[name]["mass"] += share
            if not place:
                ways[name][f"top_{way}"] = 1.0
    key = (row.actor, row.voice)
    if row.voice == "government":
        state = names.states.get(row.actor, row.actor)
        ways[state]["top_state"] = 1.0
        names.kinds.setdefault(state, "state")
    for name, _ in names.counts[key].most_common(1):
        ways[name]["top_frequent"] = 1.0
    return {name: _features(name, found, row, names) for name, found in ways.items()}


def _offers(candidate: Candidate, names: Census) -> Iterator[tuple[str, str, str]]:
    """Yield (way, name, kind) of every name of the candidate's party in and around one sentence."""
    context, key = candidate.context, candidate.key
    for told in context.told:
        if told.speaker is not None and told.speaker.key == key:
            yield "told", names.name(told.speaker), told.speaker.kind
    quote = context.quote_speaker
    if quote is not None and quote.key == key and context.sentence.quoted > 0.3:
        yield "quote", names.name(quote), quote.kind
    for mention in context.mentions:
        if mention.key == key:
            yield "named", names.name(mention), mention.kind
            if _is_subject(mention, context):
                yield "subject", names.name(mention), mention.kind
    for mention in context.previous_mentions:
        if mention.key == key:
            yield "before", names.name(mention), mention.kind
    if candidate.kind != "doc":
        yield "carried", names.short.get(candidate.speaker, candidate.speaker), "person"
    if key in names.doc:
        yield "doc", names.doc[key], names.kinds[names.doc[key]]


def _is_subject(mention: Mention, context: Context) -> bool:
    doc, base = context.sentence.span.doc, context.sentence.span.start_char
    span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
    return span is not None and span.root.dep_ in ("nsubj", "nsubjpass", "agent")


def _features(name: str, ways: Counter[str], row: Row, names: Census) -> dict[str, float]:
    counts = names.counts[row.actor, row.voice]
    total = sum(counts.values())
    kind = names.kinds.get(name, "person")
    top = row.best[0][1]
    personal = float(kind in ("person", "title"))
    numbers = {
        **ways,
        "count": float(np.log1p(counts[name])),
        "share": counts[name] / total if total else 0.0,
        "rank": float(sum(c > counts[name] for c in counts.values())),
        "late": float(names.first.get(name, 99) > 3),
        "words": float(min(4, len(name.split()))),
        "unknown": float(name not in names.first),
        "official_person": top.features.get("official", 0.0) * personal,
        "speech_person": max(top.features.get("subject_speech", 0.0), top.features.get("speaks", 0.0))
        * personal,
        "act_person": top.features.get("subject_act", 0.0) * personal,
        "quoted_person": top.features.get("quoted", 0.0) * personal,
        "other_voice_person": float(row.voice == "other") * personal,
    }
    return numbers | {f"kind_{k}": float(kind == k) for k in KINDS}
