"""Every falsification of a real quotation is caught: cases made from the quotations of the briefs, and their text.

A case holds a sound quotation with a text that has it, and a falsified pair: the sound one must verify, the false
one must not, so that each refusal is owed to the falsification alone. All text around the quotations is ours.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from annotated_brief.model.quotes import PRONOUNS, QuoteVerdict, check_quote
from annotated_brief.model.text import fold

BRIEFS = Path(__file__).resolve().parents[2] / "docs" / "briefs"
ROLE = re.compile(r"\{quote\}`([^`<]+?)\s*<[^`>]*>`")
TWINS = dict(
    zip("aceopxyiACEOPXBHKMT" + "асеорхуіАСЕОРХВНКМТ", "асеорхуіАСЕОРХВНКМТ" + "aceopxyiACEOPXBHKMT", strict=True)
)


class Case(NamedTuple):
    sound: str
    text: str  # has the sound quotation
    false: str
    against: str  # the text that the false quotation is held against


def real_quotes() -> list[str]:
    """Return the distinct quotations of all briefs, on one line each."""
    pages = sorted(BRIEFS.glob("*/*.md"))
    return sorted({fold(found) for page in pages for found in ROLE.findall(page.read_text("utf-8"))})


def russian(quote: str) -> bool:
    return bool(re.search("[а-яё]", quote))


def around(quote: str, before: str = "", after: str = "") -> str:
    """Return a text of two paragraphs that has *quote*, perhaps with a word beside it, in a sentence of ours."""
    inner = " ".join(filter(None, (before, quote, after)))
    if russian(quote):
        return f"Это наша строка.\n\nДень был ясный. Гость сказал {inner}, потом умолк. Дождь начался вечером."
    return f"This line is ours.\n\nThe day was bright. A guest said {inner}, then fell silent. Rain came at dusk."


def longer(quote: str) -> str:
    """Return *quote* within some words of ours, so that short quotations have room for every falsification."""
    return f"утром гость {quote} добавил позже" if russian(quote) else f"early that day {quote} came up again"


def bases() -> list[str]:
    quotes = real_quotes()
    return [*(quote for quote in quotes if " " in quote), *map(longer, quotes)]


def gaps(base: str) -> Iterator[tuple[str, str]]:
    """Yield *base* in two, at every blank."""
    for match in re.finditer(" ", base):
        yield base[: match.start()], base[match.end() :]


def middle(base: str) -> tuple[str, str]:
    found = list(gaps(base))
    return found[len(found) // 2]


def falsely_quoted(sound: str, *false: str) -> Iterator[Case]:
    """Yield cases in which the text stays and the quotation is falsified."""
    for quote in false:
        yield Case(sound, around(sound), quote, around(sound))


def negation_dropped() -> Iterator[Case]:
    for base in bases():
        for left, right in gaps(base):
            for word in ("не", "никогда") if russian(base) else ("not", "never"):
                yield from falsely_quoted(f"{left} {word} {right}", base)
        plain = re.sub(r"n't\b| (not|never|не|ни)\b", "", base)
        if plain != base:
            yield from falsely_quoted(base, plain)


def negation_added() -> Iterator[Case]:
    for base in bases():
        for left, right in gaps(base):
            for word in ("не", "[не]", "емес") if russian(base) else ("not", "[not]", "[never]"):
                yield from falsely_quoted(base, f"{left} {word} {right}")


def negation_bracketed() -> Iterator[Case]:
    for base in bases():
        left, right = middle(base)
        word = "не" if russian(base) else "not"
        yield from falsely_quoted(f"{left} {word} {right}", f"{left} [{word}] {right}", f"{left} [sic] {right}")


def negation_beside() -> Iterator[Case]:
    for quote in real_quotes():
        before = ("не", "ни", "без", "не был") if russian(quote) else ("not", "never", "didn’t", "not a", "cannot be")
        after = ("емес", "жоқ", "не") if russian(quote) else ("not", "never")
        for word in before:
            yield Case(quote, around(quote), quote, around(quote, before=word))
        for word in after:
            yield Case(quote, around(quote), quote, around(quote, after=word))


def negation_under_ellipsis() -> Iterator[Case]:
    for base in bases():
        for left, right in gaps(base):
            mild, sharp = ("вновь", "не") if russian(base) else ("again", "not")
            quote = f"{left} … {right}"
            yield Case(quote, around(f"{left} {mild} {right}"), quote, around(f"{left} {sharp} {right}"))


def fragments_reversed() -> Iterator[Case]:
    for base in bases():
        for left, right in gaps(base):
            text = around(f"{left} {'вновь' if russian(base) else 'again'} {right}")
            for mark in ("…", "[...]"):
                yield Case(f"{left} {mark} {right}", text, f"{right} {mark} {left}", text)


def sentence_end_under_ellipsis() -> Iterator[Case]:
    for base in bases():
        left, right = middle(base)
        first, second = ("утром", "Затем") if russian(base) else ("early", "Then")
        quote = f"{left} … {right}"
        sound = around(f"{left} {first}, {second.lower()} {right}")
        for stop in (".", "!", "?", "…", '."', ".)"):
            yield Case(quote, sound, quote, around(f"{left} {first}{stop} {second} {right}"))
        yield Case(quote, sound, quote, around(f"{left} {first}\n\n{second.lower()} {right}"))


def ellipsis_for_nothing() -> Iterator[Case]:
    for base in bases():
        left, right = middle(base)
        yield from falsely_quoted(base, f"{left} … {right}", f"… {base}", f"{base} [...]")


def sentences_joined() -> Iterator[Case]:
    for base in bases():
        left, right = middle(base)
        two = f"{left}. {right[0].upper()}{right[1:]}"
        joined = f"{right[0].lower()}{right[1:]}"
        yield from falsely_quoted(two, base, f"{left}, {joined}", f"{left}; {joined}", f"{left} … {joined}")
        yield from falsely_quoted(base, *({two} - {base}), f"{left}. {right}", f"{base}.")


def order_swapped() -> Iterator[Case]:
    for base in bases():
        found = base.split(" ")
        for at in range(len(found) - 1):
            yield from falsely_quoted(base, " ".join([*found[:at], found[at + 1], found[at], *found[at + 2 :]]))


def letter_of_another_script() -> Iterator[Case]:
    for quote in real_quotes():
        for at, letter in enumerate(quote):
            if letter in TWINS:
                yield from falsely_quoted(quote, quote[:at] + TWINS[letter] + quote[at + 1 :])


def letter_with_or_without_its_marks() -> Iterator[Case]:
    for quote in real_quotes():
        kazakh = f"{quote} қазақ ёлка і" if russian(quote) else f"{quote} naïve Kök"
        for sound in (quote, kazakh):
            for pair in ("её", "ёе", "қк", "кқ", "іи", "иі", "гғ", "нң", "ïi", "öo", "ий"):
                for match in re.finditer(pair[0], sound):
                    yield from falsely_quoted(sound, sound[: match.start()] + pair[1] + sound[match.end() :])


def digits_changed() -> Iterator[Case]:
    for quote in real_quotes():
        for sound in (quote, f"{quote} 12.5", f"{quote} 1 200", f"{quote} 2014"):
            for match in re.finditer(r"\d", sound):
                other = str((int(match[0]) + 1) % 10)
                yield from falsely_quoted(sound, sound[: match.start()] + other + sound[match.end() :])
                if sound != quote:
                    yield from falsely_quoted(sound, sound[: match.start()] + sound[match.end() :])
        for number, part in (("12.5", "12"), ("1 200", "1"), ("1,200", "1"), ("2014-2016", "2014"), ("9/11", "9")):
            yield from falsely_quoted(f"{quote} {number}", f"{quote} {part}")
        for number, part in (("12.5", "5"), ("1 200", "200"), ("1,200", "200"), ("−5", "5")):
            yield from falsely_quoted(f"{number} {quote}", f"{part} {quote}")


def quotes_nested() -> Iterator[Case]:
    for base in bases():
        left, right = middle(base)
        head, _, rest = right.partition(" ")
        nested = f"{left} “{head}” {rest}".strip()
        single = nested.replace("“", "‘").replace("”", "’")
        yield from falsely_quoted(nested, base, single, nested.replace("“", ""), nested.replace("”", ""))
        yield from falsely_quoted(base, nested, single, f"“{base}”", f"“{base}")
        yield from falsely_quoted(f"“{left}” {right}", f"{left}” {right}")


def words_bracketed() -> Iterator[Case]:
    for base in bases():
        for left, right in gaps(base):
            head, _, rest = right.partition(" ")
            yield from falsely_quoted(base, f"{left} [{head}] {rest}".strip(), f"{left} [{head[0]}]{right[1:]}")
            yield from falsely_quoted(base, f"{left} [Astana] {right}")
            if head.casefold() not in PRONOUNS:
                yield from falsely_quoted(base, f"{left} [Astana] {rest}".strip())


def name_never_named() -> Iterator[Case]:
    for base in bases():
        for left, right in gaps(base):
            said = f"{left} {'они' if russian(base) else 'they'} {right}"
            quote = f"{left} [Astana] {right}"
            yield Case(quote, f"Kazakhstan. {around(said)}".replace("\n\n", " "), quote, around(said))


def case_changed() -> Iterator[Case]:
    for quote in real_quotes():
        for at, letter in enumerate(quote):
            if letter.swapcase() != letter and (at == 0 or quote[at - 1] == " "):
                yield from falsely_quoted(quote, quote[:at] + letter.swapcase() + quote[at + 1 :])


def words_cut() -> Iterator[Case]:
    for quote in real_quotes():
        yield from falsely_quoted(quote, *(cut for cut in (quote[1:], quote[:-1]) if cut == cut.strip()))
        for prefix in ("не", "анти-") if russian(quote) else ("un", "non-", "can’t-"):
            yield from falsely_quoted(prefix + quote, quote)
        for suffix in ("s", "’s", "-like", "\u0301"):
            yield from falsely_quoted(quote + suffix, quote)


def words_left_out_or_put_in() -> Iterator[Case]:
    for base in bases():
        for left, right in gaps(base):
            if " " in left:
                yield from falsely_quoted(base, f"{left.rpartition(' ')[0]} {right}")
            yield from falsely_quoted(base, f"{left} {'очень' if russian(base) else 'very'} {right}")


def words_joined_or_parted() -> Iterator[Case]:
    for base in bases():
        for left, right in gaps(base):
            yield from falsely_quoted(base, f"{left}-{right}", f"{left}{right}", f"{left}, {right}", f"{left}: {right}")


KINDS: tuple[Callable[[], Iterator[Case]], ...] = (
    negation_dropped,
    negation_added,
    negation_bracketed,
    negation_beside,
    negation_under_ellipsis,
    fragments_reversed,
    sentence_end_under_ellipsis,
    ellipsis_for_nothing,
    sentences_joined,
    order_swapped,
    letter_of_another_script,
    letter_with_or_without_its_marks,
    digits_changed,
    quotes_nested,
    words_bracketed,
    name_never_named,
    case_changed,
    words_cut,
    words_left_out_or_put_in,
    words_joined_or_parted,
)


def cases(kind: Callable[[], Iterator[Case]]) -> list[Case]:
    """Return the distinct cases of *kind* that change something."""
    return [case for case in dict.fromkeys(kind()) if (fold(case.false), case.against) != (fold(case.sound), case.text)]


def verdict(quote: str, text: str) -> QuoteVerdict:
    return check_quote(quote, "source", {"source": text}, {"Astana": ["Astana", "Kazakhstan"]}).verdict


def test_the_real_quotations_are_found() -> None:
    quotes = real_quotes()
    assert len(quotes) >= 20
    assert {russian(quote) for quote in quotes} == {True, False}
    assert [quote for quote in quotes if verdict(quote, around(quote)) != QuoteVerdict.VERIFIED] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_falsification_is_caught(kind: Callable[[], Iterator[Case]]) -> None:
    found = cases(kind)
    assert len(found) >= 20
    assert [case for case in found if verdict(case.sound, case.text) != QuoteVerdict.VERIFIED] == []
    assert [case for case in found if verdict(case.false, case.against) != QuoteVerdict.NOT_IN_SOURCE] == []


def test_there_are_at_least_three_hundred_falsifications() -> None:
    assert len({case[2:] for kind in KINDS for case in cases(kind)}) >= 300
