"""What a reader proposes: the parts of the form for a new note and of that for a correction, with their headings.

An issue that was made with a form of GitHub or GitLab is text in which each part stands below its heading; so is what
the page gives to copy or to send by mail. The forms in `.github/ISSUE_TEMPLATE` have the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

NOTE = {
    "page": "Page",
    "paragraph": "Paragraph",
    "words": "Words",
    "prefix": "Words before",
    "suffix": "Words after",
    "version": "Version",
    "comment": "What should the note say?",
    "verdict": "Verdict",
    "sources": "Sources",
    "credit": "Credit",
    "rights": "Rights",
}
CORRECTION = {
    "note": "Note",
    "page": "Page",
    "version": "Version",
    "comment": "What is wrong, and what is right?",
    "sources": "Sources",
    "credit": "Credit",
    "rights": "Rights",
}
FORMS = {"note": NOTE, "correction": CORRECTION}
RIGHTS = "My words are my own, and may be published under CC BY 4.0."
_PLACE = re.compile(r"\{(\w+)\}")


def fill(pattern: str, values: Mapping[str, str], encode: Callable[[str], str] = str) -> str:
    """Return *pattern* with each ``{name}`` replaced by its encoded value; a name without a value stays as it is."""
    return _PLACE.sub(lambda found: encode(values[found[1]]) if found[1] in values else found[0], pattern)


def to_text(form: str, values: Mapping[str, str]) -> str:
    """Return the text of the *form* with these *values*; the parts that are for the reader to write stay empty."""
    said = {"rights": RIGHTS, **values}
    return "\n\n".join(f"### {label}\n\n{said.get(name, '')}" for name, label in FORMS[form].items()) + "\n"
