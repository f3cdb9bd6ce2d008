"""The quote lock: whether quoted words stand in the held text of their source, exactly.

Both sides are folded (:func:`~.text.fold`) and then compared letter for letter, case included; no similarity
decides. The rules:

* A quotation begins and ends between words. An apostrophe or hyphen (or an en dash, which folds to it) inside a
  word and a sign or separator inside a number belong to it: neither "not" out of "can't" nor "12" out of "12.5".
* An ellipsis (``…``, ``...``, either in square brackets) stands for at least one word left out, or for an ellipsis
  of the source. The parts around it hold a word each and stand in their order in one paragraph. What is left out
  holds no negation and no sentence end. Every full stop counts as a sentence end but those inside numbers and
  between initials (U.S), after the titles of :data:`~.held.TITLES`, and after :data:`~.held.ABBREVIATIONS` before a small letter
  or a comma; so the stop after a lone initial ("N. Nazarbayev") counts.
* The word just before the quotation, within its sentence, is no negation; articles, "to", "be", "have" and the
  like (:data:`PASSED_OVER`) are looked past. The word just after it is none either, unless punctuation parts them.
  Whoever quotes such words takes the negation into the quotation.
* Square brackets hold only *sic* after a word, or one of the named *antecedents*, exactly as given, in the place
  of exactly one pronoun (:data:`PRONOUNS`) of the source, which has named it before, in one of its forms, in the same
  paragraph or the one above. An added name, letter or word is refused.
* Double quotation marks inside come in pairs; single and double marks are not the same.

Not seen: a negation further away, one inside a Kazakh verb, and what a correct excerpt leaves unsaid. Text written
without blanks (Chinese) can be quoted only from one punctuation mark to another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .held import HeldParagraph, held_paragraphs
from .text import fold


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _listed(
    "not never no none neither nor nobody nothing nowhere cannot without hardly scarcely barely "
    "не ни нет нету без никогда нельзя никто никого никому никем ничто ничего ничему ничем нигде никуда никак "
    "никакой никакая никакое никакие никакого никакому никаким никаких никакую отнюдь едва "
    "ешқашан ешкім ештеңе ешқандай ешбір"
)
FOLLOWING_NEGATIONS = _listed("емес емеспін емеспіз емессің емессіз жоқ")  # they negate what precedes
PASSED_OVER = _listed("a an the to be been being have has had yet бы был была было были быть")
PRONOUNS = _listed(
    "he she it they him her them his its their we us our this these those "
    "он она оно они его ее её их ему ей им ол олар оның олардың оны оларды"
)

_ELLIPSIS = re.compile(r"\[ ?(?:…|\.{3}) ?\]|…|\.{3}")
_WORDED = re.compile(r"[^\W_]")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_SIC = re.compile(r"(?<=\S) ?\[sic\](?!\w)")
_PRONOUN = rf"(?<![\w'-])(?i:{'|'.join(sorted(PRONOUNS, key=lambda word: (-len(word), word)))})(?![\w'-])"
_LOOK_ALIKES = str.maketrans("аеёорсухіѕјһкқмтвнңғөұү", "aeeopcyxisjhkkmtbhhгoyy")


_NO_NAMES: Mapping[str, Collection[str]] = {}


class QuoteVerdict(StrEnum):
    """What the held texts say of a quotation."""

    VERIFIED = "verified"
    NOT_IN_SOURCE = "not in source"
    ELSEWHERE = "found in another source"
    NOT_HELD = "source not held"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteResult:
    """The verdict on a quotation, the keys of *other* sources that hold it, and why its own does not."""

    verdict: QuoteVerdict
    found_in: tuple[str, ...] = ()  # sorted; empty where its own source has it
    reason: str = ""  # one clause; empty where it is verified, or nothing is known


@dataclass(frozen=True, slots=True)
class _Part:
    """What finds one part of a quotation: a *pattern*, and one more for each name that must stand before it."""

    pattern: re.Pattern[str]
    named: tuple[re.Pattern[str], ...] = ()

    def follows(self, before: str) -> bool:
        """Whether all that stands in brackets is named in the text *before* the part."""
        return all(name.search(before) for name in self.named)


def check_quote(
    quote: str, source: str, held: Mapping[str, str], antecedents: Mapping[str, Collection[str]] = _NO_NAMES
) -> QuoteResult:
    """Return whether *quote* stands in the text that is held of *source*, or else where.

    A quotation that breaks a rule by its own form (no word, other brackets) is in no source, held or not.

    Args:
        quote: The quoted words.
        source: The key of the source that they are ascribed to.
        held: Plain texts by source key; blank lines part their paragraphs.
        antecedents: What square brackets may put for a pronoun, each with the names that the source may have for it.
    """
    folded = fold(quote)
    names = {fold(name): frozenset(map(fold, forms)) for name, forms in antecedents.items()}
    fault = _fault(folded, names)
    if fault:
        return QuoteResult(verdict=QuoteVerdict.NOT_IN_SOURCE, reason=fault)
    readings = _readings(folded, names)
    if source in held and _stands(readings, held[source]):
        return QuoteResult(verdict=QuoteVerdict.VERIFIED)
    others = tuple(sorted(key for key in held if key != source and _stands(readings, held[key])))
    if source not in held:
        return QuoteResult(verdict=QuoteVerdict.NOT_HELD, found_in=others)
    verdict = QuoteVerdict.ELSEWHERE if others else QuoteVerdict.NOT_IN_SOURCE
    return QuoteResult(verdict=verdict, found_in=others, reason=_why(folded, readings, held[source]))


def _fault(quote: str, names: Collection[str]) -> str:
    """Return what is wrong with the form of the folded *quote*, or nothing."""
    for content in _BRACKETS.findall(quote):
        if content not in names and content != "sic" and not _ELLIPSIS.fullmatch(content.strip()):
            return f"the brackets hold ‘{content}’, which is neither sic nor a name of the text"
    if "[sic]" in _SIC.sub("", quote):
        return "a bracketed sic stands after no word"
    outside = _BRACKETS.sub("", quote)
    if "[" in outside or "]" in outside:
        return "a square bracket has no partner"
    if not _WORDED.search(outside):
        return "it holds no word"
    return "a quotation mark inside it has no partner" if quote.count('"') % 2 else ""


def _readings(quote: str, names: Mapping[str, Collection[str]]) -> list[list[_Part]]:
    """Return what finds a well-formed quotation: as it stands, and part by part with ellipses and brackets resolved."""
    plain = all(content == "sic" or _ELLIPSIS.fullmatch(content.strip()) for content in _BRACKETS.findall(quote))
    readings = [[_Part(re.compile(re.escape(quote)))]] if plain else []
    parts = [part.strip() for part in _ELLIPSIS.split(_SIC.sub("", quote))]
    if (parts != [quote] or "[" in quote) and all(_WORDED.search(_BRACKETS.sub("", part)) for part in parts):
        readings.append([_part(part, names) for part in parts])
    return readings


def _part(text: str, names: Mapping[str, Collection[str]]) -> _Part:
    """Return what finds *text*, each name in brackets standing for a pronoun."""
    pattern = _PRONOUN.join(map(re.escape, _BRACKETS.sub("[", text).split("[")))
    named = tuple(re.compile(_any_of(names.get(name, ()))) for name in _BRACKETS.findall(text))
    return _Part(re.compile(pattern), named)


def _any_of(forms: Collection[str]) -> str:
    """Return a pattern that matches any of *forms* as whole words, and nothing where there are none."""
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms)))})(?!\w)" if forms else r"(?!)"


def _stands(readings: list[list[_Part]], text: str) -> bool:
    return any(not _trial(reading, block)[1] for block in held_paragraphs(text) for reading in readings)


def _why(quote: str, readings: list[list[_Part]], text: str) -> str:
    """Return why no reading stands in *text*: the obstacle met latest."""
    mixed = [word for word in re.findall(r"\w+", quote) if _mixes(word)]
    if mixed:
        return f"a word mixes Latin and Cyrillic letters: {mixed[0]}"
    parts = [part.strip() for part in _ELLIPSIS.split(quote)]
    if not all(_WORDED.search(part) for part in parts):
        return "a part beside an ellipsis holds no word"
    trials = [_trial(reading, block) for block in held_paragraphs(text) for reading in readings]
    rank, reason = max(trials, key=lambda trial: trial[0])
    if rank % 3 == 0:
        near = (
            _difference(part, block.text) for block in held_paragraphs(text) for part in parts if part not in block.text
        )
        reason = next(filter(None, near), reason)
    return reason


def _trial(reading: list[_Part], block: HeldParagraph) -> tuple[int, str]:
    """Return how far *reading* can be placed in *block*, and what stops it; nothing where it stands there."""
    ends: set[int] = set()
    for number, part in enumerate(reading):
        found = list(_occurrences(part.pattern, block.text))
        if not found:
            return 3 * number, "a part of it is not in that paragraph" if number else "no such words stand there"
        found = [(start, end) for start, end in found if not block.splits(start) and not block.splits(end)]
        if not found:
            return 3 * number + 1, "it begins or ends inside a word or number of the source"
        found = [(start, end) for start, end in found if part.follows(f"{block.above}\n{block.text[:start]}")]
        if not found:
            return 3 * number + 1, "the source does not name before it what the brackets hold"
        last = number == len(reading) - 1
        reached, reason = set[int](), ""
        for start, end in found:
            gaps = {_gap(block, previous, start) for previous in ends} if number else {_before(block, start, end)}
            obstacle = min(gaps) or (_after(block, start, end) if last else "")
            reached |= set() if obstacle else {end}
            reason = obstacle or reason
        if not reached:
            return 3 * number + 2, reason
        ends = reached
    return 3 * len(reading), ""


def _occurrences(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of all occurrences, overlapping ones too."""
    match = pattern.search(text)
    while match:
        yield match.span()
        match = pattern.search(text, match.start() + 1)


