"""An issue in which a reader proposes a note: the text of the form, or what `gh issue view --json` says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..model.anchoring import Comment
from ..model.json_text import ParseError, parse_json
from ..model.proposal import NOTE
from ..model.vocabulary import Verdict

LIMIT = 1_000_000  # characters; a forge takes 65,536 in an issue
_HEADING = re.compile(r"### (.+?)\s*")
_EMPTY = {"_No response_", "None", "*No response*"}  # what GitHub writes for a part that was left out
_PERSON = re.compile(r"([^<>@\n]+?)\s*<([A-Za-z0-9._%+\[\]-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})>")
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\[bot\])?")


class IssueError(ValueError):
    """A text that is no issue of ours; the message says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an issue proposes: the note, the paragraph that it names and who is to be named for it."""

    comment: Comment
    origin: str  # which issue, and by whom, in words
    paragraph: str = ""
    proposer: str = ""  # "Name <address>", as git writes a person; empty where the issue names none


def read_issue(text: str) -> Proposal:
    """Return what the issue *text* proposes, the text of the form or JSON; raises :class:`IssueError`."""
    if len(text) > LIMIT:
        raise IssueError(f"it has more than {LIMIT:,} characters, and no issue has as many")
    issue = _load(text) if text.lstrip().startswith("{") else {"body": text}
    parts = read_parts(_string(issue, "body"))
    if not {"words", "comment"} <= parts.keys():
        raise IssueError(
            f"it is no proposal of a note: there is no heading ‘### {NOTE['words']}’, or none ‘### {NOTE['comment']}’"
        )
    author = issue.get("author") or {}
    if not isinstance(author, dict):
        raise IssueError("‘author’ is no object")
    login = _string(author, "login")
    said = "\n\n".join(
        filter(None, [parts["comment"], parts.get("sources") and f"{NOTE['sources']}:\n{parts['sources']}"])
    )
    verdict = parts.get("verdict", "").lower()
    number = issue.get("number")
    comment = Comment(
        id=str(number or ""),
        uri=f"/{parts.get('page', '')}",
        text=said if parts["comment"] else "",
        exact=parts["words"],
        prefix=parts.get("prefix", ""),
        suffix=parts.get("suffix", ""),
        tags=(verdict,) if verdict in set(Verdict) else (),
    )
    of = f"{login or 'a reader'}, who read version {parts.get('version') or 'unknown'}"
    return Proposal(
        comment=comment,
        origin=f"issue {number} by {of}" if number else f"an issue by {of}",
        paragraph=parts.get("paragraph", ""),
        proposer=read_person(parts.get("credit", "")) or _account(login, _string(author, "name")),
    )


def read_parts(body: str) -> dict[str, str]:
    """Return the parts of the form in *body* by their names.

    The first heading of a kind counts: below it a reader may write headings, too, even the same ones.
    """
    names = {label: name for name, label in NOTE.items()}
    parts: dict[str, list[str]] = {}
    lines: list[str] = []  # what stands above the first heading is no part of the form
    for line in body.splitlines():
        found = _HEADING.fullmatch(line)
        name = names.get(found[1]) if found else None
        if name is not None and name not in parts:
            lines = parts[name] = []
        else:
            lines.append(line)
    texts = {name: "\n".join(found).strip() for name, found in parts.items()}
    return {name: "" if text in _EMPTY else text for name, text in texts.items()}


def read_person(text: str) -> str:
    """Return the ``Name <address>`` that *text* is, in the form that git knows; empty where it is none."""
    found = _PERSON.fullmatch(" ".join(text.split()))
    return f"{found[1]} <{found[2]}>" if found and found[1].isprintable() else ""


def _account(login: str, name: str) -> str:
    """Return the person behind an account, with the address that GitHub keeps for those who show none."""
    if not _LOGIN.fullmatch(login):
        return ""
    address = f"<{login}@users.noreply.github.com>"
    return read_person(f"{name} {address}") or f"{login} {address}"


def _load(text: str) -> dict[str, Any]:
    """Return the object of the JSON *text*."""
    try:
        found = parse_json(text)
    except ParseError as error:
        raise IssueError(str(error)) from None
    if not isinstance(found, dict):
        raise IssueError("it is no object: ask for it with ‘gh issue view NUMBER --json body,author,number’")
    return found


def _string(holder: dict[str, Any], name: str) -> str:
    """Return a text of the JSON; empty where it is missing."""
    found = holder.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise IssueError(f"‘{name}’ is no text")
    return found
