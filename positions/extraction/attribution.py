"""Who said what: attributed statements of one sentence, from the parse and the quotation marks.

Covers direct, indirect and mixed speech, "according to", participles ("..., adding that ..."), and quotations that
go on over sentences and paragraphs. The speaker is a span of text; `candidates` resolves it to an actor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from positions.extraction.cues import Cues
from positions.extraction.segment import Segmented, Sentence

SUBJECTS = ("nsubj", "csubj")
COMPLEMENTS = ("ccomp", "xcomp")
NESTED = frozenset(["i", "you", "it", "that", "which"])  # inside a quotation these speak within what is said
CONTENT_PREPOSITIONS = ("for", "on", "against", "about", "to")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attributed statement. Offsets count in the article."""

    sentence: int
    speaker: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    cue: str
    quoted: bool


def attributions(sentence: Sentence, segmented: Segmented, cues: Cues) -> list[Attribution]:
    """Return what the sentence attributes to whom, in text order."""
    found = [
        *_verbs(sentence, segmented, cues),
        *_nouns(sentence, segmented, cues),
        *_according(sentence, segmented),
    ]
    return sorted(found, key=lambda a: a.content[0])


def _verbs(sentence: Sentence, segmented: Segmented, cues: Cues) -> Iterator[Attribution]:
    span = sentence.span
    known = cues.verbs["speech"] | cues.verbs["attitude"]
    for token in span:
        if token.pos_ not in ("VERB", "AUX") or token.lemma_.lower() not in known:
            continue
        if segmented.quoted_at(_offset(sentence, token)) and sentence.quoted > 0.5 and token.dep_ != "ROOT":
            continue
        subject = _subject(token)
        if subject is not None and subject.lower_ in NESTED:
            continue
        content = _content(token, subject, span, cues)
        quotes = _quotes(sentence, segmented)
        spans = [(_offset(sentence, a), _end(sentence, b)) for a, b in content] or quotes
        if not spans or subject is None:
            continue
        speaker = (_offset(sentence, subject.doc[subject.left_edge.i]), _end(sentence, _np_end(subject)))
        quoted = any(a < end and start < b for a, b in spans for start, end in quotes)
        yield Attribution(sentence.index, speaker, tuple(sorted(spans)), token.lemma_.lower(), quoted)


