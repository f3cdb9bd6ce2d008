"""The facing edition, and that no sentence of the article leaves it."""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from annotated_brief.checks.works import check_borrowed
from annotated_brief.model.text import fold
from annotated_brief.reading.copies import FOLDER, WORKS
from annotated_brief.rendering.facing import find_raw
from conftest import HERE, ROOT, Built, RunBrief, run_sphinx

UNREAD = {
    ".png",
    ".ico",
    ".woff2",
    ".otf",
    ".doctree",
    ".pickle",
    ".epub",
}  # images, fonts, what stays here or is unpacked
ARTICLE = HERE / "roots" / "base" / "article.txt"


@pytest.fixture
def held(project: Path) -> Path:
    """The base project with a copy of its article attached."""
    place = project / FOLDER / WORKS / "sample.txt"
    place.parent.mkdir(parents=True)
    shutil.copyfile(ARTICLE, place)
    return project


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Path and text of everything that a build wrote, the words of pages and PDFs without their markup."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".pdf":
            text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
            yield path.name, re.sub(r"[-\u00ad]\n", "", text).replace("\n", " ")
        elif path.suffix in {".html", ".xhtml"}:
            yield path.name, BeautifulSoup(path.read_text("utf-8"), "html.parser").get_text(" ")
        elif path.name == "objects.inv":
            head, rows = re.split(rb"(?<=zlib\.)\n", path.read_bytes(), maxsplit=1)
            yield path.name, (head + zlib.decompress(rows)).decode("utf-8")
        elif path.suffix not in UNREAD:
            yield path.name, path.read_text("utf-8")


def borrowed(built: Built, folder: Path) -> list[str]:
    """The runs of eight words of the article in what a build wrote."""
    return [str(found) for found in check_borrowed(built.corpus.briefs, texts(folder))]


def test_the_authors_words_stand_beside_ours_and_link_both_ways(brief: RunBrief, held: Path) -> None:
    code, output = brief("build")
    assert code == 0, output
    page = BeautifulSoup((held / "build/facing/html/briefs/sample/index.html").read_text("utf-8"), "html.parser")
    originals = [" ".join(found.get_text().split()) for found in page.select("blockquote.brief-original")]
    assert originals == [line for line in ARTICLE.read_text("utf-8").splitlines() if len(line.split()) > 30]
    for note in ("quay-date", "quay-cost", "trade-doubled"):
        (there,) = page.select(f"mark#source-{note} > a[href='#{note}']")
        (back,) = page.select(f"#{note} a[href='#source-{note}']")
        assert there.get_text() == back.get_text()
    assert "not for publication" in page.select(".brief-banner")[0].get_text()
    assert page.select("meta[name=robots]")[0]["content"] == "noindex"
    pdf = " ".join(text for _, text in texts(held / "build/facing/pdf"))
    assert "Local copy, not for publication" in pdf
    assert "out of its own purse" in " ".join(pdf.split())


def test_nothing_of_it_is_in_the_public_edition(brief: RunBrief, held: Path) -> None:
    assert brief("build")[0] == 0
    built = run_sphinx(held, out="records")
    assert borrowed(built, held / "build/html") == []
    assert borrowed(built, held / "build/pdf") == []
    for folder, found in (("build/epub", "public"), ("build/facing/epub", "facing")):
        shutil.unpack_archive(next((held / folder).glob("*.epub")), held / "unpacked" / found, "zip")
    assert borrowed(built, held / "unpacked/public") == []
    assert borrowed(built, held / "build/facing/html") != [], "the same search finds it where it is"
    assert borrowed(built, held / "build/facing/pdf") != []
    assert borrowed(built, held / "unpacked/facing") != []
    public = (held / "build/html/briefs/sample/index.html").read_text("utf-8")
    assert "brief-original" not in public
    assert "brief-banner" not in public


@pytest.mark.slow
def test_every_note_of_the_real_brief_is_linked_both_ways_with_the_authors_words(tmp_path: Path, article: str) -> None:
    place = tmp_path / FOLDER / WORKS / "reaffirming-balance.txt"
    place.parent.mkdir(parents=True)
    place.write_text(article, encoding="utf-8")
    built = run_sphinx(ROOT, folder=tmp_path, settings={"brief_facing": str(tmp_path)})
    assert built.warnings.read_text("utf-8") == ""
    page = BeautifulSoup(built.page("briefs/reaffirming-balance/index.html"), "html.parser")
    notes = built.corpus.annotations
    there = {str(link["href"]): link for link in page.select("blockquote.brief-original mark[id] > a")}
    back = {str(link["href"]): link for link in page.select("details.brief-annotation a[href^='#source-']")}
    assert len(there) == len(back) == len(notes)
    for note in notes:
        link = there[f"#{note.id}"]
        assert link.parent is not None
        assert link.parent["id"] == f"source-{note.id}"
        assert fold(link.get_text()), note.id
        assert fold(back[f"#source-{note.id}"].get_text()) == fold(note.source_words)


def test_every_file_is_searched(real: Built) -> None:
    """Else nothing would follow from finding nothing."""
    searched = {Path(name).suffix for name, _ in texts(real.out)}
    assert {".html", ".json", ".js", ".bib", ".ris", ".csv", ".css", ".svg", ".inv"} <= searched
    assert {path.suffix for path in real.out.rglob("*") if path.is_file()} <= searched | UNREAD


def test_the_real_site_has_no_sentence_of_the_article(real: Built) -> None:
    assert borrowed(real, real.out) == []


@pytest.mark.slow
def test_the_real_pdf_has_no_sentence_of_the_article(tmp_path: Path) -> None:
    built = run_sphinx(ROOT, "brief-pdf", folder=tmp_path)
    assert borrowed(built, built.out) == []


def test_without_a_copy_there_is_no_facing_edition(brief: RunBrief, project: Path) -> None:
    assert brief("build")[0] == 0
    assert not (project / "build/facing").exists()


def test_it_can_be_left_out(brief: RunBrief, held: Path) -> None:
    assert brief("build", "--no-facing", "--only", "site")[0] == 0
    assert not (held / "build/facing").exists()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("of the har\u00adbour,  and", "harbour"),
        ("“the\u00a0Port” paid", '"the Port"'),
        ("\u00ad\u00ada  b", "a b"),
        ("e\u0301tude – no. 1", "étude - no"),
    ],
)
def test_folded_places_lead_back_to_the_raw_text(raw: str, words: str) -> None:
    start, end = find_raw(raw, fold(raw).index(fold(words)), len(fold(words)))
    assert fold(raw[start:end]) == fold(words)
    assert not re.match(r"\s", raw[start:end])
