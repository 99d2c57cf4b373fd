"""The sample corpus is shown by the demo and measures extraction: its form is checked file by file."""

import datetime
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from articles.parsing import split_front_matter
from articles.sample import FOLDER, Sample, samples

ISSUES = Path(__file__).resolve().parents[2] / "positions" / "data" / "issues.yaml"
FILES = sorted(FOLDER.glob("2*.md"))

FIELDS = {"title", "standfirst", "outlet", "byline", "published", "dateline", "record", "stances"}
STANCE_FIELDS = {"actor", "voice", "speaker", "issue", "stance", "date", "evidence"}
ALLOWED = {
    "actor": {"UK", "RU", "US"},
    "voice": {"government", "other"},
    "stance": {"support", "oppose", "neutral"},
}
KEY = ("actor", "voice", "issue", "stance")
WAR = datetime.date(2011, 3, 15)
SENTENCE_ENDS = re.compile(r"[.?!][\"'”’]*$")

# How many articles must show each (actor, voice, issue); fewer where the public record is thin.
FLOOR = 3
THIN = {
    ("UK", "other", "iran-out-of-syria"): 1,
    ("RU", "other", "sanctions"): 2,
    ("RU", "other", "arming-the-opposition"): 2,
    ("RU", "other", "safe-zones"): 1,
    ("RU", "other", "kurdish-forces"): 2,
}

NEVER_NEUTRAL = {"political-settlement", "russian-backing-of-damascus", "iran-out-of-syria"}


@pytest.fixture(scope="module")
def corpus() -> list[Sample]:
    return list(samples())


@pytest.fixture(scope="module")
def issues() -> dict[str, dict]:
    return {issue["slug"]: issue for issue in yaml.safe_load(ISSUES.read_text(encoding="utf-8"))}


def faults_of_head(fields: dict, name: str) -> list[str]:
    """What is wrong with the front matter of the file `name`, its stances apart; empty when nothing is."""
    if set(fields) - {"speaker"} != FIELDS:
        return [f"fields {sorted(fields)}"]
    texts = [key for key in fields if key not in {"record", "stances"}]
    faults = [f"{key} is empty" for key in texts if not str(fields[key]).strip()]
    published = datetime.datetime.fromisoformat(str(fields["published"]))
    if published.tzinfo is None:
        faults.append("published has no offset")
    if not name.startswith(f"{published.date()}-"):
        faults.append(f"file is named {name}, published {published.date()}")
    if "sample" not in fields["outlet"].lower():
        faults.append(f"outlet {fields['outlet']!r} does not say that it is a sample")
    if not fields["record"] or not all(isinstance(line, str) and line.strip() for line in fields["record"]):
        faults.append("record names no public record")
    return faults


def faults_of_stance(stance: dict, text: str, published: datetime.date, issues: dict) -> list[str]:
    """What is wrong with one stance of an article of that day; empty when nothing is."""
    if set(stance) != STANCE_FIELDS:
        return [f"fields {sorted(stance)}"]
    faults = [f"{key} {stance[key]!r}" for key, values in ALLOWED.items() if stance[key] not in values]
    if stance["issue"] not in issues:
        return [*faults, f"issue {stance['issue']!r}"]
    if not stance["speaker"].strip():
        faults.append("no speaker")
    return faults + faults_of_date(stance, published, issues) + faults_of_evidence(stance["evidence"], text)


def faults_of_date(stance: dict, published: datetime.date, issues: dict) -> list[str]:
    if stance["date"] is None:  # another time, and the text gives no week
        return []
    day = datetime.date.fromisoformat(stance["date"])
    faults = [] if WAR <= day <= published else [f"dated {day} in an article of {published}"]
    until = issues[stance["issue"]].get("valid_until")
    if until and day > datetime.date.fromisoformat(str(until)):
        faults.append(f"{stance['issue']} had ended on {day}")
    return faults


def faults_of_evidence(evidence: str, text: str) -> list[str]:
    """Evidence must stand in the text word for word, as a run of whole sentences."""
    where = text.find(evidence)
    if where < 0:
        return [f"not in the text: {evidence!r}"]
    before, after = text[:where], text[where + len(evidence) :]
    starts = not before or before.endswith("\n") or SENTENCE_ENDS.search(before.rstrip(" "))
    ends = SENTENCE_ENDS.search(evidence) and (not after or after[0].isspace())
    return [] if starts and ends else [f"no whole sentences: {evidence!r}"]


