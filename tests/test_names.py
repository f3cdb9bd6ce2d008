"""Forms of names are found as one pattern of all of them, the longest first, would find them."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.checks.terms import Names
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.records import Form
from exports.corpora import edition

LETTERS = st.sampled_from("aаB_1 -’.\n")  # the second is Cyrillic
FORMS = st.lists(st.text(LETTERS, min_size=1, max_size=6).filter(str.strip), max_size=8)
(CARD,) = edition(["a"]).terms


def named(forms: list[str]) -> Corpus:
    return Corpus(terms=(replace(CARD, forms=tuple(Form(text=form, valid=None) for form in forms)),))


@given(FORMS, st.text(LETTERS, max_size=30))
def test_names_are_found_as_by_a_pattern_of_all(forms: list[str], text: str) -> None:
    longest_first = sorted(set(forms), key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    assert list(Names(named(forms)).find(text)) == (pattern.findall(text) if forms else [])


def test_the_longest_name_is_meant() -> None:
    names = Names(named(["Union", "Customs Union", "Customs"]))
    assert list(names.find("The Customs Union, a union; Customs, Union; Unions")) == [
        "Customs Union",
        "Customs",
        "Union",
    ]
