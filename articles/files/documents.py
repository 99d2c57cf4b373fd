"""Word and PDF files to plain text, as which they are read on."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence

from articles.parsing.boilerplate import ends_sentence

MAX_PAGES = 300
MAX_UNPACKED = 50 << 20  # bytes of a Word file's parts together
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE)
_SHORT = 0.85  # of the width of a full line: what ends a paragraph


class UnreadableDocument(ValueError):
    """A Word or PDF file cannot be read; the message says why, and what to do where something can be done."""


def text_of_docx(data: bytes) -> str:
    """The paragraphs of a Word file with a blank line between, headings among them; tables are left out."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > MAX_UNPACKED:
            raise UnreadableDocument(f"unpacks to {size >> 20} MB; no article does")
        said = [paragraph.text.strip() for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    except UnreadableDocument:
        raise
    except Exception as error:
        raise UnreadableDocument(f"is no Word file that can be read ({type(error).__name__})") from error
    return "\n\n".join(paragraph for paragraph in said if paragraph)


def text_of_pdf(data: bytes) -> str:
    """The paragraphs of a PDF file with a blank line between, without what stands on top or at the foot of its pages.

    UnreadableDocument where it is locked, too long, broken, or holds pictures of pages only.
    """
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("is locked with a password; save it without one")
        if len(reader.pages) > MAX_PAGES:
            raise UnreadableDocument(f"has {len(reader.pages)} pages; split it into at most {MAX_PAGES}")
        pages = [(page.extract_text() or "").split("\n") for page in reader.pages]
    except UnreadableDocument:
        raise
    except Exception as error:
        raise UnreadableDocument(f"is no PDF file that can be read ({type(error).__name__})") from error
    text = "\n\n".join(_paragraphs(_without_running_lines(pages)))
    if not text:
        raise UnreadableDocument("holds no text, only pictures of pages; run text recognition on it first")
    return text


def _without_running_lines(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages, without page numbers and what the first or last lines of most pages repeat."""
    edges = Counter(
        said for page in pages for said in {_bare(line) for line in (*page[:2], *page[-2:]) if line.strip()}
    )
    running = {said for said, times in edges.items() if times >= 3 and times * 2 > len(pages)}
    lines: list[str] = []
    for page in pages:
        for number, line in enumerate(page):
            at_edge = number < 2 or number >= len(page) - 2
            if not (at_edge and (_bare(line) in running or _PAGE_NUMBER.fullmatch(line.strip()))):
                lines.append(line.strip())
    return lines


def _bare(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined to paragraphs: one ends at an empty line, or at a short line that ends a sentence or the heading."""
    widths = sorted(len(line) for line in lines if line)
    width = widths[len(widths) * 3 // 4] if widths else 0
    paragraphs: list[str] = []
    said = ""
    for line in lines:
        said = _joined(said, line)
        short = len(line) < width * _SHORT and not line.endswith("-")
        if not line or (short and (ends_sentence(line) or said == line)):
            paragraphs += [said] if said else []
            said = ""
    return [*paragraphs, said] if said else paragraphs


def _joined(said: str, line: str) -> str:
    if re.search(r"[a-z]-$", said) and line[:1].islower():
        return said[:-1] + line
    return f"{said} {line}".strip()
