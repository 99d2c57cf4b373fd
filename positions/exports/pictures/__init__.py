"""Pictures of what is seen, made on the server: SVG with live text, and PNG drawn from it. Always in light colours."""

from positions.exports.pictures.matrix import matrix_svg
from positions.exports.pictures.raster import RendererMissing, png
from positions.exports.pictures.timeline import timeline_svg

__all__ = ["RendererMissing", "matrix_svg", "png", "timeline_svg"]
