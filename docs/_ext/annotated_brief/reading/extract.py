"""From a file that somebody holds to the blocks of its text: plain text, Markdown, a saved page, or a PDF."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from trafilatura import extract as extract_page
from trafilatura.settings import use_config

from ..model.outline import Block, Kind, blocks_of_text, classify, settle
from .copies import CopyError, decode, is_page, read_bytes, refuse_hidden
from .pdf import text_of_pdf


def extract(path: Path) -> tuple[Block, ...]:
    """Return the blocks of the text in *path*; raises :class:`~annotated_brief.reading.copies.CopyError`."""
    data = read_bytes(path)
    if data.startswith(b"%PDF"):
        found = blocks_of_text(text_of_pdf(data))
    else:
        text = decode(data)
        if is_page(path, text):
            found = list(blocks_of_page(text))
        elif path.suffix.lower() in {".md", ".markdown"}:
            found = list(blocks_of_markdown(text))
        else:
            found = blocks_of_text(_paragraphed(text))
    blocks = settle(found)
    refuse_hidden("\n".join(block.text for block in blocks))
    if not any(block.kind is Kind.PARAGRAPH for block in blocks):
        raise CopyError("no paragraph was found in it; save the text itself, with empty lines between its paragraphs")
    return blocks


def _paragraphed(text: str) -> str:
    """Return plain *text* with empty lines between its paragraphs; without any, each line is one, or each indented."""
    lines = [line.rstrip() for line in text.splitlines()]
    filled = [line for line in lines if line]
    if len(filled) < len(lines):
        return "\n".join(lines)
    indented = [line for line in lines[1:] if line[0] in " \t"]
    if indented and len(indented) * 2 < len(lines):
        return "\n".join(f"\n{line}" if line[0] in " \t" else line for line in lines)
    return "\n\n".join(lines)


def blocks_of_page(text: str) -> Iterator[Block]:
    """Yield the blocks of the article in an HTML page; menus, notices and the like are left out by the extractor."""
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    settings.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = extract_page(
            re.sub(r"^\s*<\?xml[^>]*>", "", text),
            output_format="xml",
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            config=settings,
        )
    except etree.XMLSyntaxError:  # it reads again what it has made, which an odd attribute of the page can spoil
        raise CopyError("the extractor cannot make out the page; save the text itself, as plain text") from None
    main = etree.fromstring(found.encode()).find("main") if found else None
    if main is None:
        raise CopyError("the extractor found no article in the page; save the text itself, as plain text")
    yield from _elements(main)


def _elements(main: etree._Element) -> Iterator[Block]:
    """Yield the blocks in the simplified page that the extractor makes."""
    noted = False
    for element in main.iter("head", "p", "item", "table", "lb"):
        if any(above.tag in {"table", "item"} for above in element.iterancestors()):
            continue
        if element.tag == "table":
            rows = (" | ".join(_line(cell) for cell in row.iter("cell")) for row in element.iter("row"))
            yield Block(kind=Kind.TABLE, text="\n".join(row for row in rows if row.strip(" |")))
        elif element.tag == "head":
            level = re.sub(r"\D", "", element.get("rend", ""))
            heading = Block(kind=Kind.HEADING, text=_line(element), level=int(level or 0))
            noted = "note" in heading.text.lower() or "reference" in heading.text.lower()
            yield heading
        elif line := _line(element):
            block = classify(line, noted=noted)
            # The page itself says that this is a paragraph; of one without a verb nothing more is known.
            yield (
                Block(kind=Kind.PARAGRAPH, text=line) if block.kind is Kind.HEADING and element.tag == "item" else block
            )


def _line(element: etree._Element) -> str:
    """Return the text in *element* on one line."""
    return " ".join("".join(element.itertext()).split())


def blocks_of_markdown(text: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(front_matter_plugin)
    tokens = parser.parse(text)
    depth = {"table": 0, "footnote": 0}
    rows: list[list[str]] = []
    for at, token in enumerate(tokens):
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in depth:
            depth[name] += token.nesting
            if name == "table" and token.nesting == -1:
                yield Block(kind=Kind.TABLE, text="\n".join(" | ".join(row) for row in rows))
                rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            line = " ".join(_shown(token.children or []).split())
            opened = tokens[at - 1]
            if depth["table"]:
                rows[-1].append(line)
            elif depth["footnote"]:
                yield Block(kind=Kind.FOOTNOTE, text=line)
            elif opened.type == "heading_open":
                yield Block(kind=Kind.HEADING, text=line, level=int(opened.tag[1:]))
            else:
                yield Block(kind=Kind.PARAGRAPH, text=line, label=classify(line).label)


def _shown(children: Sequence[object]) -> str:
    """Return what a reader sees of inline tokens; a call of a footnote is its number in brackets."""
    parts = []
    for child in children:
        kind, content = getattr(child, "type", ""), getattr(child, "content", "")
        if kind in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif kind == "footnote_ref":
            parts.append(f"[{getattr(child, 'meta', {}).get('id', 0) + 1}]")
        elif kind in {"text", "code_inline"}:
            parts.append(content)
    return "".join(parts)
