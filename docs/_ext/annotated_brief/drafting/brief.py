"""What a new brief begins with: the facts about its text, a page of stubs, and a worksheet for its author."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..exports.drafts import to_myst_text
from ..model.article import NOT_RESTATED, OUTSIDE, join_lines
from ..model.outline import Block, Kind, paragraphs_of
from ..model.survey import Item, Survey
from ..model.text import fold, words

SCHEMA = "# yaml-language-server: $schema=../../_ext/annotated_brief/schemas/front-matter.schema.json"
Facts = Mapping[str, Any]  # the keys of work.yml but for ``lock``


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text that a brief is to restate: its *blocks*, and the *facts* about it."""

    blocks: tuple[Block, ...]
    facts: Facts

    @property
    def paragraphs(self) -> list[tuple[str, Block]]:
        """The paragraphs with their ids."""
        return [(f"p{number}", block) for number, block in enumerate(paragraphs_of(self.blocks), 1)]

    def regions(self) -> dict[str, str]:
        """Return the folded regions of the text, as the work lock records them."""
        found = {name: fold(block.text) for name, block in self.paragraphs}
        rest = [line for b in self.blocks if b.kind is not Kind.PARAGRAPH for line in b.text.splitlines()]
        return {**found, OUTSIDE: fold(join_lines(rest))}


def work_facts(title: str, author: str, date: str, container: str, url: str, lang: str, paragraphs: int) -> Facts:
    """Return the keys of ``work.yml`` but for ``lock``; title and author may be repeated word for word."""
    return {
        "title": title,
        "author": author,
        "issued": date,
        "container": container,
        "urls": [url] if url else [],
        "lang": lang,
        "paragraphs": paragraphs,
        "exceptions": [text for text in (title, author, container) if text],
    }


def to_page(draft: Draft, slug: str) -> str:
    """Return the page of the brief, with a stub for each paragraph and a heading where the text has one."""
    title, author = to_myst_text(draft.facts["title"]), draft.facts["author"]
    described = f"{draft.facts['title']}, by {author}, restated in other words." if author else draft.facts["title"]
    parts = [
        f"---\n{SCHEMA}\nmyst:\n  html_meta:\n    description: " + json.dumps(described, ensure_ascii=False) + "\n---",
        f"# {title}, restated",
        f":::{{collect}} status {slug}\n:::",
        "What the text argues, in two or three sentences of your own: not written yet.",
    ]
    number, section = 0, 0
    heading = False
    for block in draft.blocks:
        if block.kind is Kind.HEADING:
            heading = True
        elif block.kind is Kind.PARAGRAPH:
            number += 1
            if heading and number > 1:
                section += 1
                parts.append(f"## Part {section}")
            heading = False
            parts.append(f"{{#p{number}}}\n{stub(block)}")
    return "\n\n".join(parts) + "\n"


def stub(block: Block) -> str:
    """Return what stands in the place of a paragraph that nobody has restated yet."""
    what = f"Clause {block.label}" if block.label else "This paragraph"
    return f"{what} {NOT_RESTATED} ({len(words(block.text))} words)."


def enter(text: str, slug: str) -> str:
    """Return the root page *text* with the brief in the first table of contents that lists briefs, or in its first one.

    Before the second brief the page gets the list of them. Returns *text* as it is where there is no table of contents.
    """
    rows = re.findall(r"[^\n]*\n|[^\n]+", text)
    opened = [at for at, row in enumerate(rows) if re.match(r"(`{3,}|:{3,})\{toctree\}", row)]
    listed = [at for at, row in enumerate(rows) if re.match(r"(?:.*<)?briefs/[^/\s]+/index>?\s*$", row)]
    if not opened:
        return text
    at = listed[-1] + 1 if listed else _first_entry(rows, opened[0])
    end = "\r\n" if rows[opened[0]].endswith("\r\n") else "\n"
    rows.insert(at, f"briefs/{slug}/index{end}")
    if listed and "{collect} briefs" not in text:
        above = max(row for row in opened if row < listed[0])
        rows.insert(above, f":::{{collect}} briefs{end}:::{end}{end}")
    return "".join(rows)


