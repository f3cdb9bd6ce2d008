"""The feed: valid, the newest first, with ids and dates that no build changes; the page of changes tells the same."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from annotated_brief.exports.feed import PATH, to_atom
from annotated_brief.exports.site import Site
from annotated_brief.model.changes import compare, states_of
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.records import Location
from annotated_brief.model.states import Correction, Release
from annotated_brief.model.text import visible
from annotated_brief.model.vocabulary import Verdict
from conftest import Build, Built
from exports.corpora import NASTY, SITE, TEXTS, edition
from exports.judges import ATOM, jing

NAME = "{http://www.w3.org/2005/Atom}"


def released(texts: list[str]) -> Corpus:
    """An edition with two releases, the second of which changed everything, and a correction for each text."""
    corpus = edition(texts)
    before = states_of(edition(["something else"]))
    changes = compare(before, states_of(corpus))
    corrections = tuple(
        Correction(id="note-0", date="2026-02-01", wrong=text, location=Location(path="x", line=1)) for text in texts
    )
    return dataclasses.replace(
        corpus,
        frozen=states_of(corpus),
        releases=(
            Release(version="0.1.0", on="2026-01-01", counts=(("annotation", 1),)),
            Release(version="0.2.0", on="2026-03-01", counts=(("annotation", len(texts)),), changes=changes),
        ),
        corrections=corrections,
    )


def entries(feed: bytes) -> list[ET.Element]:
    return ET.fromstring(feed).findall(f"{NAME}entry")


def text(entry: ET.Element, tag: str) -> str:
    found = entry.find(f"{NAME}{tag}")
    assert found is not None
    return found.text or ""


def test_the_feed_of_the_real_set_is_valid_and_every_page_names_it(real: Built) -> None:
    assert jing(real.out / PATH, ATOM) == ""
    for page in real.out.rglob("*.html"):
        (link,) = BeautifulSoup(page.read_text("utf-8"), "html.parser").select(
            'link[rel="alternate"][type="application/atom+xml"]'
        )
        assert (page.parent / str(link["href"])).resolve() == real.out / PATH


@pytest.mark.parametrize("site", [SITE, Site(name="No address yet")])
def test_any_text_makes_a_valid_feed(tmp_path: Path, site: Site) -> None:
    path = tmp_path / "changes.atom"
    path.write_bytes(to_atom(released(list(NASTY)), site))
    assert jing(path, ATOM) == ""
    path.write_bytes(path.read_bytes().replace(b"<title>", b"<caption>").replace(b"</title>", b"</caption>"))
    assert "caption" in jing(path, ATOM)


@given(st.lists(TEXTS, min_size=1, max_size=4))
@example(list(NASTY))
def test_any_text_survives_the_feed(texts: list[str]) -> None:
    found = entries(to_atom(released(texts), SITE))
    said = [text(entry, "content") for entry in found if entry.find(f"{NAME}category[@term='correction']") is not None]
    assert sorted(said) == sorted(ended(wrong) for wrong in texts)
    titles = " ".join(text(entry, "title") for entry in found)
    assert all(visible(" ".join(written.split()))[:20] in titles for written in texts)


def ended(written: str) -> str:
    """What a reader of XML makes of *written*: each line end is one line feed."""
    return visible(written)


def test_the_newest_is_first_and_nothing_is_there_twice() -> None:
    corpus = released(["one", "two"])
    feed = to_atom(corpus, SITE)
    assert feed == to_atom(corpus, SITE)
    found = entries(feed)
    days = [text(entry, "updated") for entry in found]
    assert days == sorted(days, reverse=True)
    assert text(ET.fromstring(feed), "updated") == days[0] == "2026-03-01T00:00:00Z"
    ids = [text(entry, "id") for entry in found]
    assert len(ids) == len(set(ids))
    assert all(identifier.startswith("urn:uuid:") for identifier in ids)
    assert [text(entry, "title") for entry in (found[0], found[-1])] == ["Release 0.2.0", "Release 0.1.0"]


def test_what_was_told_keeps_its_id_when_more_is_told() -> None:
    corpus = released(["one"])
    again = dataclasses.replace(
        corpus, releases=(*corpus.releases, Release(version="0.3.0", on="2026-04-01")), corrections=()
    )
    before = {text(entry, "id") for entry in entries(to_atom(dataclasses.replace(corpus, corrections=()), SITE))}
    after = {text(entry, "id") for entry in entries(to_atom(again, SITE))}
    assert before < after
    assert len(after) == len(before) + 1


def test_another_brief_leaves_the_ids_of_an_edition_with_an_identifier() -> None:
    corpus = released(["one"])
    more = dataclasses.replace(corpus.briefs[0], slug="two", docname="briefs/two/index")
    larger = dataclasses.replace(corpus, briefs=(*corpus.briefs, more))
    named = dataclasses.replace(SITE, identifier="urn:uuid:4ff8a1a3-5a0e-4a28-a7d4-f5bd1ba3e5a8")

    def ids(of: Corpus, site: Site) -> list[str]:
        feed = to_atom(of, site)
        return [text(ET.fromstring(feed), "id"), *(text(entry, "id") for entry in entries(feed))]

    assert ids(larger, named) == ids(corpus, named)
    assert ids(larger, SITE) != ids(corpus, SITE)
    assert ids(corpus, named) != ids(corpus, SITE)


def test_a_verdict_that_changed_leads_to_the_note() -> None:
    corpus = edition(["one"])
    note = dataclasses.replace(corpus.annotations[0], verdict=Verdict.DISPUTED)
    changes = compare(states_of(corpus), states_of(dataclasses.replace(corpus, annotations=(note,))))
    release = Release(version="1", on="2026-01-01", changes=changes)
    first, entry = entries(to_atom(dataclasses.replace(corpus, releases=(release,)), SITE))
    assert text(first, "title") == "Release 1"
    assert text(entry, "title") == "Note 1.1: one – disputed, no longer corrected"
    link = entry.find(f"{NAME}link")
    assert link is not None
    assert link.get("href") == "https://example.org/briefs/one/index.html#note-0"


CHANGES = "---\norphan: true\n---\n\n# Changes\n\n:::{collect} changes\n:::\n\n## C\n\n:::{collect} corrections\n:::\n"
RECORDS = (
    '{\n"0.1.0": {"on": "2026-11-01", "records": {"annotation": 3}},\n'
    '"0.2.0": {"on": "2026-11-24", "records": {"annotation": 2, "term": 1}},\n'
    '"0.2.0 annotation quay-old": {"what": "withdrawn", "title": "Old", "label": "1.9",'
    ' "page": "briefs/sample/index", "was": "updated", "why": "no"},\n'
    '"0.2.0 annotation quay-cost": {"what": "verdict", "title": "A third", "label": "1.2",'
    ' "page": "briefs/sample/index", "was": "disputed", "now": "clarified", "fields": ["text"]}\n}\n'
)
STATE = (
    '{\n"term port-board": {"label": "Port Board", "title": "Board of the Port", "page": "glossary", "verdict": "",'
    ' "hash": "0", "prints": {"text": "00000000"}}\n}\n'
)
STONE = "quay-old:\n  date: 2026-11-20\n  why: it repeated another\n  instead: quay-cost\n"
WRONG = (
    "quay-cost:\n- date: 2026-11-10\n  wrong: It said a half.\n- date: 2026-11-12\n  wrong: It named the wrong year.\n"
)


def test_the_page_tells_changes_by_release_and_corrections_apart(build: Build) -> None:
    built = build(
        {
            "docs/changes.md": CHANGES,
            "docs/data/changes.json": RECORDS,
            "docs/data/state.json": STATE,
            "docs/data/withdrawn.yml": STONE,
            "docs/data/corrections.yml": WRONG,
        }
    )
    assert built.found() == []
    page = BeautifulSoup(built.page("changes.html"), "html.parser")
    since, last, corrected = [
        [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in table.select("tbody tr")]
        for table in page.select("table")
    ]
    assert ["Card Port Board", "Board of the Port", "changed: text"] in since
    assert last == [
        ["Note 1.9", "Old", "withdrawn: no"],
        ["Note 1.2", "A third", "clarified, no longer disputed; also text"],
    ]
    assert [row[1:] for row in corrected] == [
        ["2026-11-12", "It named the wrong year."],
        ["2026-11-10", "It said a half."],
    ]
    assert corrected[0][0] == "Note 1.2"
    links = [link["href"] for link in page.select("tbody a")]
    assert "briefs/sample/index.html#quay-cost" in links
    assert "briefs/sample/index.html#quay-old" not in links


@pytest.mark.parametrize("builder", ["brief-pdf", "brief-epub"])
def test_paper_and_book_tell_the_changes_too(build: Build, builder: str) -> None:
    withdrawn = "\n## W\n\n:::{collect} withdrawn\n:::\n"
    built = build(
        {
            "docs/changes.md": CHANGES.removeprefix("---\norphan: true\n---\n") + withdrawn,
            "docs/index.md": "# Sample\n\n```{toctree}\nbriefs/sample/index\nglossary\ntimeline\nclaims\nsources\nchanges\n```\n",
            "docs/data/changes.json": RECORDS,
            "docs/data/state.json": STATE,
            "docs/data/withdrawn.yml": STONE,
            "docs/data/corrections.yml": WRONG,
        },
        builder=builder,
    )
    assert built.warnings.read_text("utf-8") == ""


def test_an_old_address_lands_where_it_is_told_what_became_of_the_note(build: Build) -> None:
    """`page.html#id` of a note that was withdrawn: on the page where it stood."""
    files = {"docs/data/changes.json": RECORDS, "docs/data/state.json": STATE}
    index = "briefs/sample/index.html"
    assert not BeautifulSoup(build(files).page(index), "html.parser").find(id="quay-old")
    built = build({"docs/data/withdrawn.yml": STONE})
    grave = BeautifulSoup(built.page(index), "html.parser").find(id="quay-old")
    assert grave is not None
    assert grave.get_text() == "quay-old was withdrawn on 2026-11-20: it repeated another. Instead: quay-cost."
    assert grave.select("a")[0]["href"] == "#quay-cost"
    assert "quay-old" not in built.page("glossary.html")
