"""The reader and the corpus of the exports: the API answers with the same rows."""

from tests.positions.exports.conftest import corpus, reader

__all__ = ["corpus", "reader"]
