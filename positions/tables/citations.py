"""How a statement is cited, and the link that opens the original at the cited words."""

import re
from urllib.parse import quote as percent

from django.utils.formats import date_format

from articles.models import Article

_EDGE = 6  # words at either end by which a browser finds a long sentence


def citation(*, public_id: str, version: int, text: str, who: str, article: Article, published: str) -> str:
    """The statement as a footnote: sentence, speaker, author, title, outlet, day, address, number."""
    author = re.sub(r"^by\s+", "", article.byline.strip(), flags=re.IGNORECASE)
    parts = [
        f"“{text}” – {who}",
        f"in {author}" if author else "",
        f"“{article.title}”",
        article.source.name,
        published,
        article.url,
    ]
    retrieved = date_format(article.retrieved_at, "j M Y")
    return (
        ", ".join(filter(None, parts))
        + f" (retrieved {retrieved}). dipwatch statement {public_id}, version {version}."
    )


def original_url(url: str, evidence: str) -> str:
    """The address of the original with a text fragment, so that the browser scrolls to the evidence; "" without one.

    Each end of the evidence is taken from a line of its own: a fragment's parts must not run over paragraphs.
    """
    lines = [line.split() for line in evidence.splitlines() if line.strip()]
    if not url or not lines:
        return url
    first, last = lines[0], lines[-1]
    if len(lines) == 1 and len(first) <= 2 * _EDGE:
        words = _encoded(first)
    else:
        words = f"{_encoded(first[:_EDGE])},{_encoded(last[-_EDGE:])}"
    return f"{url}{'' if '#' in url else '#'}:~:text={words}"


def _encoded(words: list[str]) -> str:
    """Percent-encode, the hyphen too: with the comma and the ampersand it has a meaning in text fragments."""
    return percent(" ".join(words), safe="").replace("-", "%2D")


def archive_url(article: Article) -> str:
    """Where the Internet Archive keeps the copy nearest to the day on which we read the article."""
    return f"https://web.archive.org/web/{article.retrieved_at:%Y%m%d%H%M%S}/{article.url}"
