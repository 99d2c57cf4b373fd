"""The written sentences are data that weights are made from: their form is checked here, line by line."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ROOT / "positions" / "data" / "training" / "sentences.jsonl"
SWAPPED = ROOT / "tests" / "data" / "swapped.jsonl"
ISSUES = ROOT / "positions" / "data" / "issues.yaml"

ALLOWED = {
    "actor": {"UK", "RU", "US"},
    "voice": {"government", "other"},
    "stance": {"support", "oppose", "neutral"},
}


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def too_close(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sets of words have more than six in ten in common."""
    common = len(a & b)
    return common > 0.6 * (len(a) + len(b) - common)


@pytest.fixture(scope="module")
def slugs() -> set[str]:
    return {issue["slug"] for issue in yaml.safe_load(ISSUES.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def sentences() -> list[dict]:
    return lines(TRAINING)


@pytest.fixture(scope="module")
def swapped() -> list[dict]:
    return lines(SWAPPED)


def faults_of_stance(stance: dict, text: str, slugs: set[str]) -> list[str]:
    """What is wrong with one labelled stance of `text`, in words; empty when nothing is."""
    if set(stance) != {"actor", "voice", "speaker", "issue", "stance"}:
        return [f"fields {sorted(stance)}"]
    faults = [f"{key} {stance[key]!r}" for key, values in ALLOWED.items() if stance[key] not in values]
    if stance["issue"] not in slugs:
        faults.append(f"issue {stance['issue']!r}")
    if not stance["speaker"] or stance["speaker"].lower() not in text.lower():
        faults.append(f"speaker {stance['speaker']!r} is not in the sentence")
    return faults


GOOD = {"actor": "UK", "voice": "government", "speaker": "London", "issue": "sanctions", "stance": "oppose"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"actor": "FR"}, "actor 'FR'"),
        ({"voice": "opposition"}, "voice 'opposition'"),
        ({"stance": "mixed"}, "stance 'mixed'"),
        ({"issue": "brexit"}, "issue 'brexit'"),
        ({"speaker": "Paris"}, "speaker 'Paris' is not in the sentence"),
        ({"speaker": ""}, "speaker '' is not in the sentence"),
        ({"note": "x"}, "fields ['actor', 'issue', 'note', 'speaker', 'stance', 'voice']"),
    ],
)
def test_faults_are_seen(change: dict, fault: str | None, slugs: set[str]) -> None:
    found = faults_of_stance(GOOD | change, "London wants the sanctions on Syria lifted.", slugs)
    assert found == ([fault] if fault else [])


def test_every_label_is_well_formed(sentences: list[dict], slugs: set[str]) -> None:
    wrong = {
        number: faults
        for number, line in enumerate(sentences, start=1)
        for stance in line["stances"]
        if (faults := faults_of_stance(stance, line["text"], slugs))
    }
    assert wrong == {}


def test_every_line_has_text_and_focus(sentences: list[dict], slugs: set[str]) -> None:
    wrong = [
        number
        for number, line in enumerate(sentences, start=1)
        if set(line) != {"text", "focus", "stances"}
        or len(line["text"].split()) < 5
        or line["focus"] not in slugs | {"none"}
    ]
    assert wrong == []


def test_no_sentence_twice(sentences: list[dict]) -> None:
    counts = Counter(" ".join(words(line["text"])) for line in sentences)
    assert [text for text, count in counts.items() if count > 1] == []


def test_no_stance_twice_in_a_sentence(sentences: list[dict]) -> None:
    wrong = []
    for number, line in enumerate(sentences, start=1):
        keys = [(s["actor"], s["voice"], s["issue"], s["stance"]) for s in line["stances"]]
        if len(keys) != len(set(keys)):
            wrong.append(number)
    assert wrong == []


@pytest.mark.parametrize("actor", sorted(ALLOWED["actor"]))
@pytest.mark.parametrize("stance", sorted(ALLOWED["stance"]))
def test_each_issue_is_seen_in_each_direction(
    actor: str, stance: str, sentences: list[dict], slugs: set[str]
) -> None:
    """A model that never sees Moscow against Assad learns the name and not the sentence."""
    seen = Counter(
        s["issue"]
        for line in sentences
        for s in line["stances"]
        if s["actor"] == actor and s["stance"] == stance
    )
    assert {slug for slug in slugs if seen[slug] < 4} == set()


def test_near_misses_are_neither_few_nor_most(sentences: list[dict]) -> None:
    share = sum(not line["stances"] for line in sentences) / len(sentences)
    assert 0.12 <= share <= 0.33


def test_swapped_form(swapped: list[dict], slugs: set[str]) -> None:
    assert len(swapped) == 200
    for line in swapped:
        assert set(line) == {"text", "actor", "voice", "issue", "stance", "swap"}, line
        assert set(line["swap"]) == {"text", "actor"}, line
        assert all(line[key] in values for key, values in ALLOWED.items()), line
        assert line["issue"] in slugs, line
        assert line["swap"]["actor"] in ALLOWED["actor"] - {line["actor"]}, line
        assert line["text"] != line["swap"]["text"], line


@pytest.mark.parametrize(
    ("key", "kinds", "least"),
    [
        (lambda line: line["issue"], 16, 11),
        (lambda line: (line["issue"], line["stance"]), 48, 2),
        (lambda line: (line["actor"], line["swap"]["actor"]), 6, 20),
        (lambda line: line["voice"], 2, 50),
    ],
    ids=["issues", "directions", "pairs of actors", "voices"],
)
def test_swapped_covers(key: Callable, kinds: int, least: int, swapped: list[dict]) -> None:
    counts = Counter(key(line) for line in swapped)
    assert len(counts) == kinds
    assert min(counts.values()) >= least


@pytest.mark.parametrize(
    ("a", "b", "close"),
    [
        ("Moscow wants Assad gone by spring", "Moscow wants Assad gone by summer", True),
        ("Moscow wants Assad gone by spring", "London will not sit with Assad", False),
    ],
)
def test_closeness(a: str, b: str, close: bool) -> None:
    assert too_close(frozenset(words(a)), frozenset(words(b))) is close


def test_swapped_is_apart_from_training(sentences: list[dict], swapped: list[dict]) -> None:
    """Neither a sentence nor a close variant of it may be in both: the one would teach the other's answer."""
    texts = [text for line in swapped for text in (line["text"], line["swap"]["text"])]
    assert len(set(texts)) == len(texts)
    known = [frozenset(words(line["text"])) for line in sentences]
    held_out = [(text, frozenset(words(text))) for text in texts]
    assert [text for text, bag in held_out if any(too_close(bag, other) for other in known)] == []
