"""Stage 5: which side a candidate takes on each issue. Two scorers give the same shape: the fine-tuned encoder, and a
lexicon-and-structure model that stands in where the encoder's file is missing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from positions.extraction.candidates import Candidate
from positions.extraction.cues import Cues
from positions.extraction.encoding import FORMAT, Encoded, collate, encode, load_tokenizer
from positions.extraction.features import Hits, issue_cues

CLASSES = ("none", "support", "oppose", "neutral")
BATCH = 16


class ModelError(ValueError):
    """Model files do not belong together or to this code; the message says which and what to do."""


class Scorer(Protocol):
    """Gives probabilities (candidates, issues, 4 classes of CLASSES) and the name it is recorded under."""

    name: str

    def score(self, candidates: Sequence[Candidate]) -> np.ndarray: ...


@dataclass(frozen=True)
class Encoder:
    """The fine-tuned MiniLM, served as int8 ONNX on one thread."""

    name: str
    session: object
    tokenizer: object
    issues: int

    def score(self, candidates: Sequence[Candidate]) -> np.ndarray:
        return self.score_encoded([encode(c, self.tokenizer) for c in candidates])

    def score_encoded(self, encoded: Sequence[Encoded]) -> np.ndarray:
        out = np.zeros((len(encoded), self.issues, len(CLASSES)), np.float32)
        order = sorted(range(len(encoded)), key=lambda k: len(encoded[k].ids))
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            out[rows] = self.session.run(None, collate([encoded[k] for k in rows]))[0]
        return out


def load_encoder(folder: Path, issues: Sequence[str]) -> Encoder:
    """Load encoder.json, the model file it names and tokenizer.json. Raises ModelError where they do not fit together
    or the issues have changed, FileNotFoundError where the model file is missing."""
    import onnxruntime  # here, so that the fallback works without it

    about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
    if about["format"] != FORMAT:
        raise ModelError(
            f"{folder}: weights are for input format {about['format']}, the code makes {FORMAT}: train again."
        )
    if about["issues"] != list(issues):
        raise ModelError(f"{folder}: weights know other issues than data/issues.yaml: run manage.py train.")
    path = folder / about["file"]
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != about["sha256"]:
        raise ModelError(
            f"{path} is not the file that encoder.json describes (SHA-256 differs): restore it from git."
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    return Encoder(about["name"], session, load_tokenizer(folder / "tokenizer.json"), len(issues))


@dataclass(frozen=True)
class Lexicon:
    """Logistic regression over role features and issue cues, the same weights for every issue plus one bias each."""

    name: str
    issues: tuple[str, ...]
    features: tuple[str, ...]
    weights: np.ndarray  # (features, 4)
    bias: np.ndarray  # (issues, 4)
    cues: Cues

    def score(self, candidates: Sequence[Candidate]) -> np.ndarray:
        out = np.zeros((len(candidates), len(self.issues), len(CLASSES)), np.float32)
        out[:, :, 0] = 1.0
        for row, candidate in enumerate(candidates):
            hits = issue_cues(candidate.context.sentence.text, self.cues)
            for column, issue in enumerate(self.issues):
                if hits[issue].topic:
                    x = lexicon_vector(candidate, hits[issue], self.features)
                    logits = x @ self.weights + self.bias[column]
                    p = np.exp(logits - logits.max())
                    out[row, column] = p / p.sum()
        return out


def lexicon_vector(candidate: Candidate, hits: Hits, names: Sequence[str]) -> np.ndarray:
    """Return the features of one (candidate, issue) whose topic is hit; "x:NAME" is NAME times the sign of the cues."""
    values = candidate.features | {"oppose": hits.oppose, "sign": hits.sign}
    return np.array(
        [values.get(n[2:], 0.0) * hits.sign if n.startswith("x:") else values.get(n, 0.0) for n in names],
        np.float32,
    )


def load_lexicon(folder: Path, issues: Sequence[str], cues: Cues) -> Lexicon:
    """Load lexicon.json. Raises ModelError where the issues have changed."""
    raw = json.loads((folder / "lexicon.json").read_text(encoding="utf-8"))
    if raw["issues"] != list(issues):
        raise ModelError(
            f"{folder}: lexicon weights know other issues than data/issues.yaml: run manage.py train."
        )
    return Lexicon(
        raw["name"],
        tuple(issues),
        tuple(raw["features"]),
        np.array(raw["weights"]),
        np.array(raw["bias"]),
        cues,
    )
