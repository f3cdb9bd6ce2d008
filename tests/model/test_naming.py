"""Forms of names are found as one pattern of all of them, the longest first, would find them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.model.naming import Finder

LETTERS = st.sampled_from("aаB_1 -’.\n")  # the second is Cyrillic
FORMS = st.lists(st.text(LETTERS, min_size=1, max_size=6).filter(str.strip), max_size=8)


@given(FORMS, st.text(LETTERS, max_size=30))
def test_names_are_found_as_by_a_pattern_of_all(forms: list[str], text: str) -> None:
    longest_first = sorted(set(forms), key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    names = Finder(forms)
    assert list(names.find(text)) == (pattern.findall(text) if forms else [])
    alone = {
        (found.start(), form) for form in forms for found in re.finditer(rf"(?<!\w)(?={re.escape(form)}(?!\w))", text)
    }
    assert set(names.find_all(text)) == alone


def test_the_longest_name_is_meant() -> None:
    names = Finder(["Union", "Customs Union", "Customs"])
    assert list(names.find("The Customs Union, a union; Customs, Union; Unions")) == [
        "Customs Union",
        "Customs",
        "Union",
    ]
