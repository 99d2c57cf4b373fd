"""Commands that measure and make weights, as they are typed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError

from positions.extraction import llm
from positions.extraction.types import Extraction, Finding
from positions.management.commands import evaluate, train

ARTICLE = {
    "id": "a",
    "title": "Britain",
    "text": "Downing Street backed sanctions on Syria.",
    "published": "2017-04-10",
}


def stance(side: str, issue: str = "sanctions") -> dict[str, Any]:
    key = {"actor": "UK", "voice": "government", "issue": issue, "stance": side}
    return {
        "article": "a",
        **key,
        "speaker": "Downing Street",
        "evidence": ARTICLE["text"],
        "date": "2017-04-10",
    }


class Fixed:
    """An engine that finds what it is told to."""

    engine = "fixed/1"

    def __init__(self, *sides: str, error: Exception | None = None) -> None:
        self.sides, self.error = sides, error

    def extract(self, documents):
        if self.error:
            raise self.error
        [document] = documents
        span = (0, len(document.text))
        common = {
            "date": document.published,
            "evidence": span,
            "confidence": 0.9,
            "published": True,
            "rule": "x",
        }
        found = [
            Finding("UK", "government", "Downing Street", "sanctions", side, **common) for side in self.sides
        ]
        return [Extraction(document, tuple(found), engine=self.engine)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    (tmp_path / "stances.jsonl").write_text(json.dumps(stance("support")) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch):
    """Return a function that puts an engine in the place of the shipped one."""
    return lambda *sides: monkeypatch.setattr(evaluate, "build", lambda model: Fixed(*sides))


def run(*args: object, **options: object) -> str:
    out = io.StringIO()
    call_command("evaluate", *map(str, args), stdout=out, **options)
    return out.getvalue()


class TestEvaluate:
    def test_prints_figures_and_inversions(self, folder: Path, shipped) -> None:
        shipped("oppose")
        told = run(folder)
        assert "inverted: 1" in told
        assert "a UK government sanctions oppose" in told

    def baseline(self, folder: Path, *sides: str) -> Path:
        path = folder / "baseline.jsonl"
        rows = [stance(side) | {"confidence": 0.9, "published": True} for side in sides]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def test_strict_passes_what_is_no_worse(self, folder: Path, shipped) -> None:
        shipped("support")
        told = run(folder, "--strict", baseline=self.baseline(folder, "support"))
        assert "0 gains, 0 losses" in told

    # found, baseline, complaint
    WORSE = [
        ((), ("support",), "F1 fell from 1.000 to 0.000"),
        (("oppose",), (), "new inversion: a UK sanctions oppose"),
        (("oppose",), ("support",), "new inversion: a UK sanctions oppose\nF1 fell"),
    ]

    @pytest.mark.parametrize(("found", "before", "complaint"), WORSE)
    def test_strict_fails_what_is_worse(self, folder, shipped, found, before, complaint) -> None:
        shipped(*found)
        with pytest.raises(CommandError, match=complaint):
            run(folder, "--strict", baseline=self.baseline(folder, *before))

    def test_strict_needs_a_baseline(self, folder: Path, shipped) -> None:
        with pytest.raises(CommandError, match="--baseline"):
            run(folder, "--strict")

    def test_language_model_is_compared_with_what_is_shipped(self, folder, shipped, monkeypatch) -> None:
        shipped("oppose")
        monkeypatch.setattr(evaluate.engine, "language_model", lambda: Fixed("support"))
        told = run(folder, "--extractor", "llm")
        assert told.index("shipped extractor") < told.index("language model")
        assert "2 gains, 0 losses" in told

    def test_article_that_the_language_model_cannot_read_is_left_out(
        self, folder, shipped, monkeypatch
    ) -> None:
        shipped("support")
        fault = llm.CapError("a: would take about 50000 tokens")
        monkeypatch.setattr(evaluate.engine, "language_model", lambda: Fixed(error=fault))
        errors = io.StringIO()
        assert "found    0" in run(folder, "--extractor", "llm", stderr=errors)
        assert "50000 tokens" in errors.getvalue()

    def test_language_model_that_nobody_configured(self, folder, shipped) -> None:
        shipped("support")
        with pytest.raises(ImproperlyConfigured, match="DIPWATCH_LLM_URL"):
            run(folder, "--extractor", "llm")


class TestTrain:
    def call(self, *args: str) -> None:
        call_command("train", "work", "--labelled", "nowhere", *args)

    def test_names_what_must_be_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(train, "find_spec", lambda name: None)
        with pytest.raises(CommandError, match=r"pip install -r positions/training/requirements\.txt"):
            self.call()

    @pytest.mark.parametrize(
        ("args", "message"), [(["--stage", "bake"], "no stage 'bake'"), ([], "Give --base")]
    )
    def test_says_what_is_wrong(self, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str) -> None:
        monkeypatch.setattr(train, "find_spec", lambda name: name)
        with pytest.raises(CommandError, match=message):
            self.call(*args)
