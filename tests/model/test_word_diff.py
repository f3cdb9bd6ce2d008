"""What words went and came: nothing is lost, and what people see is short."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.model.word_diff import Fate, Run, shortened, word_diff

WORDS = st.lists(st.sampled_from(["one", "two", "три", "4", ",", ".", "-", "😀"]), max_size=12).map(" ".join)


def without(fate: Fate, runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if run.fate is not fate)


@given(WORDS | st.text(), WORDS | st.text())
def test_both_texts_come_back(before: str, after: str) -> None:
    runs = word_diff(before, after)
    assert without(Fate.NEW, runs) == before
    assert without(Fate.GONE, runs) == after
    assert all(run.text for run in runs)


def test_words_that_changed_together_are_told_together() -> None:
    runs = word_diff("It was a half of it.", "It was one third of it.")
    assert [(str(run.fate), run.text) for run in runs] == [
        ("kept", "It was "),
        ("gone", "a half"),
        ("new", "one third"),
        ("kept", " of it."),
    ]


def test_what_was_kept_is_cut_in_its_middle() -> None:
    long = " ".join(f"word{number}" for number in range(100))
    runs = shortened(word_diff(f"a {long} b {long} c", f"x {long} y {long} z"))
    assert without(Fate.NEW, runs).startswith("a word0 word1")
    assert len(without(Fate.NEW, runs)) < 300
    assert [run.text for run in runs if run.fate is Fate.NEW] == ["x", "y", "z"]
    first, _, last = (run.text for run in shortened(word_diff(f"{long} a {long}", f"{long} {long}")))
    assert first.startswith("… ")
    assert last.endswith(" …")
    assert shortened(word_diff("a b", "a c")) == word_diff("a b", "a c")
