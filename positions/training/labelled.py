"""Labelled texts as training examples: articles with their stances (codebook file format) and written sentences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from spacy.language import Language
from tokenizers import Tokenizer

from positions.extraction.candidates import Candidate, Context, candidates
from positions.extraction.classify import CLASSES
from positions.extraction.cues import Cues
from positions.extraction.encoding import Encoded, encode, encode_text
from positions.extraction.interchange import document_of
from positions.extraction.resolve import Resolver
from positions.extraction.segment import Segmented, segment
from positions.extraction.types import ActorVoice, Document
from positions.training.swap import Swapper

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled stance, as in codebook.md "File format"."""

    actor: str
    voice: str
    issue: str
    stance: str
    speaker: str = ""
    date: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(slots=True)
class Labelled:
    """A labelled text with its sentences' contexts; `written` ones are sentences made up for training."""

    document: Document
    gold: tuple[Gold, ...]
    written: bool = False
    segmented: Segmented | None = None
    contexts: list[Context] = field(default_factory=list)


@dataclass(slots=True)
class Example:
    """One candidate with its target: a class of CLASSES per issue, UNKNOWN where the label leaves it open."""

    article: str
    sentence: int
    actor: str
    voice: str
    kind: str
    encoded: Encoded
    target: np.ndarray
    written: bool


class LabelError(ValueError):
    """A labelled file cannot be used; the message names file, line and reason."""


def read_folder(folder: Path) -> list[Labelled]:
    """Read articles.jsonl and stances.jsonl. Raises LabelError."""
    gold: dict[str, list[Gold]] = defaultdict(list)
    for row in _lines(folder / "stances.jsonl"):
        if row.get("none"):
            gold[row["article"]]
            continue
        evidence = (row["evidence"], *row.get("more_evidence", []))
        gold[row["article"]].append(
            Gold(
                row["actor"],
                row["voice"],
                row["issue"],
                row["stance"],
                row["speaker"],
                row.get("date"),
                evidence,
            )
        )
    documents = [document_of(row) for row in _lines(folder / "articles.jsonl")]
    return [Labelled(d, tuple(gold[d.id])) for d in documents if d.id in gold]


def read_offsets(labels: Path, articles: Path) -> list[Labelled]:
    """Read labels that point into texts kept elsewhere: stances as in stances.jsonl, but with `evidence` as character
    offsets and `sha256` of the text. Raises LabelError where an article is missing or its text is another one."""
    texts = {row["id"]: row for row in _lines(articles)}
    gold: dict[str, list[Gold]] = defaultdict(list)
    for number, row in enumerate(_lines(labels), 1):
        where = f"{labels}:{number}"
        if row["article"] not in texts:
            raise LabelError(f"{where}: {articles} has no article {row['article']}")
        text = texts[row["article"]]["text"]
        if sha256(text.encode()).hexdigest() != row["sha256"]:
            raise LabelError(
                f"{where}: the text of {row['article']} in {articles} is not the one that was labelled"
            )
        found = gold[row["article"]]
        if not row.get("none"):
            evidence = tuple(text[a:b] for a, b in row["evidence"])
            key = (row["actor"], row["voice"], row["issue"], row["stance"])
            found.append(Gold(*key, row["speaker"], None, evidence))
    return [Labelled(document_of(texts[name]), tuple(stances)) for name, stances in gold.items()]


def read_sentences(path: Path) -> list[Labelled]:
    """Read written sentences, one labelled sentence a line. Raises LabelError."""
    out = []
    for number, row in enumerate(_lines(path)):
        gold = tuple(
            Gold(s["actor"], s["voice"], s["issue"], s["stance"], s.get("speaker", ""), None, (row["text"],))
            for s in row["stances"]
        )
        out.append(Labelled(Document(f"written-{number}", "", row["text"]), gold, written=True))
    return out


def _lines(path: Path) -> Iterable[dict]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise LabelError(f"{path}:{number}: no JSON: {error}") from error


