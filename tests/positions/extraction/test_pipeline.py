"""The whole pipeline with the shipped weights, on sentences written for the tests."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest

from positions.extraction.classify import ModelError, load_encoder
from positions.extraction.evaluation import inversions, score
from positions.extraction.explain import explain
from positions.extraction.interchange import finding_row
from positions.extraction.pipeline import Pipeline, build
from positions.extraction.types import Document
from positions.extraction.weights import NO_ENCODER, WEIGHTS, measured, notice


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return build()


def extract(
    pipeline: Pipeline, text: str, day: str = "2017-04-10", **more: str
) -> set[tuple[str, str, str, str]]:
    document = Document("x", "", text, datetime.date.fromisoformat(day), **more)
    return {(f.actor, f.voice, f.issue, f.stance) for f in pipeline.extract([document])[0].findings}


# text, what must be found
FOUND = [
    (
        "Theresa May said that Bashar al-Assad must leave power.",
        ("UK", "government", "assad-departure", "support"),
    ),
    (
        "Sergei Lavrov rejected every demand that President Assad step down.",
        ("RU", "government", "assad-departure", "oppose"),
    ),
    (
        "The United States imposed new sanctions on Syrian officials.",
        ("US", "government", "sanctions", "support"),
    ),
    (
        "Russia vetoed a resolution that would have imposed sanctions on Syria.",
        ("RU", "government", "sanctions", "oppose"),
    ),
    (
        "Jeremy Corbyn voted against extending air strikes on Isis to Syria.",
        ("UK", "other", "strikes-on-isis", "oppose"),
    ),
    # a threat against an attack is no support for it
    (
        "Moscow warned that it would answer with force any new American strike on the Syrian army.",
        ("RU", "government", "strikes-on-syrian-government", "oppose"),
    ),
    # urging Russia to drop an ally is no support for the alliance
    (
        "Boris Johnson urged Russia to give up its support for the Assad regime.",
        ("UK", "government", "russian-backing-of-damascus", "oppose"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_found(text: str, wanted: tuple[str, str, str, str], pipeline: Pipeline) -> None:
    found = extract(pipeline, text)
    assert wanted in found
    opposite = {"support": "oppose", "oppose": "support"}[wanted[3]]
    assert (*wanted[:3], opposite) not in found


# texts without a stance of a tracked actor
NOTHING = [
    "The convoy reached the town after dark and unloaded blankets.",
    "Recep Tayyip Erdogan said that Turkey would take in more refugees.",
    "A market trader in Homs said that nobody sold sugar any more.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing(text: str, pipeline: Pipeline) -> None:
    assert extract(pipeline, text) == set()


def test_the_speaker_of_an_official_text(pipeline: Pipeline) -> None:
    text = "We call on all parties to stop the fighting and to let humanitarian aid through to every besieged town."
    found = extract(pipeline, text, speaker="Permanent Mission of the United Kingdom", kind="official")
    assert ("UK", "government", "ceasefire-and-aid", "support") in found


def test_an_issue_ends_with_its_period(pipeline: Pipeline) -> None:
    text = "Sergei Lavrov rejected every demand that President Assad step down."
    assert not any(s[2] == "assad-departure" for s in extract(pipeline, text, day="2025-03-01"))


def test_evidence_is_verbatim_and_explained(pipeline: Pipeline) -> None:
    text = "The convoy waited.\n\nTheresa May said that Bashar al-Assad must leave power."
    document = Document("x", "A title", text, datetime.date(2017, 4, 10))
    (extraction,) = pipeline.extract([document])
    (finding,) = [f for f in extraction.findings if f.issue == "assad-departure"]
    assert text[slice(*finding.evidence)] == "Theresa May said that Bashar al-Assad must leave power."
    assert finding.speaker == "Theresa May"
    told = explain(document, pipeline)
    assert "assad-departure support" in told
    assert "A title" in told


def test_seeds_come_out_right(pipeline: Pipeline, shared: Path) -> None:
    from articles.parsing import parse_text

    read = lambda name: [json.loads(x) for x in (shared / "gold/dev" / name).read_text().splitlines()]  # noqa: E731
    names = {a["title"]: a["id"] for a in read("articles.jsonl")}
    gold = [g for g in read("stances.jsonl") if g["article"].startswith("seed-")]
    found = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        parsed = parse_text(path.read_text(encoding="utf-8"))
        document = Document(names[parsed.title], parsed.title, parsed.text, parsed.published_on)
        found += [finding_row(f, document) for f in pipeline.extract([document])[0].findings]
    assert {r["article"] for r in found} == {g["article"] for g in gold}
    assert inversions(gold, found) == []
    assert score(gold, found).recall >= 0.6


def test_the_weights_say_what_they_are() -> None:
    assert notice() == ""
    assert {"list_at", "second_at", "publish_at", "about"} <= measured().keys()


def test_other_weights_are_refused(tmp_path: Path, pipeline: Pipeline) -> None:
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    about = json.loads((folder / "encoder.json").read_text())
    (folder / about["file"]).write_bytes(b"something else")
    with pytest.raises(ModelError, match="SHA-256 differs"):
        load_encoder(folder, pipeline.issues)
    with pytest.raises(ModelError, match=r"other issues"):
        load_encoder(WEIGHTS, ["sanctions"])


def test_without_the_encoder_word_lists_stand_in_and_it_is_said(tmp_path: Path) -> None:
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    next(folder.glob("*.onnx")).unlink()
    assert notice(folder) == NO_ENCODER
    fallback = build(weights=folder)
    assert fallback.notice == NO_ENCODER
    assert fallback.engine != build().engine
    found = extract(fallback, "The United States imposed new sanctions on Syrian officials.")
    assert ("US", "government", "sanctions", "support") in found
