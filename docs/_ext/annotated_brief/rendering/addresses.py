"""The address of the site, and the one below which its pages are cited."""

from __future__ import annotations

from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from ..config import version_of
from ..reading.domain import brief_domain


def base_of(config: Config) -> str:
    """Return the address of the site, ending in a slash, or an empty string where it is unknown."""
    base = str(config.html_baseurl or "")
    return f"{base.rstrip('/')}/" if base else ""


def cited_base(env: BuildEnvironment) -> str:
    """Return the address below which pages are cited: of a release that of its version, which later ones leave alone."""
    base = base_of(env.config)
    return f"{base}v/{version_of(env.config)}/" if base and brief_domain(env).is_release() else base
