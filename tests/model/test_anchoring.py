"""Where a comment belongs, and why it belongs nowhere; in small texts made here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotated_brief.model.anchoring import Anchor, Comment, LostError, anchor, find_shown, is_page_of
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.passages import passages_of
from annotated_brief.model.records import Seal
from exports.corpora import PAGE, edition

OURS = "https://any.site/briefs/one/index.html"
ARTICLE = "https://example.org/article"
TEXT = "The quay was finished. The town paid for the quay, and for the quay’s lamps."
REGIONS = {"p1": "a tale of the quay and of the quay", "outside": "by a writer of the tale"}


def corpus(text: str = TEXT) -> Corpus:
    """An edition with one paragraph that says *text*."""
    made = edition(["x"])
    paragraph = replace(made.paragraphs[0], text=text)
    return replace(made, paragraphs=(paragraph, replace(paragraph, docname="briefs/two/index")))


def place(comment: Comment, regions: dict[str, str] | None = None, found: Corpus | None = None) -> Anchor:
    made = found or corpus()
    return anchor(comment, made.briefs[0], passages_of(made.paragraphs, ()), made.annotations, regions or {})


def said(exact: str, uri: str = OURS, **more: Any) -> Comment:
    return Comment(id="1", uri=uri, text=more.pop("text", "words"), exact=exact, **more)


def test_words_of_the_restatement_are_found_where_they_stand() -> None:
    assert place(said("town  paid")) == Anchor(slug="one", region="p1", mark="town paid", offset=TEXT.index("town"))
    assert place(said("the quay's lamps")).mark == "the quay’s lamps"


@pytest.mark.parametrize(
    ("around", "offset"),
    [
        ({"prefix": "paid for "}, TEXT.index("the quay,")),
        ({"suffix": "’s lamps"}, TEXT.index("the quay’s")),
        ({"prefix": "and for ", "suffix": "'s"}, TEXT.index("the quay’s")),
        ({"prefix": f"what stands before ¶1{TEXT[: TEXT.index('the quay,')]}"}, TEXT.index("the quay,")),
        ({"suffix": f"{TEXT[TEXT.index('’s lamps') :]} and what follows"}, TEXT.index("the quay’s")),
    ],
)
def test_what_stands_around_tells_places_apart(around: dict[str, str], offset: int) -> None:
    assert place(said("the quay", **around)).offset == offset


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        (said("town", answers=True), "it answers another one; take it up there"),
        (said("town", text=" \n"), "it marks words and says nothing of them"),
        (said("\u00ad "), "it is about the page as a whole and names no words"),
        (said("town", "https://any.site/other.html"), "it is about another page, https://any.site/other.html"),
        (said("town", ""), "it is about another page, which it does not name"),
        (said("gown"), "‘gown’ stands in no restated paragraph"),
        (said("the quay"), "‘the quay’ stands in 2 places, and what is around it does not tell"),
        (said("the quay", prefix="built "), "‘the quay’ stands in 2 places, and what is around it does not tell"),
        (
            said("one two three four five six seven", ARTICLE),
            "it selects 7 words of the article, and at most 6 may stand here; choose those that it hangs on",
        ),
        (said("tale", ARTICLE), "no note is sealed to these words; attach a copy of the article with ‘brief attach’"),
    ],
)
def test_what_has_no_place_says_why(comment: Comment, reason: str) -> None:
    with pytest.raises(LostError) as error:
        place(comment)
    assert str(error.value) == reason


def test_words_of_the_article_are_found_in_a_copy() -> None:
    def found(exact: str, prefix: str = "") -> Anchor:
        return place(said(exact, ARTICLE, prefix=prefix), REGIONS)

    assert found("a  writer") == Anchor(slug="one", region="outside", source_words="a writer")
    assert found("the quay", "a tale of") == Anchor(slug="one", region="p1", source_words="the quay", prefix="tale of")
    assert found("a tale of the quay and").region == "p1"
    for exact, prefix in (("the quay", ""), ("the quay", "seen of"), ("harbour", ""), ("the quay", "of")):
        with pytest.raises(LostError, match=f"‘{exact}’ does not stand once in the article; take more words"):
            found(exact, prefix)


def test_without_a_copy_the_seal_of_another_note_tells_the_place() -> None:
    made = corpus()
    (note,) = made.annotations
    work = replace(made.briefs[0].work, seals=((note.id, Seal(region="p7", offset=0, hash="0")),))
    sealed = replace(
        made,
        briefs=(replace(made.briefs[0], work=work),),
        annotations=(replace(note, source_words="it’s  so", prefix="that"),),
    )
    found = place(said("it's so", ARTICLE), found=sealed)
    assert found == Anchor(slug="one", region="p7", source_words="it’s  so", prefix="that")
    for exact in ("it", "so"):
        with pytest.raises(LostError, match="no note is sealed"):
            place(said(exact, ARTICLE), found=sealed)
    with pytest.raises(LostError, match="no note is sealed"):
        place(said("x", ARTICLE))


@pytest.mark.parametrize(
    "uri",
    [ARTICLE, "http://www.example.org/article/", "https://example.org/%61rticle#p2"],
)
def test_addresses_of_the_article_are_one(uri: str) -> None:
    assert place(said("a writer", uri), REGIONS).region == "outside"


@pytest.mark.parametrize(
    "uri", ["https://example.org/article?p=2", "https://example.org/articles", "https://e.org/article"]
)
def test_other_addresses_are_none_of_the_article(uri: str) -> None:
    with pytest.raises(LostError, match="another page"):
        place(said("a writer", uri), REGIONS)


def test_a_page_is_known_on_every_site() -> None:
    (brief,) = corpus().briefs
    assert brief.docname == PAGE
    for uri in (
        OURS,
        "file:///x/briefs/one/index.html#p1",
        "http://a/v/1/briefs/one/",
        "/briefs/one/index",
        "/briefs%2Fone/",
    ):
        assert is_page_of(uri, brief), uri
    for uri in (
        "https://a/briefs/one.html",
        "https://a/xbriefs/one/index.html",
        "briefs/one/index.html",
        "https://a/briefs/one",
    ):
        assert not is_page_of(uri, brief), uri
    assert not is_page_of("https://a/", replace(brief, docname="index"))
    assert is_page_of("https://a/index.html", replace(brief, docname="index"))


def test_words_are_found_in_the_text_as_it_stands() -> None:
    text = "«a  b» a\u00adb – a b"
    assert [text[start:end] for start, end in find_shown(text, "a b")] == ["a  b", "a b"]
    assert [text[start:end] for start, end in find_shown(text, '"a')] == ["«a"]
    assert find_shown("aaa", "aa") == [(0, 2), (1, 3)]
    assert find_shown("a", "b") == []