def test_every_file_is_read(corpus: list[Sample]):
    assert [sample.path for sample in corpus] == FILES
    assert len(FILES) >= 140


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_front_matter(path: Path):
    fields, _ = split_front_matter(path.read_text(encoding="utf-8"))
    assert faults_of_head(fields, path.name) == []


@pytest.mark.parametrize("number", range(len(FILES)), ids=[path.stem for path in FILES])
def test_stances(number: int, corpus: list[Sample], issues: dict):
    fields, _ = split_front_matter(FILES[number].read_text(encoding="utf-8"))
    published = datetime.datetime.fromisoformat(str(fields["published"])).date()
    sample = corpus[number]
    for stance in sample.expected:
        assert faults_of_stance(stance, sample.article.text, published, issues) == [], stance
    keys = [tuple(stance[key] for key in KEY) for stance in sample.expected]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.mark.parametrize("number", range(len(FILES)), ids=[path.stem for path in FILES])
def test_length(number: int, corpus: list[Sample]):
    assert 90 <= len(corpus[number].article.text.split()) <= 450


def test_coverage(corpus: list[Sample], issues: dict):
    """Each actor and voice is heard on each issue, so that a machine cannot do well by knowing the usual line."""
    found = Counter(
        topic for sample in corpus for topic in {tuple(s[key] for key in KEY[:3]) for s in sample.expected}
    )
    wanted = [(a, v, i) for a in ALLOWED["actor"] for v in ALLOWED["voice"] for i in issues]
    assert [(topic, found[topic]) for topic in wanted if found[topic] < THIN.get(topic, FLOOR)] == []


@pytest.mark.parametrize("stance", sorted(ALLOWED["stance"]))
def test_every_issue_in_every_direction(stance: str, corpus: list[Sample], issues: dict):
    shown = {s["issue"] for sample in corpus for s in sample.expected if s["stance"] == stance}
    assert set(issues) - shown == (NEVER_NEUTRAL if stance == "neutral" else set())


def test_kinds(corpus: list[Sample]):
    """Official texts of both voices, and articles that hold no stance at all."""
    official = [sample for sample in corpus if sample.article.speaker]
    assert {s["voice"] for sample in official for s in sample.expected} == ALLOWED["voice"]
    assert len(official) >= 15
    assert sum(not sample.expected for sample in corpus) >= 4


HEAD = {
    "title": "T", "standfirst": "S", "outlet": "Sample Wire", "byline": "B", "dateline": "LONDON",
    "published": "2015-12-02T10:00:00+00:00", "record": ["Vote of 2 December 2015"], "stances": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"outlet": "The Times"}, "outlet 'The Times' does not say that it is a sample"),
        ({"record": []}, "record names no public record"),
        ({"published": "2015-12-02T10:00:00"}, "published has no offset"),
        ({"published": "2015-12-03T10:00:00+00:00"}, "file is named 2015-12-02-t.md, published 2015-12-03"),
        ({"byline": " "}, "byline is empty"),
    ],
)
def test_a_bad_head_is_found(change: dict, fault: str):
    assert faults_of_head(HEAD, "2015-12-02-t.md") == []
    assert faults_of_head({**HEAD, **change}, "2015-12-02-t.md") == [fault]


TEXT = "Moscow agreed. London voted for it. “It is right,” an official said."
STANCE = {
    "actor": "UK", "voice": "government", "speaker": "London", "issue": "sanctions", "stance": "support",
    "date": "2015-12-02", "evidence": "London voted for it.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"actor": "FR"}, "actor 'FR'"),
        ({"issue": "oil"}, "issue 'oil'"),
        ({"date": "2015-12-03"}, "dated 2015-12-03 in an article of 2015-12-02"),
        ({"evidence": "London voted for it!"}, "not in the text: 'London voted for it!'"),
        ({"evidence": "London voted"}, "no whole sentences: 'London voted'"),
        ({"evidence": "voted for it."}, "no whole sentences: 'voted for it.'"),
        ({"evidence": "Moscow agreed. London voted for it."}, None),
        ({"date": None}, None),
    ],
)
def test_a_bad_stance_is_found(change: dict, fault: str | None, issues: dict):
    faults = faults_of_stance({**STANCE, **change}, TEXT, datetime.date(2015, 12, 2), issues)
    assert faults == ([fault] if fault else [])
