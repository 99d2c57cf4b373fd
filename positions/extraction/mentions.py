"""What a mention is, and the mentions of people whom no list knows: those that the text itself introduces, and
strangers, who are kept so that they are not mistaken for somebody else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from positions.extraction.roles import Roles

PARTY_TAG = re.compile(r"\s*[,(]\s*[RDI]-[A-Z]")  # "Jane Doe, D-Va."
TITLED = ("title", "body")
JOINED = (*TITLED, "demonym", "state", "group")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a paragraph that names someone. Offsets count from the paragraph's start; `actor` is None for
    people and bodies that are not tracked, and `kind` says how it was found."""

    start: int
    end: int
    actor: str | None
    voice: str
    speaker: str
    kind: str  # person, title, group, body, other, or the kind of the alias (state, capital, ...)

    @property
    def key(self) -> tuple[str, str] | None:
        return (self.actor, self.voice) if self.actor else None

    @property
    def personal(self) -> bool:
        return self.kind in ("person", "title")

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


def mention_of(span: Span, actor: str | None, voice: str, speaker: str, kind: str) -> Mention:
    return Mention(span.start_char, span.end_char, actor, voice, speaker, kind)


def trimmed(text: str) -> str:
    """Return a name without its article and its genitive s."""
    return re.sub(r"^(?:the|The|a|A|an|An)\s+|['’]s?$", "", text.strip()).strip()


def introduced(doc: Doc, found: list[Mention], roles: Roles) -> list[Mention]:
    """Return unlisted people whom the text itself introduces: "Sen. Jane Doe", "John Doe, D-Va."."""
    out = []
    for ent in doc.ents:
        if ent.label_ != "PERSON" or any(m.overlaps(ent.start_char, ent.end_char) for m in found):
            continue
        titles = [doc[ent.start - 1].text if ent.start else "", *(t.text for t in ent)]
        known = next((roles.prefixes[t] for t in titles if t in roles.prefixes), None)
        if known is None and PARTY_TAG.match(doc.text[ent.end_char :]):
            known = ("US", "other")
        name = trimmed(" ".join(t.text for t in ent if t.text not in roles.address))
        if known and name:
            out.append(mention_of(ent, *known, name, "person"))
    return out


def strangers(doc: Doc, found: list[Mention]) -> list[Mention]:
    """Return the named entities that nothing else has claimed."""
    return [
        mention_of(ent, None, "", trimmed(ent.text), "other")
        for ent in doc.ents
        if ent.label_ in ("PERSON", "ORG", "GPE", "NORP")
        and not any(m.overlaps(ent.start_char, ent.end_char) for m in found)
    ]


def merge(doc: Doc, mentions: list[Mention]) -> list[Mention]:
    """Join a title or body with the name right after it: "Russian Foreign Minister Sergey Lavrov"."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        adjacent = last is not None and last.actor and not doc.text[last.end : mention.start].strip()
        if adjacent and last.kind in JOINED and mention.kind == "person" and mention.actor == last.actor:
            out[-1] = replace(mention, start=last.start)
        elif _apposed(last, mention, doc):
            out[-1] = mention
        elif adjacent and last.kind in TITLED and mention.actor is None and _whole_name(mention.speaker):
            out[-1] = replace(last, end=mention.end, speaker=mention.speaker, kind="person")
        else:
            out.append(mention)
    return out


def _apposed(last: Mention | None, mention: Mention, doc: Doc) -> bool:
    """Whether a title only introduces the name behind a comma: "his defense secretary, Jim Mattis"."""
    if last is None or last.kind != "title" or mention.kind != "person" or mention.actor != last.actor:
        return False
    return doc.text[last.end : mention.start].strip() == "," and last.speaker != mention.speaker


def is_name(token: Token) -> bool:
    """Whether the token looks like a first name inside a sentence."""
    inside = not token.is_sent_start or token.ent_type_ == "PERSON"
    return token.text[:1].isupper() and token.is_alpha and token.pos_ == "PROPN" and inside


def _whole_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and all(w[:1].isupper() for w in words)
