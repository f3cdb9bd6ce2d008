import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.model.text import WINDOW, fold, seal, window_hashes, words

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
