"""Citations of sources, edition and notes: read back by pandoc, pybtex and rispy."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from annotated_brief.exports.bibtex import to_bibtex
from annotated_brief.exports.csl import PUBLISHER, source_item, to_csl
from annotated_brief.exports.ris import to_ris
from annotated_brief.model.citing import FORMS
from annotated_brief.model.text import digest, visible
from conftest import ROOT, Build, Built
from exports.corpora import NASTY, TEXTS, edition, squeezed
from exports.judges import pandoc

slow = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUOTES = str.maketrans("‘’“”", "''\"\"")


def one_line(text: str) -> str:
    """Return *text* as a form made of lines carries it."""
    return squeezed(visible(text))


def unquoted(text: str) -> str:
    """Return *text* without what pandoc chooses anew: the shape of quotation marks, superscript letters, blanks."""
    plain = re.sub("</?su[bp]>", "", unicodedata.normalize("NFKC", text))
    return "".join(plain.translate(QUOTES).replace('"', "'").split())


@pytest.fixture
def built(build: Build) -> Built:
    return build()


@slow
@given(st.lists(TEXTS, min_size=1, max_size=20))
@example(list(NASTY))
def test_any_text_survives_csl_json(texts: list[str]) -> None:
    written = to_csl(map(source_item, edition(texts).sources))
    items = json.loads(written)
    assert [item["title"] for item in items] == texts
    assert [item["author"][0] for item in items] == [{"family": text, "given": text} for text in texts]
    assert set(pandoc(written, "csljson")) == {item["id"] for item in items}


@slow
@given(st.lists(TEXTS, min_size=1, max_size=20))
@example(list(NASTY))
def test_any_text_survives_bibtex(texts: list[str]) -> None:
    sources = edition(texts).sources
    written = to_bibtex(map(source_item, sources))
    parsed = parse_string(written, "bibtex").entries
    items = pandoc(written, "biblatex")
    assert list(parsed) == list(items) == [source.id for source in sources]
    for source, text in zip(sources, texts, strict=True):
        item = items[source.id]
        assert unquoted(item["title"]) == unquoted(one_line(text))
        assert item["URL"] == "https://example.org/?a=1&b=%7B2%7D|3"
        assert parsed[source.id].fields["langid"] == "ru"


@slow
@given(st.lists(TEXTS, min_size=1, max_size=20))
@example(list(NASTY))
def test_any_text_survives_ris(texts: list[str]) -> None:
    sources = edition(texts).sources
    written = to_ris(map(source_item, sources))
    read = rispy.loads(written)
    assert [entry["title"] for entry in read] == [one_line(text) for text in texts]
    assert [entry["authors"][1] for entry in read] == [one_line(f"{text},") for text in texts]
    assert list(pandoc(written, "ris")) == [source.id for source in sources]


def test_the_three_forms_say_the_same_of_every_source(real: Built) -> None:
    folder = real.out / "data" / "reaffirming-balance"
    csl = pandoc((folder / "sources.csl.json").read_text("utf-8"), "csljson")
    bib = pandoc((folder / "sources.bib").read_text("utf-8"), "biblatex")
    ris = pandoc((folder / "sources.ris").read_text("utf-8"), "ris")
    assert set(csl) == set(bib) == set(ris) == {source.id for source in real.corpus.sources}
    for key, item in csl.items():
        for variable in ("title", "author", "URL", "DOI", "volume", "issue", "language"):
            assert _shape(item.get(variable)) == _shape(bib[key].get(variable)), (key, variable)
        assert item.get("issued") == bib[key].get("issued")
        assert item.get("accessed") == bib[key].get("accessed")
        assert _shape(item.get("title")) == _shape(ris[key].get("title"))
        years = [found["issued"]["date-parts"][0][0] if "issued" in found else None for found in (item, ris[key])]
        assert years[0] == years[1], key


def _shape(value: object) -> str:
    return unquoted(json.dumps(value, ensure_ascii=False).replace("\\", ""))


def test_a_source_keeps_what_only_reference_managers_ask_for(real: Built) -> None:
    folder = real.out / "data" / "reaffirming-balance"
    items = {item["id"]: item for item in json.loads((folder / "sources.csl.json").read_text("utf-8"))}
    article = items["vakhshiteh2022genesis"]
    assert article["type"] == "article-journal"
    assert (article["volume"], article["issue"], article["page"]) == ("67", "7", "74–84") or article["page"] == "60–76"
    dated = {source.id: source.date for source in real.corpus.sources}
    about = next(key for key, date in dated.items() if date.endswith("~"))
    assert items[about]["issued"]["circa"] is True
    undated = next(key for key, date in dated.items() if not date)
    assert "issued" not in items[undated]


def test_each_note_has_its_files(built: Built) -> None:
    folder = built.out / "data" / "sample"
    for note in built.corpus.annotations:
        bibliography = parse_string((folder / "notes" / f"{note.id}.bib").read_text("utf-8"), "bibtex")
        assert note.number in bibliography.entries[note.id].fields["title"]
        item = json.loads((folder / "notes" / f"{note.id}.csl.json").read_text("utf-8"))[0]
        assert item["id"] == note.id
        lines = (folder / "notes" / f"{note.id}.ris").read_text("utf-8").splitlines()
        assert lines[0] == "TY  - ELEC"
        assert f"ID  - {note.id}" in lines


def test_a_citation_says_which_state_of_the_note_it_means(build: Build, project: Path) -> None:
    built = build()
    folder = built.out / "data" / "sample"
    claims = {claim["id"]: claim for claim in json.loads((folder / "claims.json").read_text("utf-8"))}
    claim = claims["quay-date"]
    expected = digest(*(squeezed(claim[name]) for name in ("headline", "claim", "verdict", "text")))[:12]
    assert claim["text_hash"] == expected
    for ending in FORMS:
        assert expected in (folder / "notes" / f"quay-date.{ending}").read_text("utf-8")
    assert f"text {expected}." in built.page("briefs/sample/index.html")
    page = project / "docs/briefs/sample/index.md"
    text = page.read_text("utf-8").replace("The gazette dates", "The gazette gives")
    again = build({"docs/briefs/sample/index.md": text})
    assert expected not in (again.out / "data/sample/notes/quay-date.bib").read_text("utf-8")
    assert claims["quay-cost"]["text_hash"] in (again.out / "data/sample/notes/quay-cost.bib").read_text("utf-8")


def test_the_edition_is_an_item_of_its_own(built: Built) -> None:
    folder = built.out / "data" / "sample"
    items = [
        pandoc((folder / f"edition.{ending}").read_text("utf-8"), form)["sample"]
        for ending, form in (("csl.json", "csljson"), ("bib", "biblatex"), ("ris", "ris"))
    ]
    assert [item["title"] for item in items] == ["The harbour, restated"] * 3
    assert items[0]["issued"] == items[1]["issued"] == {"date-parts": [[2026, 11, 23]]}


def test_the_citation_file_and_the_citations_name_the_same_authors() -> None:
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert [author["name"] for author in cff["authors"]] == [PUBLISHER]


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("1901-05", {"date-parts": [[1901, 5]]}),
        ("1901~", {"date-parts": [[1901]], "circa": True}),
        ("1901/1903", {"date-parts": [[1901], [1903]]}),
        ("1901/..", {"literal": "since 1901"}),
        ("someday", {"literal": "someday"}),
        ("", None),
    ],
)
def test_a_date_that_csl_cannot_say_is_kept_in_words(date: str, issued: object) -> None:
    (item,) = json.loads(to_csl([source_item(replace(edition(["a"]).sources[0], date=date))]))
    assert item.get("issued") == issued
