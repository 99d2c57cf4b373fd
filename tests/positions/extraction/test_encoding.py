from __future__ import annotations

import numpy as np
import pytest

from positions.extraction.encoding import collate, encode_text, load_tokenizer
from positions.extraction.weights import WEIGHTS

TOKENIZER = load_tokenizer(WEIGHTS / "tokenizer.json")

# The input text is part of the weights: these strings may only change together with FORMAT and new weights.
GOLDEN = [
    (
        {
            "actor": "RU",
            "voice": "government",
            "kind": "named",
            "sentence": "Moscow rejected the plan.",
            "marks": [(0, 6)],
        },
        "russia government named : [SEP] [ moscow ] rejected the plan . [SEP]",
    ),
    (
        {
            "actor": "UK",
            "voice": "other",
            "kind": "carried",
            "sentence": "He “would not” agree.",
            "marks": [],
        },
        'britain politicians carried : [SEP] he " would not " agree . [SEP]',
    ),
    (
        {
            "actor": "US",
            "voice": "government",
            "kind": "pair",
            "sentence": "They agreed.",
            "marks": [],
            "before": "Mr Kerry called Mr Lavrov.",
            "before_marks": [(3, 8)],
        },
        "america government pair : mr [ kerry ] called mr lavrov . [SEP] they agreed . [SEP]",
    ),
]


@pytest.mark.parametrize(("given", "wanted"), GOLDEN)
def test_golden(given: dict, wanted: str) -> None:
    encoded = encode_text(tokenizer=TOKENIZER, **given)
    tokens = [TOKENIZER.id_to_token(i) for i in encoded.ids]
    assert tokens[0] == "[CLS]"
    assert " ".join(tokens[1:]).replace(" ##", "") == wanted


def test_marks_lie_on_the_mention_and_its_brackets() -> None:
    encoded = encode_text(tokenizer=TOKENIZER, **GOLDEN[0][0])
    marked = [TOKENIZER.id_to_token(i) for i, m in zip(encoded.ids, encoded.marks, strict=True) if m]
    assert marked == ["[", "moscow", "]"]


def test_a_carried_actor_is_marked_by_its_name_in_front() -> None:
    encoded = encode_text(tokenizer=TOKENIZER, **GOLDEN[1][0])
    marked = [TOKENIZER.id_to_token(i) for i, m in zip(encoded.ids, encoded.marks, strict=True) if m]
    assert marked[0] == "britain"


def test_long_sentences_are_cut_and_batches_padded() -> None:
    long = encode_text(tokenizer=TOKENIZER, **{**GOLDEN[0][0], "sentence": "Moscow said no. " * 80})
    short = encode_text(tokenizer=TOKENIZER, **GOLDEN[0][0])
    arrays = collate([long, short])
    assert len(long.ids) <= 150
    assert arrays["ids"].shape == (2, len(long.ids))
    assert arrays["attention"].sum() == len(long.ids) + len(short.ids)
    assert arrays["ids"].dtype == np.int64
