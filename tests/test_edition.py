"""The real set: everything that the dossier holds is there, and site, PDF and data hold the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils.nodes import make_id
from pypdf import PdfReader

from annotated_brief.model.vocabulary import Verdict
from conftest import ROOT, Built, run_sphinx

BRIEF = "briefs/reaffirming-balance/index"


def test_the_set_is_clean(real: Built) -> None:
    assert real.found() == []
    assert real.warnings.read_text("utf-8") == ""


def test_the_set_is_whole(real: Built) -> None:
    corpus = real.corpus
    assert [paragraph.number for paragraph in corpus.paragraphs if paragraph.number] == list(range(1, 15))
    assert len(corpus.annotations) >= 149  # 137 claims and the twelve items of the staff list
    assert len(corpus.terms) >= 45
    assert len(corpus.events) >= 140
    assert [advice.number for advice in corpus.recommendations] == list(range(1, 15))
    assert all(corpus.verdicts()[verdict] for verdict in Verdict)


def test_notes_speak_for_themselves(real: Built) -> None:
    headlines = [note.headline for note in real.corpus.annotations]
    assert len(set(headlines)) == len(headlines)
    assert not [headline for headline in headlines if headline.endswith(".")]
    workplace = re.compile(r"\b(dossier|supplement\.md|audit\.md|bullet|GAP \d)\b")
    texts = [note.text for note in real.corpus.annotations] + [term.text for term in real.corpus.terms]
    assert not [text for text in texts if workplace.search(text)]


def test_site_and_data_hold_the_same_annotations(real: Built) -> None:
    page = BeautifulSoup(real.page(f"{BRIEF}.html"), "html.parser")
    shown = [note["id"] for note in page.find_all("details", class_="brief-annotation")]
    claims = json.loads(real.page("data/reaffirming-balance/claims.json"))
    assert shown == [claim["id"] for claim in claims]
    assert set(shown) == {note.id for note in real.corpus.annotations}
    ledger = BeautifulSoup(real.page("claims.html"), "html.parser")
    listed = {str(link["href"]).partition("#")[2] for link in ledger.select(".brief-claims a.to-annotation")}
    assert listed == set(shown)


def test_every_term_event_and_source_is_on_its_page(real: Built) -> None:
    for name, ids in (
        ("glossary.html", {term.id for term in real.corpus.terms}),
        ("timeline.html", {event.id for event in real.corpus.events}),
        ("scorecard.html", {advice.id for advice in real.corpus.recommendations}),
        ("sources.html", {make_id(f"source-{source.id}") for source in real.corpus.sources}),
    ):
        page = BeautifulSoup(real.page(name), "html.parser")
        assert ids <= {element["id"] for element in page.find_all(id=True)}


def test_no_page_asks_another_host(real: Built) -> None:
    for path in real.out.rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        loaded = [tag.get("src") or tag.get("href") for tag in page.find_all(["script", "img", "link", "iframe"])]
        assert not [address for address in loaded if address and "//" in address], path
    for path in (real.out / "_static").glob("*.css"):
        assert "//" not in re.sub(r"/\*.*?\*/|data:[^)]*", "", path.read_text("utf-8"), flags=re.DOTALL), path


def test_the_heavy_style_sheet_is_loaded_only_where_it_is_used(real: Built) -> None:
    for path in real.out.rglob("*.html"):
        page = path.read_text("utf-8")
        assert ("_static/sphinx-design.min.css?" in page) == ('class="sd-' in page), path


@pytest.fixture(scope="module")
def pdf_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of the PDF, in reading order, without white space."""
    out = tmp_path_factory.mktemp("pdf")
    built = run_sphinx(ROOT, "brief-pdf", folder=out)
    path = Path(built.out) / "reaffirming-balance.pdf"
    return squeeze("".join(page.extract_text() for page in PdfReader(path).pages))


def squeeze(text: str) -> str:
    """Letters and digits alone: hyphenation, ligatures and line breaks do not count."""
    return re.sub(r"[\W_]+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff"))


def test_the_pdf_holds_every_note_term_event_and_source(real: Built, pdf_text: str) -> None:
    corpus = real.corpus
    wanted = [f"{note.number} {note.verdict}" for note in corpus.annotations]
    wanted += [note.headline for note in corpus.annotations]
    wanted += [term.name for term in corpus.terms]
    wanted += [f"{event.date.text()} {event.text[:40]}" for event in corpus.events]
    wanted += [source.label for source in corpus.sources]
    wanted += [advice.headline for advice in corpus.recommendations]
    assert [text for text in wanted if squeeze(text) not in pdf_text] == []
