"""What each part of the article stage brings: cross-validated F1 with groups of features left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from positions.training.stacking import Rows, best_cuts, chosen, cross_fit, figures, inverted, places

ROUNDS = 2000
ENCODER = r"p1|p1_logit|topic1|topic_logit|is_\w+"
# What is left out: features whose name matches.
WITHOUT = {
    "all features": r"(?!)",
    "without the actor's place in the sentence": (
        r"f_(role|verb|subject|speaks|rival|untracked|told|quote|mention|kind)\w*"
    ),
    "without cues": r"topic_hit|oppose_hit|sign\w*|issue_share|f_marker_\w+|f_declined",
    "without the article's other sentences": r"p2|nor\w*|topic2|topic3|topic_nor|share\w*|mass|sentences|sign_mean",
    "without the other actors": r"rival\w*|twin",
    "without the issue's name": r"issue_(?!share)\w+",
    "the encoder's best sentence alone": rf"(?!(?:{ENCODER})$).*",
}


def ablation(table: Rows) -> Iterator[dict[str, object]]:
    """Yield a line for each variant: F1, precision, recall, inverted, and the 95 % interval of its F1 and of what it
    loses, by a paired bootstrap over articles."""
    articles = sorted({*table.article, *(key[0] for key in table.gold)})
    drawn = np.random.default_rng(0).integers(0, len(articles), (ROUNDS, len(articles)))
    wrong_way = inverted(table)
    full: np.ndarray | None = None
    for name, pattern in WITHOUT.items():
        keep = [i for i, n in enumerate(table.names) if not re.fullmatch(pattern, n)]
        part = replace(table, names=tuple(table.names[i] for i in keep), x=table.x[:, keep])
        p = cross_fit(part)
        picked = chosen(places(part, p), p, *best_cuts(part, p))
        f1 = _resampled(part, picked, articles, drawn)
        full = f1 if full is None else full
        yield {
            "variant": name,
            **figures(part, picked, wrong_way),
            "interval": np.quantile(f1, (0.025, 0.975)),
            "difference": np.quantile(f1 - full, (0.025, 0.975)),
        }


def _resampled(table: Rows, picked: np.ndarray, articles: list[str], drawn: np.ndarray) -> np.ndarray:
    """Return F1 of every resampled set of articles."""
    order = {name: i for i, name in enumerate(articles)}
    counts = np.zeros((len(articles), 3))
    for article, right, found in zip(table.article, table.y, picked, strict=True):
        counts[order[article]] += (right * found, found, 0)
    for key in table.gold:
        counts[order[key[0]], 2] += 1
    sums = counts[drawn].sum(1)
    return 2 * sums[:, 0] / np.maximum(1, sums[:, 1] + sums[:, 2])


def printed(table: Rows) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| article stage | F1 (95 %) | against all features (95 %) | precision | recall | inverted |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in ablation(table):
        low, high = row["interval"]
        less, more = row["difference"]
        share = row["inverted"] / max(1, row["found"])
        yield (
            f"| {row['variant']} | {row['f1']:.3f} ({low:.3f} to {high:.3f}) | {less:+.3f} to {more:+.3f} | "
            f"{row['precision']:.3f} | {row['recall']:.3f} | {row['inverted']} ({share:.1%}) |"
        )
