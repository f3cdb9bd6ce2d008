"""Every finding that the edition can report: a closed list of codes, each with a place and a hint.

What each code means is written once, in ``rules.toml`` beside this file: level, rule, why, a bad and a good example.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from .model.records import Location
from .model.text import one_line


class Level(StrEnum):
    """How grave a finding is; the words are those of SARIF 2.1.0."""

    ERROR = "error"  # fails a check and a strict build
    WARNING = "warning"  # shown, and does not fail
    NOTE = "note"  # counted, and listed where that is asked for


class Code(StrEnum):
    """The closed list of codes. Suppress one in a build with ``brief.<code>``."""

    MISSING_OPTION = "missing-option"
    UNKNOWN_OPTION = "unknown-option"
    BAD_OPTION = "bad-option"
    UNKNOWN_WORD = "unknown-word"
    RAW_MARKUP = "raw-markup"
    UNSAFE_ADDRESS = "unsafe-address"
    BAD_DATE = "bad-date"
    BAD_ID = "bad-id"
    DUPLICATE_ID = "duplicate-id"
    ID_VANISHED = "id-vanished"
    ID_REUSED = "id-reused"
    NO_TEXT = "no-text"
    HEADLINE_LENGTH = "headline-length"
    SOURCE_WORDS_LENGTH = "source-words-length"
    MARK_MISSING = "mark-missing"
    MARK_STRAY = "mark-stray"
    MARK_REPEATED = "mark-repeated"
    MARK_ORDER = "mark-order"
    UNKNOWN_TERM = "unknown-term"
    UNKNOWN_ANNOTATION = "unknown-annotation"
    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_ACTOR = "unknown-actor"
    UNKNOWN_RECORD = "unknown-record"
    UNUSED_SOURCE = "unused-source"
    UNUSED_TERM = "unused-term"
    UNUSED_ACTOR = "unused-actor"
    BAD_SOURCE = "bad-source"
    NO_EVIDENCE = "no-evidence"
    ONE_SIDED = "one-sided"
    WEAK_EVIDENCE = "weak-evidence"
    NOT_INDEPENDENT = "not-independent"
    ONE_SOURCE = "one-source"
    INTERESTED_ONLY = "interested-only"
    REVIEW_ORDER = "review-order"
    REVIEW_OVERDUE = "review-overdue"
    UNREVIEWED = "unreviewed"
    SUSPECT = "suspect"
    TERM_UNLINKED = "term-unlinked"
    TERM_CASE = "term-case"
    TERM_YEARS = "term-years"
    SHARED_FORM = "shared-form"
    TWO_ABBREVIATIONS = "two-abbreviations"
    STRAIGHT_MARK = "straight-mark"
    SEAL_MISSING = "seal-missing"
    SEAL_BROKEN = "seal-broken"
    ANCHOR_LOST = "anchor-lost"
    ANCHOR_AMBIGUOUS = "anchor-ambiguous"
    QUOTE_LENGTH = "quote-length"
    QUOTE_UNPLACED = "quote-unplaced"
    QUOTE_UNMARKED = "quote-unmarked"
    QUOTE_LOST = "quote-lost"
    QUOTE_ELSEWHERE = "quote-elsewhere"
    QUOTE_NOT_HELD = "quote-not-held"
    LINK_GONE = "link-gone"
    LINK_ARCHIVED = "link-archived"
    BAD_WORK = "bad-work"
    BAD_DATA = "bad-data"
    PARAGRAPH_MISSING = "paragraph-missing"
    NOT_RESTATED = "not-restated"
    BORROWED_WORDS = "borrowed-words"
    UNUSED_IGNORE = "unused-ignore"

    @property
    def rule(self) -> Rule:
        """What the code guards."""
        return load_rules()[self]

    @property
    def level(self) -> Level:
        """How grave a finding with this code is."""
        return self.rule.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a code guards: the *title* says what must hold, *why* for whose sake; *bad* and *good* are markup."""

    title: str
    why: str
    bad: str
    good: str
    level: Level = Level.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a group of rules proves together (*what*), and what is left to *people*."""

    what: str
    rules: tuple[Code, ...]
    people: str


@cache
def _read_rules() -> dict[str, Any]:
    """Return what ``rules.toml`` holds."""
    return tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))


@cache
def load_rules() -> dict[Code, Rule]:
    """Return the rule of each code, in the order of the codes."""
    found = _read_rules()
    return {code: Rule(**{**found[code], "level": Level(found[code].get("level", Level.ERROR))}) for code in Code}


def load_coverage() -> tuple[Coverage, ...]:
    """Return what the rules cover; each code belongs to one group."""
    return tuple(
        Coverage(what=row["what"], rules=tuple(Code(name) for name in row["rules"]), people=row["people"])
        for row in _read_rules()["coverage"]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding: what is wrong (*message*), where, and what to do about it (*hint*)."""

    code: Code
    message: str
    location: Location
    hint: str

    def __str__(self) -> str:
        """One line for terminals: ``path:line: brief.code  message; hint``."""
        return f"{self.location}: brief.{self.code}  {one_line(self.message)}; {self.hint}"
