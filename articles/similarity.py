"""How alike two texts are, and by which numbers texts that may be alike are found. Pure: no Django.

Words in pairs are compared: `overlap` exactly, MinHash signatures roughly and fast. The thresholds were measured by
benchmarks/copies.py; its docstring gives the figures.
"""

from __future__ import annotations

import functools
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datasketch import MinHash

PAIR = 2  # words; of three, a word in ten changed would leave too few
PERMUTATIONS = 96
ROWS = 2  # of a band: 48 bands of 2 find a likeness of 0.3 in 99 of 100 cases
SAME_SHARE = 0.65  # of the shorter text's word pairs that stand in the other text too
SAME_LIKENESS = 0.3  # Jaccard; keeps a short text apart from a long one that quotes it whole
WORTH_A_LOOK = 0.15  # estimated likeness, which errs by 0.05, below which texts are not fetched and compared
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text to find its copies.

    `values` are its MinHash (PERMUTATIONS numbers of 32 bits), `bands` the signed 32-bit numbers of which two likely
    copies share at least one. Those of different buckets meet by chance only.
    """

    values: bytes
    bands: list[int]


def word_pairs(text: str) -> frozenset[int]:
    """The text's neighbouring words, without regard to case and punctuation, each pair as a number of 32 bits."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(text.casefold())]
    if len(words) < PAIR:
        return frozenset(words)
    numbers = np.array(words, np.uint64)
    # An odd factor and the first word's upper half, so that "a b" and "b a" differ, and "a a" from "b b".
    mixed = numbers[:-1] * np.uint64(0x9E3779B1) + numbers[1:]
    return frozenset(((mixed ^ (mixed >> np.uint64(29))) & np.uint64(0xFFFFFFFF)).tolist())


def sketch_of(pairs: frozenset[int], bucket: str) -> Sketch:
    """The sketch of a text with these word pairs. Texts in different buckets are never found for each other."""
    values = _minhash(pairs)
    salt = zlib.crc32(bucket.encode())
    parts = values.reshape(-1, ROWS)
    bands = {zlib.crc32(part.tobytes(), salt ^ number) for number, part in enumerate(parts)}
    return Sketch(values.tobytes(), sorted(band - (1 << 31) for band in bands))


def estimate(one: bytes, other: bytes) -> float:
    """The Jaccard likeness of two texts by their sketches' values, give or take 0.05."""
    return float(np.mean(np.frombuffer(one, np.uint32) == np.frombuffer(other, np.uint32)))


def are_copies(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two texts are the same story in all but a few words, a headline or a cut."""
    shared = len(one & other)
    if not shared:
        return False
    likeness = shared / (len(one) + len(other) - shared)
    return likeness >= SAME_LIKENESS and shared / min(len(one), len(other)) >= SAME_SHARE


def _minhash(pairs: frozenset[int]) -> np.ndarray:
    made = _empty().copy()
    made.update_batch(pairs)
    return made.hashvalues.astype(np.uint32)


@functools.cache
def _empty() -> MinHash:
    from datasketch import MinHash  # Takes a second to import: whoever stores no article need not wait.

    # By its name, so that stored values stay comparable whatever a later version prefers.
    return MinHash(num_perm=PERMUTATIONS, hashfunc=int, scheme="affine32")  # pairs are hashes already
