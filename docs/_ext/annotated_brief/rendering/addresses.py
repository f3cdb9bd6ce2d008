"""The address of the site, and the one below which its pages are cited."""

from __future__ import annotations

from sphinx.config import Config

from ..model.changes import is_release
from ..model.corpus import Corpus


def base_of(config: Config) -> str:
    """Return the address of the site, ending in a slash, or an empty string where it is unknown."""
    base = str(config.html_baseurl or "")
    return f"{base.rstrip('/')}/" if base else ""


def cited_base(config: Config, corpus: Corpus) -> str:
    """Return the address below which pages are cited: of a release that of its version, which later ones leave alone."""
    base, version = base_of(config), str(config.brief_version or config.release)
    return f"{base}v/{version}/" if base and is_release(corpus, version) else base