def _subject(verb: Token) -> Token | None:
    """Return the verb's subject; conjoined verbs and participles borrow that of the verb they hang on."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
    if (
        verb.dep_ in ("conj", "advcl", "xcomp")
        and verb.head.pos_ in ("VERB", "AUX")
        and verb.head is not verb
    ):
        return _subject(verb.head)
    if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN"):
        return verb.head
    if verb.dep_ == "relcl":
        return verb.head
    return None


def _content(verb: Token, subject: Token | None, span: Span, cues: Cues) -> list[tuple[Token, Token]]:
    """Return the (first, last) tokens of what is said."""
    doc = verb.doc
    for child in verb.children:
        if child.dep_ in COMPLEMENTS:
            return _without(doc[child.left_edge.i], doc[child.right_edge.i], verb, subject)
    inserted = (
        verb.dep_ in ("parataxis", "ccomp") and verb.head.pos_ in ("VERB", "AUX") and verb.head.i < verb.i
    )
    if inserted:
        return _without(span[0], span[-1], verb, subject)
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.dep_ in ("dobj", "oprd") and lemma in cues.verbs["attitude"]:
            last = max(
                (c.right_edge for c in verb.children if c.i >= child.i and c.dep_ != "punct"),
                key=lambda t: t.i,
            )
            return [(doc[child.left_edge.i], last)]
        prepositions = CONTENT_PREPOSITIONS if lemma in cues.verbs["attitude"] else ()
        if child.dep_ == "prep" and child.lower_ in prepositions:
            return [(doc[child.left_edge.i], doc[child.right_edge.i])]
    return []


def _nouns(sentence: Sentence, segmented: Segmented, cues: Cues) -> Iterator[Attribution]:
    """ "Moscow's demand that ...", "his decision to ...", "a call by ministers for ..."."""
    for token in sentence.span:
        if token.pos_ != "NOUN" or token.lemma_.lower() not in cues.nouns:
            continue
        by = (g for c in token.children if c.lower_ == "by" for g in c.children if g.dep_ == "pobj")
        holder = next((c for c in token.children if c.dep_ == "poss"), None) or next(by, None)
        said = next(
            (
                c
                for c in token.children
                if c.dep_ in ("acl", "ccomp", "relcl")
                or (c.dep_ == "prep" and c.lower_ in CONTENT_PREPOSITIONS)
            ),
            None,
        )
        if holder is None or said is None or holder.lower_ in NESTED:
            continue
        content = ((_offset(sentence, said.left_edge), _end(sentence, said.right_edge)),)
        speaker = (_offset(sentence, holder.left_edge), _end(sentence, _np_end(holder)))
        yield Attribution(sentence.index, speaker, content, token.lemma_.lower(), quoted=False)


def _without(first: Token, last: Token, verb: Token, subject: Token | None) -> list[tuple[Token, Token]]:
    """Cut "he said" out of content that runs around it."""
    cut = {verb.i}
    if subject is not None:
        cut |= set(range(subject.left_edge.i, subject.right_edge.i + 1))
    cut |= {c.i for c in verb.children if c.dep_ in ("aux", "advmod", "npadvmod", "neg")}
    runs: list[list[Token]] = [[]]
    for i in range(first.i, last.i + 1):
        if i in cut and first.i < min(cut) + 1:
            runs.append([])
        else:
            runs[-1].append(first.doc[i])
    return [(run[0], run[-1]) for run in runs if sum(t.is_alpha for t in run)]


def _according(sentence: Sentence, segmented: Segmented) -> Iterator[Attribution]:
    span = sentence.span
    for token in span:
        if token.lower_ != "according" or token.i + 1 >= span.end:
            continue
        target = next((g for c in token.children for g in c.children if g.dep_ == "pobj"), None)
        if target is None:
            continue
        first, last = token.doc[token.left_edge.i], token.doc[max(token.right_edge.i, _np_end(target).i)]
        pieces = [(span[0], token.doc[first.i - 1])] if first.i > span.start else []
        if last.i + 1 < span.end:
            pieces.append((token.doc[last.i + 1], span[-1]))
        worded = [(a, b) for a, b in pieces if any(t.is_alpha for t in a.doc[a.i : b.i + 1])]
        spans = [(_offset(sentence, a), _end(sentence, b)) for a, b in worded]
        if spans:
            speaker = (_offset(sentence, target.doc[target.left_edge.i]), _end(sentence, _np_end(target)))
            quoted = bool(_quotes(sentence, segmented))
            yield Attribution(sentence.index, speaker, tuple(spans), "according to", quoted)


def _np_end(head: Token) -> Token:
    """Return the last token of a name's own phrase: appositions and relative clauses are left out."""
    end = head
    for child in head.children:
        if child.i > head.i and child.dep_ in (
            "prep",
            "compound",
            "flat",
            "nmod",
            "poss",
            "case",
            "conj",
            "cc",
        ):
            end = max(end, child.doc[child.right_edge.i], key=lambda t: t.i)
    return end


def _quotes(sentence: Sentence, segmented: Segmented) -> list[tuple[int, int]]:
    return [
        (max(q.start, sentence.start), min(q.end, sentence.end))
        for q in segmented.quotations
        if q.start < sentence.end and sentence.start < q.end
    ]


def _offset(sentence: Sentence, token: Token) -> int:
    return sentence.char(token.idx)


def _end(sentence: Sentence, token: Token) -> int:
    return sentence.char(token.idx + len(token))
