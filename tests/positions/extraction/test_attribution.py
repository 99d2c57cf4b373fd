from __future__ import annotations

from collections.abc import Callable

import pytest

from positions.extraction.attribution import attributions
from positions.extraction.cues import Cues
from positions.extraction.segment import Segmented

# sentence, [(speaker, words that are said)]
SAID = [
    ("The minister said that the raids would go on.", [("The minister", "that the raids would go on")]),
    ('"The raids will go on," the minister said.', [("the minister", "The raids will go on")]),
    ("The raids will go on, the minister said.", [("the minister", "The raids will go on")]),
    ('The minister called the plan "a trap".', [("The minister", "a trap")]),
    ("According to the ministry, the raids have ended.", [("the ministry", "the raids have ended")]),
    ("The envoy arrived, adding that talks would resume.", [("The envoy", "that talks would resume")]),
    ("The spokesman condemned the strikes.", [("The spokesman", "the strikes")]),
    # what is wanted or judged may be the object, or hang on a preposition or a noun
    ("The senator cited two reports on the raids.", [("The senator", "two reports on the raids")]),
    ("The senator protested against the raids.", [("The senator", "against the raids")]),
    ("The senator's demand that the raids end was heard.", [("The senator's", "that the raids end")]),
    # within a quotation "it" and "I" speak inside of what is said
    ('"It shows that I want peace," the envoy said.', [("the envoy", "It shows that I want peace")]),
    ("The convoy reached the town.", []),
]


@pytest.mark.parametrize(("text", "wanted"), SAID)
def test_attributions(
    text: str, wanted: list[tuple[str, str]], read: Callable[..., Segmented], cues: Cues
) -> None:
    segmented = read(text)
    found = attributions(segmented.sentences[0], segmented, cues)
    got = [(text[a.speaker[0] : a.speaker[1]], " ".join(text[s:e] for s, e in a.content)) for a in found]
    assert [speaker for speaker, _ in got] == [speaker for speaker, _ in wanted]
    for (_, content), (_, words) in zip(got, wanted, strict=True):
        assert words in content
