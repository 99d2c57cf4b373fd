"""Measured figures and the shares of editors' decisions."""

import json
from pathlib import Path

import pytest

from positions import recording, tables
from positions.extraction.figures import figures
from positions.tables.accuracy import share_text
from tests.factories import make_issue, make_statement, make_user


def row(article: str, issue: str, stance: str, **fields) -> dict:
    return {
        "article": article,
        "actor": "UK",
        "voice": "government",
        "issue": issue,
        "stance": stance,
        **fields,
    }


GOLD = [row("1", "sanctions", "support"), row("2", "sanctions", "oppose"), row("2", "refugees", "support")]
FOUND = [
    row("1", "sanctions", "support", confidence=0.95, published=True),
    row("2", "sanctions", "support", confidence=0.55, published=False),
]
ABOUT = {"name": "two articles", "articles": 2, "engine": "test/1", "made": "2026-11-22"}


@pytest.fixture
def figures_file(tmp_path) -> Path:
    path = tmp_path / "accuracy.json"
    path.write_text(json.dumps(figures(GOLD, FOUND, ABOUT)))
    return path


@pytest.mark.django_db
class TestMeasured:
    def read(self, path: Path) -> tables.Accuracy:
        return tables.accuracy([make_issue("sanctions"), make_issue("refugees")], path=path)

    def test_shares_stand_with_their_numbers(self, figures_file):
        measured = self.read(figures_file).measured
        assert "Measured on 2 articles (two articles) on 22 Nov 2026: F1 0.40" in measured.about
        overall = measured.groups[0].lines[0]
        assert (overall.precision, overall.recall) == ("50% (1 of 2)", "33% (1 of 3)")
        assert (overall.published_precision, overall.published_recall) == ("100% (1 of 1)", "33% (1 of 3)")
        assert overall.inverted == 1

    def test_by_issue_in_the_order_of_the_issues(self, figures_file):
        measured = self.read(figures_file).measured
        titles = [group.title for group in measured.groups]
        assert titles == ["Overall", "By issue", "By voice", "By side"]
        issues = measured.groups[1].lines
        assert [line.label for line in issues] == ["Sanctions", "Refugees"]
        assert (issues[0].precision, issues[0].recall) == ("50% (1 of 2)", "50% (1 of 2)")
        assert (issues[1].precision, issues[1].recall) == ("–", "0% (0 of 1)")

    def test_bands_of_confidence(self, figures_file):
        bands = self.read(figures_file).measured.bands
        assert [(band.label, band.mean, band.right) for band in bands] == [
            ("0.5 to 0.6", "0.55", "0% (0 of 1)"),
            ("0.9 to 1.0", "0.95", "100% (1 of 1)"),
        ]

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"about": 1}', "null", '{"by": {}, "kept": {}}'])
    def test_file_of_another_make_is_as_good_as_none(self, tmp_path, text):
        (tmp_path / "accuracy.json").write_text(text)
        assert self.read(tmp_path / "accuracy.json").measured is None
        assert self.read(tmp_path / "missing.json").measured is None


@pytest.mark.django_db
def test_decisions_by_issue_with_counts():
    editor = make_user("editor")
    rows = [make_statement() for _ in range(3)]
    other = make_statement(issue="sanctions")
    recording.accept(statement=rows[0], by=editor)
    recording.accept(statement=rows[1], by=editor)
    recording.reject(statement=rows[2], by=editor, reason="not said", version=0)
    recording.accept(statement=other, by=editor)
    departure, sanctions = make_issue("assad-departure"), make_issue("sanctions")
    first, second, total = tables.accuracy([departure, sanctions, make_issue("refugees")]).decided
    assert (first.label, first.accepted, first.rejected) == (
        "Assad departure",
        "67% (2 of 3)",
        "33% (1 of 3)",
    )
    assert (second.label, second.accepted, second.corrected) == ("Sanctions", "100% (1 of 1)", "0% (0 of 1)")
    assert (total.label, total.total, total.accepted) == ("All issues", 4, "75% (3 of 4)")


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(778, 1091, "71% (778 of 1,091)"), (0, 3, "0% (0 of 3)"), (0, 0, "–")]
)
def test_share(part, whole, text):
    assert share_text(part, whole) == text
