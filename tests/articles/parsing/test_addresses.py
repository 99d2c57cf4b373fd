"""One address for one article."""

import pytest

from articles.parsing import BadField
from articles.parsing.addresses import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTPS://Example.ORG/A", "https://example.org/A"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:443/a#top", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a?utm_source=x&utm_medium=y&fbclid=z", "https://example.org/a"),
        ("https://example.org/a?id=7&utm_source=x", "https://example.org/a?id=7"),
        ("https://example.org/a?q=a+b%20c&x", "https://example.org/a?q=a+b%20c&x"),  # left as it is
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_canonical(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "example.org/a", "https://", "n/a",
            "https://example.org/a b", "https://[::1", "https://example.org:port/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(BadField, match="no web address"):
        canonical_url(url)
