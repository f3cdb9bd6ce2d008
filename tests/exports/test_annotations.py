"""The notes as W3C Web Annotations: what the Recommendation demands, and the places on the page itself."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.exports.annotations import own_passages, to_annotation_jsonld, to_annotations_jsonld
from annotated_brief.exports.site import Site
from annotated_brief.exports.tei import to_tei
from annotated_brief.model.article import split_article
from annotated_brief.model.share import shares
from annotated_brief.model.text import fold
from conftest import Build, Built
from exports.corpora import edition
from exports.web_annotation import ANNOTATION, COLLECTION, CONTEXT_MUST, PAGE, broken

BASE = "https://example.org/edition/"
Json = dict[str, Any]


@pytest.fixture
def items(build: Build) -> list[Json]:
    """The annotations of the base project, on a site whose address is known."""
    corpus = build().corpus
    found = json.loads(to_annotations_jsonld(corpus, corpus.briefs[0], Site(name="Sample", base=BASE)))
    return list(found["first"]["items"])


@pytest.mark.parametrize("base", ["", BASE])
def test_the_collection_keeps_every_must(real: Built, base: str) -> None:
    brief = real.corpus.briefs[0]
    collection = json.loads(to_annotations_jsonld(real.corpus, brief, Site(name="Sample", base=base)))
    assert broken(collection, {**COLLECTION, "context": CONTEXT_MUST}) == []
    assert broken(collection["first"], PAGE) == []
    found = {item["identifier"]: broken(item, ANNOTATION) for item in collection["first"]["items"]}
    assert {name: rules for name, rules in found.items() if rules} == {}
    assert collection["total"] == len(real.corpus.annotations) == len(found)


def test_each_note_is_a_document_of_its_own(built: Built) -> None:
    collection = json.loads(built.page("data/sample/annotations.jsonld"))
    for item in collection["first"]["items"]:
        alone = json.loads(built.page(f"data/sample/notes/{item['identifier']}.jsonld"))
        assert broken(alone, {"context": CONTEXT_MUST}) == []
        assert alone.pop("@context")[1] == "../../context.jsonld"
        assert alone == item


@pytest.fixture
def built(build: Build) -> Built:
    return build()


def _without(*path: str | int) -> Callable[[Json], None]:
    def change(note: Json) -> None:
        holder: Any = note
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]

    return change


def _with(value: Any, *path: str | int) -> Callable[[Json], None]:
    def change(note: Json) -> None:
        holder: Any = note
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_without("id"), "3.1-annotationIdValidated"),
        (_with("../index.html#x", "id"), "3.1-annotationIdValidated"),
        (_with("Note", "type"), "3.1-annotationTypeValidated"),
        (_without("target"), "3.1-targetKeyFound"),
        (_without("target", 0, "source"), "3.2-targetObjectsRecognized"),
        (_with("ParagraphSelector", "target", 0, "selector", 0, "type"), "3.2-targetObjectsRecognized"),
        (_without("target", 1, "selector", 0, "value"), "3.2-targetObjectsRecognized"),
        (_with(-1, "target", 1, "selector", 0, "refinedBy", 1, "start"), "3.2-targetObjectsRecognized"),
        (_without("body", 3, "state", "sourceDateEnd"), "3.2-bodyObjectsRecognized"),
        (_with("p. 2", "body", 3, "source"), "3.2-bodyObjectsRecognized"),
        (_with("x", "bodyValue"), "3.2.5-notBodyBodyValue"),
        (_with("2026-11-23", "modified"), "3.3 created, modified, generated, rights, canonical, via"),
        (_with("CC BY", "rights"), "3.3 created, modified, generated, rights, canonical, via"),
    ],
)
def test_the_musts_can_be_broken(items: list[Json], change: Callable[[Json], None], rule: str) -> None:
    note = copy.deepcopy(items[0])
    change(note)
    assert broken(note, ANNOTATION) == [rule]


def test_positions_are_those_of_the_page(real: Built) -> None:
    page = BeautifulSoup(real.page("briefs/reaffirming-balance/index.html"), "html.parser")
    collection = json.loads(real.page("data/reaffirming-balance/annotations.jsonld"))
    for item in collection["first"]["items"]:
        fragment, quote = item["target"][1]["selector"]
        element, mark = page.find(id=fragment["value"]), page.find(id=f"mark-{item['identifier']}")
        assert element is not None
        assert mark is not None
        assert mark.get_text().replace("\n", " ") == f"{quote['exact']}{item['number']}"
        text = element.get_text().replace("\n", " ")
        position = fragment["refinedBy"][1]
        assert text[position["start"] : position["end"]] == quote["exact"], item["identifier"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])


def test_positions_count_the_marks_of_quotations(build: Build) -> None:
    path = "docs/briefs/sample/index.md"
    text = build().app.srcdir.joinpath("briefs/sample/index.md").read_text("utf-8")
    quoted = text.replace("The writer says", "The {quote}`четвёртого мая <gazette1901quay, p. 2; ru>` says")
    built = build({path: quoted})
    page = BeautifulSoup(built.page("briefs/sample/index.html"), "html.parser")
    element = page.find(id="p1")
    assert element is not None
    item = json.loads(built.page("data/sample/annotations.jsonld"))["first"]["items"][0]
    fragment, quote = item["target"][1]["selector"]
    position = fragment["refinedBy"][1]
    assert quote["exact"] == "quay was finished"
    assert element.get_text().replace("\n", " ")[position["start"] : position["end"]] == quote["exact"]


def test_a_note_says_what_it_is_about_and_rests_on(items: list[Json]) -> None:
    note = items[0]
    assert note["id"] == f"{BASE}briefs/sample/index.html#quay-date"
    assert note["motivation"] == "editing"
    text, headline, tag, evidence = note["body"]
    assert text["purpose"] == "editing"
    assert (headline["value"], tag["value"]) == ("Finished in May 1901, not in March", "corrected")
    assert evidence["locator"] == "p. 2"
    assert evidence["state"]["sourceDateStart"] < evidence["state"]["sourceDateEnd"]
    article, restatement = note["target"]
    assert article["source"] == "https://example.org/tale"
    assert article["selector"][0]["exact"] == "done by March"
    assert article["selector"][1]["paragraph"] == 1
    assert restatement["source"] == f"{BASE}briefs/sample/index.html"


def test_the_article_is_anchored_where_its_words_are_sealed(real: Built, article: str) -> None:
    regions = split_article(article, 14)
    for item in json.loads(real.page("data/reaffirming-balance/annotations.jsonld"))["first"]["items"]:
        if len(item["target"][0]["selector"]) > 1:
            place = item["target"][0]["selector"][1]
            quote, position = place["refinedBy"]
            region = regions[f"p{place['paragraph']}"]
            assert region[position["start"] : position["end"]] == fold(quote["exact"])


TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\n\t<>&\"'«»“”\\/{}🙂Ж\u2028\x00\x1b"))


@given(text=TEXTS, headline=TEXTS, tag=TEXTS)
def test_any_text_survives(real: Built, text: str, headline: str, tag: str) -> None:
    note = dataclasses.replace(real.corpus.annotations[0], text=text, headline=headline, tags=(tag,))
    (brief,) = real.corpus.briefs
    found = json.loads(
        to_annotation_jsonld(
            real.corpus, note, brief, Site(name="Sample", base=BASE), lambda: own_passages(real.corpus, brief)
        )
    )
    folded = "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
    assert [body["value"] for body in found["body"][:4]] == [folded, headline, str(note.verdict), tag]
    assert found["headline"] == headline


@pytest.mark.parametrize("base", ["", "https://example.org/"])
def test_a_note_of_another_brief_is_named_by_its_own_page(base: str) -> None:
    one = edition(["a", "b"])
    other = replace(one.briefs[0], slug="two", docname="briefs/two/index")
    notes = (replace(one.annotations[0], see=("note-1",)), replace(one.annotations[1], docname=other.docname, see=()))
    parts = shares(replace(one, briefs=(*one.briefs, other), annotations=notes))
    first, second = (
        json.loads(to_annotations_jsonld(parts[brief.slug], brief, Site(name="Edition", base=base)))["first"]["items"][
            0
        ]
        for brief in (one.briefs[0], other)
    )
    assert first["see"] == [second["id"]]
    tei = to_tei(parts["one"], one.briefs[0], Site(name="Edition", base=base))
    assert 'target="../two/tei.xml#note-note-1"' in tei
