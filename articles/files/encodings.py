"""Bytes of text files to text."""

from __future__ import annotations

import codecs


class NoText(UnicodeError):
    """The bytes are no text in an encoding that is read."""


def encoding_of(start: bytes) -> str:
    """The encoding of a file with this start: UTF-8, UTF-16 with its mark, else Windows-1252. NoText if binary."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise NoText("looks like a binary file, not text")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, final=False)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def decode(data: bytes) -> str:
    """`data` as text. NoText where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    encoding = encoding_of(data)
    try:
        return data.decode("cp1252" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError as error:
        raise NoText(f"is neither UTF-8 nor Windows-1252 (byte {error.start + 1})") from error
