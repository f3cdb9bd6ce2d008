"""The order of names: Kazakh Cyrillic has its letters in places of its own, which code points do not follow."""

from __future__ import annotations

import unicodedata

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"  # the alphabet of 42 letters, in its order
_PLACE = {letter: place for place, letter in enumerate(KAZAKH)}


def cyrillic_key(name: str) -> tuple[tuple[int, int], ...]:
    """Return the sort key of *name* in the order of the Kazakh alphabet, which holds the Russian one in its order.

    Blanks come first, then digits and Latin letters, then Cyrillic ones; signs and case do not count.
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    return tuple(
        (2, _PLACE[letter]) if letter in _PLACE else (0 if letter.isspace() else 1, ord(letter))
        for letter in folded
        if letter.isalnum() or letter.isspace()
    )
