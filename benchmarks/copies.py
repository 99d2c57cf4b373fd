"""Near-duplicates: which pairs of texts are taken for copies, by threshold.

    python benchmarks/copies.py ARTICLES.jsonl

Each article of the file (fields title, text, published) gets edited copies of its day: a word in ten replaced by
another of the file, another headline, cut to 70 % and to 50 %, and a word in ten replaced in a text cut to 70 %. All
pairs of one day go the way they go when an article is stored: shared bands, estimated likeness, word pairs. A pair of
two originals and their copies counts as wrong, though some are one story told anew or a notice and its covering letter.
"Any day" puts all articles on one day, the hardest case there is. "Yearly" is the very text a year later.

Measured on 522 news and official texts on Syria of 130 to 4,900 words (precision over pairs with an original):

    SAME_SHARE / SAME_LIKENESS   by day: precision, recall   any day: precision, recall
    0.5  / 0.2                   0.9985  1.0000              0.9950  1.0000
    0.65 / 0.3 (in use)          0.9989  1.0000              0.9969  1.0000
    0.7  / 0.35                  0.9992  1.0000              0.9973  1.0000
    0.8  / 0.5                   0.9996  0.8831              0.9987  0.8831

The three wrong pairs of a day are a story and its later telling by one outlet, and two notices with the letters that
sent them to Congress. Yearly: 0 of 522 are found for each other.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles import similarity
from articles.similarity import Sketch, are_copies, estimate, sketch_of, word_pairs

ORIGINAL = "original"
SETTINGS = ((0.5, 0.2), (0.6, 0.25), (0.65, 0.3), (0.7, 0.35), (0.8, 0.5))


def edits(text: str, words: list[str], rng: random.Random) -> dict[str, str]:
    """The edited copies of a text by the name of the edit. The headline is no part of what is compared."""
    return {
        ORIGINAL: text,
        "headline": text,
        "words": changed(text, words, rng),
        "cut to 70 %": cut(text, 0.7),
        "cut to 50 %": cut(text, 0.5),
        "words, cut to 70 %": cut(changed(text, words, rng), 0.7),
    }


def changed(text: str, words: list[str], rng: random.Random) -> str:
    said = text.split(" ")
    for place in rng.sample(range(len(said)), len(said) // 10):
        said[place] = rng.choice(words)
    return " ".join(said)


def cut(text: str, share: float) -> str:
    said = text.split(" ")
    return " ".join(said[: int(len(said) * share)])


def likely(sketches: list[Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs that share a band and are worth a look, as the database finds them."""
    rows = defaultdict(list)
    for number, sketch in enumerate(sketches):
        for band in sketch.bands:
            rows[band].append(number)
    pairs = {(a, b) for same in rows.values() for a in same for b in same if a < b}
    for a, b in pairs:
        if estimate(sketches[a].values, sketches[b].values) >= similarity.WORTH_A_LOOK:
            yield a, b


def measure(articles: list[dict], *, any_day: bool) -> None:
    words = sorted({word for article in articles for word in re.findall(r"[a-z]{3,}", article["text"])})
    items = [  # (article, edit, day, text)
        (
            number,
            edit,
            "one day" if any_day else str(article.get("published") or article.get("published_approx")),
            text,
        )
        for number, article in enumerate(articles)
        for edit, text in edits(article["text"], words, random.Random(number)).items()
    ]
    started = time.perf_counter()
    pairs = [word_pairs(text) for *_, text in items]
    sketches = [sketch_of(said, day) for said, (_, _, day, _) in zip(pairs, items, strict=True)]
    print(f"{(time.perf_counter() - started) / len(items) * 1000:.1f} ms a text")
    candidates = list(likely(sketches))
    for share, likeness in SETTINGS:
        similarity.SAME_SHARE, similarity.SAME_LIKENESS = share, likeness
        right, wrong, originals = Counter(), 0, 0
        for a, b in candidates:
            if are_copies(pairs[a], pairs[b]):
                if items[a][0] != items[b][0]:
                    wrong += 1
                    originals += items[a][1] == items[b][1] == ORIGINAL
                elif items[a][1] == ORIGINAL:
                    right[items[b][1]] += 1
        found = sum(right.values())
        total = len(articles) * (len(items) // len(articles) - 1)
        by_edit = ", ".join(f"{edit} {count / len(articles):.3f}" for edit, count in right.items())
        # Precision over pairs with an original: as many as there are edits, plus pairs of two originals.
        print(
            f"{share} / {likeness}: precision {found / (found + originals):.4f} recall {found / total:.4f}"
            f" ({by_edit}); wrong pairs of originals {originals}, of all {wrong}"
        )


def yearly(articles: list[dict]) -> int:
    """How many articles would be merged with their own text of a year later: found by a band they share."""
    merged = 0
    for article in articles:
        said = word_pairs(article["text"])
        day, later = sketch_of(said, "2016-05-06"), sketch_of(said, "2017-05-05")
        merged += bool(set(day.bands) & set(later.bands))
    return merged


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for any_day in (False, True):
        print("any day" if any_day else "by day")
        measure(found, any_day=any_day)
    print(f"yearly: {yearly(found)} of {len(found)} share a band")
