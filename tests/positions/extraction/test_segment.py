from __future__ import annotations

from collections.abc import Callable

import pytest

from positions.extraction.segment import Segmented, plain, quotations, sentence_spans

SENTENCES = [
    # titles and abbreviations do not end a sentence
    ("Sen. Ann Doe, D-Va., agreed. He left.", ["Sen. Ann Doe, D-Va., agreed.", "He left."]),
    ("Mr. Smith met Gen. Jones on Oct. 3 in Geneva.", ["Mr. Smith met Gen. Jones on Oct. 3 in Geneva."]),
    ("Troops of the U.S. Army left.", ["Troops of the U.S. Army left."]),
    # unless the next word can only open one
    (
        "They were sent by the U.S. The order came late.",
        ["They were sent by the U.S.", "The order came late."],
    ),
    # closing marks belong to the sentence before
    ('"We will stay." He left.', ['"We will stay."', "He left."]),
    ('"Will they go?" she asked. Nobody knew.', ['"Will they go?" she asked.', "Nobody knew."]),
    ("It cost 3.5 million. No. 10 declined.", ["It cost 3.5 million.", "No. 10 declined."]),
    ("No full stop", ["No full stop"]),
]


@pytest.mark.parametrize(("paragraph", "wanted"), SENTENCES)
def test_sentences(paragraph: str, wanted: list[str]) -> None:
    assert [paragraph[a:b] for a, b in sentence_spans(paragraph)] == wanted


QUOTATIONS = [
    ('He said "no deal" twice.', ['"no deal"']),
    ("He said “no deal” twice.", ["“no deal”"]),
    ("He called it 'a trap' and left.", ["'a trap'"]),
    ("The regime's allies won't talk.", []),  # apostrophes
    ("The ministers' letter said it wasn't so.", []),
    ("“They ‘must’ go,” she said.", ["“They ‘must’ go,”"]),  # the outer one counts
    # opened in each paragraph, closed in the last
    ("“We are ready.\n\n“We will wait.”", ["“We are ready.", "“We will wait.”"]),
    ('"We are ready.\n\n"We will wait," he said.', ['"We are ready.', '"We will wait,"']),
]


@pytest.mark.parametrize(("text", "wanted"), QUOTATIONS)
def test_quotations(text: str, wanted: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == wanted


def test_a_quotation_left_open_goes_on() -> None:
    first, last = quotations("“We are ready.\n\n“We will wait.”")
    assert (first.closed, last.closed) == (False, True)


def test_offsets_point_into_the_text(read: Callable[..., Segmented]) -> None:
    text = "  First line. “Second” one.\n\n\nThird’s here.  "
    segmented = read(text)
    assert [text[s.start : s.end] for s in segmented.sentences] == [s.text for s in segmented.sentences]
    assert [s.text for s in segmented.sentences] == ["First line.", "“Second” one.", "Third’s here."]
    assert [s.paragraph for s in segmented.sentences] == [0, 0, 1]


def test_plain_text_keeps_its_length() -> None:
    text = "“‘x’”\u00a0–\u2011"
    assert len(plain(text)) == len(text)


def test_share_in_quotation_marks(read: Callable[..., Segmented]) -> None:
    outside, inside = read('He spoke. "All of this is quoted."').sentences
    assert outside.quoted == 0
    assert inside.quoted == 1
