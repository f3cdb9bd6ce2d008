import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.model.text import (
    CUT,
    WINDOW,
    beginning,
    digest,
    fold,
    one_line,
    quotation_marks,
    seal,
    shortened,
    visible,
    window_hashes,
    words,
)

FOLDED = "‘’‚‛ʼ“”„‟«»‐‑‒–—―−\u00a0\u2007\u202f\u00ad\u200b\ufeff"
TRICKY = f"{FOLDED} \n\t\u0301\u0306\u0327eEиИкaу'\"-.,"


@given(st.text(st.sampled_from(TRICKY)) | st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.characters(exclude_characters=FOLDED, exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]))
def test_every_other_character_is_kept(character: str) -> None:
    assert fold(f"a {character} b") == unicodedata.normalize("NFC", f"a {character} b")


@pytest.mark.parametrize("character", FOLDED)
def test_every_stated_character_is_folded(character: str) -> None:
    assert fold(f"a{character}b") in {"a'b", 'a"b', "a-b", "a b", "ab"}


def test_folding_takes_the_stated_liberties_and_no_other() -> None:
    assert fold("“Kazakhstan’s”\u00a0path –\n so\u00adcalled") == '"Kazakhstan\'s" path - socalled'
    assert fold("Учёт") != fold("Учет")
    assert fold("August") != fold("august")


@given(st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=WINDOW, max_size=30))
def test_a_text_has_the_windows_of_its_parts(found: list[str]) -> None:
    text = " ".join(found)
    part = " ".join(found[:WINDOW])
    assert set(window_hashes(words(part), "salt")) <= set(window_hashes(words(text), "salt"))
    assert words(text) == found


def test_a_seal_binds_words_place_and_region() -> None:
    seals = {
        seal("a", 1, "some words"),
        seal("b", 1, "some words"),
        seal("a", 2, "some words"),
        seal("a", 1, "other words"),
    }
    assert len(seals) == 4
    assert seal("a", 1, "it’s") == seal("a", 1, "it's")


@pytest.mark.parametrize(
    ("characters", "folded"),
    [
        ("‘’‚‛ʼ", "'"),
        ("“”„‟«»", '"'),
        ("‐‑‒–—―−", "-"),
        ("\u00a0\u2007\u202f", " "),
        ("\u00ad\u200b\ufeff", ""),
    ],
)
def test_each_character_is_folded_to_its_own_form(characters: str, folded: str) -> None:
    assert [fold(f"a{character}b") for character in characters] == [f"a{folded}b"] * len(characters)


def test_white_space_is_one_blank_and_none_at_an_end() -> None:
    assert fold(" \t a \n\r\n b\u2003c ") == "a b c"
    assert fold("e\u0301") == fold("e\u00ad\u0301") == "é"


def test_a_digest_tells_its_parts_apart() -> None:
    assert digest("ab", "c") == hashlib.sha256(b"ab\0c\0").hexdigest()
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4


def test_a_window_is_hashed_as_its_words_are() -> None:
    found = [f"w{number}" for number in range(WINDOW + 2)]
    expected = [digest("salt", *found[start : start + WINDOW])[:16] for start in range(3)]
    assert window_hashes(found, "salt") == expected
    assert window_hashes(found[:WINDOW], "salt") == expected[:1]
    assert window_hashes(found[: WINDOW - 1], "salt") == []
    assert window_hashes(found, "other") != expected


def test_words_are_runs_of_letters_whatever_their_case() -> None:
    assert words("It’s a TALE—of Straße_1") == ["it", "s", "a", "tale", "of", "strasse_1"]


def test_a_seal_is_a_digest_of_what_it_binds() -> None:
    assert seal("region", 7, " some\nwords ") == digest("region", "7", "10", "some words")


@pytest.mark.parametrize(
    ("lang", "marks"), [("ru", "«»"), ("de-AT", "„“"), ("zh-Hans", "「」"), ("en", "“”"), ("eo", "“”"), ("", "“”")]
)
def test_quotation_marks_are_those_of_the_language(lang: str, marks: str) -> None:
    assert quotation_marks(lang) == marks


def test_what_formats_cannot_carry_is_shown() -> None:
    assert visible("a\x00b\x1bc\x7fd\ud800e\ufffef\uffff") == "a␀b␛c␡d\ufffde\ufffdf\ufffd"
    assert visible("\t\n\r\x85é") == "\t\n\r\x85é"


def test_a_message_takes_one_line_and_obeys_nothing() -> None:
    assert one_line(" a\n\tb\x1b[2J \x9b1m ") == "a b␛[2J \ufffd1m"
    assert shortened("x" * 80) == "x" * 80
    assert shortened("x" * 81) == "x" * 79 + "…"
    assert shortened(["a\n"]) == "['a\\n']"


@given(st.text(), st.integers(min_value=4, max_value=80))
def test_a_beginning_is_never_longer_than_it_may_be(text: str, limit: int) -> None:
    found = beginning(text, limit)
    assert len(found) <= limit
    assert found == text or (found.endswith(CUT) and text.startswith(found.removesuffix(CUT)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("as long as it may be", "as long as it may be"),
        ("as long as it may be.", "as long as it may …"),
        ("one, two, three, four, five", "one, two, three …"),
        ("港" * 21, "港" * 18 + " …"),
    ],
)
def test_a_long_text_is_cut_at_a_blank_if_there_is_one(text: str, shown: str) -> None:
    assert beginning(text, 20) == shown
