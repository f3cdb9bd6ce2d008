"""Finds many names in a text, in a time that does not depend on how many they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_WORD, _WORD_OR_SIGN = re.compile(r"\w"), re.compile(r"\w+|.", re.DOTALL)


class Finder:
    """Finds *names* where they stand between the limits of words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._beginning: dict[str, list[str]] = defaultdict(list)  # by their first word, or sign, the longest first
        for name in sorted(names, key=len, reverse=True):
            if first := _WORD_OR_SIGN.match(name):
                self._beginning[first[0]].append(name)

    def find(self, text: str) -> Iterator[str]:
        """Yield the names in *text* that do not overlap, in their order: of those that begin together the longest."""
        end = 0
        for start, name in self.find_all(text):
            if start >= end:
                yield name
                end = start + len(name)

    def find_all(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each name in *text* after its place, those that stand within others, too."""
        for found in _WORD_OR_SIGN.finditer(text):
            for name in self._beginning.get(found[0], ()):
                start = found.start()
                end = start + len(name)
                around = text[start - 1 : start], text[end : end + 1]
                if text.startswith(name, start) and not any(map(_WORD.match, around)):
                    yield start, name
