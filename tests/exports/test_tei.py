"""TEI: valid against TEI All by jing, read back by lxml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from annotated_brief.exports.site import Site
from annotated_brief.exports.tei import to_tei
from annotated_brief.exports.tei.elements import dated
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.dates import parse_edtf
from annotated_brief.model.text import visible
from conftest import Built
from exports.corpora import NASTY, SITE, TEXTS, edition, squeezed
from exports.judges import jing

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"


def written(corpus: Corpus) -> str:
    return to_tei(corpus, corpus.briefs[0], SITE)


def read(text: str) -> Any:
    return etree.fromstring(text.encode())


def test_the_real_edition_is_valid_tei(real: Built) -> None:
    assert jing(real.out / "data/reaffirming-balance/tei.xml") == ""


def test_text_of_every_sort_is_valid_tei(tmp_path: Path) -> None:
    path = tmp_path / "tei.xml"
    path.write_text(written(edition(list(NASTY))), "utf-8", newline="")
    assert jing(path) == ""


def test_the_judge_finds_faults(tmp_path: Path) -> None:
    path = tmp_path / "tei.xml"
    path.write_text(written(edition(["x"])).replace("<listBibl>", "<listBibl><verdict/>"), "utf-8")
    assert "verdict" in jing(path)


def test_an_edition_without_records_is_valid_but_for_what_tei_asks(tmp_path: Path) -> None:
    whole = edition(["x"])
    bare = Corpus(briefs=whole.briefs, paragraphs=whole.paragraphs, annotations=whole.annotations)
    path = tmp_path / "tei.xml"
    path.write_text(to_tei(bare, bare.briefs[0], Site(name="Bare")), "utf-8")
    assert jing(path) == ""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(list(NASTY))
def test_any_text_survives_tei(texts: list[str]) -> None:
    corpus = edition(texts)
    root = read(written(corpus))
    paragraph = root.find(".//t:body//t:p", TEI)
    assert "".join(paragraph.itertext()) == visible(corpus.paragraphs[0].text)
    for index, text in enumerate(texts):
        carried = visible(text)
        mark = root.xpath(f"//t:seg[@xml:id='mark-note-{index}']", namespaces=TEI)[0]
        assert mark.text == visible(squeezed(text))
        note = root.xpath(f"//t:annotation[@xml:id='note-note-{index}']", namespaces=TEI)[0]
        assert note.get("target").split()[0] == f"#{mark.get(ID)}"
        assert note.findtext("t:note[@type='text']", namespaces=TEI) == carried
        assert note.findtext(".//t:citedRange", namespaces=TEI) == carried
        event = root.xpath(f"//t:event[@xml:id='event-event-{index}']", namespaces=TEI)[0]
        assert event.findtext("t:label", namespaces=TEI) == carried
        source = root.xpath(f"//t:bibl[@xml:id='source-source{index}']", namespaces=TEI)[0]
        assert source.findtext("t:title", namespaces=TEI) == carried


def test_every_pointer_leads_somewhere(real: Built) -> None:
    root = read((real.out / "data/reaffirming-balance/tei.xml").read_text("utf-8"))
    ids = {element.get(ID) for element in root.iter() if element.get(ID)}
    pointers = {
        pointer
        for element in root.iter()
        for name in ("target", "ana", "ref")
        for pointer in element.get(name, "").split()
        if pointer.startswith("#")
    }
    assert len(pointers) > 500
    assert {pointer for pointer in pointers if pointer[1:] not in ids} == set()
    corpus = real.corpus
    for kind, tag, records in (
        ("note", "annotation", corpus.annotations),
        ("source", "bibl", corpus.sources),
        ("event", "event", corpus.events),
    ):
        found = {name.get(ID) for name in root.iter(f"{{{TEI['t']}}}{tag}") if name.get(ID)}
        assert found == {f"{kind}-{record.id}" for record in records}


def test_the_marks_are_our_words_in_their_place(real: Built) -> None:
    root = read((real.out / "data/reaffirming-balance/tei.xml").read_text("utf-8"))
    by_id = {segment.get(ID): segment for segment in root.iter(f"{{{TEI['t']}}}seg")}
    for note in real.corpus.annotations:
        assert by_id[f"mark-{note.id}"].text == note.mark
        assert note.paragraph is not None
        assert note.paragraph.text[note.start :].startswith(note.mark)


@pytest.mark.parametrize(
    ("edtf", "attributes"),
    [
        ("2014-08-29", {"when": "2014-08-29"}),
        ("2014", {"when": "2014"}),
        ("1992/..", {"from_": "1992", "to": ""}),
        ("../2012", {"from_": "", "to": "2012"}),
        ("2012-04~", {"when": "2012-04", "cert": "medium", "when_custom": "2012-04~"}),
        ("2012?/2013~", {"from_": "2012", "to": "2013", "cert": "low", "when_custom": "2012?/2013~"}),
    ],
)
def test_dates_keep_their_precision(edtf: str, attributes: dict[str, str]) -> None:
    assert dated(parse_edtf(edtf)) == attributes


@pytest.mark.parametrize(
    ("date", "attributes"),
    [("someday", {}), ("1901-05", {"when": "1901-05"}), ("1901/1903", {"from": "1901", "to": "1903"})],
)
def test_a_date_of_a_source_that_is_none_stands_as_text(date: str, attributes: dict[str, str]) -> None:
    corpus = edition(["a"])
    corpus = replace(corpus, sources=(replace(corpus.sources[0], date=date),))
    written = read(to_tei(corpus, corpus.briefs[0], SITE)).iterfind(".//t:standOff//t:bibl//t:date", TEI)
    assert [dict(found.attrib) for found in written] == [attributes]
