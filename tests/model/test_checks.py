"""Checks on records alone, field by field: what each of them looks at, and what it lets stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from annotated_brief.checks.anchors import check_anchors
from annotated_brief.checks.identity import check_unused
from annotated_brief.checks.quotes import check_unmarked
from annotated_brief.checks.reviews import check_suspects
from annotated_brief.checks.style import check_marks
from annotated_brief.checks.terms import check_case
from annotated_brief.checks.works import check_borrowed
from annotated_brief.diagnostics import Code, Diagnostic
from annotated_brief.model.copies import Copy, Likeness, Part
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.records import (
    Brief,
    CitationItem,
    Form,
    Location,
    Name,
    Quotation,
    Region,
    Review,
    Use,
)
from annotated_brief.model.reviews import Foundations
from annotated_brief.model.text import fold, window_hashes, words
from annotated_brief.model.vocabulary import CardKind
from exports.corpora import edition

OURS = [  # part of the corpus, and field, in which words of ours stand
    *(("annotations", name) for name in ("headline", "claim", "text")),
    *((part, "text") for part in ("paragraphs", "terms", "events", "memberships")),
    *(("recommendations", name) for name in ("headline", "text")),
]
HELD = [  # in which words stand that may be repeated
    ("annotations", "source_words"),
    ("annotations", "prefix"),
    ("sources", "title"),
    ("sources", "title_latin"),
    ("terms", "name"),
    ("terms", "abbreviation"),
]
PLACE = Location(path="docs/briefs/one/index.md", line=3)


def saying(part: str, name: str, text: str, corpus: Corpus | None = None) -> Corpus:
    """The edition with *text* in one field of its first record of a kind; all others say ‘a’."""
    corpus = corpus or edition(["a"])
    record, *others = getattr(corpus, part)
    changed: dict[str, Any] = {part: (replace(record, **{name: text}), *others)}
    return replace(corpus, **changed)


def told(found: Iterator[Diagnostic]) -> list[str]:
    return [item.message for item in found]


@pytest.mark.parametrize(("part", "name"), OURS)
def test_words_in_quotation_marks_are_found_in_each_field(part: str, name: str) -> None:
    corpus = saying(part, name, "They call it a “Quiet Harbour”, they say")
    (record, *_) = getattr(corpus, part)
    assert told(check_unmarked(corpus)) == [
        f"‘{record.id}’ has “Quiet Harbour” in quotation marks, and names no source of it"
    ]


@pytest.mark.parametrize(("part", "name"), HELD)
def test_words_that_another_field_holds_may_be_repeated(part: str, name: str) -> None:
    assert told(check_unmarked(saying(part, name, "A Quiet Harbour", quoting("Quiet Harbour")))) == []


def quoting(words: str) -> Corpus:
    return saying("annotations", "text", f"They call it “{words}”")


@pytest.mark.parametrize(
    "more",
    [
        {"forms": (Form(text="Quiet Harbour"),)},
        {"names": (Name(lang="ru", text="Quiet Harbour"),)},
        {"names": (Name(lang="ru", text="x", transliteration="Quiet Harbour"),)},
    ],
)
def test_names_of_cards_may_be_repeated(more: dict[str, Any]) -> None:
    corpus = quoting("Quiet Harbour")
    assert told(check_unmarked(replace(corpus, terms=(replace(corpus.terms[0], **more),)))) == []


@pytest.mark.parametrize("name", ["title", "container"])
def test_titles_of_the_work_may_be_repeated(name: str) -> None:
    corpus = quoting("Quiet Harbour")
    (brief,) = corpus.briefs
    words: dict[str, Any] = {name: "The Quiet Harbour"}
    held = replace(brief, work=replace(brief.work, **words))
    assert told(check_unmarked(replace(corpus, briefs=(held,)))) == []


@pytest.mark.parametrize(
    ("shown", "known"),
    [
        ("Quiet Harbour", True),
        ("quiet Harbour", True),
        ("… Quiet Harbour, …", True),
        ("Quiet harbour", False),
        ("Quiet Harb", False),
        ("uiet Harbour", False),
        ("Harbour", True),
        ("Quiet Harbour too", False),
        ("a ‘Quiet Harbour’", True),
        ("…", True),
    ],
)
def test_whole_words_are_compared(shown: str, known: bool) -> None:
    quotation = Quotation(
        docname="x", text="A ‘Quiet Harbour’", lang="en", item=CitationItem(id="source0"), location=PLACE
    )
    corpus = replace(quoting(shown), quotations=(quotation,))
    assert (told(check_unmarked(corpus)) == []) is known


@pytest.mark.parametrize(("part", "name"), [*OURS, ("terms", "name")])
@pytest.mark.parametrize(("text", "word"), [("the town's share", "town's"), ('a "port" of call', '"port"')])
def test_straight_marks_are_found_in_each_field(part: str, name: str, text: str, word: str) -> None:
    corpus = saying(part, name, text)
    (record, *_) = getattr(corpus, part)
    (found,) = check_marks(corpus)
    assert (found.message, found.location) == (f"{word} has a straight quotation mark or apostrophe", record.location)


def test_the_first_straight_mark_of_a_record_is_shown_and_sources_may_have_them() -> None:
    corpus = saying("annotations", "text", "the town's", saying("annotations", "headline", "the port's"))
    assert told(check_marks(corpus)) == ["port's has a straight quotation mark or apostrophe"]
    assert told(check_marks(saying("sources", "title", "the town's"))) == []


def lonely(**more: Any) -> Corpus:
    """An edition with a card that nothing leads to."""
    corpus = edition(["a"])
    card = replace(corpus.terms[0], id="lighthouse", name="Lighthouse", forms=(Form(text="the Light"),), **more)
    uses = (Use(kind="term", id="term-0", docname="x", within="p1", location=PLACE),)
    return replace(corpus, terms=(corpus.terms[0], card), uses=uses)


def unused(corpus: Corpus) -> list[str]:
    return [item.message for item in check_unused(corpus) if item.code is Code.UNUSED_TERM]


NAMING = [*((part, name) for part, name in OURS if part != "memberships")]
NAMING += [("sources", name) for name in ("publisher", "title", "note")]


@pytest.mark.parametrize(("part", "name"), NAMING)
@pytest.mark.parametrize("words", ["on the Lighthouse, they say", "Of the Light."])
def test_a_card_is_used_where_any_field_names_it(part: str, name: str, words: str) -> None:
    assert unused(lonely()) == ["nothing links to ‘lighthouse’ or names it"]
    assert unused(saying(part, name, words, lonely())) == []
    assert unused(saying(part, name, "Lighthouses, the Lights", lonely())) != []


def test_a_card_is_used_by_links_actors_and_people_but_not_by_itself() -> None:
    corpus = lonely()
    link = Use(kind="term", id="lighthouse", docname="x", within="p1", location=PLACE)
    assert unused(replace(corpus, uses=(*corpus.uses, link))) == []
    for use in (replace(link, within="lighthouse"), replace(link, kind="annotation")):
        assert unused(replace(corpus, uses=(*corpus.uses, use))) != []
    assert unused(replace(corpus, actors=(replace(corpus.actors[0], term="lighthouse"),))) == []
    assert unused(replace(corpus, sources=(replace(corpus.sources[0], authors=("Lighthouse",)),))) == []
    assert unused(lonely(text="A Lighthouse is one.")) != []


CASES = [  # kind, name, abbreviation, other form; what is shown; how the card writes it
    (CardKind.BODY, "Port Board", "PB", "Board of Docks", "Port Board", ""),
    (CardKind.BODY, "Port Board", "PB", "Board of Docks", "PB", ""),
    (CardKind.BODY, "Port Board", "PB", "Board of Docks", "pb", "PB"),
    (CardKind.BODY, "Port Board", "PB", "Board of Docks", "port board", "Port Board"),
    (CardKind.BODY, "Port Board", "PB", "Board of Docks", "Board of docks", "Board of Docks"),
    (CardKind.BODY, "Port Board", "PB", "Board of Docks", "the other one", ""),
    (CardKind.BODY, "Port Board", "PB", "Board of Docks", "", ""),
    (CardKind.BODY, "Union", "", "Union", "union", "Union"),
    (CardKind.PERSON, "Fenn", "", "Fenn", "fenn", "Fenn"),
    (CardKind.PLACE, "Quay", "", "Quay", "quay", "Quay"),
    (CardKind.CONCEPT, "Customs union", "", "customs unions", "customs union", ""),
    (CardKind.CONCEPT, "Customs union", "", "customs unions", "Customs unions", ""),
    (CardKind.CONCEPT, "Customs union", "", "customs unions", "Customs Union", "Customs union"),
    (CardKind.CONCEPT, "Customs Union", "", "Customs Union", "customs Union", "Customs Union"),
    (CardKind.BODY, "alley cats", "", "alley cats", "Alley cats", ""),
]


@pytest.mark.parametrize(("kind", "name", "short", "form", "shown", "written"), CASES)
def test_a_link_writes_a_name_as_its_card_does(
    kind: CardKind, name: str, short: str, form: str, shown: str, written: str
) -> None:
    (card,) = edition(["a"]).terms
    card = replace(card, kind=kind, name=name, abbreviation=short, forms=(Form(text=form),))
    link = Use(kind="term", id=card.id, docname="x", within="p1", shown=shown, location=PLACE)
    wanted = [f"‘{shown}’ is written ‘{written}’ on its card"] if written else []
    assert told(check_case(Corpus(terms=(card,), uses=(link,)))) == wanted
    others = (replace(link, kind="source"), replace(link, id="nothing"))
    assert told(check_case(Corpus(terms=(card,), uses=others))) == []


def test_what_became_of_each_foundation_is_told() -> None:
    corpus = edition(["a"])
    (note,) = corpus.annotations
    rests = Foundations(corpus).of(note)
    assert set(rests) == {"claim", "paragraph:p1", "source:source0"}

    def since(**changed: str | None) -> list[str]:
        before = rests | {name.replace("_", ":"): value for name, value in changed.items() if value is not None}
        for name in (name.replace("_", ":") for name, value in changed.items() if value is None):
            del before[name]
        review = Review(annotation=note.id, by="A", on="2026-11-01", rests=tuple(before.items()))
        return [
            item.message.rpartition("since then ")[2] for item in check_suspects(replace(corpus, reviews=(review,)))
        ]

    assert since() == []
    assert since(claim="0") == ["its own claim, verdict or evidence has changed"]
    assert since(claim=None) == ["its own claim, verdict or evidence is new"]
    assert since(term_port="0") == ["its term ‘port’ is gone"]
    assert since(source_source0=None, paragraph_p1="0") == [
        "its paragraph ‘p1’ has changed, its source ‘source0’ is new"
    ]
    assert told(check_suspects(replace(corpus, reviews=()))) == [f"‘{note.id}’ has no recorded review"]
    assert told(check_suspects(replace(corpus, reviews=None))) == []


ARTICLE = "The quay of the old town was built by the Board of the Port in the first year of the century"


def borrowing(*exceptions: str, salt: str = "x") -> Brief:
    (brief,) = edition(["a"]).briefs
    windows = frozenset(window_hashes(words(ARTICLE), salt))
    return replace(brief, work=replace(brief.work, salt=salt, windows=windows, exceptions=exceptions))


def borrowed(text: str, *briefs: Brief) -> list[tuple[int, str]]:
    found = check_borrowed(briefs, [("a.md", text)])
    return [(item.location.line, item.message.removeprefix("eight words of the article: ")) for item in found]


def test_eight_words_are_borrowed_and_seven_are_not() -> None:
    assert borrowed("They say: the QUAY of the\nold town was, built. So", borrowing()) == [
        (1, "‘the quay of the old town was built’")
    ]
    assert borrowed("quay of the old town was built", borrowing()) == []
    assert borrowed("old\n\ntown was built by the Board of the Port", borrowing()) == [
        (1, "‘old town was built by the board of’"),
        (3, "‘town was built by the board of the’"),
        (3, "‘was built by the board of the port’"),
    ]


@pytest.mark.parametrize(
    ("exception", "found"),
    [
        ("Board of the Port", ["‘town was built by the board of the’"]),
        ("by the Board of the Port", []),
        ("Board of the Docks", ["‘town was built by the board of the’", "‘was built by the board of the port’"]),
        ("town was built by", ["‘was built by the board of the port’"]),
        ("the", ["‘town was built by the board of the’", "‘was built by the board of the port’"]),
    ],
)
def test_a_window_of_which_half_is_a_name_is_not_borrowed(exception: str, found: list[str]) -> None:
    text = "the town was built by the Board of the Port"
    assert [said for _, said in borrowed(text, borrowing(exception))] == found


def test_each_work_of_a_set_is_compared_whatever_its_salt() -> None:
    text = "the quay of the old town was built"
    for briefs in ([borrowing(), borrowing(salt="y")], [borrowing("the quay of the old"), borrowing()]):
        assert borrowed(text, *briefs) == [(1, "‘the quay of the old town was built’")]
    assert borrowed(text, borrowing("the quay of the old"), borrowing("the quay of the old", salt="y")) == []


def anchored(copy: Copy, *, number: int = 1, source_words: str = "built by the Board", size: int = 10) -> list[str]:
    """What is found of one note on paragraph *number*, 0 for what stands around them, in a work with a page of so many words."""
    corpus = edition(["a"])
    paragraph = replace(corpus.paragraphs[0], number=number, id=f"p{number}")
    note = replace(corpus.annotations[0], paragraph=paragraph, source_words=source_words, prefix="")
    region = Region(id="outside", sha256="0" * 64, word_count=size)
    (brief,) = corpus.briefs
    brief = replace(brief, work=replace(brief.work, regions=(replace(region, id="p1", word_count=0), region)))
    corpus = replace(corpus, annotations=(note,), briefs=(brief,))
    return [
        f"{item.code}: {item.message.partition('’ ')[2]}; {item.hint}" for item in check_anchors(corpus, {"one": copy})
    ]


def part(text: str, name: str = "p1", likeness: Likeness = Likeness.SAME) -> Copy:
    return Copy(parts=(Part(id=name, likeness=likeness, text=fold(text)),))


LOST = (
    "anchor-lost: has source words that do not stand in {} of the attached copy: ‘{}’;"
    " copy them from the article as they stand"
)
AROUND = LOST.format("the page around the paragraphs", "By Fenn")
TWICE = "take more words, or give the words before them as :prefix:"


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (anchored(part(ARTICLE)), []),
        (anchored(part(ARTICLE, likeness=Likeness.DIFFERS)), []),
        (
            anchored(part(ARTICLE.replace("Board", "board"))),
            [LOST.format("¶1", "built by the Board")],
        ),
        (
            anchored(part(f"{ARTICLE}, and built by the Board")),
            [f"anchor-ambiguous: has source words that stand 2 times in ¶1: ‘built by the Board’; {TWICE}"],
        ),
        (
            anchored(part(ARTICLE, likeness=Likeness.MISSING)),
            ["anchor-lost: is about ¶1, which the attached copy lacks; attach a whole copy"],
        ),
        (
            anchored(part(ARTICLE, name="p2")),
            ["anchor-lost: is about ¶1, which the attached copy lacks; attach a whole copy"],
        ),
        (
            anchored(part(ARTICLE), number=0),
            [
                "anchor-lost: is about the page around the paragraphs, which the attached copy lacks; attach a whole copy"
            ],
        ),
    ],
)
def test_an_anchor_stands_once_in_its_paragraph(found: list[str], wanted: list[str]) -> None:
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "likeness", "size", "wanted"),
    [
        ("By Fenn of the town", Likeness.SAME, 5, []),
        ("By Fenn of the town", Likeness.DIFFERS, 5, []),
        ("By Fenn and By Fenn", Likeness.DIFFERS, 5, []),  # a page may say it twice, where it has changed
        ("By nobody of the town", Likeness.DIFFERS, 10, [AROUND]),
        ("By nobody of the town", Likeness.DIFFERS, 11, []),  # less than half of the page: its furniture is not there
        ("By nobody of the town", Likeness.SAME, 11, [AROUND]),
    ],
)
def test_around_the_paragraphs_a_copy_may_have_another_page(
    text: str, likeness: Likeness, size: int, wanted: list[str]
) -> None:
    found = anchored(part(text, "outside", likeness), number=0, source_words="By Fenn", size=size)
    assert found == wanted


def test_only_briefs_with_a_copy_are_compared() -> None:
    corpus = edition(["a"])
    assert list(check_anchors(corpus, {})) == []
    assert list(check_anchors(corpus, {"two": part(ARTICLE)})) == []
