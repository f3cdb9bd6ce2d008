import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotated_brief.model.quotes import QuoteResult, QuoteVerdict, check_quote

VERIFIED, NOT_IN_SOURCE = QuoteVerdict.VERIFIED, QuoteVerdict.NOT_IN_SOURCE
words = st.from_regex(r"w[a-zа-яё]{1,5}|[0-9]{1,4}", fullmatch=True)  # none of them is a negation
lists = st.lists(words, min_size=3, max_size=12, unique=True)


def against(text: str, quote: str, *names: str) -> QuoteResult:
    return check_quote(quote, "a", {"a": text}, {name: [name] for name in names})


@given(lists, st.data())
def test_every_run_of_words_of_a_text_stands_in_it(found: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(found) - 1))
    end = data.draw(st.integers(start + 1, len(found)))
    text = " w ".join(found)
    assert against(text, " w ".join(found[start:end])).verdict == VERIFIED


@given(lists, st.data())
def test_no_other_order_of_the_words_stands_in_it(found: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(found))
    assume(shuffled != found)
    assert against(" ".join(found), " ".join(shuffled)).verdict == NOT_IN_SOURCE
    assert against(" and ".join(found), " … ".join(shuffled)).verdict == NOT_IN_SOURCE
    assert against(" and ".join(found), " … ".join(found)).verdict == VERIFIED


@given(st.text(), st.text())
def test_any_text_gets_a_verdict_and_each_refusal_a_reason(quote: str, text: str) -> None:
    result = against(text, quote, "Astana")
    assert (result.verdict == VERIFIED) == (result.reason == "")


@given(st.text(alphabet="ab’“”…[].,! \n—-9not", max_size=12), st.text(alphabet="ab’“”.,! \n—-9not", max_size=40))
def test_what_is_verified_without_ellipsis_or_brackets_is_in_the_text(quote: str, text: str) -> None:
    assume(not re.search(r"[\[…]|\.\.\.", quote))
    plain = {"’": "'", "“": '"', "”": '"', "—": "-", "\n": " "}
    quote_, text_ = (" ".join("".join(plain.get(c, c) for c in side).split()) for side in (quote, text))
    assert quote_ in text_ or against(text, quote).verdict == NOT_IN_SOURCE


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It does not seek an alliance.", "does seek"),
        ("It does seek an alliance.", "does [not] seek"),
        ("It does seek an alliance.", "does not seek"),
        ("It does not seek an alliance.", "does [not] seek"),
        ("They keep a wide and stable balance.", "stable balance … a wide"),
        ("They keep a balance. The union grew.", "a balance the union"),
        ("They keep a balance. The union grew.", "a balance … union"),
    ],
)
def test_what_a_published_checker_lets_pass_is_refused(text: str, quote: str) -> None:
    assert against(text, quote).verdict == NOT_IN_SOURCE


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“We don’t\n have – as yet – a choice”", "We don't have - as yet - a choice"),
        ("He said yes—a clear yes—and left.", "a clear yes"),
        ("They do not wait. They seek a balance.", "They seek a balance"),
        ("It is cautious, not hostile.", "It is cautious"),
        ("It does not seek war. It does seek peace.", "does seek"),
        ("not far away, and far away", "far away"),
        ("We met Mr. Doe and his aide today.", "met … today"),
        ("The U.S. and others, i.e. the rest, agreed on 1.5 units.", "others … units"),
        ("I would … write", "I would … write"),
        ("I would ... write", "I would [...] write"),
        ("The Kazakstan of then", "The Kazakstan [sic] of"),
        ("The Kazakstan [sic] of then", "The Kazakstan [sic] of"),
        ("Astana waited. Later they agreed.", "[Astana] agreed"),
        ("He has “two plans” at home", "has «two plans» at"),
        ("Мы за мир, не за войну", "Мы за мир"),
    ],
)
def test_what_stands_in_the_text_is_verified(text: str, quote: str) -> None:
    assert against(text, quote, "Astana") == QuoteResult(verdict=VERIFIED)


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("It does not seek war.", "seek war", "a negation stands just before it in the source"),
        ("It is not yet to be a partner.", "partner", "a negation stands just before it in the source"),
        ("It can’t wait.", "wait", "a negation stands just before it in the source"),
        ("Ол серіктес емес еді.", "Ол серіктес", "a negation stands just after it in the source"),
        ("It does not seek war.", "It … war", "the ellipsis leaves out a negation"),
        ("It grew. Then it fell.", "It grew … it fell", "the ellipsis runs over the end of a sentence"),
        ("He met N. Doe today.", "met … today", "the ellipsis runs over the end of a sentence"),
        ("In the U.S. Then it fell.", "In … fell", "the ellipsis runs over the end of a sentence"),
        ("It grew and fell.", "fell … It grew", "the fragments stand in another order"),
        ("It grew and fell.", "It … grew", "the ellipsis leaves out no word"),
        ("It grew.\n\nIt fell.", "grew … fell", "a part of it is not in that paragraph"),
        ("It grew.", "It grew …", "a part beside an ellipsis holds no word"),
        ("It cost 12.5 units", "12", "it begins or ends inside a word or number of the source"),
        ("It cannot", "not", "it begins or ends inside a word or number of the source"),
        ("It grew", "it grew", "a capital letter differs"),
        ("Учёт", "Учет", "a letter differs from one that looks like it"),
        ("Қазақ", "Казак", "a letter differs from one that looks like it"),
        ("our nest", "оur nest", "a word mixes Latin and Cyrillic letters: оur"),
        ("It grew. It fell", "It grew, it fell", "punctuation or the end of a sentence differs"),
        ("It did not fall", "It did fall", "a negation differs"),
        ("It fell", "It rose", "no such words stand there"),
        ("The town grew", "[Astana] town", "no such words stand there"),
        ("It grew", "[not] grew", "the brackets hold ‘not’, which is neither sic nor a name of the text"),
        ("The town", "[T]he town", "the brackets hold ‘T’, which is neither sic nor a name of the text"),
        ("It grew", "[sic] grew", "a bracketed sic stands after no word"),
        ("It grew", "It [grew", "a square bracket has no partner"),
        ("It “grew”", "It “grew", "a quotation mark inside it has no partner"),
        ("It grew", " … !", "it holds no word"),
        ("It grew", "", "it holds no word"),
    ],
)
def test_a_refusal_says_why(text: str, quote: str, reason: str) -> None:
    assert against(text, quote, "Astana") == QuoteResult(verdict=NOT_IN_SOURCE, reason=reason)


