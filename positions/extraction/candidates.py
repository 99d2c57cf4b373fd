"""Stage 2: who may hold a stance in each sentence. Generous: nothing is filtered here, later stages weigh.

A candidate is an (actor, voice) that the sentence mentions, that speaks in it, that is carried over from before,
that is one of a pair or that speaks in the whole text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from positions.extraction.attribution import Attribution, attributions
from positions.extraction.cues import Cues
from positions.extraction.mentions import Mention
from positions.extraction.resolve import Known, Resolver
from positions.extraction.segment import Segmented, Sentence
from positions.extraction.types import ActorVoice, Document

KINDS = ("named", "carried", "pair", "doc")
JOINT = re.compile(r"\b[Jj]oint\b|\bG-?7\b|Group of Seven|[Mm]inisters of\b|[Ll]eaders\b")
BYLINE_LINES, BYLINE_WORDS = 2, 12
TURN = re.compile(r"^((?:[A-Z][\w.’'-]*\s?){1,6}):\s")


@dataclass(frozen=True, slots=True)
class Told:
    """An attributed statement with its speaker resolved; `speaker` is None where nobody is known by that name."""

    attribution: Attribution
    speaker: Mention | None


@dataclass(slots=True)
class Context:
    """One sentence with everything known about it, and its candidates."""

    sentence: Sentence
    previous: str
    previous_mentions: tuple[Mention, ...]
    mentions: tuple[Mention, ...]  # offsets count from the sentence's start
    told: tuple[Told, ...]
    quote_speaker: Mention | None
    official: bool
    speakers: tuple[Mention, ...] = ()  # of the whole document
    candidates: list[Candidate] = field(default_factory=list, repr=False)


@dataclass(slots=True)
class Candidate:
    """One (actor, voice) that may hold a stance in one sentence."""

    context: Context = field(repr=False)
    actor: str
    voice: str
    kind: str
    speaker: str
    marks: tuple[tuple[int, int], ...]  # the actor's mentions, offsets in the sentence
    features: dict[str, float] = field(default_factory=dict)

    @property
    def key(self) -> ActorVoice:
        return (self.actor, self.voice)


@dataclass(slots=True)
class _State:
    """The discourse so far."""

    last: Mention | None = None  # whoever was last spoken of as a subject, tracked or not
    tracked: Mention | None = None  # the last tracked person
    any: Mention | None = None  # the last tracked party of any kind
    quote: Mention | None = None
    pair: tuple[Mention, ...] = ()
    turn: Mention | None = None  # "MR KIRBY:" in a transcript


def candidates(segmented: Segmented, resolver: Resolver, cues: Cues) -> list[Context]:
    """Return one context a sentence, in order, with its candidates."""
    docs = list({id(s.span.doc): s.span.doc for s in segmented.sentences}.values())
    known = resolver.start([segmented.title, *docs], segmented.document.published)
    title = tuple(resolver.mentions(segmented.title, known))
    speakers = document_speakers(segmented, resolver, known, title)
    state = _State(pair=_pair(title))
    by_doc = {id(doc): resolver.mentions(doc, known) for doc in docs}
    out, before, before_mentions = [], segmented.document.title, title
    for sentence in segmented.sentences:
        mentions = _within(by_doc[id(sentence.span.doc)], sentence)
        context = _context(sentence, segmented, mentions, state, cues, resolver, bool(speakers))
        context.previous, context.previous_mentions, context.speakers = before, before_mentions, speakers
        context.candidates = _of_sentence(context, state, speakers, resolver)
        out.append(context)
        _advance(state, context)
        before, before_mentions = sentence.text, mentions
    return out


def _within(mentions: list[Mention], sentence: Sentence) -> tuple[Mention, ...]:
    a, b = sentence.span.start_char, sentence.span.start_char + len(sentence.text)
    return tuple(replace(m, start=m.start - a, end=m.end - a) for m in mentions if a <= m.start < b)


def document_speakers(
    segmented: Segmented, resolver: Resolver, known: Known, title: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Who speaks in the whole text: given with it, or for official texts read from source and title. Joint texts
    have several speakers."""
    document = segmented.document
    if not (document.speaker or document.kind == "official"):
        return ()
    found = _given_speakers(document, resolver, known)
    first = next((m for m in title if m.actor), None)
    byline = None if document.speaker else _byline(segmented, resolver, known)
    if byline is not None and (not found or byline.actor in found):
        found[byline.actor] = byline
    if not found and first is not None:
        found[first.actor] = first
    if JOINT.search(document.title):
        opening = segmented.sentences[0].span.doc if segmented.sentences else segmented.title
        for mention in (*title, *resolver.mentions(opening, known)):
            if mention.actor and mention.voice == "government":
                for actor in resolver.roles.shared.get(mention.actor, [mention.actor]):
                    found.setdefault(actor, replace(mention, actor=actor))
    elif len(found) == 1 and not document.speaker and byline is None:
        actor = next(iter(found))
        found[actor] = next((m for m in title if m.actor == actor and m.personal), found[actor])
    return tuple(found.values())


def _byline(segmented: Segmented, resolver: Resolver, known: Known) -> Mention | None:
    """Return the official whom the first lines of an official text name: "Jane Doe, Secretary of State"."""
    for sentence in segmented.sentences[:BYLINE_LINES]:
        if len(sentence.text.split()) <= BYLINE_WORDS:
            named = resolver.mentions(sentence.span.doc, known)
            found = next((m for m in named if m.kind == "person" and m.voice == "government"), None)
            if found is not None:
                return found
    return None