def _gap(block: HeldParagraph, start: int, end: int) -> str:
    """Return why the ellipsis cannot stand for what lies between *start* and *end*, or nothing."""
    if end < start:
        return "the fragments stand in another order"
    if _ELLIPSIS.fullmatch(block.text[start:end].strip()):
        return ""
    left_out = [block.word(index) for index in block.within(start, end)]
    if any(_negates(word) or word in FOLLOWING_NEGATIONS for word in left_out):
        return "the ellipsis leaves out a negation"
    if block.ends_sentence(start, end):
        return "the ellipsis runs over the end of a sentence"
    return "" if left_out else "the ellipsis leaves out no word"


def _before(block: HeldParagraph, start: int, end: int) -> str:
    """Return the complaint that a negation stands just before the words between *start* and *end*, or nothing."""
    at = block.within(start, end).start
    while at > 0 and not block.ends_sentence(block.words[at - 1][1], block.words[at][0]):
        at -= 1
        if _negates(block.word(at)):
            return "a negation stands just before it in the source"
        if block.word(at) not in PASSED_OVER:
            break
    return ""


def _after(block: HeldParagraph, start: int, end: int) -> str:
    """Return the complaint that a negation stands just after the words between *start* and *end*, or nothing."""
    at = block.within(start, end).stop
    if at == len(block.words):
        return ""
    between = block.text[block.words[at - 1][1] : block.words[at][0]]
    negated = _negates(block.word(at)) or block.word(at) in FOLLOWING_NEGATIONS
    return "a negation stands just after it in the source" if negated and not between.strip(" \"'()[]") else ""


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def _mixes(word: str) -> bool:
    return {"LATIN", "CYRILLIC"} <= {unicodedata.name(character, "").split(" ")[0] for character in word}


def _difference(quote: str, text: str) -> str:
    """Return the one kind of difference that parts *quote* from words of *text*; for the reader, never a verdict."""
    reduced = [quote, text]
    for step, reason in (
        (str.casefold, "a capital letter differs"),
        (lambda side: side.translate(_LOOK_ALIKES), "a letter differs from one that looks like it"),
        (lambda side: " ".join(re.findall(r"\w+(?:'\w+)*", side)), "punctuation or the end of a sentence differs"),
        (lambda side: " ".join(w for w in side.split() if not _negates(w)), "a negation differs"),
    ):
        reduced = [step(side) for side in reduced]
        if reduced[0] in reduced[1]:
            return reason
    return ""
