"""Articles in files, folders and archives, read one row at a time. Nothing is unpacked to disk."""

from articles.files.blobs import BadRow, FileProblem, LeftOut, Row, UnreadableFile
from articles.files.walk import rows

__all__ = ["BadRow", "FileProblem", "LeftOut", "Row", "UnreadableFile", "rows"]
