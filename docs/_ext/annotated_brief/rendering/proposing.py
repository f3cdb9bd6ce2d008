"""Where readers propose notes and suggest changes: one option, an address with places for what is known of the words."""

from __future__ import annotations

from urllib.parse import quote

from sphinx.config import Config

from ..model.proposal import fill, to_text

SELECTED = ("paragraph", "words", "prefix", "suffix")  # what propose.js fills in
_MAIL = "mailto:?subject=A%20note%20on%20{page}&body={text}"


def suggestion_address(config: Config, note: str, page: str) -> str:
    """Return the address at which a change of *note* on *page* is suggested."""
    known = {"form": "correction", "id": note, "note": note, "page": page, "version": config.release}
    nothing = dict.fromkeys(SELECTED, "")
    values = {**nothing, **known, "text": to_text("correction", known)}
    return fill(config.brief_suggest, values, _quoted)


def proposal_patterns(config: Config, page: str) -> dict[str, str]:
    """Return the patterns with which propose.js makes an address of a form, one of a mail, and the text.

    The address of the form is left out where ``brief_suggest`` is none or that of a mail.
    """
    known = {"form": "note", "id": "", "page": page, "version": config.release}
    pattern = config.brief_suggest
    by_mail = pattern.startswith("mailto:")
    found = {
        "address": "" if by_mail else fill(pattern, known, _quoted),
        "mail": fill(pattern if by_mail else _MAIL, known, _quoted),
        "text": to_text("note", {**known, **{name: f"{{{name}}}" for name in SELECTED}}),
    }
    return {name: value for name, value in found.items() if value}


def _quoted(text: str) -> str:
    """Return *text* as a part of an address; its lines end as those of a mail."""
    return quote(text.replace("\n", "\r\n"), safe="")
