"""Any file in the place of one of ours: it is read, or refused in one line; nothing else happens."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.exports.annotations import to_annotations_jsonld
from annotated_brief.exports.site import Site
from annotated_brief.model.article import ArticleError, split_article
from annotated_brief.model.dates import DateError, parse_edtf
from annotated_brief.model.json_text import parse_json
from annotated_brief.network.journal import Journal
from annotated_brief.reading import data, releases
from annotated_brief.reading.catalogue import facts_of_book, facts_of_page, facts_of_work
from annotated_brief.reading.copies import CopyError, read_copy
from annotated_brief.reading.data_files import DataError
from annotated_brief.reading.extract import extract
from annotated_brief.reading.hypothesis import HypothesisError, load_hypothesis
from annotated_brief.reading.issue import IssueError, read_issue
from annotated_brief.reading.lights import LightsError, load_lights
from annotated_brief.reading.published import load_published
from annotated_brief.reading.sources import BibliographyError, load_sources, parse_bibliography
from annotated_brief.reading.work import WorkError, load_work
from conftest import HERE
from exports.corpora import edition
from fuzz import BIB_TOKENS, JSON, JSON_TOKENS, SOME, YAML_TOKENS, reads, spoiled, written

NOTES = edition(["x", "y"])
BASE = HERE / "roots" / "base"
Read = Callable[[Path], Any]


def read_sources(path: Path) -> Any:
    return load_sources(parse_bibliography(path), path, "refs.bib")


JSON_FILES: dict[str, tuple[Read, type[Exception], Any]] = {
    "reviews.json": (
        data.load_reviews, DataError, {"quay": {"by": "A", "on": "2026-11-26", "rests": {"note": "0" * 8}}}
    ),
    "history.json": (data.load_history, DataError, {"quay": {"created": "2026-11-26", "modified": "2026-11-26"}}),
    "released.json": (data.load_released, DataError, {"annotation": ["quay"], "term": ["port"]}),
    "atlas.json": (data.load_atlas, DataError, {"type": "Topology", "source": "x", "view": [0, 0, 1, 1], "arcs": []}),
    "state.json": (
        releases.load_state,
        DataError,
        {"term port": {"label": "P", "title": "P", "page": "g", "verdict": "", "hash": "0", "prints": {"text": "0"}}},
    ),
    "changes.json": (
        releases.load_releases,
        DataError,
        {
            "0.1.0": {"on": "2026-11-01", "records": {"annotation": 3}},
            "0.1.0 annotation quay": {"what": "verdict", "title": "A", "was": "disputed", "now": "clarified", "fields": ["text"]},
        },
    ),
    "links.json": (
        load_lights,
        LightsError,
        {"links": {"https://example.org/": {"light": "live", "checked": "2026-11-26", "status": 200, "final": "https://e.org/"}}},
    ),
    "annotations.jsonld": (load_published, DataError, json.loads(to_annotations_jsonld(NOTES, NOTES.briefs[0], Site(name="An edition")))),
    "hypothesis.json": (
        load_hypothesis,
        HypothesisError,
        {"rows": [{"id": "a", "uri": "https://e.org/", "text": "t", "tags": ["a"], "user": "acct:a@b", "updated": "2026-11-26",
          "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "a", "prefix": "b", "suffix": "c"}]}]}]},
    ),
}  # fmt: skip
YAML_FILES: dict[str, tuple[Read, type[Exception], str]] = {
    "work.yml": (
        lambda path: load_work(path, "work.yml"), WorkError, (BASE / "docs/briefs/sample/work.yml").read_text("utf-8")
    ),
    "withdrawn.yml": (
        lambda path: data.load_withdrawn(path, "x"), DataError, "quay:\n  date: 2026-11-20\n  why: it repeated\n  instead: cost\n"
    ),
    "corrections.yml": (
        lambda path: releases.load_corrections(path, "x"), DataError, "quay:\n- date: 2026-11-10\n  wrong: It said a half.\n"
    ),
}  # fmt: skip
PAGE = (
    "<!doctype html><html><head><meta charset=utf-8><title>A</title><meta name=author content=B></head><body><article>"
    + "<p>The quay was finished in May, and the town paid for a third of it, as the accounts of that year say.</p>" * 4
    + "<table><tr><td>a</td></tr></table><h2>Notes</h2><ol><li>a<li>b</ol></article></body></html>"
)
MARKDOWN = (
    "---\na: b\n---\n# A\n\nThe quay was finished[^1] in **May**.\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: So.\n"
)
COPIES = {"copy.txt": "A tale\n\nThe quay was finished.\n\n1. A note\n", "copy.html": PAGE, "copy.md": MARKDOWN}
ISSUE = "### Words\n\nquay\n\n### Note\n\nx\n\n### Page\n\nbriefs/sample/index\n\n### Credit\n\nA <a@example.org>\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("name", JSON_FILES)
@SOME
@given(found=st.data())
def test_any_json_is_read_or_refused(folder: Path, name: str, found: st.DataObject) -> None:
    read, refusal, valid = JSON_FILES[name]
    path = folder / name
    path.write_text(json.dumps(valid), "utf-8")
    assert reads(lambda: read(path), refusal) is not None, "the sample is valid"
    text = found.draw(spoiled(json.dumps(valid), JSON_TOKENS) | JSON.map(json.dumps) | replaced(valid).map(json.dumps))
    path.write_bytes(written(text))
    reads(lambda: read(path), refusal)


@pytest.mark.parametrize("name", [*JSON_FILES, *YAML_FILES])
def test_half_a_character_is_refused_wherever_it_stands(folder: Path, name: str) -> None:
    """As no file could hold what was made of it; JSON is YAML, too."""
    read, refusal, valid = (JSON_FILES | YAML_FILES)[name]
    path = folder / name
    places = list(halved(yaml.safe_load(valid) if isinstance(valid, str) else valid))
    assert places
    for changed in places:
        path.write_text(json.dumps(changed, default=str), "utf-8")
        assert reads(lambda: read(path), refusal) is None


def halved(valid: Any) -> Iterator[Any]:
    """*valid* with half a character in the place of each of its texts in turn."""
    if isinstance(valid, str):
        yield "\ud800"
    elif isinstance(valid, dict):
        for key, value in valid.items():
            yield from ({**valid, key: changed} for changed in halved(value))
    elif isinstance(valid, list):
        for place, value in enumerate(valid):
            yield from ([*valid[:place], changed, *valid[place + 1 :]] for changed in halved(value))


def replaced(valid: Any) -> st.SearchStrategy[Any]:
    """*valid* with any JSON in the place of one of its values."""
    if isinstance(valid, dict) and valid:
        return st.sampled_from(sorted(valid)).flatmap(
            lambda key: replaced(valid[key]).map(lambda new: {**valid, key: new})
        )
    if isinstance(valid, list) and valid:
        return replaced(valid[0]).map(lambda new: [new, *valid[1:]])
    return JSON


@pytest.mark.parametrize("name", YAML_FILES)
@SOME
@given(found=st.data())
def test_any_yaml_is_read_or_refused(folder: Path, name: str, found: st.DataObject) -> None:
    read, refusal, valid = YAML_FILES[name]
    path = folder / name
    path.write_text(valid, "utf-8")
    assert reads(lambda: read(path), refusal) is not None, "the sample is valid"
    values = replaced(yaml.safe_load(valid)).map(partial(json.dumps, default=str))
    path.write_bytes(written(found.draw(spoiled(valid, YAML_TOKENS) | values)))
    reads(lambda: read(path), refusal)


@SOME
@given(text=spoiled((BASE / "refs.bib").read_text("utf-8"), BIB_TOKENS))
def test_any_bibliography_is_read_or_refused(folder: Path, text: str) -> None:
    path = folder / "refs.bib"
    path.write_bytes(written(text))
    reads(lambda: read_sources(path), BibliographyError)


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("read", [read_copy, extract])
@SOME
@given(found=st.data())
def test_any_copy_is_read_or_refused(folder: Path, name: str, read: Read, found: st.DataObject) -> None:
    path = folder / name
    tokens = [
        *BIB_TOKENS,
        "<",
        "</",
        "<table>",
        "<!--",
        "<![CDATA[",
        "&#0;",
        "&#xd800;",
        "<?xml?>",
        "<svg>",
        "[^1]:",
        "```",
    ]
    path.write_bytes(found.draw(spoiled(COPIES[name], tokens).map(written) | st.binary(max_size=200)))
    text = reads(lambda: read(path), CopyError)
    if isinstance(text, str):
        reads(lambda: split_article(text, 2), ArticleError)


def test_what_coverage_has_led_to_is_refused(folder: Path) -> None:
    """Found by `scripts/benchmarks/guided.py`: a page that spoils what the extractor makes of it, and a note without a verdict."""
    page = folder / "spoiled.html"
    page.write_text(
        '<!doctype"html><htm as the accounts ofsay.</p><ta"le><tr><td>a</td></tr><s the accounts ofsay.</p><ta"le><tr><td>a</td>'
        "</tr></table><h2>Notes</h2><ol><li>a<li>b</ol></artics of th></table>/table><h2>Notes</h2><ol><li>a<li>b</ol></artics of th>"
        "</table><h2>Notes</h2><ol><li>a<li>b</ol></articl/html>",
        encoding="utf-8",
    )
    with pytest.raises(CopyError, match="cannot make out the page"):
        extract(page)
    published = folder / "published.jsonld"
    told = to_annotations_jsonld(NOTES, NOTES.briefs[0], Site(name="An edition")).replace('"tagging"', '"nagging"')
    published.write_text(told, encoding="utf-8")
    with pytest.raises(DataError, match="not as the site publishes it"):
        load_published(published)


@SOME
@given(
    content=st.binary(max_size=300)
    | spoiled("", ["%PDF-1.7\n", "1 0 obj\n", "<<", ">>", "stream\n", "xref\n"]).map(written)
)
def test_any_pdf_is_read_or_refused(folder: Path, content: bytes) -> None:
    path = folder / "copy.pdf"
    path.write_bytes(b"%PDF-1.7\n" + content)
    reads(lambda: extract(path), CopyError)


@given(
    text=spoiled(ISSUE, ["### ", *JSON_TOKENS]) | JSON.map(lambda found: json.dumps({"body": ISSUE, "author": found}))
)
def test_any_issue_is_read_or_refused(text: str) -> None:
    reads(lambda: read_issue(text), IssueError)


@given(found=JSON.map(lambda found: {"body": ISSUE, "number": found}) | JSON)
def test_any_object_in_the_place_of_an_issue(found: Any) -> None:
    reads(lambda: read_issue(json.dumps(found)), IssueError)


@SOME
@given(
    found=JSON
    | replaced({"title": "a", "author": [{"family": "b"}], "issued": {"date-parts": [[2014, 8]]}, "publishers": [{}]})
)
def test_any_answer_of_a_catalogue_is_read_or_refused(found: Any) -> None:
    reads(lambda: facts_of_work(parse_json(json.dumps(found))), ValueError)
    reads(lambda: facts_of_book(parse_json(json.dumps(found))), ValueError)


@given(
    page=spoiled(PAGE, ["<meta name=date content='", "<title>", "<", "\ud800"]).map(written) | st.binary(max_size=200)
)
def test_any_page_says_something_of_itself_or_nothing(page: bytes) -> None:
    reads(lambda: facts_of_page(page, "https://example.org/"), ValueError)


@given(text=spoiled('{"url": "a", "light": "live", "checked": "2026-11-26"}\n', JSON_TOKENS))
def test_a_journal_leaves_out_what_it_cannot_read(folder: Path, text: str) -> None:
    path = folder / "journal"
    path.write_bytes(written(text))
    reads(lambda: Journal(path, dt.date(2026, 11, 26)).answers, RuntimeError)


@given(
    text=spoiled("2016-05-01~/2020-03?", [*"0123456789-/~?.%^uX[]{}", "..", "-0", *["٣", "９", "\n", " "]]) | st.text()
)
def test_any_date_is_read_or_refused(text: str) -> None:
    date = reads(lambda: parse_edtf(text), DateError)
    if date is not None:
        assert (date.first_day() <= date.last_day(), date.source) == (True, text)
        assert date.text().isprintable()
        assert date.meets(date)
