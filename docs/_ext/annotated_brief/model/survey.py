"""What in a text wants a note: found by form alone, the same at every run, with nothing weighed or understood.

It is a list for an author to work through. What it calls a name is a run of capitalised words; what it calls a claim
without a source is a sentence that says something checkable and points nowhere.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .dates import MONTHS
from .held import TITLES
from .records import Term

_MONTH = "|".join(MONTHS) + "|" + "|".join(rf"{month[:3]}\.?" for month in MONTHS if len(month) > 3) + r"|Sept\.?"
_DAYS = "|".join(calendar.day_name)
_DATES = (
    rf"(?:(?P<w1>{_DAYS}),? )?(?:the )?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})(?:,? (?P<y1>\d{{4}}))?",
    rf"(?:(?P<w2>{_DAYS}),? )?(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y2>\d{{4}}))?",
    rf"(?P<m3>{_MONTH}),? (?P<y3>\d{{4}})",
    r"(?P<y4>\d{4})-(?P<m4>\d{2})-(?P<d4>\d{2})",
    r"(?P<a5>\d{1,2})[/.](?P<b5>\d{1,2})[/.](?P<y5>\d{4})",
    r"(?P<y6>1[0-9]\d\d|20\d\d)(?:[–-](?:1[0-9]\d\d|20\d\d|\d\d))?(?![\d,.]\d|\s?(?:per cent|percent|%))",
)
_DATE = re.compile(r"(?<![\w.,/-])(?:" + "|".join(_DATES) + r")(?!\w)")
_QUOTES = re.compile(r"“[^”]*”|«[^»]*»|„[^“]*“|\"[^\"]*\"|(?<!\w)‘[^’]*(?:’\w[^’]*)*’(?!\w)")
_UNITS = (
    r"\s?%|\s(?:per cent|percent|million|billion|trillion|thousand|hundred|tons?|tonnes?|barrels?|dollars?|euros?|tenge"
    r"|years?|months?|weeks?|days?|hours?|people|states|members|metres|meters|km|miles)\b"
)
_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|dozens?|millions?|twice"
)
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?:[$€£¥₸₽]\s?)?\d+(?:[ ,.\u00a0\u202f]\d{{3}}(?!\d))*(?:[.,]\d+)?(?!/?\w)(?:{_UNITS})*"
    rf"|\b(?:{_WORDS})(?:[ -](?:and )?(?:{_WORDS}))*\b(?:{_UNITS})*",
    re.IGNORECASE,
)
_CALL = re.compile(r"\[\^?\d+\]|[¹²³⁰-⁹]|(?<=[^\W\d][.,;”\"])\d{1,3}(?=\s|$)")  # of a footnote
_CLAUSE = re.compile(r"^\(?\w{1,4}[.)]\s+")
_ABBREVIATION = re.compile(
    r"(?<![\w.])(?:[A-Z]\.){2,}|(?<![\w/])[A-Z][A-Za-z]*[A-Z]+[A-Za-z]*(?:[-/&]?\d+)?(?![\w])|\b[A-Z]\d(?:\+\d)?\b"
)
_WORD = r"[A-ZÀ-ÖØ-ÞА-ЯӘІҢҒҮҰҚӨҺ][\w’'-]+"
_NAME = re.compile(
    rf"(?:(?:{_WORD}|[A-Z]\.)(?:[ ](?:of|the|and|for|de|van|von|bin|al|la|on)(?:[ ]the)?(?=[ ][A-ZÀ-ÞА-Я]))*[ ])*{_WORD}"
)
_END = re.compile(r"(?<=[^A-Z\s][.!?])[”\"’)\]]*(?:\[\^?\d+\]|[¹²³⁰-⁹])*(?=\s+[“\"‘«(\[]?[A-ZÀ-ÞА-Я\d])")
_POINTS = re.compile(
    rf"{_CALL.pattern}|\([^)]*\b(?:1[5-9]|20)\d\d[a-z]?\b[^)]*\)|https?://|\baccording to\b|\bcited? (?:in|by)\b"
    r"|\bresolution \d|\b\d+/\d+\b|\bA/RES/|\bsee\b",
    re.IGNORECASE,
)
_STARTERS = frozenset(
    [
        "a",
        "after",
        "all",
        "although",
        "an",
        "and",
        "another",
        "any",
        "as",
        "at",
        "because",
        "before",
        "both",
        "but",
        "by",
        "during",
        "each",
        "even",
        "every",
        "few",
        "finally",
        "first",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "here",
        "his",
        "how",
        "however",
        "i",
        "if",
        "in",
        "indeed",
        "instead",
        "it",
        "its",
        "just",
        "later",
        "many",
        "meanwhile",
        "more",
        "moreover",
        "most",
        "much",
        "neither",
        "no",
        "nor",
        "not",
        "nothing",
        "now",
        "of",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "over",
        "perhaps",
        "she",
        "since",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "then",
        "there",
        "therefore",
        "these",
        "they",
        "this",
        "those",
        "though",
        "through",
        "thus",
        "to",
        "today",
        "two",
        "under",
        "unless",
        "until",
        "upon",
        "we",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "why",
        "with",
        "without",
        "yet",
        "you",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something found: what it says, what is to be said of it, and the paragraphs in which it stands."""

    text: str
    places: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found in the paragraphs of a text, each list in the order of its first place."""

    abbreviations: tuple[Item, ...]
    names: tuple[Item, ...]
    dates: tuple[Item, ...]
    numbers: tuple[Item, ...]
    quotations: tuple[Item, ...]
    uncited: tuple[Item, ...]
    terms: tuple[Item, ...]


def survey(
    paragraphs: Sequence[tuple[str, str]], terms: Iterable[Term] = (), around: Sequence[tuple[str, str]] = ()
) -> Survey:
    """Return what stands in *paragraphs*, pairs of id and text; *terms* are the cards that exist.

    Of what stands *around* them, pairs of what it is and text, only abbreviations and dates are wanted.
    """
    both = [*paragraphs, *around]
    whole = "\n".join(text for _, text in both)
    names = {name for _, text in paragraphs for name, initial in _names(text) if not initial}
    return Survey(
        abbreviations=_gather(
            (place, text, expansion(text, whole)) for place, body in both for text in _abbreviations(body, whole)
        ),
        names=_gather(
            (place, text, "")
            for place, body in paragraphs
            for text, initial in _names(body)
            if not initial or " " in text or text in names
        ),
        dates=_gather((place, text, remark) for place, body in both for text, remark in _dates(body)),
        numbers=_gather((place, text, "") for place, body in paragraphs for text in _numbers(body)),
        quotations=_gather(
            (place, found[0], f"{count} word{'s' * (count > 1)}")
            for place, body in paragraphs
            for found in _QUOTES.finditer(body)
            if (count := len(found[0].split()))
        ),
        uncited=_gather((place, text, "") for place, body in paragraphs for text in _uncited(body)),
        terms=_gather(
            (place, term.name, term.id) for term in terms for place, body in paragraphs if _is_named(term, body)
        ),
    )


def _gather(found: Iterable[tuple[str, str, str]]) -> tuple[Item, ...]:
    """Return an item for each text among triples of place, text and remark."""
    items: dict[str, tuple[str, list[str]]] = {}
    for place, text, remark in found:
        _, places = items.setdefault(text, (remark, []))
        if place not in places:
            places.append(place)
    return tuple(Item(text=text, remark=remark, places=tuple(places)) for text, (remark, places) in items.items())


def _abbreviations(text: str, whole: str) -> list[str]:
    """Return the abbreviations in *text*; a word in capitals that *whole* has in small letters, too, is none."""
    found = [] if text.isupper() else [match[0] for match in _ABBREVIATION.finditer(text)]
    return [
        word
        for word in found
        if not (word.isalpha() and len(word) > 7)
        and not re.fullmatch(r"[IVXLCM]+", word)
        and word.casefold() not in _STARTERS
        and not re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", whole)
    ]


def expansion(abbreviation: str, text: str) -> str:
    """Return what *abbreviation* stands for, where *text* says so beside it in brackets: before or behind."""
    letters = [letter for letter in re.sub(r"[^A-Za-z]", "", abbreviation) if letter.isupper()] or list(abbreviation)
    long = r"(?:[\w’'-]+[ ,]+(?:\w{1,3}[ ])*?)"
    for match in re.finditer(
        rf"([^.;:()\n]{{3,120}}?)\s*\((?:the |hereinafter )?[“\"‘]?{re.escape(abbreviation)}[”\"’]?\)", text
    ):
        tokens = match[1].split()
        for count in range(len(letters), min(len(tokens), 2 * len(letters) + 3) + 1):
            tried = tokens[-count:]
            if _initials_fit(letters, tried):
                return " ".join(tried)
    behind = re.search(rf"(?<!\w){re.escape(abbreviation)} \(((?:the )?{long}+[\w’'-]+)\)", text)
    if behind and _initials_fit(letters, behind[1].removeprefix("the ").split()):
        return behind[1].removeprefix("the ")
    return ""


def _initials_fit(letters: Sequence[str], tokens: Sequence[str]) -> bool:
    """Whether *tokens* begin with the first of *letters*, and the others begin words among them, in order."""
    initials = [token.lstrip('“"‘(')[:1].casefold() for token in re.split(r"[ -]", " ".join(tokens))]
    if not initials or initials[0] != letters[0].casefold():
        return False
    rest = iter(initials)
    return all(any(initial == letter.casefold() for initial in rest) for letter in letters)


def _names(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each run of capitalised words, and whether it opens a sentence, where a capital says nothing."""
    for match in _NAME.finditer(text):
        name, before = match[0], _CLAUSE.sub("", text[: match.start()]).rstrip()
        initial = not before or re.search(r"[.!?:;]\s*[“\"«‘(\[”’\d\])]*$", before) is not None
        first, _, rest = name.partition(" ")
        if first.casefold() in _STARTERS or (initial and rest.startswith("the ")):
            name, initial = rest.removeprefix("the "), False
        name = name.removesuffix("’s").removesuffix("'s")
        known = {*MONTHS, *calendar.day_name}
        if name and name.split()[0] not in known and name.lower() not in TITLES and not _ABBREVIATION.fullmatch(name):
            yield name, initial


