"""What a plain text is made of, told by its shape alone."""

from __future__ import annotations

import pytest

from annotated_brief.model.outline import Kind, blocks_of_text, settle

BODY = "The harbour was finished in the spring of that year, and the first ship came in a month later, with salt."
SHAPES = {
    "a title that is underlined": ("On harbours\n===========", [(Kind.HEADING, "On harbours")]),
    "a smaller one": ("On quays\n--------", [(Kind.HEADING, "On quays")]),
    "columns": ("Port   Ships\nAlpha   12\nBeta   30", [(Kind.TABLE, "Port   Ships\nAlpha   12\nBeta   30")]),
    "furniture": ("Read more about harbours", [(Kind.FURNITURE, "Read more about harbours")]),
    "notes that follow each other": (
        "[1] The first note.\n[2] The second,\nwhich goes on.",
        [(Kind.FOOTNOTE, "[1] The first note."), (Kind.FOOTNOTE, "[2] The second, which goes on.")],
    ),
    "numbers under a heading for notes": (
        "Notes\n\n1. A note without a sign.",
        [(Kind.HEADING, "Notes"), (Kind.FOOTNOTE, "1. A note without a sign.")],
    ),
    "a clause": (
        "3. Decides to remain seized of the matter of harbours;",
        [(Kind.PARAGRAPH, "3. Decides to remain seized of the matter of harbours;")],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_block_is_known_by_its_shape(shape: str) -> None:
    text, wanted = SHAPES[shape]
    found = blocks_of_text(f"{BODY}\n\n{text}")  # in a text without an empty line, each line would be a block
    assert [(block.kind, block.text) for block in found] == [(Kind.PARAGRAPH, BODY), *wanted]


def test_where_no_line_is_empty_each_is_a_block() -> None:
    assert [block.text for block in blocks_of_text(f"{BODY}\n{BODY}\n")] == [BODY, BODY]
    assert blocks_of_text("") == []


def test_the_underline_says_how_high_a_title_stands() -> None:
    assert [block.level for block in blocks_of_text("One\n===\n\nTwo\n---\n\nThree")] == [1, 2, 0]


def test_a_byline_and_what_stands_over_a_heading_are_front_matter() -> None:
    found = settle(blocks_of_text(f"On harbours\n\nby a writer of ours.\n\n{BODY}\n\nThe quay\n\n{BODY}"))
    assert [block.kind for block in found] == [Kind.FRONT, Kind.FRONT, Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH]


def test_numbers_at_the_end_are_notes_where_the_text_calls_them() -> None:
    called = f"{BODY.rstrip('.')}.1 And it was dear.[2]\n\n1. The Port Board, Annual Report, at some length, says so.\n\n2. It does again, at some more length."
    assert [block.kind for block in settle(blocks_of_text(called))] == [Kind.PARAGRAPH, Kind.FOOTNOTE, Kind.FOOTNOTE]
    uncalled = called.replace(".1 ", ". ").replace("[2]", "")
    assert [block.kind for block in settle(blocks_of_text(uncalled))] == [Kind.PARAGRAPH] * 3
