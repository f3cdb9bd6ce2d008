"""What fuzz tests share: valid files with something wrong in them, and what a reader may do with those."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

SOME = settings(max_examples=settings().max_examples // 3)  # where one example takes many milliseconds
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(st.characters(exclude_categories=[])),
        st.sampled_from(["2026-11-26", "2026-13-45", "corrected", "live", "", "\ud800", "x" * 5000]),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
ANYWHERE = [
    "\0",
    "\ufeff",
    "\ud800",
    "\r",
    "\n",
    "\n\n",
    "\t",
    " ",
    "\x1b[2J",
    "\u202e",
    "\u2028",
    "é",
    "٣",
    "𝟙",
    "9" * 5000,
]
JSON_TOKENS = [
    *'{}[],:"\\',
    "null",
    "true",
    "NaN",
    "Infinity",
    "-0",
    "1e999",
    "[]",
    "{}",
    '""',
    '"\\ud800"',
    "[" * 2000,
    *ANYWHERE,
]
YAML_TOKENS = [
    *"{}[],:&*!|>'\"%@`#?-", "- ", "? ", ": ", "&a ", "*a", "<<: *a", "!!python/object:os.system ", "!!binary x", "!!set {a}",
    "!!int x", "!!timestamp x", "2026-02-30", "1:2:3", "0o8", ".inf", "~", "---\n", "...\n", "[" * 2000, '"\\ud800"', '"\\x00"', *ANYWHERE,
]  # fmt: skip
BIB_TOKENS = [
    *'{}@,="#%\\~$', "@string{a = {b}}", "@preamble{", "@comment{", "@article{x,", "author = {a and b and}", "author = {a, b, c, d}",
    "author = {, , }", "\\textbf{", "\\'{", "\\'", "\\c", "\\begin{a}", "{" * 2000, "}" * 20, "date = {2022-01-34}", "year = a # b", *ANYWHERE,
]  # fmt: skip
MARKUP_TOKENS = [
    ":::", "::::", "```", ":::{annotation} a\n", ":::{term}\n", ":::{event} e\n:date: ..\n:::\n", ":::{collect} timeline a/b\n:::\n",
    ":::{collect} \n:::\n", ":::{quotation}\n:source: ,\n:::\n", ":::{key-points}\n", ":::{recommendation} r\n:number: 0\n:::\n",
    ":::{membership} m\n:members: KZ\n:::\n", ":::{actor} a b\n:lane: x\n:::\n", ":claim: [\n", ":verdict: x\n", ":as-of: 9999/..\n",
    ":name-: x\n", ":name-r_u: x\n", ":forms: [];[]\n", ":sources: ;,;\n", ":see: a;;B\n", ":a\n", ": :\n", "{mark}`a <b>`", "{mark}`a`",
    "{mark}` <>`", "{term}`<>`", "{term}`a <a><b>`", "{quote}`a <b, c; d; e>`", "{lang}`x <>`", "{count}``", "{count}`a b=c=d`", "{source}`,`",
    "{cite:t}`x`", "{cite:t}``", "{data}`../../x`", "{paragraph}`p0`", "{#p1}\n", "{#p1 .a b=c}\n", "{#a.b}\n", "(a)=\n", "---\na: [\n---\n", "- * * *\n",
    "> ", "# ", "| a |\n|---|\n", "[^1]", "[^1]: x\n", "<!--", "-->", "<b>", "$$", "\\", "{{a}}", "```{eval-rst}\n.. x::\n\n  y_\n```\n", *ANYWHERE[:-1],
]  # fmt: skip


def spoiled(text: str, tokens: list[str]) -> st.SearchStrategy[str]:
    """*text* with up to six pieces cut out, doubled, or replaced by one of *tokens* or by any characters."""
    place = st.integers(0, len(text))
    new = st.sampled_from(tokens) | st.text(st.characters(exclude_categories=[]), max_size=6) | st.just("")
    return st.lists(st.tuples(place, st.integers(0, 40), new, st.booleans()), min_size=1, max_size=6).map(
        lambda edits: _edited(text, edits)
    )


def _edited(text: str, edits: list[tuple[int, int, str, bool]]) -> str:
    """*text* after *edits*: place, length, what stands there instead, and whether the old stays as well."""
    for place, length, new, doubled in sorted(edits, reverse=True):
        old = text[place : place + length]
        text = text[:place] + (old + new + old if doubled else new) + text[place + length :]
    return text


def written(text: str) -> bytes:
    """*text* as a file would hold it; half a character becomes bytes that are no UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def reads(read: Callable[[], Any], refusal: type[Exception]) -> Any:
    """What *read* returns, with nothing in it that no file can hold; None where it refuses, which takes one line."""
    try:
        found = read()
    except refusal as error:
        said = str(error)
        assert said.strip()
        assert len(said.splitlines()) == 1, said
        assert len(said) < 1000, "a message is for reading"
        said.encode()
        return None
    for text in texts(found):
        text.encode()
    return found


def texts(value: Any) -> Iterator[str]:
    """All texts in *value*, through records, lists and mappings."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from texts([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from texts(part)
    else:
        assert value is None or isinstance(value, bool | int | float | Enum), f"{value!r} has a type that no record has"
