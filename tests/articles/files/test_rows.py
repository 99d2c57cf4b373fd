"""Files of every kind, good and bad."""

import gzip
import io
import json
import zipfile

import pytest

from articles.files import BadRow, LeftOut, UnreadableFile, blobs, rows

TEXT = "Envoys meet in Ankara\n\n14 March 2017\n\nThey met on Tuesday and parted without a text."
ROW = {
    "id": "a-1",
    "source": "Sample Wire",
    "title": "Envoys meet",
    "published": "2017-03-14",
    "text": "They met.",
}
PAGE = (
    "<html><body><article><h1>Envoys meet in Ankara</h1>"
    + "<p>They met on Tuesday and parted without a text.</p>" * 5
)
SAMPLE = "---\ntitle: Envoys meet\noutlet: Sample Wire\npublished: '2017-03-14'\n---\n\nThey met."


def read(path):
    """(titles, problems) of what the path holds."""
    titles, problems = [], []
    for row in rows([path]):
        try:
            titles.append(row.parse().title)
        except (BadRow, UnreadableFile, LeftOut) as problem:
            problems.append(problem)
    return titles, problems


def said(problems, folder):
    """Each problem as its class and text, with the folder's name taken off."""
    return [(type(problem).__name__, str(problem).replace(f"{folder}/", "")) for problem in problems]


def lines(*objects):
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in objects)


GOOD = [  # (file, content, titles)
    ("a.txt", TEXT, ["Envoys meet in Ankara"]),
    ("a.TXT", TEXT, ["Envoys meet in Ankara"]),
    ("a.txt", TEXT.encode("utf-16"), ["Envoys meet in Ankara"]),
    ("a.txt", ("\ufeff" + TEXT).encode(), ["Envoys meet in Ankara"]),
    ("a.txt", TEXT.replace("Envoys", "Café").encode("cp1252"), ["Café meet in Ankara"]),
    ("a.txt.gz", gzip.compress(TEXT.encode()), ["Envoys meet in Ankara"]),
    ("a.html", PAGE, ["Envoys meet in Ankara"]),
    ("a.htm.gz", gzip.compress(PAGE.encode()), ["Envoys meet in Ankara"]),
    ("a.md", SAMPLE, ["Envoys meet"]),
    ("a.jsonl", lines(ROW, "", {**ROW, "title": "Second"}), ["Envoys meet", "Second"]),
    ("a.jsonl", "\ufeff" + lines(ROW) + "\n", ["Envoys meet"]),
    ("a.jsonl.gz", gzip.compress(lines(ROW, ROW).encode()), ["Envoys meet", "Envoys meet"]),
    (
        "a.csv",
        'source,title,published,text\nWire,One,2017-03-14,"They\n\nmet."\nWire,Two,,Text',
        ["One", "Two"],
    ),
    ("a.csv", "title;text\nOne;They met, and left.", ["One"]),
    ("a.csv", "title\ttext\r\nOne\tThey met.\r\n".encode("utf-16"), ["One"]),
    ("a.csv", "title,text\nCafé,They met.".encode("cp1252"), ["Café"]),
]


@pytest.mark.parametrize(("name", "content", "titles"), GOOD)
def test_good_files(tmp_path, name, content, titles):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert read(path) == (titles, [])


