from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.model.text import WINDOW, fold, seal, window_hashes, words


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_takes_the_stated_liberties_and_no_other() -> None:
    assert fold("“Kazakhstan’s”\u00a0path –\n so\u00adcalled") == '"Kazakhstan\'s" path - socalled'
    assert fold("Учёт") != fold("Учет")
    assert fold("August") != fold("august")


@given(st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=WINDOW, max_size=30))
def test_a_text_has_the_windows_of_its_parts(found: list[str]) -> None:
    text = " ".join(found)
    part = " ".join(found[:WINDOW])
    assert window_hashes(part, "salt") <= window_hashes(text, "salt")
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