def _dates(text: str) -> Iterator[tuple[str, str]]:
    """Yield the dates in *text*, and what is wrong with those that cannot be."""
    for match in _DATE.finditer(text):
        yield match[0], impossible(match)


def impossible(match: re.Match[str]) -> str:
    """Return why the date that was found cannot be, or nothing."""
    found = {name[0]: value for name, value in match.groupdict().items() if value}
    year = int(found["y"]) if "y" in found else 2000  # a leap year: 29 February may be
    if "a" in found:
        month, day = int(found["b"]), int(found["a"])
        if month > 12 >= day:
            month, day = day, month
    else:
        month, day = _month(found.get("m", "")), int(found.get("d", 1))
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return "there is no such day"
    weekday = calendar.day_name[date.weekday()]
    if "w" in found and "y" in found and found["w"] != weekday:
        return f"that day was a {weekday}"
    return ""


def _month(text: str) -> int:
    """Return the number of a month given by number or name; 1 where there is none."""
    if text.isdigit():
        return int(text)
    return next((number for number, month in enumerate(MONTHS, 1) if text and month.startswith(text[:3])), 1)


def _numbers(text: str) -> list[str]:
    """Return the numbers in *text* that belong to no date, no clause and no call of a note."""
    for pattern in (_CLAUSE, _CALL, _DATE):
        text = pattern.sub(lambda found: "·" * len(found[0]), text)
    return [match[0].strip() for match in _NUMBER.finditer(text)]


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of *text*, each with the calls of notes behind it; a title before a name ends none."""
    start = 0
    for match in _END.finditer(text):
        last = text[start : match.start()].rstrip(".").rpartition(" ")[2]
        if last.lower() not in TITLES:
            yield text[start : match.end()].strip()
            start = match.end()
    yield text[start:].strip()


def _uncited(text: str) -> Iterator[str]:
    """Yield the sentences of *text* that give a number, a date, a name or words of others, and point to nothing."""
    for sentence in _sentences(_CLAUSE.sub("", text)):
        checkable = (
            _DATE.search(sentence)
            or _numbers(sentence)
            or _QUOTES.search(sentence)
            or any(not initial for _, initial in _names(sentence))
        )
        if checkable and not _POINTS.search(sentence):
            yield sentence


def _is_named(term: Term, text: str) -> bool:
    """Whether *text* has one of the forms of *term*."""
    forms = {form.text for form in term.forms} or {term.name}
    return re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms)))})(?!\w)", text) is not None
