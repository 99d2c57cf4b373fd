"""Stage 4: how the actor stands in the sentence, and which cues stand around it, as named numbers.

Facts that would be filters elsewhere are features here (experiments: as filters they cost recall, as features they
bring 3 to 5 points of F1). Nothing here knows what a state usually says.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from positions.extraction.candidates import KINDS, Candidate, Context
from positions.extraction.cues import Cues
from positions.extraction.segment import Segmented, plain

ROLES = ("subject", "agent", "object", "possessor", "modifier", "other")
VERBS = ("speech", "support", "oppose", "act")


def add_features(contexts: list[Context], segmented: Segmented, cues: Cues) -> None:
    """Fill in `Candidate.features` for a whole document."""
    count = max(1, len(contexts) - 1)
    title = {c.key for c in contexts[0].candidates} if contexts else set()
    for index, row in enumerate(context.candidates for context in contexts):
        if not row:
            continue
        shared = _sentence_features(row[0], cues) | {"position": index / count, "lead": float(index < 2)}
        keys = {c.key for c in row}
        for candidate in row:
            others = {k[0] for k in keys} - {candidate.actor}
            candidate.features = (
                shared
                | _kind(candidate)
                | _roles(candidate, segmented, cues)
                | _speech(candidate)
                | {
                    "other_actors": float(len(others)),
                    "other_voice_here": float(
                        any(k[0] == candidate.actor and k != candidate.key for k in keys)
                    ),
                    "in_lead": float(candidate.key in title),
                    "voice_other": float(candidate.voice == "other"),
                }
            )


def _sentence_features(candidate: Candidate, cues: Cues) -> dict[str, float]:
    sentence = candidate.context.sentence
    text = plain(sentence.text)
    out = {f"marker_{name}": float(bool(pattern.search(text))) for name, pattern in cues.markers.items()}
    out["quoted"] = sentence.quoted
    out["length"] = min(2.0, len(text) / 200)
    out["declined"] = float(bool(cues.declined.search(text)))
    out["official"] = float(candidate.context.official)
    out["untracked"] = float(any(m.actor is None for m in candidate.context.mentions))
    return out


def _kind(candidate: Candidate) -> dict[str, float]:
    out = {f"kind_{kind}": float(candidate.kind == kind) for kind in KINDS}
    kinds = {m.kind for m in candidate.context.mentions if m.key == candidate.key}
    for kind in ("person", "title", "body", "state", "capital", "demonym", "group"):
        out[f"mention_{kind}"] = float(kind in kinds)
    return out


def _roles(candidate: Candidate, segmented: Segmented, cues: Cues) -> dict[str, float]:
    """Grammatical roles of the actor's mentions and the classes of the verbs that govern them."""
    out = dict.fromkeys([f"role_{r}" for r in ROLES] + [f"verb_{v}" for v in VERBS], 0.0)
    out |= {"verb_negated": 0.0, "mention_quoted": 0.0, "subject_act": 0.0, "subject_speech": 0.0}
    sentence = candidate.context.sentence
    doc, base = sentence.span.doc, sentence.span.start_char
    for start, end in candidate.marks:
        span = doc.char_span(base + start, base + end, alignment_mode="expand")
        if span is None:
            continue
        role, verb = _role(span.root)
        out[f"role_{role}"] = 1.0
        out["mention_quoted"] = max(out["mention_quoted"], float(segmented.quoted_at(sentence.start + start)))
        if verb is None:
            continue
        classes = [name for name in VERBS if verb.lemma_.lower() in cues.verbs[name]]
        for name in classes:
            out[f"verb_{name}"] = 1.0
        if any(child.dep_ == "neg" for child in verb.children):
            out["verb_negated"] = 1.0
        if role in ("subject", "agent"):
            out["subject_speech"] = max(out["subject_speech"], float("speech" in classes))
            out["subject_act"] = max(out["subject_act"], float("speech" not in classes))
    return out


def _role(token: Token) -> tuple[str, Token | None]:
    """Return the role of a mention's head and the verb that governs it."""
    role = "other"
    if token.dep_ == "poss":
        role = "possessor"
    elif token.dep_ in ("compound", "amod", "nmod"):
        role = "modifier"
    elif token.dep_ in ("nsubj", "nsubjpass", "csubj"):
        role = "subject"
    elif token.dep_ == "pobj" and token.head.dep_ == "agent":
        role = "agent"
    elif token.dep_ in ("dobj", "pobj", "dative", "attr"):
        role = "object"
    verb = token
    for _ in range(12):
        if verb.pos_ in ("VERB", "AUX") or verb.head is verb:
            break
        verb = verb.head
    return role, verb if verb.pos_ in ("VERB", "AUX") else None


def _speech(candidate: Candidate) -> dict[str, float]:
    """Whether the candidate speaks here, or is only told about by somebody else."""
    context = candidate.context
    speakers = [t.speaker for t in context.told if t.speaker is not None]
    if context.quote_speaker is not None and context.sentence.quoted > 0.3:
        speakers.append(context.quote_speaker)
    own = any(s.key == candidate.key for s in speakers)
    rivals = [s for s in speakers if s.key != candidate.key]
    inside = [
        any(
            a <= context.sentence.start + start < b
            for told in context.told
            if told.speaker is None or told.speaker.key != candidate.key
            for a, b in told.attribution.content
        )
        for start, _ in candidate.marks
    ]
    return {
        "speaks": float(own),
        "rival_speaks": float(any(s.actor for s in rivals)),
        "untracked_speaks": float(any(s.actor is None for s in rivals)),
        "told_by_other": float(bool(inside) and all(inside)),
        "quote_other": float(
            context.sentence.quoted > 0.5
            and context.quote_speaker is not None
            and context.quote_speaker.key != candidate.key
        ),
    }


@dataclass(frozen=True, slots=True)
class Hits:
    """Which cues of an issue stand in a sentence: 1.0 or 0.0 each."""

    topic: float
    oppose: float
    sign: float  # 1.0 only strong signs for the proposition, -1.0 only against it, 0.0 neither or both


def issue_cues(text: str, cues: Cues) -> dict[str, Hits]:
    """Return {issue: hits} for a sentence."""
    flat = plain(text)
    out = {}
    for slug, patterns in cues.issues.items():
        topic = bool(patterns.topic.search(flat))
        against = bool(patterns.against_it.search(flat))
        sign = float(bool(patterns.for_it.search(flat)) and not against) - float(against)
        out[slug] = Hits(float(topic), float(topic and bool(patterns.oppose.search(flat))), sign)
    return out
