"""Files as they leave the site: names, types, what they say about themselves, what is refused."""

import csv
import io
import json
import re
import struct
from xml.etree import ElementTree

import pytest

from positions.exports import KINDS, columns
from positions.exports.pictures import raster
from tests.factories import make_actor, make_issue
from tests.positions.exports.test_parity import live_text, page, table

FILES = [(name, kind) for name, kinds in KINDS.items() for kind in kinds]
TYPES = {"csv": "text/csv", "json": "application/json", "svg": "image/svg+xml", "png": "image/png"}


def body(reader, path: str) -> bytes:
    response = reader.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_every_file_has_a_name_that_tells_what_it_is(reader, corpus, name, kind):
    response = reader.get(f"/{name}.{kind}?actor=uk&issue=sanctions&from=2015-01-01&to=2016-12-31")
    assert response["Content-Type"].startswith(TYPES[kind])
    pattern = rf'attachment; filename="dipwatch_{name}_sanctions_uk_2015-01-01_2016-12-31_rev\d+\.{kind}"'
    assert re.fullmatch(pattern, response["Content-Disposition"])


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_nothing_to_show_is_a_file_all_the_same(reader, name, kind):
    make_actor()
    make_issue()
    assert body(reader, f"/{name}.{kind}?from=2030-01-01")


@pytest.mark.parametrize("path", ["/matrix.csv", "/statements.json", "/timeline.png"])
def test_asks_to_sign_in(client, db, path):
    assert client.get(path)["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statements.png", 404),
        ("/shifts.svg", 404),
        ("/matrix.xlsx", 404),
        ("/matrix.csv?actor=atlantis", 400),
    ],
)
def test_what_there_is_not(reader, corpus, path, status):
    assert reader.get(path).status_code == status


def test_columns_are_those_described(reader, corpus):
    described = {
        "matrix": columns.MATRIX, "timeline": columns.TIMELINE, "statements": columns.STATEMENTS,
        "shifts": columns.SHIFTS,
    }  # fmt: skip
    for name, own in described.items():
        header = next(csv.reader(io.StringIO(page(reader, f"/{name}.csv", "").removeprefix("\ufeff"))))
        assert header == [column.name for column in (*own, *columns.IN_FILES)]
        labels = {column.removesuffix("_label") for column in header if column.endswith("_label")}
        assert labels <= set(header)


def test_evidence_names_its_sentence_and_who_checked_it(reader, corpus):
    rows = table(page(reader, "/statements.csv", "reviewed=1"))
    assert rows
    for row in rows:
        assert row["sentence"] == "Ministers want the Syrian leader to step down."
        assert (row["reviewed"], row["verdict"], row["reviewed_by"]) == ("true", "accepted", "editor")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["reviewed_at"])
        assert re.fullmatch(r"http://testserver/statement/\d+/", row["url"])


def test_speaker_that_looks_like_a_formula(reader, corpus):
    (row,) = table(page(reader, "/statements.csv", "actor=us&issue=refugees"))
    assert row["speaker"] == '\'=HYPERLINK("http://x")'
    (row,) = json.loads(page(reader, "/statements.json", "actor=us&issue=refugees"))["rows"]
    assert row["speaker"] == '=HYPERLINK("http://x")'


def test_json_says_what_it_is(reader, corpus):
    told = json.loads(page(reader, "/matrix.json", "actor=uk&asof=2016-01-01"))
    assert told["as_of"] == "2016-01-01"
    assert told["rev"] > 0
    assert told["licence"]
    assert told["citation"].startswith("dipwatch, Who stands where on Syria: UK · ")
    assert told["url"] == "http://testserver/?actor=uk&asof=2016-01-01"


