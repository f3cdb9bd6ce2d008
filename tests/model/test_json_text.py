"""JSON that no file of ours can hold is refused in a few words."""

from __future__ import annotations

import pytest

from annotated_brief.model.json_text import ParseError, parse_json


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1', "it is no JSON (line 1, column 8: Expecting ',' delimiter)"),
        ('{"a": NaN}', "‘NaN’ is no number"),
        ('["\\ud800"]', "it holds half a character (U+D800)"),
        ("[" * 100_000, "it is nested too deeply"),
        (
            f"[{'9' * 5000}]",
            "it holds a value that is none (Exceeds the limit (4300 digits) for integer string conversion",
        ),
        (b'["\xff"]', "it holds a value that is none ('utf-8' codec can't decode byte 0xff"),
    ],
)
def test_a_value_that_cannot_be_written_again_is_refused(text: str | bytes, message: str) -> None:
    with pytest.raises(ParseError) as raised:
        parse_json(text)
    assert str(raised.value).startswith(message)
