"""The order of Kazakh and Russian names."""

from __future__ import annotations

import pytest

from annotated_brief.model.collation import KAZAKH, cyrillic_key


def test_the_letters_follow_the_alphabet() -> None:
    letters = sorted(KAZAKH)  # in the order of code points
    letters.sort(key=cyrillic_key)
    assert letters == list(KAZAKH)
    assert len(KAZAKH) == 42


@pytest.mark.parametrize(
    "names",
    [
        ["Алматы", "Әділет", "Бішкек"],
        ["Кеден одағы", "Қазақ хандығы", "Лиссабон"],
        ["Орыс", "Өзбек", "Путин"],
        ["Ереван", "Ёлка", "Женева"],
        ["Азия", "Ақорда", "АҚШ Конгресі"],
    ],
)
def test_names_stand_in_the_order_of_a_kazakh_dictionary(names: list[str]) -> None:
    found = sorted(names)  # in the order of code points
    found.sort(key=cyrillic_key)
    assert found == names


def test_case_and_signs_do_not_count() -> None:
    assert cyrillic_key("«Нұр Отан»") == cyrillic_key("нұр отан")
