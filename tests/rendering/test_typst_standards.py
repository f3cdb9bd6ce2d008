"""PDF/UA-1 and PDF/A-3a, judged by programs that did not write the file, on the real edition and on both papers."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from annotated_brief.rendering.typst.colophon import JUDGES, NAMES
from annotated_brief.rendering.typst.compile import STANDARDS
from conftest import HERE, ROOT, Built, need, run_sphinx
from rendering.judges import page_validation, verapdf

SAMPLE = HERE / "roots" / "root-typst"
ADDRESS = "https://example.org/harbour/"
FLAVOURS = {"ua-1": "ua1", "a-3a": "3a"}  # how the judges call what Typst calls so
WORD = re.compile(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<')
Box = tuple[float, float, float, float, str]  # left, top, right, bottom in points; the word
PAPERS = {"a4": (595, 842), "us-letter": (612, 792)}


@pytest.fixture(scope="module")
def editions(real_pdf: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The PDF of the real edition by paper, from one reading."""
    letter = run_sphinx(
        ROOT,
        "brief-pdf",
        folder=tmp_path_factory.mktemp("letter"),
        doctrees=Path(real_pdf.app.doctreedir),
        settings={"brief_pdf_paper": "us-letter"},
    )
    return {paper: built.out / "reaffirming-balance.pdf" for paper, built in (("a4", real_pdf), ("us-letter", letter))}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the sample project, which has one of everything."""
    folder = tmp_path_factory.mktemp("typst")
    return run_sphinx(SAMPLE, "brief-pdf", folder=folder, settings={"html_baseurl": ADDRESS}).out / "harbour.pdf"


@pytest.fixture
def broken(sample: Path, tmp_path: Path) -> Path:
    """The sample without its language and with a picture that has no words: both standards forbid the one or the other."""
    target = tmp_path / "broken.pdf"
    with pikepdf.open(sample) as pdf:
        del pdf.Root.Lang
        del pdf.Root.MarkInfo
        pdf.save(target)
    return target


@pytest.mark.parametrize("standard", STANDARDS)
def test_verapdf(editions: dict[str, Path], sample: Path, standard: str) -> None:
    good, said = verapdf(FLAVOURS[standard], sample, sample.with_name("summary.pdf"), editions["a4"])
    assert good, said


@pytest.mark.parametrize("standard", STANDARDS)
def test_page_validation(editions: dict[str, Path], sample: Path, standard: str) -> None:
    summaries = [pdf.with_name("summary.pdf") for pdf in (sample, *editions.values())]
    for pdf in (sample, *editions.values(), *summaries):
        assert page_validation(FLAVOURS[standard], pdf) == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_both_can_say_no(broken: Path, standard: str) -> None:
    assert not verapdf(FLAVOURS[standard], broken)[0]
    assert page_validation(FLAVOURS[standard], broken) != []


def test_qpdf(editions: dict[str, Path]) -> None:
    qpdf = need(shutil.which("qpdf"), "qpdf")
    for pdf in editions.values():
        done = subprocess.run([qpdf, "--check", pdf], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_every_typeface_is_inside_and_can_be_read_aloud(editions: dict[str, Path]) -> None:
    pdffonts = need(shutil.which("pdffonts"), "poppler-utils")
    for pdf in editions.values():
        lines = subprocess.run([pdffonts, pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        assert lines
        for line in lines:
            assert re.search(r"Identity-H +yes yes yes +\d+ +0$", line), line


def test_no_words_lie_on_others(editions: dict[str, Path]) -> None:
    pdftotext = need(shutil.which("pdftotext"), "poppler-utils")
    for paper, pdf in editions.items():
        done = subprocess.run([pdftotext, "-bbox", pdf, "-"], capture_output=True, check=True)
        for number, found in enumerate(done.stdout.decode(errors="replace").split("<page ")[1:], 1):
            boxes = sorted((*map(float, box), said) for *box, said in WORD.findall(found))
            assert list(covered(boxes)) == [], f"{paper}, page {number}"


def covered(boxes: list[Box]) -> Iterator[tuple[str, str]]:
    """The words of which one hides more than a third of the other; *boxes* are sorted from left to right."""
    for index, (left, top, right, bottom, said) in enumerate(boxes):
        for other in takewhile(lambda box: box[0] < right, boxes[index + 1 :]):  # noqa: B023  (used up in this round)
            across = min(right, other[2]) - other[0]
            down = min(bottom, other[3]) - max(top, other[1])
            smaller = min((right - left) * (bottom - top), (other[2] - other[0]) * (other[3] - other[1]))
            if down > 0 and across * down > smaller / 3:
                yield said, other[4]


def test_the_colophon_says_what_is_tested_here(editions: dict[str, Path]) -> None:
    assert set(NAMES) == set(STANDARDS) == set(FLAVOURS)
    tested = {name.removeprefix("test_").replace("_", "") for name in globals()}
    assert {judge.lower().replace("-", "") for judge in JUDGES} <= tested
    for pdf in editions.values():
        text = "".join(PdfReader(pdf).pages[-1].extract_text().split())
        said = "exported as PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3); "
        said += "checked by veraPDF, page-validation and qpdf in the tests of the edition"
        assert said.replace(" ", "") in text


def test_the_paper(editions: dict[str, Path]) -> None:
    for paper, pdf in editions.items():
        box = PdfReader(pdf).pages[0].mediabox
        assert (round(box.width), round(box.height)) == PAPERS[paper]
