"""Typst code from Python values.

All text that somebody wrote becomes a string literal, so that none of it is ever read as code: there is nothing to
escape but the backslash and the quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from unicodedata import category

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")  # not the no-break spaces
_LONG_WORD = re.compile(r"\S{25,}")
_AFTER, _BEFORE = set("/&=:;,@|)"), set("?#%._~+(-")
_LEAST, _MOST = 6, 24  # letters of a long word that stay together
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff]")


class Code(str):
    """Finished Typst code, as opposed to text."""

    __slots__ = ()


Value = Code | str | int | float | None | Sequence["Value"] | Mapping[str, "Value"]


def literal(text: str) -> Code:
    r"""Return *text* as a string literal: ``say "hi"`` becomes ``"say \"hi\""``; control characters are shown as �."""
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    shown = shown.replace("\\", "\\\\").replace('"', '\\"')
    return Code('"' + shown.replace("\n", "\\n").replace("\t", "\\t") + '"')


def one_line(text: str) -> str:
    """Return *text* with each run of spaces, tabs and line breaks as one space; no-break spaces stay."""
    return _BREAKS.sub(" ", text)


def text_of(text: str) -> Code:
    """Return *text* as a literal, or as several between which a word too long for a line may be broken."""
    found = [""]
    place = 0
    for word in _LONG_WORD.finditer(text):
        first, *rest = pieces_of(word[0])
        found[-1] += text[place : word.start()] + first
        found += rest
        place = word.end()
    found[-1] += text[place:]
    return literal(text) if len(found) == 1 else call("pieces", *found)


def pieces_of(word: str) -> list[str]:
    """Return a long *word* in pieces, as an address is broken: after a slash, before a full stop, else anywhere."""
    found = [""]
    for character in word:
        length = len(found[-1])
        breaks = character in _BEFORE or (found[-1][-1:] in _AFTER and character not in _AFTER)
        joined = category(character) in {"Mn", "Mc", "Me", "Cf"}  # belongs to the letter before it
        if (length >= _MOST or (breaks and length >= _LEAST)) and not joined:
            found.append("")
        found[-1] += character
    return found


def value(item: Value) -> Code:
    """Return *item* as code: finished code as it is, text as a literal, sequences and mappings as such."""
    if isinstance(item, Code):
        return item
    if item is None or isinstance(item, bool):
        return Code({None: "none", True: "true", False: "false"}[item])
    if isinstance(item, str):
        return literal(item)
    if isinstance(item, int | float):
        return Code(str(item))
    if isinstance(item, Mapping):
        pairs = [f"{literal(key)}: {value(part)}" for key, part in item.items()]
        return Code(f"({', '.join(pairs) or ':'})")
    return Code(f"({''.join(f'{value(part)}, ' for part in item)})")


def call(function: str, *positional: Value, **named: Value) -> Code:
    """Return a call of *function*; an underscore in the name of an argument becomes a hyphen."""
    arguments = [f"{name.replace('_', '-')}: {value(item)}" for name, item in named.items()]
    arguments += [value(item) for item in positional]
    return Code(f"{function}({', '.join(arguments)})")


def body(statements: Sequence[str]) -> Code:
    """Return content made of *statements*, one a line; Typst joins what they yield."""
    return Code("{\n" + "\n".join(statements) + "\n}") if statements else Code("[]")