NAMES = {"Astana": ["Astana", "Kazakhstan"], "Astana's": ["Astana", "Kazakhstan"], "Tashkent": ["Tashkent"]}


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("Astana drew. Later its plan grew.", "Later [Astana’s] plan", VERIFIED),
        ("Kazakhstan drew it.\n\nLater they grew.", "Later [Astana] grew", VERIFIED),
        ("Astana and Tashkent met, and they agreed.", "[Tashkent] agreed", VERIFIED),
        ("Astana drew. Later its plan grew.", "Later [Almaty’s] plan", NOT_IN_SOURCE),
        ("Astana drew. Later they them grew.", "Later [Astana] grew", NOT_IN_SOURCE),
        ("Astana drew. Later they grew.", "Later [Astana] they grew", NOT_IN_SOURCE),
        ("China and Russia met, and they agreed.", "[Tashkent] agreed", NOT_IN_SOURCE),
        ("They agreed with Tashkent.", "[Tashkent] agreed", NOT_IN_SOURCE),
        ("Tashkent it was.\n\nRain fell.\n\nThey agreed.", "[Tashkent] agreed", NOT_IN_SOURCE),
    ],
)
def test_a_bracketed_name_stands_for_one_pronoun_and_only_where_the_source_has_named_it(
    text: str, quote: str, verdict: QuoteVerdict
) -> None:
    assert check_quote(quote, "a", {"a": text}, NAMES).verdict == verdict


def test_a_name_that_the_source_does_not_have_is_told() -> None:
    assert against("They agreed.", "[Astana] agreed", "Astana").reason == (
        "the source does not name before it what the brackets hold"
    )


def test_other_held_texts_are_named_in_order() -> None:
    held = {"c": "It grew fast.", "a": "It fell.", "b": "So it is: It grew.", "d": "It never grew."}
    elsewhere = check_quote("It grew", "a", held)
    assert (elsewhere.verdict, elsewhere.found_in) == (QuoteVerdict.ELSEWHERE, ("b", "c"))
    assert elsewhere.reason
    assert check_quote("It grew", "b", held) == QuoteResult(verdict=VERIFIED)
    assert check_quote("It grew", "x", held) == QuoteResult(verdict=QuoteVerdict.NOT_HELD, found_in=("b", "c"))
    assert check_quote("It rose", "x", held) == QuoteResult(verdict=QuoteVerdict.NOT_HELD)
    assert check_quote("[not] it", "x", held).verdict == NOT_IN_SOURCE