def _given_speakers(document: Document, resolver: Resolver, known: Known) -> dict[str, Mention]:
    """Return the tracked parties that the speaker field names, else those that the source names, by actor."""
    found: dict[str, Mention] = {}
    for text in (document.speaker, document.source):
        for mention in resolver.mentions(resolver.parse(text), known):
            if not mention.actor or mention.actor in resolver.roles.shared:
                continue
            if mention.actor not in found or (mention.personal and not found[mention.actor].personal):
                found[mention.actor] = mention
        if found:
            break
    return found


def _context(
    sentence: Sentence, segmented: Segmented, mentions: tuple[Mention, ...], state: _State, cues: Cues,
    resolver: Resolver, official: bool,
) -> Context:  # fmt: skip
    told = []
    for attribution in attributions(sentence, segmented, cues):
        told.append(Told(attribution, _speaker_of(attribution, sentence, mentions, state, resolver)))
    quote = next((t.speaker for t in told if t.attribution.quoted), None)
    if quote is None and sentence.quoted > 0.3:
        quote = _quote_speaker(sentence, segmented, mentions, state)
    return Context(sentence, "", (), mentions, tuple(told), quote, official)


def _speaker_of(
    attribution: Attribution,
    sentence: Sentence,
    mentions: tuple[Mention, ...],
    state: _State,
    resolver: Resolver,
) -> Mention | None:
    a, b = (x - sentence.start for x in attribution.speaker)
    inside = [m for m in mentions if m.start < b and a < m.end]
    if inside:
        return next((m for m in inside if m.personal), inside[0])
    words = sentence.text[a:b].lower()
    if words in resolver.roles.singular:
        earlier = [m for m in mentions if m.end <= a and m.personal]
        return earlier[-1] if earlier else state.last
    if words in ("who", "which") and (near := [m for m in mentions if m.end <= a]):
        return near[-1]
    if words.endswith(("spokesman", "spokeswoman", "spokesperson", "statement", "official", "officials")):
        return state.quote or state.last
    return Mention(a, b, None, "", sentence.text[a:b], "other")


def _quote_speaker(
    sentence: Sentence, segmented: Segmented, mentions: tuple[Mention, ...], state: _State
) -> Mention | None:
    """The speaker of a quotation that names none: the one who was speaking, else the last person mentioned."""
    outside = [m for m in mentions if m.personal and not segmented.quoted_at(sentence.start + m.start)]
    return outside[0] if outside else (state.quote or state.last)


def _of_sentence(
    context: Context, state: _State, speakers: tuple[Mention, ...], resolver: Resolver
) -> list[Candidate]:
    found: dict[ActorVoice, tuple[str, str]] = {}
    shared = resolver.roles.shared

    def add(mention: Mention | None, kind: str) -> None:
        if mention is None or not mention.actor:
            return
        for actor in shared.get(mention.actor, [mention.actor]):
            found.setdefault((actor, mention.voice), (kind, mention.speaker))

    words = {t.lower_ for t in context.sentence.span}
    for mention in sorted(context.mentions, key=lambda m: not m.personal):
        add(mention, "named")
    for mention in speakers:
        add(mention, "doc")
    add(context.quote_speaker, "carried")
    for told in context.told:
        add(told.speaker, "carried")
    lowered = context.sentence.text.lower()
    if words & resolver.roles.plural or any(f" {p}" in f" {lowered}" for p in resolver.roles.pair):
        for mention in state.pair:
            add(mention, "pair")
    if words & (resolver.roles.singular | resolver.roles.plural | resolver.roles.first):
        add(state.last, "carried")
        add(state.tracked, "carried")
    add(state.turn, "carried")
    if not found:
        add(state.last, "carried")
    if not found:
        add(state.any, "carried")
    return [
        Candidate(context, actor, voice, kind, speaker, _marks(context, actor, voice, shared))
        for (actor, voice), (kind, speaker) in found.items()
    ]


def _marks(
    context: Context, actor: str, voice: str, shared: dict[str, list[str]]
) -> tuple[tuple[int, int], ...]:
    own = [m for m in context.mentions if m.actor and m.voice == voice]
    return tuple((m.start, m.end) for m in own if actor in shared.get(m.actor, [m.actor]))


def _pair(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The first parties of different countries, at most one each."""
    seen: dict[object, Mention] = {}
    for mention in mentions:
        if mention.actor and mention.voice == "government":
            seen.setdefault(mention.actor, mention)
    return tuple(seen.values())[:3]


def _advance(state: _State, context: Context) -> None:
    """Carry on who was last spoken of and who is speaking. Untracked people break the thread, too."""
    turn = TURN.match(context.sentence.text)
    if turn:
        named = [m for m in context.mentions if m.end <= turn.end()]
        state.turn = named[0] if named else None
    people = [m for m in context.mentions if m.personal or (m.kind == "other" and _subject_like(m, context))]
    subjects = [m for m in people if _subject_like(m, context)]
    if subjects:
        state.last = subjects[0]
    elif people and state.last is None:
        state.last = people[0]
    speaker = context.quote_speaker or next((t.speaker for t in context.told if t.speaker), None)
    if speaker is not None:
        state.quote = speaker
        if speaker.personal or speaker.kind == "other":
            state.last = speaker
    elif context.sentence.quoted < 0.1 and subjects:
        state.quote = subjects[0]
    pair = _pair(context.mentions)
    if len(pair) >= 2:
        state.pair = pair
    tracked = [m for m in context.mentions if m.actor]
    state.any = tracked[0] if tracked else state.any
    state.tracked = next((m for m in tracked if m.personal), state.tracked)


def _subject_like(mention: Mention, context: Context) -> bool:
    doc, base = context.sentence.span.doc, context.sentence.span.start_char
    span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
    return span is not None and span.root.dep_ in ("nsubj", "nsubjpass", "agent")
