"""The description of the API by OpenAPI 3.1, made from the columns of the exports, so that it cannot lag behind."""

from dataclasses import dataclass
from typing import Any

from positions.api.paging import DEFAULT, MOST
from positions.exports import columns
from positions.exports.columns import Column

VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    says: str
    example: str


@dataclass(frozen=True, slots=True)
class Path:
    """One endpoint: what it answers with, by which parameters; `columns` are those of its rows."""

    name: str
    says: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]


SCOPE = (
    Parameter("actor", "Slugs of actors, joined by ~; all without it.", "uk~us"),
    Parameter("voice", "government, other or both joined by ~; government without it.", "government~other"),
    Parameter("issue", "Slugs of issues, joined by ~; all without it.", "assad-departure"),
    Parameter("from", "First day that counts: 2015-12-09, 2015-12, 2015 or today.", "2015-01-01"),
    Parameter("to", "Last day that counts.", "2017-04-30"),
    Parameter("asof", "Nothing dated after this day counts, and changes are told as of it.", "2017-05-02"),
    Parameter("outlet", "Slugs of outlets, joined by ~; all without it.", "the-courier"),
    Parameter("reviewed", "1 for statements that a person has checked, and no others.", "1"),
    Parameter("pending", "1 for statements that wait for review, too.", "1"),
    Parameter("confidence", "Least confidence, from 0.1 to 0.9; checked statements always count.", "0.7"),
)
_LIMIT = Parameter("limit", f"Rows of one answer, at most {MOST}; {DEFAULT} without it.", "100")
_AFTER = Parameter("after", "Where the page begins; take it from the “next” link.", "2017-04-10~1043")
_ARTICLES = (
    Parameter("q", "Words to search for: a phrase in quotation marks, -without, this OR that.", "sanctions"),
    Parameter("source", "Slug of an outlet.", "the-courier"),
    Parameter("from", "First day of publication.", "2015-01-01"),
    Parameter("to", "Last day of publication.", "2017-04-30"),
    Parameter("kind", "news, official or opinion.", "news"),
    Parameter("page", "Number of the page; the “next” link has it.", "2"),
    _LIMIT,
)
PATHS = (
    Path("matrix", "What each actor holds on each issue: one row a cell.", SCOPE, columns.MATRIX),
    Path("timeline", "Statements by issue, actor and day.", SCOPE, columns.TIMELINE),
    Path("statements", "The evidence, newest first.", (*SCOPE, _LIMIT, _AFTER), columns.STATEMENTS),
    Path("shifts", "Changes of position, newest first.", SCOPE, columns.SHIFTS),
    Path("articles", "Articles without their texts.", _ARTICLES, columns.ARTICLES),
    Path("issues", "The issues that are tracked.", (), columns.ISSUES),
    Path("actors", "The actors that are tracked.", (), columns.ACTORS),
)
ABOUT = (
    Column("title", "What it is."),
    Column("selection", "What is selected, in words."),
    Column("from", "First day that counts.", "day", empty=True),
    Column("to", "Last day that counts.", "day", empty=True),
    Column("as_of", "Day up to which statements count.", "day", empty=True),
    Column("changed_at", "When the data last changed, in UTC.", "moment", empty=True),
    Column(
        "rev", "Number of the last recorded change; it grows with every statement added or changed.", "count"
    ),
    Column("licence", "Under which terms it may be used."),
    Column("citation", "How to cite it."),
    Column("url", "The same selection as a page.", "address"),
    Column("count", "All rows, also those of further pages.", "count"),
    Column("next", "Address of the next page; nothing at the end.", "address", empty=True),
)
REFUSALS = {
    "400": "A parameter is unknown or wrong; “problems” names it.",
    "401": "Not signed in, and no valid token.",
    "404": "There is no such address.",
    "405": "The API only reads.",
    "429": "Too many requests in this minute; the header Retry-After says how many seconds to wait.",
    "500": "A fault of this site; it is recorded.",
}


def document(site: str) -> dict[str, Any]:
    """The description, for the API at `site`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dipwatch",
            "version": VERSION,
            "description": "Who stood where on Syria, and which sentence shows it. Read-only.",
        },
        "servers": [{"url": f"{site}/api/v1"}],
        "security": [{"token": []}, {"session": []}],
        "paths": {f"/{path.name}": {"get": _operation(path)} for path in PATHS},
        "components": {
            "schemas": {**{path.name: _answer(path) for path in PATHS}, "problem": _PROBLEM},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
            },
        },
    }


def _operation(path: Path) -> dict[str, Any]:
    found = {
        "description": path.says,
        "headers": {"ETag": {"schema": {"type": "string"}, "description": "Send it back as If-None-Match."}},
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{path.name}"}}},
    }
    refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {
        "operationId": path.name,
        "summary": path.says,
        "parameters": [_parameter(parameter) for parameter in path.parameters],
        "responses": {
            "200": found,
            "304": {"description": "Nothing has changed since the ETag that was sent."},
            **{status: {"description": says, "content": refused} for status, says in REFUSALS.items()},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.says,
        "schema": {"type": "string"},
        "example": parameter.example,
    }


def _answer(path: Path) -> dict[str, Any]:
    rows = {"type": "array", "items": _object(path.columns)}
    schema = _object(ABOUT)
    schema["properties"]["rows"] = rows
    schema["required"].append("rows")
    return schema


def _object(fields: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: field.schema for field in fields},
        "required": [field.name for field in fields],
        "additionalProperties": False,
    }


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What went wrong and what to do."},
        "problems": {
            "type": "array",
            "items": {"type": "string"},
            "description": "A line for each parameter.",
        },
    },
    "required": ["type", "title", "status", "detail", "problems"],
    "additionalProperties": False,
}
