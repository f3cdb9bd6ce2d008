"""Fields of the bibliography without their markup."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from annotated_brief.reading import sources

LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}\\%$")  # which are markup


@given(st.text(st.sampled_from("aB1é Ж中,.;:()/?!-") | LETTERS, max_size=20))
@example("A title: with (all) that - is, allowed/there; so? Yes! Жук")
@example(" at the edges ")
@example("a\u00a0b")
def test_what_has_no_markup_is_what_the_decoder_gives(value: str) -> None:
    shortest, slow = sources.plain.__wrapped__(value), sources._decoded(value)
    assert shortest == slow
