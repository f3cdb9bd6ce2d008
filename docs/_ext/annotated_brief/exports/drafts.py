"""Drafts of annotations in the markup of the edition, from what others wrote with tools of theirs.

The text of a draft is kept letter by letter and can do nothing: what would be markup is escaped.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Collection

from ..model.anchoring import Anchor, Comment
from ..model.article import OUTSIDE
from ..model.citing import HEADLINE_LIMIT
from ..model.text import beginning
from ..model.vocabulary import Verdict

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&$~|^])")
_AT_START = re.compile(r"^([!-/:-@])|^(\d+)([.)])", re.ASCII)
_PLAIN = re.compile(r"[^\W_][\w .,;()’“”/?!–-]*")
_WORDS_IN_ID = 4


def to_draft_myst(comment: Comment, anchor: Anchor, name: str, today: dt.date, *, origin: str = "") -> str:
    """Return *comment* as a draft with the id *name*; what an author must still find out is left empty.

    A tag that is a verdict becomes the verdict. *today* stands where the comment bears no date. *origin* says in words
    where a comment comes from that was not made with Hypothesis.
    """
    where = origin or f"Hypothesis: {comment.id} by {comment.author}, {comment.updated}, on {comment.uri}"
    verdict = next((tag for tag in comment.tags if tag in set(Verdict)), Verdict.UNVERIFIED)
    others = [_line(tag).replace(";", ",") for tag in comment.tags if tag != verdict]
    day = comment.updated if _is_day(comment.updated) else today.isoformat()
    options = {
        "headline": beginning(_line(comment.text), HEADLINE_LIMIT),
        "claim": _line(anchor.mark or comment.exact),
        "source-words": anchor.source_words,
        "prefix": anchor.prefix,
        "verdict": str(verdict),
        "as-of": day,
        "checked": day,
        "tags": "; ".join(tag for tag in others if tag),
    }
    kept = {key: value for key, value in options.items() if value or key == "source-words"}
    lines = [
        f"% From {_line(where)}",
        f"% {_line(_where(anchor, name))}",
        f":::{{annotation}} {name}",
        *(f":{key}: {option_value(value)}".rstrip() for key, value in kept.items()),
        "",
        to_myst_text(comment.text),
        ":::",
    ]
    return "\n".join(lines) + "\n"


def to_myst_text(text: str) -> str:
    """Return MyST markup that shows *text* as it stands: its paragraphs and lines, no markup of its own."""
    lines = [_line(line) for line in re.split(r"\r\n|[\n\r]", text)]
    escaped = [_AT_START.sub(r"\2\\\1\3", _SPECIAL.sub(r"\\\1", line)) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(escaped)).strip("\n")


def draft_id(anchor: Anchor, taken: Collection[str]) -> str:
    """Return an id for a draft, from the words that it is about; none of those *taken*."""
    words = unicodedata.normalize("NFKD", anchor.mark or anchor.source_words).encode("ascii", "ignore").decode()
    name = "-".join(["draft", *re.findall(r"[a-z0-9]+", words.lower())[:_WORDS_IN_ID]])
    numbers = (name if number == 1 else f"{name}-n{number}" for number in range(1, len(taken) + 2))
    return next(found for found in numbers if found not in taken)


def _where(anchor: Anchor, name: str) -> str:
    """Return what an author does with the draft."""
    place = "outside the numbered paragraphs" if anchor.region == OUTSIDE else f"#{anchor.region}"
    if anchor.mark:
        return f"In {place} of {anchor.slug}, mark at character {anchor.offset}: {{mark}}`{anchor.mark} <{name}>`"
    return f"Found in the article, {place} of {anchor.slug}: mark our words for it there with <{name}>"


def _line(text: str) -> str:
    """Return *text* as one line, without characters that are no text."""
    kept = "".join(" " if unicodedata.category(found) in {"Cc", "Zl", "Zp", "Cs"} else found for found in text)
    return " ".join(kept.split())


def option_value(value: str) -> str:
    """Return the value of an option, quoted where its first or another character would mean something."""
    return value if not value or _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _is_day(text: str) -> bool:
    """Whether *text* is an ISO 8601 day."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
