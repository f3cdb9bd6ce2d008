"""Synthetic editions of any size: the same words for every tool, drawn from a seed.

The words are made of syllables and mean nothing, so that no name is met by chance and no text is anybody's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

PARAGRAPHS, NOTES, CITATIONS, LINKS = 14, 60, 20, 30  # of each brief
SHARED = 10  # sources, and cards, that all briefs have in common; the others are each brief's own
VERDICTS = ("clarified", "corrected", "updated", "disputed", "corroborated", "unverified")
_ONSETS, _VOWELS = ("b", "br", "d", "f", "g", "gl", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "v"), "aeiou"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A book that notes cite."""

    key: str
    title: str
    author: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A name with its explanation."""

    id: str
    name: str
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on one claim."""

    id: str
    mark: str
    headline: str
    claim: str
    source_words: str
    verdict: str
    evidence: tuple[str, ...]
    see: str  # another note
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A restated paragraph: sentences, the cards that it links to, its notes, and the *article* that it restates."""

    id: str
    sentences: tuple[str, ...]
    cards: tuple[str, ...]
    notes: tuple[Note, ...]
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief and what it brings with it."""

    slug: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[Source, ...]
    cards: tuple[Card, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """All its notes."""
        return tuple(note for paragraph in self.paragraphs for note in paragraph.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A set of briefs, with the sources and cards that they share."""

    briefs: tuple[Brief, ...]
    shared_sources: tuple[Source, ...]
    shared_cards: tuple[Card, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources."""
        return (*self.shared_sources, *(source for brief in self.briefs for source in brief.sources))

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards."""
        return (*self.shared_cards, *(card for brief in self.briefs for card in brief.cards))


class Speaker:
    """Draws words; the same seed says the same."""

    def __init__(self, seed: str) -> None:
        self.dice = random.Random(seed)  # noqa: S311  (not for secrets)

    def word(self) -> str:
        """Return a small word."""
        return "".join(self.dice.choice(_ONSETS) + self.dice.choice(_VOWELS) for _ in range(self.dice.randint(2, 3)))

    def words(self, count: int) -> str:
        """Return a run of words."""
        return " ".join(self.word() for _ in range(count))

    def sentence(self, count: int = 12) -> str:
        """Return a sentence."""
        return self.words(count).capitalize() + "."


def make_edition(briefs: int, seed: int = 17) -> Edition:
    """Return an edition of so many briefs; the first ones of a larger edition are those of a smaller one."""
    speaker = Speaker(f"{seed} shared")
    sources, cards = _sources(speaker, "all", SHARED), _cards(speaker, "all", SHARED, "s-all-0")
    made = tuple(_brief(Speaker(f"{seed} {number}"), number, sources, cards) for number in range(1, briefs + 1))
    return Edition(briefs=made, shared_sources=sources, shared_cards=cards)


def _sources(speaker: Speaker, owner: str, count: int) -> tuple[Source, ...]:
    return tuple(
        Source(
            key=f"s-{owner}-{number}",
            title=speaker.words(5).capitalize(),
            author=f"{speaker.word().capitalize()}{owner.capitalize()}{number}",  # the label of a source must be its own
            year=1950 + number,
        )
        for number in range(count)
    )


def _cards(speaker: Speaker, owner: str, count: int, source: str) -> tuple[Card, ...]:
    return tuple(
        Card(
            id=f"c-{owner}-{number}",
            name=f"{speaker.word().capitalize()} {speaker.word().capitalize()} {owner.upper()}{number}",
            text=speaker.sentence(20),
            source=source,
        )
        for number in range(count)
    )


def _brief(speaker: Speaker, number: int, sources: tuple[Source, ...], cards: tuple[Card, ...]) -> Brief:
    """Return one brief; its names hold its number, so that no two briefs have the same."""
    owner = f"b{number:05}"
    own_sources = _sources(speaker, owner, CITATIONS - len(sources))
    own_cards = _cards(speaker, owner, LINKS - len(cards), own_sources[0].key)
    keys = [source.key for source in (*sources, *own_sources)]
    ids = [f"{owner}-n{note:02}" for note in range(NOTES)]
    notes = [_note(speaker, place, ids, keys) for place in range(NOTES)]
    linked = [card.id for card in (*cards, *own_cards)]
    paragraphs = tuple(
        _paragraph(speaker, place, notes[place::PARAGRAPHS], linked[place::PARAGRAPHS]) for place in range(PARAGRAPHS)
    )
    title = f"{speaker.words(4).capitalize()} {owner}"
    return Brief(slug=owner, title=title, paragraphs=paragraphs, sources=own_sources, cards=own_cards)


def _note(speaker: Speaker, place: int, ids: list[str], keys: list[str]) -> Note:
    """Return a note on two sources; a third of the notes end with a citation."""
    return Note(
        id=ids[place],
        mark=speaker.words(3),
        headline=speaker.sentence(5).rstrip("."),
        claim=speaker.sentence(8).rstrip("."),
        source_words=speaker.words(4),
        verdict=VERDICTS[place % len(VERDICTS)],
        evidence=(keys[place % len(keys)], keys[(place + 7) % len(keys)]),
        see=ids[(place + 11) % len(ids)],
        text=" ".join(speaker.sentence() for _ in range(4)),
    )


def _paragraph(speaker: Speaker, place: int, notes: list[Note], cards: list[str]) -> Paragraph:
    said = [f"{speaker.words(8)} {note.source_words} {speaker.words(8)}" for note in notes]
    return Paragraph(
        id=f"p{place + 1}",
        sentences=tuple(speaker.sentence() for _ in notes),
        cards=tuple(cards),
        notes=tuple(notes),
        article=" ".join([*said, speaker.words(30)]).capitalize() + ".",
    )


def cited_in(place: int, note: Note) -> str:
    """Return the source that the note cites in its text too: of three notes one does; else an empty string."""
    return "" if place % (NOTES // CITATIONS) else note.evidence[0]


def numbered(brief: Brief) -> Iterator[tuple[Paragraph, list[tuple[int, Note]]]]:
    """Yield the paragraphs of a brief, each with its notes and their places in the brief."""
    places = {note.id: place for place, note in enumerate(brief.notes)}
    for paragraph in brief.paragraphs:
        yield paragraph, [(places[note.id], note) for note in paragraph.notes]
