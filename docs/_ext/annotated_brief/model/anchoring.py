"""Anchoring what somebody else wrote: exactly once in the restatement or in the article, or not at all.

The words selected (TextQuoteSelector of the W3C Web Annotation model) are compared after the folding of
:mod:`annotated_brief.model.text`; what stands before and after them only ever rules places out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from .article import OUTSIDE, PREFIX_LIMIT, SOURCE_WORDS_LIMIT, find_words
from .passages import Passage
from .records import Annotation, Brief
from .text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """An annotation that somebody made with another tool, about words of a page."""

    id: str
    uri: str  # the page
    text: str
    exact: str  # the words; empty where the whole page is meant
    prefix: str = ""  # what stands before them
    suffix: str = ""  # what stands after them
    tags: tuple[str, ...] = ()
    author: str = ""
    updated: str = ""  # ISO 8601 day
    answers: bool = False  # whether it is a reply to another one


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a comment belongs: a place in the restatement, or words of the article."""

    slug: str  # the brief
    region: str  # id of the paragraph; "outside" for words of the article that are in none
    mark: str = ""  # the words of the restatement
    source_words: str = ""  # the words of the article
    prefix: str = ""  # those before them, where they alone occur twice
    offset: int = 0  # of the mark in the text of the paragraph, in characters


class LostError(ValueError):
    """A comment that has no place; the message says why."""


def anchor(
    comment: Comment,
    brief: Brief,
    passages: Iterable[Passage],
    notes: Iterable[Annotation],
    regions: Mapping[str, str],
) -> Anchor:
    """Return where *comment* belongs in *brief*.

    *regions* are the folded regions of the article, if a copy is at hand; without one only words that another note
    has, and that are sealed, can be found. Raises :class:`LostError`.
    """
    if comment.answers:
        raise LostError("it answers another one; take it up there")
    if not comment.text.strip():
        raise LostError("it marks words and says nothing of them")
    if not fold(comment.exact):
        raise LostError("it is about the page as a whole and names no words")
    if any(_same_page(comment.uri, url) for url in brief.work.urls):
        return _in_article(comment, brief, notes, regions)
    if not is_page_of(comment.uri, brief):
        raise LostError(f"it is about another page, {comment.uri or 'which it does not name'}")
    return _in_restatement(comment, brief, passages)


def is_page_of(uri: str, brief: Brief) -> bool:
    """Whether *uri* is an address of the page of *brief*, whatever the site that publishes it."""
    path = unquote(urlsplit(uri).path)
    short = brief.docname.removesuffix("index")
    return path.endswith((f"/{brief.docname}.html", f"/{brief.docname}", *([f"/{short}"] if short else [])))


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses name one page: scheme, ``www.``, fragment and a final slash do not matter."""

    def key(address: str) -> tuple[str, str, str]:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/"), parts.query

    return key(one) == key(other)


def _in_restatement(comment: Comment, brief: Brief, passages: Iterable[Passage]) -> Anchor:
    """Return the one place of the words in the paragraphs of *brief*."""
    found = [
        (passage, start, end)
        for passage in passages
        if passage.paragraph.docname == brief.docname
        for start, end in find_shown(passage.text, comment.exact)
    ]
    if not found:
        raise LostError(f"‘{comment.exact}’ stands in no restated paragraph")
    if len(found) > 1:
        fitting = [place for place in found if _fits(place[0].text[: place[1]], place[0].text[place[2] :], comment)]
        if len(fitting) != 1:
            raise LostError(f"‘{comment.exact}’ stands in {len(found)} places, and what is around it does not tell")
        found = fitting
    passage, start, end = found[0]
    words = passage.words(start, end)
    offset = len(passage.words(0, start))
    return Anchor(slug=brief.slug, region=passage.paragraph.id, mark=words.strip(), offset=offset)


def find_shown(text: str, sought: str) -> list[tuple[int, int]]:
    """Return where the folded *sought* stands in *text*, in characters of *text* itself."""
    folded, origin = _fold_with_origin(text)
    wanted = fold(sought)
    places, at = [], folded.find(wanted)
    while at >= 0:
        places.append((origin[at], origin[at + len(wanted) - 1] + 1))
        at = folded.find(wanted, at + 1)
    return places


def _fold_with_origin(text: str) -> tuple[str, list[int]]:
    """Return the folded *text* and, for each of its characters, the place in *text* from which it comes."""
    folded, origin = "", list[int]()
    for place, character in enumerate(text):
        piece = fold(f"|{character}|")[1:-1]
        if piece != " " or not folded.endswith(" "):
            folded += piece
            origin += [place] * len(piece)
    return folded, origin


def _fits(before: str, after: str, comment: Comment) -> bool:
    """Whether what stands around a place is what the comment says, as far as both reach."""
    left, prefix = fold(before), fold(comment.prefix)
    right, suffix = fold(after), fold(comment.suffix)
    return (left.endswith(prefix) or prefix.endswith(left)) and (right.startswith(suffix) or suffix.startswith(right))


def _in_article(comment: Comment, brief: Brief, notes: Iterable[Annotation], regions: Mapping[str, str]) -> Anchor:
    """Return the one place of the words in the article."""
    exact = " ".join(comment.exact.split())
    if len(exact.split()) > SOURCE_WORDS_LIMIT:
        raise LostError(
            f"it selects {len(exact.split())} words of the article, and at most {SOURCE_WORDS_LIMIT} may stand here; "
            "choose those that it hangs on"
        )
    if not regions:
        return _by_seal(exact, brief, notes)
    for prefix in ("", *_prefixes(comment.prefix)):
        found = [region for region, text in regions.items() for _ in find_words(text, exact, prefix)]
        if len(found) == 1:
            return Anchor(slug=brief.slug, region=found[0], source_words=exact, prefix=prefix)
        if not found:
            break
    raise LostError(f"‘{exact}’ does not stand once in the article; take more words")


def _prefixes(prefix: str) -> list[str]:
    """Return the last word of *prefix*, its last two, its last three."""
    words = prefix.split()
    return [" ".join(words[-count:]) for count in range(1, min(PREFIX_LIMIT, len(words)) + 1)]


def _by_seal(exact: str, brief: Brief, notes: Iterable[Annotation]) -> Anchor:
    """Return the place that is sealed for the same words of another note."""
    seals = dict(brief.work.seals)
    for note in notes:
        if note.id in seals and fold(note.source_words) == fold(exact):
            region = seals[note.id].region or OUTSIDE
            return Anchor(slug=brief.slug, region=region, source_words=note.source_words, prefix=note.prefix)
    raise LostError("no note is sealed to these words; attach a copy of the article with ‘brief attach’")
