"""SVG to PNG by resvg, inside the process: it runs no scripts, opens no files and fetches nothing."""

import re
import struct
import zlib

from positions.exports.pictures.text import FONTS

SCALE = 2  # for sharp pictures on paper and on dense screens
MOST_PIXELS = 30_000_000  # of one picture; higher ones are drawn at a smaller scale
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
_SIGNATURE_AND_HEADER = 33  # bytes of a PNG before its second chunk


class RendererMissing(RuntimeError):
    """PNG needs the Python package resvg_py, which is not installed here: run `./run demo`, or install
    requirements.lock again. The SVG needs nothing."""


def png(svg: str, *, about: dict[str, str]) -> bytes:
    """Draw one of our SVGs, which say their size first; `about` are texts that are kept inside the file, by keyword."""
    try:
        import resvg_py
    except ImportError as error:
        raise RendererMissing(RendererMissing.__doc__) from error
    width, height = map(float, _SIZE.search(svg).groups())
    scale = min(SCALE, (MOST_PIXELS / (width * height)) ** 0.5)
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=round(width * scale),
        skip_system_fonts=True,
        font_dirs=[str(FONTS)],
        font_family="Inter",
        sans_serif_family="Inter",
    )
    texts = b"".join(_text(keyword, text) for keyword, text in about.items())
    return bytes(drawn[:_SIGNATURE_AND_HEADER]) + texts + bytes(drawn[_SIGNATURE_AND_HEADER:])


def _text(keyword: str, text: str) -> bytes:
    """An iTXt chunk: keyword, not compressed, no language, text as UTF-8."""
    data = keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    body = b"iTXt" + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