def _first_entry(rows: Sequence[str], opened: int) -> int:
    """Return the row of the first entry of the table of contents that is *opened* there, behind its options."""
    at = opened + 1
    while at < len(rows) and rows[at].startswith(":") and not rows[at].startswith(":::"):
        at += 1
    return at + (at < len(rows) and not rows[at].strip())


def lacking(draft: Draft, found: Survey) -> list[str]:
    """Return what was looked for in the text and not found, each in a few words."""
    kinds = {block.kind for block in draft.blocks}
    checks = {
        "headings": Kind.HEADING in kinds,
        "footnotes": Kind.FOOTNOTE in kinds,
        "tables": Kind.TABLE in kinds,
        "numbered clauses": any(block.label for _, block in draft.paragraphs),
        "an author": bool(draft.facts["author"]),
        "an address": bool(draft.facts["urls"]),
        "the title among its lines": any(
            fold(draft.facts["title"]).casefold() in fold(block.text).casefold() for block in draft.blocks
        ),
        "abbreviations": bool(found.abbreviations),
        "dates": bool(found.dates),
        "numbers": bool(found.numbers),
        "quotations": bool(found.quotations),
        "terms of the glossary": bool(found.terms),
    }
    return [what for what, there in checks.items() if not there]


_SECTIONS: Sequence[tuple[str, str, str]] = (
    ("abbreviations", "Abbreviations", "Each wants a card, or its expansion in the restatement."),
    ("names", "Names", "Runs of capitalised words: people, bodies, places, and what only looks like one."),
    ("dates", "Dates", "Each is checked against a source; those that cannot be are marked."),
    ("numbers", "Numbers", "Each is checked against a source."),
    ("quotations", "Quotations", "Each is compared with what was said, where and when."),
    ("uncited", "Claims that cite nothing", "Sentences that say something checkable and point to no source."),
    ("terms", "Terms that have a card", "Link the first use in each paragraph."),
)


def to_worksheet(draft: Draft, found: Survey) -> str:
    """Return the worksheet as Markdown: what to check, and the text itself, paragraph by paragraph.

    It quotes the text, and so belongs into no repository.
    """
    lines = [
        f"# Worksheet: {draft.facts['title']}",
        "",
        "For your own eyes: it quotes the text, and must not be committed. Found by form alone: read it with the text.",
        "",
        "Looked for and not found: " + (", ".join(lacking(draft, found)) or "nothing") + ".",
    ]
    for field, title, told in _SECTIONS:
        items: tuple[Item, ...] = getattr(found, field)
        lines += ["", f"## {title} ({len(items)})", "", told, *([""] if items else [])]
        lines += [f"- [ ] {_said(field, item)}" for item in items]
    lines += ["", "## The text", *_text(draft.blocks)]
    return "\n".join(lines) + "\n"


def _said(field: str, item: Item) -> str:
    """Return one line of the worksheet."""
    remark = item.remark
    if field == "abbreviations":
        remark = remark or "no expansion in the text"
    elif field == "terms":
        remark = f"{{term}}`{item.text} <{remark}>`"
    elif field == "dates" and remark:
        remark = f"IMPOSSIBLE: {remark}"
    return f"{item.text}" + (f" – {remark}" if remark else "") + f" ({', '.join(item.places)})"


def _text(blocks: Iterable[Block]) -> Iterable[str]:
    """Yield the blocks, each with what it was taken for."""
    number = 0
    for block in blocks:
        number += block.kind is Kind.PARAGRAPH
        name = f"p{number}" if block.kind is Kind.PARAGRAPH else str(block.kind)
        yield from ("", f"**{name}** {block.text}")
