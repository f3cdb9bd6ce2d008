"""Addresses of web pages, as far as they can be judged without asking anybody."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_web_address(url: str) -> bool:
    """Whether *url* is a well-formed http or https address with a host (RFC 3986, RFC 9110 section 4.2)."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets that do not close, a port that is no number below 65,536
        return False
