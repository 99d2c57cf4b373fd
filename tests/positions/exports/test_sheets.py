"""CSV that spreadsheets open safely, and JSON of the same values."""

import csv
import datetime
import io
import json

import pytest

from positions.exports.columns import Column
from positions.exports.documents import json_pieces, json_text
from positions.exports.sheets import csv_lines, guarded


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x", " =1+1", "\u00a0=1", "＝1", "－1",
        '=HYPERLINK("http://x","y")',
    ],
)  # fmt: skip
def test_formulas_do_not_run(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", "“Assad must go”", "2015-12-09", "S-12", "3 - 2", "'quoted'"])
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


def read(*rows: dict) -> list[list[str]]:
    columns = tuple(Column(name, "") for name in rows[0])
    text = "".join(csv_lines(columns, rows))
    assert text.encode().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_values_are_plain():
    moment = datetime.datetime(2017, 4, 10, 23, 43, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    row = {
        "day": datetime.date(2015, 12, 9),
        "moment": moment,
        "none": None,
        "yes": True,
        "number": 1234567,
        "share": 0.5,
        "negative": -1,
        "text": 'Says "go",\nand more',
    }
    header, values = read(row)
    assert header == list(row)
    assert values == [
        "2015-12-09", "2017-04-10T22:43:05Z", "", "true", "1234567", "0.5", "-1", 'Says "go",\nand more',
    ]  # fmt: skip


def test_lines_come_one_by_one():
    def rows():
        yield {"a": 1}
        raise RuntimeError("read too early")

    lines = csv_lines((Column("a", ""),), rows())
    assert [next(lines), next(lines)] == ["\ufeffa\r\n", "1\r\n"]


@pytest.mark.parametrize("rows", [[], [{"a": 1}], [{"a": "é\u2028"}, {"a": None}]])
def test_json_is_one_object(rows):
    text = "".join(json_pieces({"title": "T", "day": datetime.date(2015, 1, 2)}, rows))
    assert json.loads(text) == {"title": "T", "day": "2015-01-02", "rows": rows}


def test_json_refuses_what_it_cannot_say():
    with pytest.raises(TypeError, match="Say how set is written"):
        json_text({1})
