"""The stages in order: segment, candidates, features, score, aggregate, decide. Everything they need is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import batched
from pathlib import Path

from spacy.language import Language

from positions.extraction.aggregate import Row, Stacker, load_stacker, rows, vector
from positions.extraction.candidates import Context, candidates
from positions.extraction.catalogue import Catalogue, load
from positions.extraction.classify import Scorer, load_encoder, load_lexicon
from positions.extraction.cues import Cues, load_cues
from positions.extraction.decide import decide
from positions.extraction.features import add_features
from positions.extraction.resolve import Resolver
from positions.extraction.segment import DEFAULT_MODEL, Segmented, load_model, segment
from positions.extraction.speakers import Weights, load_weights
from positions.extraction.statements import statements
from positions.extraction.types import Document, Extraction
from positions.extraction.weights import NO_ENCODER, SPEAKERS, WEIGHTS


@dataclass(frozen=True)
class Pipeline:
    """An Extractor. `notice` is empty, or says what is missing and must be told to readers."""

    nlp: Language
    catalogue: Catalogue
    resolver: Resolver
    cues: Cues
    scorer: Scorer
    stacker: Stacker
    speakers: Weights
    list_at: float | None = None
    publish_at: float | None = None
    notice: str = ""

    @property
    def engine(self) -> str:
        return f"dipwatch/{self.scorer.name}"

    @property
    def issues(self) -> tuple[str, ...]:
        return tuple(issue.slug for issue in self.catalogue.issues)

    def extract(self, documents: Sequence[Document]) -> list[Extraction]:
        """Return one Extraction a document, in order."""
        return [self._one(s) for s in segment(documents, self.nlp)]

    def _one(self, segmented: Segmented) -> Extraction:
        contexts, found = self.rows(segmented)
        findings, dropped = decide(found, contexts, segmented, self)
        told = statements(contexts)
        notes = (self.notice,) if self.notice else ()
        return Extraction(segmented.document, findings, told, dropped, self.engine, notes)

    def rows(self, segmented: Segmented) -> tuple[list[Context], list[tuple[Row, float]]]:
        """Return the sentences' contexts and the article's rows with their probabilities."""
        contexts = candidates(segmented, self.resolver, self.cues)
        add_features(contexts, segmented, self.cues)
        flat = [candidate for context in contexts for candidate in context.candidates]
        if not flat:
            return contexts, []
        found = rows(flat, self.scorer.score(flat), self.issues, self.cues)
        return contexts, [(r, float(self.stacker.probability(vector(r, self.stacker.names)))) for r in found]


def stream(pipeline: Pipeline, documents: Iterable[Document], size: int = 16) -> Iterator[Extraction]:
    """Extract documents in batches, yielding each as it is done."""
    for batch in batched(documents, size):
        yield from pipeline.extract(batch)


@lru_cache(maxsize=2)
def build(
    model: str = DEFAULT_MODEL,
    weights: Path = WEIGHTS,
    list_at: float | None = None,
    publish_at: float | None = None,
) -> Pipeline:
    """Build the pipeline from the shipped data; without the encoder's file it falls back to the lexicon and says so."""
    catalogue, cues, nlp = load(), load_cues(), load_model(model)
    issues = [issue.slug for issue in catalogue.issues]
    notice = ""
    try:
        scorer, stacker = load_encoder(weights, issues), load_stacker(weights / "stacker.json")
    except (FileNotFoundError, ImportError):
        scorer, stacker = load_lexicon(weights, issues, cues), load_stacker(weights / "stacker-lexicon.json")
        notice = NO_ENCODER
    speakers = load_weights(weights / SPEAKERS)
    return Pipeline(
        nlp, catalogue, Resolver(catalogue, nlp), cues, scorer, stacker, speakers, list_at, publish_at, notice
    )
