"""Stage 6: from sentences to the article. One row a possible (actor, voice, issue, stance); a logistic regression on
out-of-fold scores turns it into a probability, which is the confidence.

No feature knows which side an actor usually takes: direction comes from the text alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from positions.extraction.candidates import Candidate
from positions.extraction.cues import Cues
from positions.extraction.features import Hits, issue_cues
from positions.extraction.types import STANCES, ActorVoice

LEAST_TOPIC = 0.03  # rows whose best sentence is below this are not worth a row
CAP = 0.98


@dataclass(slots=True)
class Row:
    """One possible stance of an article with its features and, best first, the sentences that speak for it."""

    actor: str
    voice: str
    issue: str
    stance: str
    features: dict[str, float]
    best: list[tuple[float, Candidate]]

    @property
    def cell(self) -> tuple[str, str, str]:
        return (self.actor, self.voice, self.issue)


@dataclass(frozen=True)
class Stacker:
    """Standardised logistic regression: probability = sigmoid(clip((x - mean) / scale) @ weights + bias)."""

    names: tuple[str, ...]
    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: float
    list_at: float
    second_at: float
    publish_at: dict[str, float]

    def probability(self, x: np.ndarray) -> np.ndarray:
        z = np.clip((x - self.mean) / self.scale, -5, 5) @ self.weights + self.bias
        return 1 / (1 + np.exp(-z))


def load_stacker(path: Path) -> Stacker:
    raw = json.loads(path.read_text(encoding="utf-8"))
    arrays = {name: np.array(raw[name], np.float64) for name in ("mean", "scale", "weights")}
    return Stacker(
        names=tuple(raw["names"]), **arrays, bias=raw["bias"],
        list_at=raw["list_at"], second_at=raw["second_at"], publish_at=raw["publish_at"],
    )  # fmt: skip


def rows(candidates: Sequence[Candidate], scores: np.ndarray, issues: Sequence[str], cues: Cues) -> list[Row]:
    """Return the rows of one document from its candidates and their scores (candidates, issues, 4)."""
    groups: dict[ActorVoice, list[int]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        groups[candidate.key].append(index)
    topic = 1 - scores[:, :, 0] if len(candidates) else np.zeros((0, len(issues)))
    best_of = {key: topic[ids].max(0) for key, ids in groups.items()}
    hits = [issue_cues(c.context.sentence.text, cues) for c in candidates]
    share = {issue: float(np.mean([h[issue].topic for h in hits])) if hits else 0.0 for issue in issues}
    out = []
    for key, ids in groups.items():
        for column, issue in enumerate(issues):
            if best_of[key][column] < LEAST_TOPIC:
                continue
            rivals = [v[column] for k, v in best_of.items() if k[0] != key[0]]
            twins = [v[column] for k, v in best_of.items() if k[0] == key[0] and k != key]
            common = [max(rivals, default=0.0), max(twins, default=0.0), share[issue]]
            out.extend(_cell_rows(key, issue, column, ids, candidates, scores, hits, common))
    return out


def _cell_rows(
    key: ActorVoice, issue: str, column: int, ids: list[int], candidates: Sequence[Candidate], scores: np.ndarray,
    hits: list[dict[str, Hits]], common: list[float],
) -> list[Row]:  # fmt: skip
    p = scores[ids, column, 1:]  # (sentences, 3 stances)
    topic = p.sum(1)
    top = np.sort(topic)[::-1][:3]
    nor = 1 - np.prod(1 - np.minimum(p, CAP), axis=0)
    topic_nor = float(1 - np.prod(1 - np.minimum(topic, CAP)))
    weight = topic**2
    share = (p * weight[:, None]).sum(0) / max(1e-9, (weight * topic).sum())
    mean_sign = float((weight * [hits[i][issue].sign for i in ids]).sum() / max(1e-9, weight.sum()))
    out = []
    for k, stance in enumerate(STANCES):
        order = np.argsort(-p[:, k])
        first = ids[order[0]]
        candidate = candidates[first]
        second = float(p[order[1], k]) if len(order) > 1 else 0.0
        rank = float((scores[first, :, 1:].sum(1) > topic[order[0]]).sum())
        numbers = {
            "p1": float(p[order[0], k]), "p1_logit": _logit(p[order[0], k]), "p2": second, "nor": float(nor[k]),
            "nor_logit": _logit(nor[k]), "topic1": float(top[0]), "topic2": float(top[1]) if len(top) > 1 else 0.0,
            "topic3": float(top[2]) if len(top) > 2 else 0.0, "topic_nor": topic_nor, "topic_logit": _logit(topic_nor),
            "share": float(share[k]), "share_gap": float(share[k] - np.delete(share, k).max()),
            "here": float(p[order[0], k] / max(1e-9, topic[order[0]])), "mass": float(np.log1p(topic.sum())),
            "sentences": float(np.log1p(len(ids))), "rank": min(rank, 5.0), "rival": float(common[0]),
            "rival_logit": _logit(common[0]), "twin": float(common[1]), "issue_share": common[2],
            "topic_hit": hits[first][issue].topic, "oppose_hit": hits[first][issue].oppose,
            "sign": _toward(stance, hits[first][issue].sign), "sign_mean": _toward(stance, mean_sign),
        }  # fmt: skip
        numbers |= {f"is_{s}": float(s == stance) for s in STANCES}
        numbers |= {f"issue_{issue}": 1.0}
        numbers |= {f"f_{name}": value for name, value in candidate.features.items()}
        best = [(float(p[o, k]), candidates[ids[o]]) for o in order[:6]]
        out.append(Row(*key, issue, stance, numbers, best))
    return out


def _toward(stance: str, sign: float) -> float:
    """Return how far the strong cues of a sentence speak for a stance, -1 to 1."""
    return {"support": sign, "oppose": -sign, "neutral": -abs(sign)}[stance]


def vector(row: Row, names: Sequence[str]) -> np.ndarray:
    return np.array([row.features.get(name, 0.0) for name in names], np.float64)


def _logit(p: float) -> float:
    q = min(max(float(p), 1e-4), 1 - 1e-4)
    return float(np.log(q / (1 - q)))