def find_candidates(texts: Sequence[Labelled], nlp: Language, resolver: Resolver, cues: Cues) -> None:
    """Fill in segments and candidates of all texts."""
    for text, segmented in zip(texts, segment([t.document for t in texts], nlp), strict=True):
        text.segmented = segmented
        text.contexts = candidates(segmented, resolver, cues)
        if text.written:
            _trust_labels(text)


def _trust_labels(text: Labelled) -> None:
    """A written sentence has no date to resolve an office by: the voice of its label holds, and who is labelled is a
    candidate."""
    keys = {(g.actor, g.voice) for g in text.gold}
    for row in (context.candidates for context in text.contexts):
        have = {c.key for c in row}
        for key in keys - have:
            twin = (key[0], "other" if key[1] == "government" else "government")
            same = next((c for c in row if c.key == twin and twin not in keys), None)
            if same is not None:
                same.voice = key[1]
            elif text.contexts:
                row.append(Candidate(text.contexts[0], *key, "carried", "", ()))


def examples(
    texts: Iterable[Labelled], issues: Sequence[str], tokenizer: Tokenizer, swapper: Swapper | None = None,
    swapped_share: float = 0.5,
) -> list[Example]:  # fmt: skip
    """Return one example a candidate. Sentences of a stance that are not its evidence are left open, not denied. With
    a swapper, that share of the positive examples (a tenth of it of the others) is added with another actor."""
    out = []
    for text in texts:
        for candidate, target in targets(text, issues):
            example = Example(
                text.document.id, candidate.context.sentence.index, candidate.actor, candidate.voice, candidate.kind,
                encode(candidate, tokenizer), target, text.written,
            )  # fmt: skip
            out.append(example)
            if swapper is not None:
                out.extend(_swapped(example, candidate, swapper, swapped_share, issues, tokenizer))
    return out


def targets(text: Labelled, issues: Sequence[str]) -> Iterable[tuple[Candidate, np.ndarray]]:
    """Yield each candidate with its class per issue."""
    order = {slug: i for i, slug in enumerate(issues)}
    shown = _shown(text)
    held: dict[ActorVoice, set[str]] = defaultdict(set)
    for gold in text.gold:
        held[gold.actor, gold.voice].add(gold.issue)
    for context in text.contexts:
        for candidate in context.candidates:
            target = np.zeros(len(issues), np.int64)
            for issue in held.get(candidate.key, ()):
                target[order[issue]] = UNKNOWN
            for issue, stance in shown.get((context.sentence.index, *candidate.key), {}).items():
                target[order[issue]] = CLASSES.index(stance)
            yield candidate, target


def _swapped(
    example: Example,
    candidate: Candidate,
    swapper: Swapper,
    share: float,
    issues: Sequence[str],
    tokenizer: Tokenizer,
) -> Iterable[Example]:
    positive = {issues[i] for i in np.flatnonzero(example.target > 0)}
    if swapper.random.random() >= (share if positive else share / 10):
        return
    to = swapper.target(candidate, positive)
    if to is None:
        return
    text, marks = swapper.swap(candidate, to)
    encoded = encode_text(
        actor=to, voice=candidate.voice, kind=candidate.kind, sentence=text, marks=marks, tokenizer=tokenizer
    )
    yield replace(example, actor=to, encoded=encoded)


def _shown(text: Labelled) -> dict[tuple, dict[str, str]]:
    """Return {(sentence, actor, voice): {issue: stance}} of the sentences that are evidence."""
    out: dict[tuple, dict[str, str]] = defaultdict(dict)
    for gold in text.gold:
        for evidence in gold.evidence:
            start = text.document.text.find(evidence)
            if start < 0:
                continue
            end = start + len(evidence)
            for sentence in text.segmented.sentences:
                overlap = min(end, sentence.end) - max(start, sentence.start)
                if overlap > 0.5 * min(len(sentence.text), len(evidence)):
                    out[sentence.index, gold.actor, gold.voice].setdefault(gold.issue, gold.stance)
    return out
