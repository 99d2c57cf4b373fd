"""Downloads of what is seen: dataclasses in, files out. The same selection, the same numbers, in every form."""

from positions.exports.about import About
from positions.exports.files import KINDS, File, make
from positions.exports.pictures import RendererMissing

__all__ = ["KINDS", "About", "File", "RendererMissing", "make"]
