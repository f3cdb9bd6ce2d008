"""The parts of a text that somebody holds: its paragraphs, and what stands around them.

Only what the form of a block says is used: its length, its first and last signs, its columns. Nothing is guessed from
what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .article import join_lines, split_blocks
from .text import words

_HEADING_WORDS = 16  # a line of more words is no heading
_NOTES = re.compile(r"(?:end|foot)?notes?|references|sources|bibliography|works cited", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?:\[\^?\w{1,4}\]:?|\(?\d{1,3}/(?=\s)|[¹²³⁰-⁹]+|\*{1,3}(?=\s?[A-Z])|[†‡§])\s*\S")
_NUMBERED_NOTE = re.compile(r"\d{1,3}[.)]?\s+\S")
_CLAUSE = re.compile(r"(?P<label>\d{1,3}|[ivxlc]{1,5}|[a-z]|[A-Z])[.)]\s|\((?P<inner>\d{1,3}|[ivxlc]{1,5}|[a-z])\)\s")
_ENDED = re.compile(r"[.;:,!?…”\"»’)\]]\s*(?:\[\d+\]|[¹²³⁰-⁹]+|\d{1,3})?$")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+| \| )\S")
_FURNITURE = re.compile(
    r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?|page \d+|[-–—*•·_=#]+(?:\s[-–—*•·_=#]+)*|share(?: this.*| on .*)?|advertisements?"
    r"|.*(?:\. ?){5,}\s*\w*|subscribe.*|sign up.*|read (?:more|also|next).*|related (?:articles|stories|posts)|most (?:read|popular)|(?:we use )?cookies?\b.*"
    r"|(?:©|copyright|\(c\)) .*|.*all rights reserved\.?|skip to .*|print this.*|follow us.*|back to top|home|menu|search|comments(?: \(\d+\))?",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    FOOTNOTE = "footnote"
    FRONT = "front matter"  # title, author, date, before the first paragraph
    FURNITURE = "furniture"  # of the page: numbers, notices, menus


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of the text: a paragraph is on one line, a table keeps its lines."""

    kind: Kind
    text: str
    label: str = ""  # the number or letter that the text itself gives a clause: "3", "a"
    level: int = 0  # of a heading, from 1; 0 where it is not known


def blocks_of_text(text: str) -> list[Block]:
    """Return the blocks of a plain *text*, between whose paragraphs empty lines stand."""
    lines = text.splitlines()
    found: list[Block] = []
    noted = False  # whether a heading says that notes follow
    for begin, end in split_blocks(lines, 0, len(lines)):
        for part in _parts(lines[begin:end]):
            block = _classify(part, noted=noted)
            if block.kind is Kind.HEADING:
                noted = bool(_NOTES.fullmatch(block.text.rstrip(":")))
            found.append(block)
    return found


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each block in a run of lines: numbered notes may follow each other without an empty line."""
    part = [lines[0]]
    for line in lines[1:]:
        if _FOOTNOTE.match(line.strip()) and _FOOTNOTE.match(part[0].strip()):
            yield part
            part = []
        part.append(line)
    yield part


def _classify(lines: Sequence[str], *, noted: bool) -> Block:
    """Return the block that stands on *lines*; *noted* says that it is among notes."""
    if len(lines) > 1 and sum(bool(_COLUMNS.search(line.strip())) for line in lines) * 2 > len(lines):
        return Block(kind=Kind.TABLE, text="\n".join(line.strip() for line in lines))
    if len(lines) == 2 and re.fullmatch(r"\s*[=-]{3,}\s*", lines[1]):  # a title that is underlined
        return Block(kind=Kind.HEADING, text=lines[0].strip(), level=1 if "=" in lines[1] else 2)
    return classify(join_lines(lines), noted=noted)


def classify(text: str, *, noted: bool = False) -> Block:
    """Return the block that *text*, on one line, is; *noted* says that it stands under a heading for notes."""
    if _FURNITURE.fullmatch(text):
        return Block(kind=Kind.FURNITURE, text=text)
    if _FOOTNOTE.match(text) or (noted and _NUMBERED_NOTE.match(text)):
        return Block(kind=Kind.FOOTNOTE, text=text)
    clause = _CLAUSE.match(text)
    if _ENDED.search(text) is None and len(text.split()) <= _HEADING_WORDS:
        return Block(kind=Kind.HEADING, text=text)
    label = (clause["label"] or clause["inner"] or "") if clause else ""
    return Block(kind=Kind.PARAGRAPH, text=text, label=label)


def settle(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return *blocks* with those before the first paragraph as front matter, and without empty ones.

    A paragraph of few words before the first real one is front matter, too, if it is a byline, or if a heading still
    follows it.
    """
    found = _with_last_notes([block for block in blocks if words(block.text)])
    first = next((at for at, block in enumerate(found) if block.kind is Kind.PARAGRAPH), len(found))
    long = next((at for at, b in enumerate(found) if b.kind is Kind.PARAGRAPH and len(b.text.split()) > 8), len(found))
    if any(block.kind is Kind.HEADING or re.match(r"by\s", block.text, re.IGNORECASE) for block in found[first:long]):
        first = long
    front = (Kind.HEADING, Kind.PARAGRAPH)
    return tuple(
        replace(block, kind=Kind.FRONT) if at < first and block.kind in front else block
        for at, block in enumerate(found)
    )


def _with_last_notes(blocks: list[Block]) -> list[Block]:
    """Return *blocks*, of which numbered ones at the end are footnotes if the text above calls their numbers."""
    first = len(blocks)
    while first and (number := re.match(r"(\d{1,3})[.)]?\s", blocks[first - 1].text)):
        above = "\n".join(block.text for block in blocks[: first - 1])
        if not re.search(rf"(?<=[\w.,;”\"’)]){number[1]}(?=\s|$)(?<!\s{number[1]})|\[{number[1]}\]", above):
            break
        first -= 1
    return [*blocks[:first], *(replace(block, kind=Kind.FOOTNOTE, label="") for block in blocks[first:])]


def paragraphs_of(blocks: Iterable[Block]) -> list[Block]:
    """Return the paragraphs among *blocks*: what a brief restates, numbered from 1 in this order."""
    return [block for block in blocks if block.kind is Kind.PARAGRAPH]


def to_copy(blocks: Iterable[Block]) -> str:
    """Return *blocks* as the text of a copy: each on its own, with empty lines between them."""
    return "\n\n".join(block.text for block in blocks) + "\n"
