from __future__ import annotations

from articles.models import Article


def test_ranking_reads_the_stored_index() -> None:
    """A plain string would be parsed anew for every hit: 22 s instead of 0.4 s at 7,700 articles."""
    assert "to_tsvector" not in str(Article.objects.matching("truce").query)
