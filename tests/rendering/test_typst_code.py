"""Nothing that somebody wrote is ever read as Typst code."""

from __future__ import annotations

import json
import re

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_brief.rendering.typst.code import Code, body, call, literal, one_line, pieces_of, text_of, value

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
    "a\nb\tc",
    "¶ «Қ» ₸ 上海合作组织 \N{NO-BREAK SPACE}",
]


def read_back(code: str) -> object:
    """What Typst takes *code* for."""
    found: object = json.loads(typst.query(f"#metadata({code})<x>".encode(), "<x>", field="value", one=True))
    return found


@pytest.mark.parametrize("text", NASTY)
def test_a_literal_is_the_text(text: str) -> None:
    assert read_back(literal(text)) == text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_the_text_but_for_control_characters(text: str) -> None:
    expected = re.sub("[\x00-\x08\x0e-\x1b\x7f-\x9f]", "�", text)
    assert read_back(literal(text)) == expected


def test_control_characters_are_shown() -> None:
    assert literal("a\x00\x1b\ud800b") == '"a���b"'


def test_line_breaks_and_tabs_become_one_space() -> None:
    assert one_line("a \n\t b\N{LINE SEPARATOR}c\N{NO-BREAK SPACE}d\u202fe") == "a b c\N{NO-BREAK SPACE}d\u202fe"


def test_values() -> None:
    found = value({"a": ["x", 1, 2.5, None, True], 'b"': {}, "c": Code("1 + 1"), "d": []})
    assert read_back(found) == {"a": ["x", 1, 2.5, None, True], 'b"': {}, "c": 2, "d": []}


def test_calls_and_bodies() -> None:
    assert call("note", "x", Code("[y]"), line_of=1) == 'note(line-of: 1, "x", [y])'
    assert body([]) == "[]"
    assert body(['"a"', '"b"']) == '{\n"a"\n"b"\n}'


def test_a_word_too_long_for_a_line_is_given_in_pieces() -> None:
    assert text_of("a few short words") == '"a few short words"'
    address = "https://example.org/2014/08/a-long-address?with=a&query=of#parts"
    assert "".join(pieces_of(address)) == address
    assert pieces_of(address)[:3] == ["https://", "example", ".org/2014/"]
    assert text_of(f"see {address} there").startswith('pieces("see https://", "example", ')
    assert max(map(len, pieces_of("w" * 400))) == 24


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=90).filter(lambda text: not text.isspace()))
def test_pieces_are_the_word(text: str) -> None:
    assert "".join(pieces_of(text)) == text
    assert all(pieces_of(text))
