"""The numbers on the screen, in the CSV, in the JSON and in the picture are the same, whatever is selected."""

import csv
import io
import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client

SCOPES = [
    "",
    "actor=uk",
    "actor=russia~us",
    "issue=sanctions",
    "issue=assad-departure~refugees",
    "actor=uk&issue=sanctions",
    "from=2015-06-01",
    "to=2016-06-30",
    "from=2015-06-01&to=2016-06-30",
    "from=2030-01-01",
    "asof=2016-01-01",
    "outlet=the-herald",
    "outlet=the-courier~the-herald",
    "voice=other",
    "voice=government~other",
    "reviewed=1",
    "pending=1",
    "confidence=0.7",
    "actor=us&issue=refugees",
    "actor=uk~us&voice=government~other&from=2015-03-01&asof=2017-01-01&pending=1&confidence=0.5",
]
SIDES = ("support", "oppose", "neutral", "declined")


def page(reader: Client, path: str, query: str) -> str:
    response = reader.get(f"{path}?{query}" if query else path)
    assert response.status_code == 200, response
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def table(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def as_text(value) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def live_text(svg: str) -> str:
    names = {"s": "http://www.w3.org/2000/svg"}
    return "\n".join(text.text for text in ElementTree.fromstring(svg).iterfind(".//s:text", names))  # noqa: S314


def said(row: dict) -> str:
    """What a cell with these numbers has to say on any screen or picture."""
    number = {name: int(row[name]) for name in ("statements", "prevailing", "outlets", *SIDES)}
    outlets = f"{number['outlets']} outlet{'' if number['outlets'] == 1 else 's'}"
    if number["statements"] == 1:
        return f"{row['state_label']}, {outlets}"
    if row["state"] == "mixed":
        sides = {"for": "support", "against": "oppose", "neutral": "neutral"}
        told = (f"{number[name]} {word}" for word, name in sides.items() if number[name])
        return f"{', '.join(told)}, {outlets}"
    return f"{number['prevailing']} of {number['statements']} statements, {outlets}"


def check_matrix(reader, query):
    screen = page(reader, "/", query)
    rows = table(page(reader, "/matrix.csv", query))
    told = json.loads(page(reader, "/matrix.json", query))
    assert [{name: as_text(value) for name, value in row.items()} for row in told["rows"]] == [
        {name: value for name, value in row.items() if name not in ("as_of", "rev")} for row in rows
    ]
    found = [row for row in rows if row["statements"] != "0"]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", screen, re.DOTALL)
    if not found:
        assert cells == []
        return
    picture = live_text(page(reader, "/matrix.svg", query)).replace("\n", " ")
    by_place = {f"/position/{row['actor']}/{row['issue']}/": row for row in rows}
    shown = [cell for cell in cells if "/position/" in cell]
    assert len(shown) == len(rows)
    for cell in shown:
        row = by_place[re.search(r"/position/[^/]+/[^/]+/", cell).group()]
        assert int(row["statements"]) == sum(int(row[side]) for side in SIDES[:3])
        if row["statements"] == "0":
            assert "No evidence" in words(cell)
            continue
        assert said(row) in words(cell)
        assert said(row) in picture
        reviewed = f"{row['reviewed']}/{row['statements']} reviewed"
        assert reviewed in words(cell)
        assert reviewed in picture
    total = sum(int(row["statements"]) for row in rows)
    assert re.search(rf"\b{total} (\w+ )*statements?\b", words(screen))


def check_timeline(reader, query):
    screen = page(reader, "/timeline/", query)
    rows = table(page(reader, "/timeline.csv", query))
    told = json.loads(page(reader, "/timeline.json", query))
    assert [{name: as_text(value) for name, value in row.items()} for row in told["rows"]] == [
        {name: value for name, value in row.items() if name not in ("as_of", "rev")} for row in rows
    ]
    picture = live_text(page(reader, "/timeline.svg", query))
    listed = len(set(re.findall(r"/statement/\d+/", screen)))
    assert sum(int(row["statements"]) for row in rows) == listed
    lanes: dict[tuple[str, str], int] = {}
    for row in rows:
        place = row["issue"], row["actor"]
        lanes[place] = lanes.get(place, 0) + int(row["statements"])
    in_picture = [int(number) for number in re.findall(r"(\d+) statements?: \d", picture)]
    assert sorted(in_picture) == sorted(lanes.values())


def check_statements(reader, query):
    rows = table(page(reader, "/statements.csv", query))
    told = json.loads(page(reader, "/statements.json", query))
    assert told["count"] == len(told["rows"]) == len(rows)
    matrix = json.loads(page(reader, "/matrix.json", query))["rows"]
    for cell in matrix:
        own = [row for row in rows if (row["actor"], row["issue"]) == (cell["actor"], cell["issue"])]
        assert cell["statements"] == len(own)
        assert cell["reviewed"] == sum(row["reviewed"] == "true" for row in own)
        for side in SIDES[:3]:
            assert cell[side] == sum(row["stance"] == side for row in own)


@pytest.mark.parametrize("check", [check_matrix, check_timeline, check_statements])
def test_same_numbers_everywhere(reader, large_corpus, subtests, check):
    for query in SCOPES:
        with subtests.test(query):
            check(reader, query)
