"""The records of an edition: what every tool, page and export is made from.

Names follow the standard that owns the thing: W3C Web Annotation (annotation, target, selector), CSL
(citation item, locator), EDTF (dates), Sphinx (docname). All records are frozen and hold tuples, so that they
can be pickled with the environment, compared and hashed.
"""

from __future__ import annotations

from dataclasses import dataclass

from .dates import EdtfDate
from .imprint import Imprint
from .vocabulary import (
    PARTS,
    ActorKind,
    Attribution,
    CardKind,
    Grade,
    Lane,
    Light,
    Outcome,
    Owner,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Location:
    """Where an authored thing stands: *path* relative to the project, *line* counted from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        """``path:line``, as editors and compilers write it."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationItem:
    """One cited source (CSL citation item): the *id* is a key of ``refs.bib``."""

    id: str
    locator: str = ""  # "p. 2", "Article 4"; empty where the whole source is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in another language, with BCP 47 *lang* and, where given, its transliteration."""

    lang: str
    text: str
    abbreviation: str = ""
    transliteration: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A string by which running text names what a card is about."""

    text: str
    valid: EdtfDate | None = None  # when it was the name in use; None where it always was


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A restated paragraph or part of the article, in our words."""

    id: str  # "p5"; "bio" and the like for parts outside the numbered paragraphs
    number: int | None  # 1, 2, … as in the article; None outside the numbered paragraphs
    label: str  # prefix of its annotations' numbers: "5", "B"
    docname: str
    text: str
    location: Location

    @property
    def name(self) -> str:
        """What a link to it says: ``¶5``, or the name of a part outside the numbered paragraphs."""
        return f"¶{self.number}" if self.number else PARTS.get(self.id, self.id)

    @property
    def qualified(self) -> str:
        """Its id with its page: each brief has a ¶1, so that the id alone says which one only there."""
        return f"{self.docname}#{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A note on one claim of the article (W3C Web Annotation)."""

    id: str
    number: str  # "5.3": paragraph and order of the marks
    docname: str
    paragraph: Paragraph | None
    headline: str  # the finding, at most 60 characters
    claim: str  # what the article asserts, in our words
    source_words: str  # exact words of a TextQuoteSelector into the article, at most six
    prefix: str = ""  # the words before them, where they alone occur twice
    mark: str  # TextQuoteSelector into our text
    start: int = 0  # where the mark begins in the text of its paragraph (TextPositionSelector)
    verdict: Verdict
    evidence: tuple[CitationItem, ...]
    as_of: EdtfDate  # when the decisive fact held
    checked: EdtfDate  # when we looked
    review_by: EdtfDate  # when somebody should look again
    see: tuple[str, ...]  # annotations this one relies on
    tags: tuple[str, ...] = ()  # words by which somebody files it
    text: str
    links: tuple[str, ...] = ()  # ids of terms, annotations and sources that the note links to
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of ``refs.bib``."""

    id: str
    type: str  # BibTeX entry type
    label: str  # short author–year form, unique
    title: str
    title_latin: str
    authors: tuple[str, ...]
    publisher: str
    date: str  # EDTF; empty where the source bears none
    url: str
    doi: str
    note: str
    lang: str  # BCP 47 tag of the text
    grade: Grade
    country: str  # ISO 3166-1, EU, INT or unknown
    owner: Owner
    seen: bool  # whether a copy of the text itself was read
    read: str  # EDTF month in which it was read; empty where it was not
    imprint: Imprint  # the rest of what a reference manager asks for
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCheck:
    """What an address of ``refs.bib`` answered when it was last asked."""

    url: str
    light: Light
    checked: str  # ISO 8601 day
    status: int | None = None  # HTTP status of the last answer; None where there was none
    final: str = ""  # address after redirects, where it differs
    archive: str = ""  # address of a copy in an archive
    reason: str = ""  # why it is not live, in a few words


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A card of the glossary."""

    id: str
    docname: str
    name: str
    abbreviation: str
    kind: CardKind
    forms: tuple[Form, ...]
    names: tuple[Name, ...]
    valid: EdtfDate | None
    successor: str
    sources: tuple[CitationItem, ...]
    text: str
    foreign: tuple[tuple[str, str], ...] = ()  # words of the text in another language, and its BCP 47 tag
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A party to events of the timeline."""

    id: str
    docname: str
    name: str
    kind: ActorKind
    lane: Lane
    term: str  # id of its card, or empty
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated event of the timeline."""

    id: str
    docname: str
    date: EdtfDate
    actors: tuple[str, ...]
    sources: tuple[CitationItem, ...]
    annotations: tuple[str, ...]
    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation of the article and what became of it."""

    id: str
    docname: str
    number: int
    headline: str
    paragraph: int
    addressee: str
    attributed: Attribution
    outcome: Outcome
    as_of: EdtfDate  # date of the latest source read for the outcome
    sources: tuple[CitationItem, ...]
    annotations: tuple[str, ...]
    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Who belongs to a body, since when and until when, as far as the sources say it."""

    id: str
    docname: str
    body: str  # id of its card
    members: tuple[tuple[str, EdtfDate], ...]  # ISO 3166-1 code of a state, and a date or interval
    sources: tuple[CitationItem, ...]
    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words quoted from a source, in the language of that source."""

    docname: str
    text: str
    lang: str
    item: CitationItem
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch of the article as the work lock knows it: a paragraph, or the text outside them."""

    id: str  # "p5", or "outside" for everything that is no numbered paragraph
    sha256: str  # digest of the folded text
    word_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The recorded place of an annotation's source words in the article."""

    region: str
    offset: int  # in characters of the folded region
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Facts about the article that a brief restates; none of its sentences (``work.yml``)."""

    title: str
    author: str
    issued: str  # EDTF
    container: str
    urls: tuple[str, ...]
    lang: str
    paragraphs: int
    regions: tuple[Region, ...]
    salt: str
    windows: frozenset[str]
    exceptions: tuple[str, ...]  # titles and names that may be repeated word for word
    seals: tuple[tuple[str, Seal], ...]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A restated work: its page and what the lock file says of the original."""

    slug: str
    docname: str
    title: str
    work: Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who read an annotation against all that it rests on, and in which state that was."""

    annotation: str
    by: str
    on: str  # ISO 8601 day
    rests: tuple[tuple[str, str], ...]  # "source:key", "term:id", "paragraph:id" and the fingerprint of each


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """When the lines of an annotation were written, as the repository knew at its last release."""

    annotation: str
    created: str  # ISO 8601 day
    modified: str  # ISO 8601 day


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a withdrawn record: its id is never used again."""

    id: str
    date: str  # ISO 8601 day
    why: str
    instead: str = ""  # id of the record that took its place
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A link from running text to a term, annotation or source: *within* names the linking record."""

    kind: str  # "term", "annotation", "source", "actor"
    id: str
    docname: str
    within: str  # id of the record or paragraph that holds the link; empty in free text
    shown: str = ""  # the text of the link, where the author gave one
    location: Location