def test_all_fields_of_a_row(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(lines({**ROW, "speaker": "Ministry of Testing", "url": "https://example.org/1", "published": None,
                           "published_about": "2011-09"}))  # fmt: skip
    article = next(iter(rows([path]))).parse()
    assert (article.outlet, article.speaker, article.kind) == (
        "Sample Wire",
        "Ministry of Testing",
        "official",
    )
    assert (article.url, article.text) == ("https://example.org/1", "They met.")
    assert (article.published_precision, article.published_original) == ("month", "about 2011-09")
    assert article.published_on is None


BROKEN_JSON = "a.jsonl:2: is no JSON: Expecting property name enclosed in double quotes at character 2"
NO_COLUMN = "a.csv:1: has no column named text or title in line 1"
BINARY = "a.txt:1: cannot be read: looks like a binary file, not text"

BAD = [  # (file, content, titles read all the same, problems)
    ("a.jsonl", lines(ROW, "{broken", ROW), ["Envoys meet"] * 2, [("BadRow", BROKEN_JSON)]),
    (
        "a.jsonl",
        lines("[]", "7", {"title": "x"}),
        [],
        [
            ("BadRow", "a.jsonl:1: is no JSON object"),
            ("BadRow", "a.jsonl:2: is no JSON object"),
            ("BadRow", "a.jsonl:3: text is missing"),
        ],
    ),
    (
        "a.jsonl",
        lines({**ROW, "text": ["They met."]}, ROW),
        ["Envoys meet"],
        [("BadRow", "a.jsonl:1: text must be text, not list")],
    ),
    (
        "a.jsonl",
        lines({**ROW, "published": "31 April 2017"}),
        [],
        [
            (
                "BadRow",
                "a.jsonl:1: published '31 April 2017' is no date; write it like 2017-04-10 or 2017-04-10T22:43Z",
            )
        ],
    ),
    ("a.jsonl", lines({**ROW, "title": True}), [], [("BadRow", "a.jsonl:1: title must be text, not bool")]),
    (
        "a.jsonl",
        lines(ROW).encode() + b'\n{"title": "caf\xe9"}\n' + lines(ROW).encode(),
        ["Envoys meet"] * 2,
        [("BadRow", "a.jsonl:2: is not UTF-8 (byte 15)")],
    ),
    ("a.jsonl", "[" * 100_000, [], [("BadRow", None)]),
    ("a.csv", "heading,body\nOne,Text", [], [("UnreadableFile", NO_COLUMN)]),
    (
        "a.csv",
        'title,text\nOne,"Two\nlines"\nThree,\nFour,a,b\nFive,Text',
        ["One", "Three", "Five"],
        [("BadRow", "a.csv:5: has 3 cells for 2 columns; put text with commas between quotation marks")],
    ),
    ("a.csv", "", [], [("UnreadableFile", NO_COLUMN)]),
    ("a.md", "# Notes", [], [("BadRow", "a.md:1: has no front matter (title, published) at its top")]),
    (
        "a.md",
        "---\ntitle: x\npublished: soon\n---\nText",
        [],
        [("BadRow", "a.md:1: published 'soon' is no date; write it like 2017-04-10 or 2017-04-10T22:43Z")],
    ),
    ("a.txt", b"%PDF-1.7\x00\x81\x8d", [], [("UnreadableFile", BINARY)]),
    (
        "a.txt.gz",
        b"no gzip",
        [],
        [("UnreadableFile", "a.txt.gz:1: cannot be read: Not a gzipped file (b'no')")],
    ),
    ("a.jsonl.gz", gzip.compress(lines(ROW).encode())[:-9], [], [("UnreadableFile", None)]),
    ("a.zip", b"no zip", [], [("UnreadableFile", "a.zip:1: cannot be read: File is not a zip file")]),
    (
        "a.exe",
        b"x",
        [],
        [("UnreadableFile", "a.exe:1: is none of .csv, .docx, .htm, .html, .jsonl, .md, .pdf, .txt, .zip")],
    ),
]


@pytest.mark.parametrize(("name", "content", "titles", "problems"), BAD)
def test_bad_files_say_file_line_and_reason(tmp_path, name, content, titles, problems):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    read_titles, found = read(path)
    assert read_titles == titles
    found = said(found, tmp_path)
    assert [kind for kind, _ in found] == [kind for kind, _ in problems]
    assert all(want is None or got == want for (_, got), (_, want) in zip(found, problems, strict=True))


def test_missing_path_is_told(tmp_path):
    assert said(read(tmp_path / "gone.txt")[1], tmp_path) == [
        ("UnreadableFile", "gone.txt:1: no such file or folder")
    ]


def test_folder_in_order_without_hidden_files(tmp_path):
    for name in ("b/2.txt", "b/1.md", "a.jsonl", ".hidden.txt", ".git/x.txt", "__MACOSX/y.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text({"1.md": SAMPLE, "a.jsonl": lines(ROW)}.get(name.split("/")[-1], TEXT))
    (tmp_path / "README.md").write_text("# Notes")
    (tmp_path / "photo.jpg").write_bytes(b"x")
    titles, problems = read(tmp_path)
    assert titles == ["Envoys meet", "Envoys meet", "Envoys meet in Ankara"]
    assert [kind for kind, _ in said(problems, tmp_path)] == ["LeftOut", "LeftOut"]


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return path


def test_zip_with_every_kind(tmp_path):
    members = [
        ("a.txt", TEXT),
        ("x/b.jsonl", lines(ROW, "{")),
        ("x/c.jsonl.gz", gzip.compress(lines(ROW).encode())),
        ("x/d.png", b"x"),
        ("__MACOSX/._a.txt", "x"),
        ("x/", ""),
    ]
    titles, problems = read(archive(tmp_path / "a.zip", members))
    assert titles == ["Envoys meet in Ankara", "Envoys meet", "Envoys meet"]
    kinds = said(problems, tmp_path)
    assert kinds[0][1].startswith("a.zip/x/b.jsonl:2: is no JSON")
    assert kinds[1] == ("LeftOut", "a.zip/x/d.png:1: holds no articles by its name")


@pytest.mark.parametrize("name", ["../../etc/cron.txt", "/etc/passwd.txt", "a/../../b.txt", "..\\..\\b.txt"])
def test_zip_members_that_point_outside_are_not_opened(tmp_path, name):
    inside = tmp_path / "inside"
    inside.mkdir()
    titles, problems = read(archive(inside / "a.zip", [(name, TEXT), ("fine.txt", TEXT)]))
    assert titles == ["Envoys meet in Ankara"]
    assert "points outside the archive" in str(problems[0])
    assert [path.name for path in tmp_path.rglob("*.txt")] == []  # nothing is unpacked to disk


def test_zip_link_is_not_followed(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    titles, problems = read(archive(tmp_path / "a.zip", [(link, "/etc/passwd")]))
    assert titles == []
    assert "points outside the archive" in str(problems[0])


def test_zip_in_zip_is_not_opened(tmp_path):
    inner = io.BytesIO()
    archive(inner, [("a.txt", TEXT)])
    titles, problems = read(archive(tmp_path / "a.zip", [("b.zip", inner.getvalue()), ("c.txt", TEXT)]))
    assert titles == ["Envoys meet in Ankara"]
    assert "archive inside an archive" in str(problems[0])


def test_locked_zip_member_is_told(tmp_path):
    path = archive(tmp_path / "a.zip", [("a.txt", TEXT)])
    data = bytearray(path.read_bytes())
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + offset] |= 1
    path.write_bytes(bytes(data))
    assert "locked with a password" in str(read(path)[1][0])


@pytest.fixture
def small_limits(monkeypatch):
    monkeypatch.setattr(blobs, "FREE_BYTES", 50_000)
    monkeypatch.setattr(blobs, "MAX_RATIO", 10)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.txt.gz", gzip.compress(b"word " * 1_000_000)),
        ("bomb.jsonl.gz", gzip.compress(b"\n" * 5_000_000)),
        ("bomb.csv.gz", gzip.compress(b"title,text\n" + b"\n" * 5_000_000)),
    ],
)
def test_file_that_unpacks_without_end_is_given_up(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    titles, problems = read(path)
    assert titles == []
    assert said(problems, tmp_path) == [
        ("UnreadableFile", f"{name}:1: unpacks to over 10 times its size; split it")
    ]


@pytest.mark.usefixtures("small_limits")
def test_zip_that_unpacks_without_end_is_given_up_once(tmp_path):
    members = [(f"{number}.jsonl", b"\n" * 40_000) for number in range(30)]
    titles, problems = read(archive(tmp_path / "a.zip", [("first.txt", TEXT), *members]))
    assert titles == ["Envoys meet in Ankara"]
    assert len(problems) == 1
    assert "a.zip:1: unpacks to over 10 times its size" in str(problems[0])


def test_document_longer_than_any_article_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(blobs, "MAX_DOCUMENT", 1000)
    path = tmp_path / "a.txt"
    path.write_text("word " * 1000)
    assert "no article is" in str(read(path)[1][0])
