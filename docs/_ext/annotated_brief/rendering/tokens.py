"""The colours of ``tokens.css``, for products without style sheets, or for readers that know no custom properties."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_COLOUR = re.compile(r"--([a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_TONE = re.compile(r"^(\.[^{\n]+) \{ --tone: var\(--([a-z]+)\); \}$", re.MULTILINE)


@cache
def _sheet() -> str:
    """Return the style sheet."""
    return files("annotated_brief").joinpath("theme/static/tokens.css").read_text("utf-8")


@cache
def colours() -> dict[str, tuple[str, str]]:
    """Return the colours by name: on light and on dark paper."""
    return {name: (light, dark) for name, light, dark in _COLOUR.findall(_sheet())}


@cache
def tones() -> dict[str, str]:
    """Return the name of the colour of each style class, such as ``word-corrected``."""
    return {
        found.strip().lstrip("."): name for classes, name in _TONE.findall(_sheet()) for found in classes.split(",")
    }
