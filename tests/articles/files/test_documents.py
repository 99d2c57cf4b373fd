"""Word and PDF files, made here; good, locked, broken and without text."""

import io
import zipfile

import docx
import pypdf
import pytest

from articles.files import BadRow, rows

TITLE = "Envoys meet in Ankara"
BODY = (
    "Envoys from nine countries met in Ankara on Tuesday to discuss a truce in the north of Syria.",
    "The talks went on until midnight and ended without a text that all of them were able to sign.",
)


def word(*paragraphs):
    made, data = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(data)
    return data.getvalue()


def pdf(*pages):
    """A PDF file of these pages, each a list of lines, by hand: pypdf writes no text."""
    streams = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        streams.append(f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode())
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def locked(data):
    writer, out = pypdf.PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def wrapped(text, width=50):
    lines = [""]
    for said in text.split():
        lines[-1:] = [f"{lines[-1]} {said}".strip()] if len(lines[-1]) < width else [lines[-1], said]
    return lines


def parsed(folder, name, data):
    (folder / name).write_bytes(data)
    [row] = rows([folder / name])
    return row.parse()


PAGES = [TITLE, "14 March 2017", *wrapped(BODY[0]), *wrapped(BODY[1])]
GOOD = [
    ("a.docx", word(TITLE, "14 March 2017", "", *BODY)),
    ("a.pdf", pdf(PAGES)),
]


@pytest.mark.parametrize(("name", "data"), GOOD)
def test_document(tmp_path, name, data):
    article = parsed(tmp_path, name, data)
    assert (article.title, str(article.published_on)) == (TITLE, "2017-03-14")
    assert article.paragraphs == BODY


def test_what_pages_repeat_is_no_text(tmp_path):
    body = [
        [f"The Courier, page {n}", *wrapped(f"On day {n} {BODY[0]}"), *wrapped(BODY[1]), str(n)]
        for n in (1, 2, 3)
    ]
    article = parsed(tmp_path, "a.pdf", pdf([body[0][0], TITLE, "14 March 2017", *body[0][1:]], *body[1:]))
    assert article.title == TITLE
    assert "page" not in article.text
    assert " ".join(article.paragraphs) == " ".join(f"On day {n} {BODY[0]} {BODY[1]}" for n in (1, 2, 3))


def test_words_broken_at_the_end_of_a_line_are_mended(tmp_path):
    lines = [
        TITLE,
        "14 March 2017",
        "Nine govern-",
        "ments that back different sides of the war met in Ankara.",
    ]
    assert "Nine governments that" in parsed(tmp_path, "a.pdf", pdf(lines)).text


def bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (60 << 20))
    return data.getvalue()


BAD = [
    ("a.docx", b"no archive", "is no Word file that can be read"),
    ("a.docx", bomb(), "unpacks to 60 MB"),
    ("a.pdf", b"%PDF-1.4 and no more", "is no PDF file that can be read"),
    ("a.pdf", pdf([]), "holds no text, only pictures"),
    ("a.pdf", locked(pdf(PAGES)), "is locked with a password"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD, ids=[reason for *_, reason in BAD])
def test_unreadable_documents_say_why(tmp_path, name, data, reason):
    with pytest.raises(BadRow, match=reason):
        parsed(tmp_path, name, data)
