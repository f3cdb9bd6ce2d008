"""Copies of a work: one letter of any paragraph changed, and either every anchor resolves or the check says which not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated_brief.checks.anchors import check_anchors
from annotated_brief.model import copies
from annotated_brief.model.article import find_anchor, region_of
from annotated_brief.model.copies import Likeness, compare_words, take_apart
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.records import Annotation, Brief
from annotated_brief.model.text import digest, fold
from conftest import HERE, Build, Built

SAMPLE = (HERE / "roots" / "base" / "article.txt").read_text("utf-8")


@pytest.fixture
def sample(build: Build) -> Corpus:
    return build(builder="dummy").corpus


def lost(corpus: Corpus, brief: Brief, text: str) -> set[str]:
    """The annotations whose anchors do not resolve in *text*, by the check."""
    found = check_anchors(corpus, {brief.slug: take_apart(text, brief.work)})
    return {item.message.partition("‘")[2].partition("’")[0] for item in found}


def spoil(text: str, place: int) -> str:
    """*text* with another letter at *place*."""
    return text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]


def numbered(corpus: Corpus) -> list[Annotation]:
    return [note for note in corpus.annotations if region_of(note) != "outside"]


def expected(corpus: Corpus, lines: list[str]) -> set[str]:
    """The same, by plain counting in the paragraphs *lines*."""
    paragraphs = {f"p{number}": fold(line) for number, line in enumerate(lines, 1)}
    return {note.id for note in numbered(corpus) if paragraphs[region_of(note)].count(fold(note.source_words)) != 1}


def body_of(text: str, paragraphs: int) -> list[str]:
    """The numbered paragraphs of *text*: the first long line and those after it."""
    lines = [line for line in text.splitlines() if line.strip()]
    first = next(number for number, line in enumerate(lines) if len(line.split()) >= 30)
    return lines[first : first + paragraphs]


def letters(text: str, body: list[str]) -> Iterator[int]:
    """The places of all letters of the numbered paragraphs."""
    for line in body:
        start = text.index(line)
        yield from (place for place in range(start, start + len(line)) if text[place].isalpha())


def test_any_letter_of_the_sample(sample: Corpus) -> None:
    brief = sample.briefs[0]
    body = body_of(SAMPLE, brief.work.paragraphs)
    failed = 0
    for place in letters(SAMPLE, body):
        text = spoil(SAMPLE, place)
        found = lost(sample, brief, text)
        assert found == expected(sample, body_of(text, brief.work.paragraphs)), text[place - 20 : place + 20]
        failed += bool(found)
    assert failed >= sum(len(note.source_words.replace(" ", "")) for note in sample.annotations) - 3


def test_every_anchor_of_the_article_resolves(real: Built, article: str) -> None:
    brief = real.corpus.briefs[0]
    copy = take_apart(article, brief.work)
    assert {part.likeness for part in copy.parts} == {Likeness.SAME}
    assert lost(real.corpus, brief, article) == set()


def test_a_letter_of_every_anchor_of_the_article(real: Built, article: str) -> None:
    brief = real.corpus.briefs[0]
    body = body_of(article, brief.work.paragraphs)
    for note in numbered(real.corpus):
        line = body[int(region_of(note)[1:]) - 1]
        if note.source_words not in line:
            continue  # folded otherwise; the next test comes upon it
        place = article.index(line) + line.index(note.source_words) + len(note.source_words) // 2
        while not article[place].isalnum():
            place += 1
        assert note.id in lost(real.corpus, brief, spoil(article, place)), note.id


def test_any_letter_of_the_article(real: Built, article: str) -> None:
    brief = real.corpus.briefs[0]
    places = list(letters(article, body_of(article, brief.work.paragraphs)))

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(st.sampled_from(places))
    def check(place: int) -> None:
        text = spoil(article, place)
        assert lost(real.corpus, brief, text) == expected(real.corpus, body_of(text, brief.work.paragraphs))

    check()


@pytest.mark.slow
def test_every_letter_of_the_article(real: Built, article: str) -> None:
    """Each paragraph by itself, which is the same to the check and a matter of seconds."""
    brief = real.corpus.briefs[0]
    regions = {region.id: region for region in brief.work.regions}
    tried = 0
    for number, line in enumerate(body_of(article, brief.work.paragraphs), 1):
        region = regions[f"p{number}"]
        notes = tuple(note for note in real.corpus.annotations if region_of(note) == region.id)
        alone = dataclasses.replace(brief, work=dataclasses.replace(brief.work, regions=(region,)))
        corpus = Corpus(briefs=(alone,), annotations=notes)
        for place in letters(line, [line]):
            text = spoil(line, place)
            assert lost(corpus, alone, text) == {
                note.id for note in notes if fold(text).count(fold(note.source_words)) != 1
            }, f"{region.id}, letter {place}"
            tried += 1
    assert tried == sum(map(str.isalpha, "".join(body_of(article, brief.work.paragraphs)))) > 5000


def test_places_that_overlap_are_both_found(sample: Corpus) -> None:
    note = dataclasses.replace(sample.annotation_by_id["trade-doubled"], source_words="on and on")
    assert find_anchor("they went on and on and on", note) == [10, 17]
    assert find_anchor("they went on and on and on", dataclasses.replace(note, prefix="went")) == [10]


def test_a_prefix_tells_two_places_apart(sample: Corpus) -> None:
    note = sample.annotation_by_id["trade-doubled"]
    text = "It was twice as much, and then twice as much again."
    assert find_anchor(text, note) == [7, 31]
    assert find_anchor(text, dataclasses.replace(note, prefix="and then")) == [31]
    assert find_anchor(text, dataclasses.replace(note, prefix="hen")) == []
    assert find_anchor("twice as muchness", note) == []


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("by March of", "by May of", ["May"]),
        ("the first year", "the year", [""]),
        ("which had long", "which indeed had long", ["indeed"]),
        ("story goes", "story Goes", []),
        ("a penny.", "a penny", []),
    ],
)
def test_differences_are_shown_by_the_word(sample: Corpus, old: str, new: str, shown: list[str]) -> None:
    work = sample.briefs[0].work
    part = take_apart(SAMPLE.replace(old, new), work).part("p1")
    assert part is not None
    assert part.likeness is Likeness.DIFFERS
    pieces = compare_words(part.text, work)
    assert [piece.text.strip() for piece in pieces if not piece.known] == shown
    assert "".join(piece.text for piece in pieces) == part.text


def test_a_paragraph_cut_anywhere_is_no_mere_difference(sample: Corpus) -> None:
    work = sample.briefs[0].work
    one, two = body_of(SAMPLE, 2)
    for place in range(len(two)):
        copy = take_apart(f"{one}\n\n{two[:place]}", work)
        last_word = place > two.rindex(" ")
        assert copy.of(Likeness.CUT) or copy.of(Likeness.MISSING) or last_word, two[:place]
        copy = take_apart(f"{one[place:]}\n\n{two}", work)
        assert copy.of(Likeness.CUT) or copy.of(Likeness.MISSING) or place <= one.index(" "), one[place:]


def test_a_paragraph_that_ends_in_other_words_differs(sample: Corpus) -> None:
    work = sample.briefs[0].work
    for new in ("for a dime.", "for a coin or two.", "for nothing whatever."):
        copy = take_apart(SAMPLE.replace("for a penny.", new), work)
        assert copy.of(Likeness.DIFFERS) == ["p1"], new


def test_only_what_can_be_a_paragraph_is_hashed(sample: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the time that a hostile file takes grows with its length, and no faster."""
    hashed: list[str] = []

    def count(text: str) -> str:
        hashed.append(text)
        return digest(text)

    monkeypatch.setattr(copies, "digest", count)
    take_apart("word\n" * 20_000, sample.briefs[0].work)
    assert len(hashed) == 1, "what is outside the paragraphs"
    take_apart(SAMPLE.replace(" ", "\n"), sample.briefs[0].work)
    assert len(hashed) == 1 + 6, "both paragraphs, what is outside, and three runs of p1 that are as long as p2"


