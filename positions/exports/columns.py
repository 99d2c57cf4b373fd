"""What the columns of each table are: the header of the CSV, the keys of the JSON and the schema of the API."""

from dataclasses import dataclass
from typing import Any

from positions.models import Attribution, DatePrecision, Review, Side, Voice
from positions.tables.states import Coverage, State

_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "count": {"type": "integer", "minimum": 0},
    "number": {"type": "number", "minimum": 0, "maximum": 1},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "address": {"type": "string", "format": "uri"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` is a key of _TYPES; `empty` tells that there may be nothing in it."""

    name: str
    says: str
    kind: str = "text"
    empty: bool = False
    choices: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """The column as JSON Schema."""
        schema = {**_TYPES[self.kind], "description": self.says}
        if self.choices:
            schema["enum"] = [*self.choices, None] if self.empty else list(self.choices)
        return {**schema, "type": [schema["type"], "null"]} if self.empty else schema


def _named(name: str, says: str, choices: tuple[str, ...] = ()) -> tuple[Column, Column]:
    """A slug and, beside it, its wording."""
    return Column(name, f"{says}, as in addresses.", choices=choices), Column(
        f"{name}_label", f"{says}, in words."
    )


_ACTOR = _named("actor", "Who holds the position")
_ISSUE = _named("issue", "What it is about")
_PROPOSITION = Column("proposition", "The sentence that is supported or opposed.")
_SIDES = (
    Column("support", "Statements in support.", "count"),
    Column("oppose", "Statements against.", "count"),
    Column("neutral", "Neutral statements, with those that declined to say.", "count"),
    Column("declined", "Of the neutral ones, those that declined to say.", "count"),
)
_STATE = _named("state", "What the statements add up to", tuple(State))
_AS_OF = (
    Column("as_of", "Day up to which statements count.", "day", empty=True),
    Column("rev", "Number of the last recorded change of the data.", "count"),
)

MATRIX = (
    *_ISSUE,
    Column("theme", "Group of the issue."),
    _PROPOSITION,
    *_ACTOR,
    *_STATE,
    Column("coverage", "How much stands behind it.", choices=tuple(Coverage)),
    Column("statements", "Statements that count, on any side.", "count"),
    Column("prevailing", "Statements on the side that the state names.", "count"),
    *_SIDES,
    Column("reviewed", "Statements that a person has checked.", "count"),
    Column("outlets", "Outlets that they come from.", "count"),
    Column("earliest", "Day of the first dated statement.", "day", empty=True),
    Column("latest", "Day of the last dated statement.", "day", empty=True),
    Column("was", "The side before the last change, and until when.", empty=True),
    Column(
        "then_state",
        "State on the day it is compared with, where one is named.",
        empty=True,
        choices=tuple(State),
    ),
    Column("then_state_label", "The same in words.", empty=True),
    Column("then_statements", "Statements up to that day.", "count", empty=True),
    Column("agreement", "How many of the actors that take a side on the issue take the same one."),
    Column("url", "The statements behind it.", "address"),
)

TIMELINE = (
    *_ISSUE,
    *_ACTOR,
    Column("day", "Day that the statements count for.", "day"),
    Column("statements", "Statements of the day.", "count"),
    *_SIDES,
    Column("reviewed", "Statements that a person has checked.", "count"),
    Column("outlets", "Outlets that they come from.", "count"),
)

STATEMENTS = (
    Column("id", "Permanent number, such as S-1043."),
    Column("url", "Permanent address.", "address"),
    *_ACTOR,
    *_named("voice", "Government or other politicians", tuple(Voice.values)),
    *_ISSUE,
    _PROPOSITION,
    *_named("stance", "Side that is taken", tuple(Side.values)),
    Column("declined", "Neutral because the speaker declined to say.", "flag"),
    *_named("attribution", "How the text ties it to the actor", tuple(Attribution.values)),
    Column("speaker", "Who said it, as the article names them."),
    Column("sentence", "The evidence, verbatim but for white space."),
    Column("passages", "Further passages of the article that say the same.", "count"),
    Column("day", "Day that the statement counts for.", "day", empty=True),
    *_named("day_precision", "What that day is known by", tuple(DatePrecision.values)),
    Column("published_on", "Day on which the article appeared.", "day", empty=True),
    *_named("outlet", "Where it appeared"),
    Column("headline", "Headline of the article."),
    Column("article", "Number of the article here.", "count"),
    Column("article_url", "Address of the original.", "address", empty=True),
    Column("confidence", "The machine's confidence; nothing where a person added it.", "number", empty=True),
    Column("method", "Rule or model that found it, with its version."),
    Column("in_review", "Not published: it waits for a person.", "flag"),
    Column("reviewed", "A person has checked it.", "flag"),
    Column("verdict", "What the person decided.", empty=True, choices=tuple(Review.Verdict.values)),
    Column("reviewed_by", "Who decided.", empty=True),
    Column("reviewed_at", "When, in UTC.", "moment", empty=True),
)

SHIFTS = (
    *_ACTOR,
    *_ISSUE,
    _PROPOSITION,
    Column("day", "Day of the first statement on the new side.", "day"),
    Column("until", "Last day on which the old side was taken.", "day"),
    *_named("old", "Side before", tuple(State)),
    *_named("new", "Side after", tuple(State)),
    Column("old_statements", "Statements before, in the window of the rule.", "count"),
    Column("old_prevailing", "Of these, on the old side.", "count"),
    Column("new_statements", "Statements after, in the window of the rule.", "count"),
    Column("new_prevailing", "Of these, on the new side.", "count"),
    Column("old_sentence", "The last sentence on the old side.", empty=True),
    Column("old_id", "Its number.", empty=True),
    Column("new_sentence", "The first sentence on the new side.", empty=True),
    Column("new_id", "Its number.", empty=True),
    Column("url", "The statements behind it.", "address"),
)

ARTICLES = (
    Column("id", "Number of the article here.", "count"),
    Column("url", "Its page here.", "address"),
    Column("headline", "Headline."),
    *_named("outlet", "Where it appeared"),
    Column("kind", "News, official text or opinion."),
    Column("byline", "Who wrote it.", empty=True),
    Column("published_on", "Day on which it appeared.", "day", empty=True),
    Column("original_url", "Address of the original.", "address", empty=True),
)

ISSUES = (
    Column("issue", "What it is about, as in addresses."),
    Column("issue_label", "What it is about, in words."),
    Column("theme", "Group of the issue."),
    _PROPOSITION,
    Column("support_looks", "What counts as support."),
    Column("oppose_looks", "What counts as opposition."),
    Column("valid_from", "First day on which the issue made sense.", "day", empty=True),
    Column("valid_until", "Last day on which it did.", "day", empty=True),
)

ACTORS = (*_ACTOR, Column("code", "Two letters."), Column("name", "Full name."))

# Rows of a file carry the state of the data with them, since a CSV has no other place for it.
IN_FILES = _AS_OF
