"""What a worksheet lists of a text: abbreviations, names, dates, each with what is odd about it."""

from __future__ import annotations

import pytest

from annotated_brief.model.survey import Item, expansion, survey

EXPANSIONS = {
    "before": ("the Harbour Board of Ports (HBP) met", "HBP", "Harbour Board of Ports"),
    "before, with words between": ("the Union for the Salt Trade (UST) met", "UST", "Union for the Salt Trade"),
    "behind": ("The UST (Union of Salt Traders) met", "UST", "Union of Salt Traders"),
    "behind, with an article": ("The UST (the Union of Salt Traders) met", "UST", "Union of Salt Traders"),
    "other letters before": ("a meeting of many old friends (UST) was held", "UST", ""),
    "other letters behind": ("The UST (a very old club) met", "UST", ""),
    "too few words": ("a Union (UST) met", "UST", ""),
    "nothing": ("The UST met", "UST", ""),
    "no capitals": ("the salt union (su) met", "su", "salt union"),
    "brackets that hold signs": ("The UST (‘‘, ——) met", "UST", ""),
}


@pytest.mark.parametrize("case", EXPANSIONS)
def test_an_abbreviation_is_expanded_where_the_text_says_so(case: str) -> None:
    text, abbreviation, wanted = EXPANSIONS[case]
    assert expansion(abbreviation, text) == wanted


def dates(text: str) -> dict[str, str]:
    return {item.text: item.remark for item in survey([("p1", text)], [], []).dates}


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("4 May 1901", ""),
        ("May 1901", ""),
        ("31 April 1901", "there is no such day"),
        ("29 February", ""),
        ("29 February 1901", "there is no such day"),
        ("Monday, 4 May 1901", "that day was a Saturday"),
        ("Saturday, 4 May 1901", ""),
        ("1901-05-04", ""),
        ("1901-02-29", "there is no such day"),
        ("4/5/1901", ""),
        ("5/24/1901", ""),
        ("24/25/1901", "there is no such day"),
    ],
)
def test_a_date_that_cannot_be_is_told(text: str, remark: str) -> None:
    assert dates(f"It happened on {text}, they say.") == {text: remark}


def test_what_stands_twice_is_listed_once_with_both_places() -> None:
    found = survey([("p1", "On 4 May 1901 and 4 May 1901."), ("p2", "Not on 4 May 1901.")], [], [])
    assert found.dates == (Item(text="4 May 1901", remark="", places=("p1", "p2")),)
