"""The encoder's input text, made in one place for training and for serving. Changing anything here needs new weights:
`FORMAT` is stored with them and checked on loading.

    [CLS] america government named : <end of the sentence before> [SEP] the sentence with [ trump ] in brackets [SEP]

The actor is named in front, and its mentions are wrapped in brackets and marked for a pooling of their own
(experiment: replacing names by a token loses 8 points of F1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from positions.extraction.candidates import Candidate
from positions.extraction.segment import plain

FORMAT = 1
COUNTRY = {"UK": "britain", "RU": "russia", "US": "america"}
VOICE = {"government": "government", "other": "politicians"}
CLS, SEP = 101, 102
MAX_BEFORE, MAX_SENTENCE = 40, 96


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids, segment ids (0 or 1) and marks (1 on the actor's mentions), all of one length up to 150."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    marks: tuple[int, ...]


def load_tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(candidate: Candidate, tokenizer: Tokenizer) -> Encoded:
    """Return the input of one candidate."""
    context = candidate.context
    before = [
        (m.start, m.end)
        for m in context.previous_mentions
        if m.actor == candidate.actor and m.voice == candidate.voice
    ]
    return encode_text(
        actor=candidate.actor,
        voice=candidate.voice,
        kind=candidate.kind,
        sentence=context.sentence.text,
        marks=candidate.marks,
        before=context.previous,
        before_marks=before,
        tokenizer=tokenizer,
    )


def encode_text(
    *,
    actor: str,
    voice: str,
    kind: str,
    sentence: str,
    marks: Iterable[tuple[int, int]],
    tokenizer: Tokenizer,
    before: str = "",
    before_marks: Iterable[tuple[int, int]] = (),
) -> Encoded:
    """Return the input for a sentence given as text, with the actor's mentions as offsets into it."""
    prefix = tokenizer.encode(f"{COUNTRY[actor]} {VOICE[voice]} {kind} :", add_special_tokens=False).ids
    first, _ = _pieces(plain(before), before_marks, tokenizer)
    first = first[-MAX_BEFORE:]
    second, mask = _pieces(plain(sentence), marks, tokenizer)
    second, mask = second[:MAX_SENTENCE], mask[:MAX_SENTENCE]
    own = 0 if any(mask) else 1  # a carried actor is marked by the prefix that names it
    ids = [CLS, *prefix, *first, SEP, *second, SEP]
    head = 2 + len(prefix) + len(first)
    types = [0] * head + [1] * (len(second) + 1)
    marked = [0, *[own] * len(prefix), *[0] * len(first), 0, *mask, 0]
    return Encoded(tuple(ids), tuple(types), tuple(marked))


def _pieces(text: str, marks: Iterable[tuple[int, int]], tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    ids: list[int] = []
    mask: list[int] = []

    def add(piece: str, marked: int) -> None:
        if piece.strip():
            found = tokenizer.encode(piece, add_special_tokens=False).ids
            ids.extend(found)
            mask.extend([marked] * len(found))

    at = 0
    for start, end in sorted(marks):
        if start < at:
            continue
        add(text[at:start], 0)
        add(f"[ {text[start:end]} ]", 1)
        at = end
    add(text[at:], 0)
    return ids, mask


def collate(batch: Sequence[Encoded]) -> dict[str, np.ndarray]:
    """Return padded int64 arrays (batch, length): ids, attention, types, marks."""
    length = max(len(e.ids) for e in batch)
    out = {name: np.zeros((len(batch), length), np.int64) for name in ("ids", "attention", "types", "marks")}
    for row, item in enumerate(batch):
        n = len(item.ids)
        out["ids"][row, :n], out["attention"][row, :n] = item.ids, 1
        out["types"][row, :n], out["marks"][row, :n] = item.types, item.marks
    return out
