"""How well positions are read: measured on labelled articles, and by what editors decided."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Count, Q

from positions.extraction import weights
from positions.extraction.catalogue import DATA
from positions.models import Issue, Review, Side, Voice
from positions.tables.states import day_text, plural

FIGURES = DATA / "accuracy.json"  # written by `manage.py evaluate FOLDER --json`
_VERDICTS = (Review.Verdict.ACCEPTED, Review.Verdict.CORRECTED, Review.Verdict.REJECTED)


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one issue, voice or side; shares with what they are shares of: "71% (778 of 1,091)"."""

    label: str
    labelled: int
    precision: str
    recall: str
    published_precision: str
    published_recall: str
    inverted: int


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Findings of one band of confidence: how often they were right, beside what the machine gave them."""

    label: str
    mean: str
    right: str


@dataclass(frozen=True, slots=True)
class Measured:
    about: str
    groups: tuple[Group, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What editors decided about the machine's findings on one issue; `added` they found themselves."""

    label: str
    total: int
    accepted: str
    corrected: str
    rejected: str
    added: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`measured` is None where no figures lie beside the reference data."""

    measured: Measured | None
    trained: str
    decided: tuple[Decided, ...]


def accuracy(issues: Sequence[Issue], *, path: Path = FIGURES) -> Accuracy:
    """Read the measured figures and the shares of editors' decisions. One query."""
    return Accuracy(_measured(path, issues), _trained(), tuple(_decided(issues)))


def _measured(path: Path, issues: Sequence[Issue]) -> Measured | None:
    """The figures of the file, or None where it is missing or of another make: the page stands without them."""
    labels = {issue.slug: issue.label for issue in issues}
    named = {
        "issue": ("By issue", labels),
        "voice": ("By voice", {str(voice): str(voice.label) for voice in Voice}),
        "stance": ("By side", {str(side): str(side.label) for side in Side}),
    }
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        groups = [Group("Overall", (_line("All", raw),))]
        for field, (title, names) in named.items():
            groups.append(Group(title, tuple(_lines(raw["by"][field], names))))
        return Measured(_about(raw), tuple(groups), tuple(_band(band) for band in raw["bands"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lines(rows: Mapping[str, Any], names: Mapping[str, str]) -> list[Line]:
    """In the order of the names; what has none comes last under its own."""
    order = {name: place for place, name in enumerate(names)}
    return [
        _line(names.get(name, name), rows[name])
        for name in sorted(rows, key=lambda name: order.get(name, len(order)))
    ]


def _line(label: str, row: Mapping[str, Any]) -> Line:
    kept, published = row["kept"], row["published"]
    return Line(
        label=label,
        labelled=kept["labelled"],
        precision=share_text(kept["right"], kept["found"]),
        recall=share_text(kept["right"], kept["labelled"]),
        published_precision=share_text(published["right"], published["found"]),
        published_recall=share_text(published["right"], kept["labelled"]),
        inverted=kept["inverted"],
    )


def _about(raw: Mapping[str, Any]) -> str:
    about, kept = raw["about"], raw["kept"]
    low, high = kept["f1_interval"]
    return (
        f"Measured on {plural(about['articles'], 'article')} ({about['name']}) on "
        f"{day_text(date.fromisoformat(about['made']))}: F1 {kept['f1']:.2f}, between {low:.2f} and {high:.2f} "
        f"in 95 of 100 draws of articles."
    )


def _band(band: Mapping[str, Any]) -> Band:
    start = band["from"]
    right = round(band["right"] * band["found"])
    return Band(f"{start:.1f} to {start + 0.1:.1f}", f"{band['mean']:.2f}", share_text(right, band["found"]))


def _trained() -> str:
    """What was measured when the weights in use were fitted, each article by weights that had not seen it."""
    about = weights.measured()["about"]
    figures = about.get("cross_validated", {})
    if not figures:
        return ""
    return (
        f"When the weights in use were fitted, on {plural(about['articles'], 'article')} and each time on others than "
        f"those measured: {figures['precision']:.0%} of what was found was right and {figures['recall']:.0%} of what "
        "there was to find was found."
    )


def share_text(part: int, whole: int) -> str:
    """A share never stands without its numbers: "71% (778 of 1,091)"; "–" where there is nothing to share."""
    return f"{part / whole:.0%} ({part:,} of {whole:,})" if whole else "–"


def _decided(issues: Sequence[Issue]) -> list[Decided]:
    sums = {str(verdict): Count("pk", filter=Q(verdict=verdict)) for verdict in Review.Verdict}
    rows = {
        row["machine_issue"]: row
        for row in Review.objects.order_by().values("machine_issue").annotate(**sums)
    }
    lines = [_shares(issue.label, rows[issue.pk]) for issue in issues if issue.pk in rows]
    if len(lines) > 1:
        total = {str(verdict): sum(row[verdict] for row in rows.values()) for verdict in Review.Verdict}
        lines.append(_shares("All issues", total))
    return lines


def _shares(label: str, row: Mapping[str, Any]) -> Decided:
    total = sum(row[verdict] for verdict in _VERDICTS)
    accepted, corrected, rejected = (share_text(row[verdict], total) for verdict in _VERDICTS)
    return Decided(label, total, accepted, corrected, rejected, row[Review.Verdict.ADDED])
