"""The forms in which `brief diff` tells what it has found."""

import html
import json
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from ..model.states import Change, What
from ..model.telling import name_of, told
from ..model.word_diff import Fate, Run, shortened, word_diff
from .comparison import Comparison, Edit

HEADINGS = {
    What.VERDICT: "Other verdicts",
    What.WITHDRAWN: "Withdrawn",
    What.ADDED: "Added",
    What.CHANGED: "Changed",
    What.MOVED: "Moved",
}
SUSPECT = "Newly suspect"
NOTHING = "Nothing changed that a reader would notice."
COMMENT = 60_000  # characters: GitHub takes some more in a comment
_SIGNS = {Fate.KEPT: "{}", Fate.GONE: "[-{}-]", Fate.NEW: "{{+{}+}}"}  # those of wdiff
_TAGS = {Fate.KEPT: "{}", Fate.GONE: "<del>{}</del>", Fate.NEW: "<ins>{}</ins>"}


class DiffFormat(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def grouped(found: Comparison) -> Iterator[tuple[str, list[tuple[str, str, tuple[Edit, ...]]]]]:
    """Yield each heading with its entries: the name of a record, what became of it, and the fields that differ."""
    for what, heading in HEADINGS.items():
        entries = [(name_of(change), told(change), edits) for change, edits in found.changes if change.what is what]
        if entries:
            yield heading, entries
    if found.suspects:
        none: tuple[Edit, ...] = ()
        yield SUSPECT, [(f"Note {item.note.number}: {item.note.headline}", item.why, none) for item in found.suspects]


def runs_of(edit: Edit, write: Callable[[str], str], marks: dict[Fate, str]) -> str:
    """Return what became of a field, its texts as *write* writes them, in the *marks* of a form."""
    runs: tuple[Run, ...] = shortened(word_diff(edit.before, edit.after))
    return "".join(marks[run.fate].format(write(run.text)) for run in runs)


def to_text(found: Comparison) -> str:
    """Return lines for a terminal; words that went and came are in the signs of wdiff."""
    lines = [f"{found.old} → {found.new}"]
    for heading, entries in grouped(found):
        lines += ["", f"{heading} ({len(entries)})"]
        for name, said, edits in entries:
            lines.append(f"  {name}: {said}")
            lines += [f"    {edit.field}: {runs_of(edit, _one_line, _SIGNS)}" for edit in edits]
    return "\n".join(lines if len(lines) > 1 else [*lines, "", NOTHING])


def to_markdown(found: Comparison) -> str:
    """Return a comment for a pull request; text of the edition is escaped, and calls nobody."""
    parts = [f"**{_escaped(found.old)} → {_escaped(found.new)}**\n"]
    for heading, entries in grouped(found):
        parts.append(f"\n### {heading} ({len(entries)})\n\n")
        for name, said, edits in entries:
            parts.append(f"- **{_escaped(name)}**: {_escaped(said)}\n")
            parts += [f"  - {edit.field}: {runs_of(edit, _escaped, _TAGS)}\n" for edit in edits]
    return _fitting(parts if len(parts) > 1 else [*parts, f"\n{NOTHING}\n"]).rstrip("\n")


def _fitting(parts: list[str]) -> str:
    """Return as many of *parts* as one comment takes, and say what is left out."""
    text = ""
    for place, part in enumerate(parts):
        if len(text) + len(part) > COMMENT:
            return f"{text}\n… and {len(parts) - place} lines more: run `brief diff`.\n"
        text += part
    return text


def to_html(found: Comparison) -> str:
    """Return a page that stands by itself."""
    title = f"{html.escape(found.old)} → {html.escape(found.new)}"
    body = [f"<h1>{title}</h1>"]
    for heading, entries in grouped(found):
        body.append(f"<h2>{heading} ({len(entries)})</h2>\n<ul>")
        for name, said, edits in entries:
            inner = "".join(f"\n<p>{edit.field}: {runs_of(edit, html.escape, _TAGS)}</p>" for edit in edits)
            body.append(f"<li><b>{html.escape(name)}</b>: {html.escape(said)}{inner}</li>")
        body.append("</ul>")
    text = "\n".join(body if len(body) > 1 else [*body, f"<p>{NOTHING}</p>"])
    head = (
        '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    )
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}<title>{title}</title>\n</head>\n<body>\n{text}\n</body>\n</html>'


def to_json(found: Comparison) -> str:
    """Return one JSON object, for scripts; the texts are whole."""
    suspects = [{"id": item.note.id, "number": item.note.number, "why": item.why} for item in found.suspects]
    changes = [_described(change, edits) for change, edits in found.changes]
    told_ = {"old": found.old, "new": found.new, "changes": changes, "suspect": suspects}
    return json.dumps(told_, ensure_ascii=False, indent=1)


def _described(change: Change, edits: tuple[Edit, ...]) -> dict[str, Any]:
    """Return one change as JSON."""
    described: dict[str, Any] = {
        "what": str(change.what),
        "kind": change.kind,
        "id": change.id,
        "label": change.label,
        "title": change.title,
    }
    described |= {"was": change.was, "now": change.now} if change.was or change.now else {}
    described |= {"why": change.why, "instead": change.instead} if change.what is What.WITHDRAWN else {}
    described["fields"] = {edit.field: {"before": edit.before, "after": edit.after} for edit in edits}
    return described


def _one_line(text: str) -> str:
    """Return *text* without what would move the cursor of a terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _escaped(text: str) -> str:
    """Return *text* as Markdown that says just that; a name after @ is not called."""
    safe = html.escape(_one_line(text), quote=False)
    return re.sub(r"([\\`*_{}\[\]()#+!|~:>-])", r"\\\1", safe).replace("@", "@<!-- -->")


WRITERS = {
    DiffFormat.TEXT: to_text,
    DiffFormat.MARKDOWN: to_markdown,
    DiffFormat.HTML: to_html,
    DiffFormat.JSON: to_json,
}