@pytest.mark.parametrize("name", ["matrix", "timeline"])
class TestPictures:
    def test_say_what_they_show(self, reader, corpus, settings, name):
        settings.DIPWATCH_LICENCE = "Test terms."
        svg = page(reader, f"/{name}.svg", "actor=uk&from=2015-01-01&to=2017-12-31&asof=2017-06-30")
        told = live_text(svg).replace("\n", " ")
        for part in (
            "UK", "Sanctions should come about.", "1 Jan 2015", "30 Jun 2017", "As of 30 Jun 2017 (rev", "statements",
            "reviewed", "Source: dipwatch", "Test terms.", "http://testserver/",
        ):  # fmt: skip
            assert part in told, part

    def test_have_a_title_and_a_description(self, reader, corpus, name):
        root = ElementTree.fromstring(page(reader, f"/{name}.svg", ""))  # noqa: S314 - our own
        title, description = list(root)[:2]
        assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
        assert title.text
        assert "statements" in description.text
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))

    def test_nothing_leaves_the_picture(self, reader, corpus, name):
        left, right, wide = 0, 0, 1200
        for text in ElementTree.fromstring(page(reader, f"/{name}.svg", "")).iter(f"{SVG}text"):  # noqa: S314
            x, size = float(text.get("x")), float(text.get("font-size"))
            room = raster_width(text, size)
            start = {"middle": x - room / 2, "end": x - room}.get(text.get("text-anchor"), x)
            left, right = min(left, start), max(right, start + room)
        assert left >= 0
        assert right <= wide

    def test_png_is_the_svg_at_twice_the_size_and_names_its_source(self, reader, corpus, name):
        svg = page(reader, f"/{name}.svg", "")
        png = body(reader, f"/{name}.png")
        width, height = struct.unpack(">II", png[16:24])
        root = ElementTree.fromstring(svg)  # noqa: S314 - our own
        assert (width, height) == (
            2 * int(root.get("width")),
            pytest.approx(2 * int(root.get("height")), abs=2),
        )
        assert b"iTXtTitle\0\0\0\0\0dipwatch, " in png
        assert b"iTXtSource\0\0\0\0\0http://testserver/" in png

    def test_are_light_whatever_the_reader_chose(self, reader, corpus, name):
        light = page(reader, f"/{name}.svg", "")
        reader.post("/theme/", {"theme": "dark"})
        assert page(reader, f"/{name}.svg", "") == light
        assert 'fill="#fff"' in light
        assert "var(" not in light


SVG = "{http://www.w3.org/2000/svg}"


def raster_width(text: ElementTree.Element, size: float) -> float:
    from positions.exports.pictures.text import width

    return width(text.text, size, bold=text.get("font-weight") == "600") / 1.04


def test_text_is_escaped(reader, corpus):
    from positions.models import Issue

    Issue.objects.update(proposition="A <script>alert(1)</script> & more.")
    svg = page(reader, "/matrix.svg", "")
    assert "<script" not in svg
    ElementTree.fromstring(svg)  # noqa: S314 - our own


def test_renderer_that_is_missing_is_named_and_the_svg_offered(reader, corpus, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    response = reader.get("/matrix.png?actor=uk")
    assert response.status_code == 503
    html = response.content.decode()
    assert "resvg_py" in html
    assert 'href="/matrix.svg?actor=uk"' in html


def test_large_pictures_are_drawn_smaller(monkeypatch):
    monkeypatch.setattr(raster, "MOST_PIXELS", 10_000)
    png = raster.png('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100"/>', about={})
    assert struct.unpack(">II", png[16:24]) == (200, 50)


def test_menu_offers_the_files_with_the_filters_and_the_number_of_rows(reader, corpus):
    html = reader.get("/?actor=uk").content.decode()
    for name, kind in [*[("matrix", kind) for kind in KINDS["matrix"]], ("statements", "csv")]:
        assert f'href="/{name}.{kind}?actor=uk"' in html
    count = json.loads(page(reader, "/statements.json", "actor=uk"))["count"]
    assert f"{count} rows" in html
    assert ">http://testserver/?actor=uk</a>" in html


def test_menu_of_a_cell_offers_its_evidence(reader, corpus):
    html = reader.get("/position/uk/sanctions/?from=2015-01-01").content.decode()
    assert 'href="/statements.csv?actor=uk&amp;issue=sanctions&amp;from=2015-01-01"' in html


def test_queries_do_not_grow(reader, corpus, django_assert_max_num_queries):
    for name, kind in FILES:
        with django_assert_max_num_queries(12):
            body(reader, f"/{name}.{kind}")


class TestLooks:
    """A file shows what its screen shows, also what the screen is asked for beside the scope."""

    def test_comparison_with_a_day(self, reader, corpus):
        rows = table(page(reader, "/matrix.csv", "then=2015-12-31"))
        assert {row["then_state"] for row in rows} - {""}
        assert "on 31 Dec 2015:" in live_text(page(reader, "/matrix.svg", "then=2015-12-31"))
        assert {row["then_state"] for row in table(page(reader, "/matrix.csv", ""))} == {""}

    def test_order_of_a_column(self, reader, corpus):
        plain = [row["issue"] for row in table(page(reader, "/matrix.csv", ""))]
        ordered = [row["issue"] for row in table(page(reader, "/matrix.csv", "sort=-us"))]
        assert sorted(plain) == sorted(ordered)

    @pytest.mark.parametrize(
        "path",
        ["/matrix.csv?then=soon", "/matrix.csv?by=week", "/timeline.svg?by=never", "/shifts.csv?sort=uk"],
    )
    def test_what_no_screen_shows(self, reader, corpus, path):
        assert reader.get(path).status_code == 400

    def test_menu_keeps_them(self, reader, corpus):
        html = reader.get("/timeline/?actor=uk&by=month").content.decode()
        assert 'href="/timeline.svg?actor=uk&amp;by=month"' in html
        assert 'href="/statements.csv?actor=uk"' in html
