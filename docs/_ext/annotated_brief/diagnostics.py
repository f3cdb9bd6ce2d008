"""Every finding that the edition can report: a closed list of codes, each with a place and a hint."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .model.records import Location


class Code(StrEnum):
    """The closed list of codes; *rule* says what must hold. Suppress one with ``brief.<code>``."""

    rule: str

    def __new__(cls, value: str, rule: str) -> Code:
        """Return the member for *value*, carrying the *rule* that it guards."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.rule = rule
        return member

    MISSING_OPTION = ("missing-option", "A directive has all the options that its record needs.")
    UNKNOWN_OPTION = ("unknown-option", "A directive has no option that it does not know.")
    BAD_OPTION = ("bad-option", "The value of an option is of the form that the option takes.")
    UNKNOWN_WORD = ("unknown-word", "A verdict, kind, lane, outcome or grade is in its word list.")
    BAD_DATE = ("bad-date", "A date is a possible one, written in EDTF.")
    BAD_ID = ("bad-id", "An id is kebab-case ASCII and begins with a letter.")
    DUPLICATE_ID = ("duplicate-id", "An id is used once in the whole set.")
    NO_TEXT = ("no-text", "An annotation, card, event or recommendation has a text.")
    HEADLINE_LENGTH = ("headline-length", "A headline has at most 60 characters.")
    SOURCE_WORDS_LENGTH = ("source-words-length", "Source words are at most six words.")
    MARK_MISSING = ("mark-missing", "Every annotation has a mark in a paragraph of its document.")
    MARK_STRAY = ("mark-stray", "Every mark names an annotation of its document.")
    MARK_REPEATED = ("mark-repeated", "An annotation has exactly one mark.")
    MARK_ORDER = ("mark-order", "Annotations stand after their own paragraph, in mark order.")
    UNKNOWN_TERM = ("unknown-term", "A link to a term names a card of the glossary.")
    UNKNOWN_ANNOTATION = ("unknown-annotation", "A link to an annotation names one that exists.")
    UNKNOWN_SOURCE = ("unknown-source", "A citation names an entry of refs.bib.")
    UNKNOWN_ACTOR = ("unknown-actor", "An event names actors that are defined.")
    UNUSED_SOURCE = ("unused-source", "Every entry of refs.bib is cited somewhere.")
    UNUSED_ACTOR = ("unused-actor", "Every actor takes part in an event.")
    BAD_SOURCE = ("bad-source", "An entry of refs.bib has the fields and types of the closed lists.")
    NO_EVIDENCE = ("no-evidence", "A verdict other than unverified rests on at least one source.")
    ONE_SIDED = ("one-sided", "A disputed claim names at least two sources.")
    WEAK_EVIDENCE = (
        "weak-evidence",
        "Corrected and disputed rest on more than reference works and reposts.",
    )
    UNDATED_UPDATE = ("undated-update", "An updated claim gives the date of the change (as-of).")
    REVIEW_ORDER = ("review-order", "The review date is later than the date of the check.")
    TERM_UNLINKED = (
        "term-unlinked",
        "The first use of a term in a restated paragraph links to its card.",
    )
    SHARED_FORM = ("shared-form", "No two cards claim the same form of a name.")
    SEAL_MISSING = ("seal-missing", "The work lock holds a seal for every annotation.")
    SEAL_BROKEN = ("seal-broken", "The seal of an annotation fits its source words.")
    BAD_WORK = ("bad-work", "The work lock beside a brief is complete and well-formed.")
    PARAGRAPH_MISSING = ("paragraph-missing", "Every paragraph of the article is restated, in order.")
    BORROWED_WORDS = ("borrowed-words", "No run of eight words occurs in the article.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding: what is wrong (*message*), where, and what to do about it (*hint*)."""

    code: Code
    message: str
    location: Location
    hint: str

    def __str__(self) -> str:
        """One line for terminals: ``path:line: brief.code  message; hint``."""
        return f"{self.location}: brief.{self.code}  {self.message}; {self.hint}"
