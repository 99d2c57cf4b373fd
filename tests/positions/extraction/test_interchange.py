from __future__ import annotations

from pathlib import Path

import pytest

from positions.extraction.interchange import BadLine, parse_day, read_documents

BAD = [
    ('{"id": "a"}', "a.jsonl:1: the field 'text' is missing"),
    ('{"id": "a", "text": "x"}\n{', "a.jsonl:2:"),
    ('{"id": "a", "text": "x", "published": "2017-13-01"}', "a.jsonl:1: month must be in 1..12"),
]


@pytest.mark.parametrize(("lines", "message"), BAD)
def test_a_bad_line_is_named(lines: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines)
    with pytest.raises(BadLine) as caught:
        list(read_documents(path))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2017-04-10T22:43:00Z", "2017-04-10"),
        ("2017-04", "2017-04-01"),
        ("2017", "2017-01-01"),
        (None, "None"),
    ],
)
def test_days(value: str | None, day: str) -> None:
    assert str(parse_day(value)) == day