def test_paragraphs_in_another_order_or_lacking(sample: Corpus) -> None:
    work = sample.briefs[0].work
    one, two = body_of(SAMPLE, 2)
    assert take_apart(f"{two}\n\n{one}", work).of(Likeness.SAME) == ["p1", "p2"]
    assert take_apart(f"{one}\n\nPage 2 of 3", work).of(Likeness.MISSING) == ["p2"]
    assert take_apart("", work).of(Likeness.MISSING) == ["p1", "p2"]
    assert take_apart(f"{one.replace('March', 'May')}\n{two}", work).of(Likeness.DIFFERS) == ["p1"]


def test_a_paragraph_that_the_copy_lacks_has_lost_its_notes(sample: Corpus) -> None:
    (brief,) = sample.briefs
    second = next(line for line in SAMPLE.splitlines() if line.startswith("In the year"))
    found = list(check_anchors(sample, {brief.slug: take_apart(SAMPLE.replace(second, ""), brief.work)}))
    assert [item.message.rpartition(" is about ")[2] for item in found] == ["¶2, which the attached copy lacks"]


def test_what_stands_around_the_paragraphs_is_lost_only_where_the_copy_has_the_page(sample: Corpus) -> None:
    (brief,) = sample.briefs
    note = dataclasses.replace(sample.annotations[0], paragraph=None, source_words="Printed on the last page")
    corpus = dataclasses.replace(sample, annotations=(note,))
    assert lost(corpus, brief, SAMPLE) == set()
    other = SAMPLE.replace("last page", "first page")
    assert lost(corpus, brief, other) == {note.id}, "the page is there, and says otherwise"
    alone = "\n\n".join(body_of(SAMPLE, 2))
    assert lost(corpus, brief, f"{alone}\n\nTo the top") == set(), "the page is not there, so the seal must do"
