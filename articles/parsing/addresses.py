"""Web addresses in the one form by which an article is known."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import yaml

from articles.parsing.fields import BadField

_DATA = yaml.safe_load((Path(__file__).parent.parent / "data" / "urls.yaml").read_text(encoding="utf-8"))
_TRACKING = re.compile(
    "|".join(fnmatch.translate(name) for name in _DATA["tracking_parameters"]), re.IGNORECASE
)
_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """`url` with scheme and host in small letters, without fragment, default port and tracking parameters.

    BadField where it is no web address: anything else would become a link that runs or opens something.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    if scheme not in _PORTS or not host or re.search(r"\s", url.strip()):
        raise BadField(f"url {url[:80]!r} is no web address; write it like https://example.org/page")
    if ":" in host:
        host = f"[{host}]"
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])]
    query = (
        urlencode(kept) if len(kept) != len(parse_qsl(parts.query, keep_blank_values=True)) else parts.query
    )
    return urlunsplit((scheme, place, parts.path or "/", query, ""))
