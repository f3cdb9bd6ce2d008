"""English names of countries and languages, from CLDR."""

from __future__ import annotations

from functools import cache

from babel import Locale

_ENGLISH = Locale("en")
_FORMER = {"Turkey": "TR"}  # names that CLDR has given up
INTERNATIONAL = "INT"  # what is from no one country
_OTHERS = {INTERNATIONAL: "international", "unknown": "country unknown"}


def country_name(code: str) -> str:
    """Return the English name of the country *code* (ISO 3166-1, ``EU``, ``INT`` or ``unknown``)."""
    return str(_OTHERS.get(code) or _ENGLISH.territories.get(code, code))


@cache
def country_code(name: str) -> str:
    """Return the ISO 3166-1 code of the state that CLDR calls *name* in English; empty where it knows none."""
    return _FORMER.get(name) or next(
        (str(code) for code, known in _ENGLISH.territories.items() if known == name and len(code) == 2), ""
    )


def language_name(tag: str) -> str:
    """Return the English name of the language of the BCP 47 *tag*."""
    return str(_ENGLISH.languages.get(tag.partition("-")[0], tag))
