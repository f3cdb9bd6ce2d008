"""A held text taken apart: paragraphs, with the places of their words and of the marks that may end a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from .text import fold

TITLES = frozenset(["mr", "mrs", "ms", "dr", "prof", "gen", "sen", "gov"])
ABBREVIATIONS = frozenset(["u.s", "u.k", "e.g", "i.e", "etc", "vs", "т.е", "т.д", "т.п", "т.к", "г", "гг"])

_LETTER = r"[\w\u0300-\u036f\u200c\u200d\u2060]"
_LONG_DASH = "\ue000"  # a long dash parts words, a hyphen joins them; the folded text no longer tells
_TOKEN = re.compile(
    rf"(?:(?<!{_LETTER})-(?=\d))?(?:\d{{1,3}}(?: \d{{3}})+(?!{_LETTER})|{_LETTER}+)"  # -5, 12 000, word
    rf"(?:['-]{_LETTER}+|(?<=\d)[.,:/](?=\d){_LETTER}+|(?<=[^\W\d_])(?<!\w\w)\.(?=[^\W\d_]){_LETTER}+)*"
    r"|(?P<stop>[.!?…。！？]+)"
)


@dataclass(frozen=True, slots=True)
class HeldParagraph:
    """A folded paragraph with the spans of its words and of its marks ``.``, ``!``, ``?``, ``…``."""

    text: str
    words: tuple[tuple[int, int], ...]
    stops: tuple[tuple[int, int], ...]
    above: str = ""  # the paragraph before it

    def splits(self, position: int) -> bool:
        """Whether *position* lies inside a word, a number or a row of stops."""
        for spans in (self.words, self.stops):
            at = bisect_left(spans, (position, 0)) - 1
            if at >= 0 and position < spans[at][1]:
                return True
        return False

    def ends_sentence(self, start: int, end: int) -> bool:
        """Whether a sentence ends between *start* and *end*."""
        first, last = bisect_left(self.stops, (start, 0)), bisect_left(self.stops, (end, 0))
        return any(not self._abbreviates(*stop) for stop in self.stops[first:last])

    def _abbreviates(self, start: int, end: int) -> bool:
        at = bisect_left(self.words, (start, 0)) - 1
        if self.text[start:end] != "." or at < 0 or self.words[at][1] != start:
            return False
        following = self.text[end:].lstrip()[:1]
        word = self.word(at)
        return word in TITLES or (word in ABBREVIATIONS and (following.islower() or following in {",", ";", ":"}))

    def word(self, index: int) -> str:
        """Return the case-folded word at *index*."""
        start, end = self.words[index]
        return self.text[start:end].casefold()

    def within(self, start: int, end: int) -> range:
        """Return the indices of the words that begin between *start* and *end*."""
        return range(bisect_left(self.words, (start, 0)), bisect_left(self.words, (end, 0)))


@lru_cache(maxsize=256)
def held_paragraphs(text: str) -> tuple[HeldParagraph, ...]:
    """Return the folded paragraphs of *text* with their words."""
    found: list[HeldParagraph] = []
    for block in re.split(r"\n\s*\n|\u2029", text):
        tokens = list(_TOKEN.finditer(fold(re.sub("[—―]", _LONG_DASH, block))))  # as long as the folded block
        words = tuple(token.span() for token in tokens if token["stop"] is None)
        stops = tuple(token.span() for token in tokens if token["stop"] is not None)
        found.append(HeldParagraph(fold(block), words, stops, found[-1].text if found else ""))
    return tuple(found)
