"""Addresses of web pages, as far as they can be judged without asking anybody."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_IGNORED = re.compile(r"[\x00-\x20]+")  # what browsers pass over in the scheme of an address (WHATWG URL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_FOLLOWED = {"", "http", "https", "mailto", "ftp"}  # schemes that lead somewhere, and run nothing


def is_web_address(url: str) -> bool:
    """Whether *url* is a well-formed http or https address with a host (RFC 3986, RFC 9110 section 4.2)."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets that do not close, a port that is no number below 65,536
        return False


def scheme_of(address: str) -> str:
    """Return the scheme of *address* as a browser reads it, in lower case; empty where it has none."""
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found[1].lower() if found else ""


def is_link(address: str) -> bool:
    """Whether a reader may be led to *address*: a place on the web or in the edition, never code or data."""
    return scheme_of(address) in _FOLLOWED
