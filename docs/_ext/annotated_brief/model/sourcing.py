"""What a set of sources is made of: how many voices, of which grade, from where, with which stake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .corpus import Corpus
from .records import Annotation, Source
from .text import words
from .vocabulary import Grade, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The make-up of a set of sources; counts are listed most frequent first."""

    sources: int
    voices: int  # sources with the same authors or, where none is named, the same publisher, count once
    disinterested: int  # voices of which at least one source has no stake in the claim
    grades: tuple[tuple[Grade, int], ...]  # in the order of the word list
    countries: tuple[tuple[str, int], ...]  # ISO 3166-1, EU, INT or unknown
    languages: tuple[tuple[str, int], ...]  # BCP 47

    @property
    def hangs_on_one(self) -> bool:
        """Whether there is one source and no more."""
        return self.sources == 1

    @property
    def is_interested(self) -> bool:
        """Whether there are sources, and each has a stake in the claim."""
        return self.sources > 0 and not self.disinterested


def author_of(corpus: Corpus, note: Annotation) -> str:
    """Return the family name of the author of the work that *note* is about, case-folded; empty where unknown."""
    brief = corpus.brief_by_page.get(note.docname)
    return words(brief.work.author)[-1] if brief is not None and words(brief.work.author) else ""


def is_own(source: Source, author: str) -> bool:
    """Whether *source* is by *author* (a family name, case-folded) alone."""
    return bool(source.authors) and all(author in words(name) for name in source.authors)


def has_stake(source: Source, author: str) -> bool:
    """Whether *source* is by a state, or by the *author* of the work that is checked."""
    return source.owner is Owner.STATE or is_own(source, author)


def evidence_of(corpus: Corpus, note: Annotation) -> list[Source]:
    """Return the sources that *note* names as evidence, each once, sorted by key."""
    keys = sorted({item.id for item in note.evidence})
    return [corpus.source_by_id[key] for key in keys if key in corpus.source_by_id]


def profile_of(sources: Iterable[Source], author: str = "") -> Profile:
    """Return the make-up of *sources*; *author* is that of the work which they are to check."""
    sources = list(sources)
    voices: dict[tuple[str, ...], bool] = {}
    for source in sources:
        voice = source.authors or (source.publisher or source.label,)
        voices[voice] = voices.get(voice, False) or not has_stake(source, author)
    grades = Counter(source.grade for source in sources)
    return Profile(
        sources=len(sources),
        voices=len(voices),
        disinterested=sum(voices.values()),
        grades=tuple((grade, grades[grade]) for grade in Grade if grades[grade]),
        countries=_ranked(source.country for source in sources),
        languages=_ranked(source.lang for source in sources),
    )


def _ranked(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return each value with its number, most frequent first."""
    return tuple(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
