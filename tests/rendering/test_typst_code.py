"""Nothing that somebody wrote is ever read as Typst code."""

from __future__ import annotations

import pytest
import typst
from annotated_brief.rendering.typst.code import Code, body, call, literal, one_line, value
from hypothesis import given, settings
from hypothesis import strategies as st

NASTY = [
    '"',
    "\\",
    '\\"',
    '"); panic("',
    '#panic("x")',
    "$x$ @y <z> _a_ *b* `c`",
    "// not a comment",
    "/* nor this */",
    "\\u{41}",
    "a\nb\tc\rd",
    "\x00\x1b\x7f",
    "¶ «Қ» ₸ 上海合作组织 \N{NO-BREAK SPACE}",
]


def read_back(code: str) -> object:
    """What Typst takes *code* for."""
    return (
        typst.eval(b"", f"({code})")
        if False
        else typst.query(b"#metadata(" + code.encode() + b")<x>", "<x>", field="value", one=True)
    )


@pytest.mark.parametrize("text", NASTY)
def test_a_literal_is_the_text(text: str) -> None:
    import json

    shown = "".join("\N{REPLACEMENT CHARACTER}" if c in "\x00\x1b\x7f" else c for c in text)
    assert json.loads(str(read_back(literal(text)))) == shown
