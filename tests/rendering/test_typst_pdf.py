"""The PDF itself: tagged, the same bytes for the same text, typefaces of the lock alone, nothing lost."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from annotated_brief.exports.write import write_text
from annotated_brief.rendering.typst.fonts import OPTIONAL
from annotated_brief.rendering.typst.summary import qr_code
from conftest import HERE, Built, run_sphinx

ROOT = HERE / "roots" / "root-typst"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample project, built as a PDF."""
    return run_sphinx(ROOT, "brief-pdf", folder=tmp_path_factory.mktemp("typst"))


@pytest.fixture(scope="module")
def pdf(built: Built) -> PdfReader:
    """The PDF of the sample project."""
    return PdfReader(built.out / "harbour.pdf")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample project."""
    target = tmp_path / "sample"
    shutil.copytree(ROOT, target)
    return target


def text_of(pdf: PdfReader) -> str:
    """The text of *pdf*, each run of white space as one space."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def by_face(pdf: PdfReader) -> dict[str, str]:
    """The text of *pdf* by the name of its typeface."""
    found: dict[str, str] = defaultdict(str)
    for page in pdf.pages:

        def note(text: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:
            if font is not None:
                found[str(font["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H")] += text

        page.extract_text(visitor_text=note)
    return found


def links_of(pdf: PdfReader) -> Iterator[Any]:
    """The link annotations of *pdf*."""
    for page in pdf.pages:
        for annotation in page.get("/Annots") or ():
            yield annotation.get_object()


def titles_of(outline: list[Any]) -> list[str]:
    """The titles of an outline, of all levels."""
    return [
        title for entry in outline for title in (titles_of(entry) if isinstance(entry, list) else [str(entry.title)])
    ]


def test_metadata(pdf: PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part>1<", metadata)
    assert re.search(r"pdfaid:part>3<.*pdfaid:conformance>A<", metadata)
    assert pdf.metadata is not None
    assert pdf.metadata.title == 'A "harbour" #[annotated] \\ $1'
    assert pdf.metadata.author == "Nobody"
    assert "annotated edition" in str(pdf.metadata["/Keywords"])
    assert str(pdf.metadata["/CreationDate"]).startswith("D:20261123")  # the latest check, not the clock


def test_outline(pdf: PdfReader) -> None:
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert titles[:4] == [
        "The harbour, restated",
        "Everything else",
        "A part in a folder",
        "Nasty #title “quoted” \\ $x$ [b] @ref",
    ]


def test_same_bytes_in_another_place_and_in_parallel(built: Built, sample: Path, tmp_path: Path) -> None:
    other = run_sphinx(sample, "brief-pdf", folder=tmp_path, parallel=2, fresh=True)
    for name in ("harbour.typ", "harbour.pdf", "summary.pdf"):
        assert (other.out / name).read_bytes() == (built.out / name).read_bytes()


def test_the_date_can_be_set(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    made = PdfReader(run_sphinx(sample, "brief-pdf").out / "harbour.pdf")
    assert made.metadata is not None
    assert str(made.metadata["/CreationDate"]).startswith("D:20010909")


def test_letter_paper(sample: Path) -> None:
    conf = sample / "docs" / "conf.py"
    write_text(conf, conf.read_text("utf-8") + 'brief_pdf_paper = "us-letter"\n')
    made = PdfReader(run_sphinx(sample, "brief-pdf").out / "harbour.pdf")
    assert (round(made.pages[0].mediabox.width), round(made.pages[0].mediabox.height)) == (612, 792)


def test_typefaces_of_the_lock_alone(pdf: PdfReader) -> None:
    families = {re.split("-|(?<=Mono)", face)[0] for face in by_face(pdf)}
    assert families <= {"SourceSerifPro", "SourceSansPro", "DejaVuSansMono", "NotoSerifSC"}


def test_italics_are_latin_alone(pdf: PdfReader) -> None:
    faces = by_face(pdf)
    assert "Latin" in faces["SourceSansPro-It"]
    assert "Селигер" in faces["SourceSansPro-Regular"]
    assert not [face for face, text in faces.items() if face.endswith("It") and re.search("[а-яА-Я]", text)]


def test_nothing_authored_is_evaluated(pdf: PdfReader) -> None:
    text = text_of(pdf)
    for words in (
        "#{panic()}",
        "/* nor this */",
        "[#image(“/etc/passwd”)] \\u{0041}",
        '#panic("block")',
        "The “odd” #one \\ [x]",
    ):
        assert words in text


def test_what_a_note_shows(pdf: PdfReader) -> None:
    text = text_of(pdf)
    for words in (
        "1.1 ■ corrected Finished in May 1901, not in March as of 4 May 1901 checked 23 November 2026",
        "The article says: The quay was finished in March 1901",
        "The gazette dates the opening “fourth of May”, in the original «за развитие»",
        "Evidence: Petrova and Иванов 1901, p. 2",
        "See also: note 1.2",
        "300 ₸, in Қазақстан теңгесі",
        "R1 ○ not done Dredge the harbour",
        "4 May 1901 The quay was opened.",
    ):
        assert words in text


def test_a_note_stands_in_short_in_the_margin_and_is_read_after_the_text(pdf: PdfReader) -> None:
    text = text_of(pdf)
    text_place = text.index("paid for it alone")
    in_short = text.index("1.1 ■ Finished in May 1901, not in March")
    in_full = text.index("1.1 ■ corrected Finished in May 1901")
    assert text_place < in_short < in_full


def test_a_note_has_a_heading(pdf: PdfReader) -> None:
    assert "Finished in May 1901, not in March" in titles_of(pdf.outline)


def test_an_index_names_pages(sample: Path) -> None:
    write_text(sample / "docs" / "parts" / "deep.md", "# A part\n\n- {term}`Port Board <port-board>`\n\n## Twin\n")
    text = text_of(PdfReader(run_sphinx(sample, "brief-pdf").out / "harbour.pdf"))
    assert re.search(r"Port Board, p\. \d", text)


def test_the_colophon(built: Built, pdf: PdfReader) -> None:
    text = text_of(pdf)
    last = text[text.rindex("Colophon") :]
    assert "version 9.8" in last
    assert "notes checked 23 November 2026" in last
    assert "2 notes, 1 source, 2 cards in the glossary" in last
    assert hashlib.sha256((ROOT / "refs.bib").read_bytes()).hexdigest() in last
    assert "commit" not in last


def test_the_data_travels_in_the_pdf(project: Path) -> None:
    made = run_sphinx(project, "brief-pdf")
    pdf = PdfReader(next(made.out.glob("*.pdf")))
    data = {name: found[0] for name, found in pdf.attachments.items()}
    assert data.keys() == {"annotations.jsonld", "claims.json", "sources.csl.json", "tei.xml"}
    assert json.loads(data["claims.json"])[0]["id"]
    assert hashlib.sha256(data["claims.json"]).hexdigest() in text_of(pdf)
    lock = next(project.glob("docs/briefs/*/work.yml"))
    assert hashlib.sha256(lock.read_bytes()).hexdigest() in text_of(pdf)


def test_the_file_is_packed(built: Built) -> None:
    assert (built.out / "harbour.pdf").read_bytes().count(b" 0 obj") < 200


def test_the_summary_is_one_page_that_leads_to_the_edition(sample: Path) -> None:
    made = run_sphinx(sample, "brief-pdf", settings={"html_baseurl": "https://example.org/harbour/"})
    pdf = PdfReader(made.out / "summary.pdf")
    assert len(pdf.pages) == 1
    text = text_of(pdf)
    for words in (
        "The quay was late (note 1.1), as the second part says.",
        "1.1 Finished in May 1901, not in March",
        "R1 Dredge the harbour ○ not-done",
        "2 notes · 1 source",
    ):
        assert words in text
    addresses = {link["/A"]["/URI"] for link in links_of(pdf)}
    assert addresses == {
        "https://example.org/harbour/",
        "https://example.org/harbour/brief.html#quay-date",
        "https://example.org/harbour/brief.html#second",
    }


def test_a_page_that_is_on_the_site_alone_is_linked_to_there(sample: Path) -> None:
    made = run_sphinx(sample, "brief-pdf", settings={"html_baseurl": "https://example.org/harbour"})
    addresses = {str(link["/A"].get("/URI")) for link in links_of(PdfReader(made.out / "harbour.pdf")) if "/A" in link}
    assert "https://example.org/harbour/workshop.html" in addresses


def test_the_code_holds_the_address() -> None:
    drawing = qr_code("https://example.org/harbour/")
    assert drawing == qr_code("https://example.org/harbour/")
    assert drawing != qr_code("https://example.org/haven/")
    assert drawing.startswith("<svg ")


def test_the_summary_of_a_set_without_an_address_has_no_code_and_no_links(built: Built) -> None:
    pdf = PdfReader(built.out / "summary.pdf")
    assert len(pdf.pages) == 1
    assert list(links_of(pdf)) == []
    assert "QR" not in (built.out / "summary.typ").read_text("utf-8").partition("#summary(")[2]


def test_links(pdf: PdfReader) -> None:
    addresses = [link["/A"]["/URI"] for link in links_of(pdf) if "/A" in link and "/URI" in link["/A"]]
    assert 'https://example.org/a?b=c&d="e"' in addresses
    assert "mailto:a@b.example" in addresses
    assert not [address for address in addresses if address.startswith("javascript")]
    inner = [link for link in links_of(pdf) if "/Dest" in link or "/D" in link.get("/A", {})]
    assert len(inner) > 30
    assert re.search(r"the brief, p. \d and a part, p. \d", text_of(pdf))


def test_the_footnotes(pdf: PdfReader) -> None:
    page = next(text for page in pdf.pages if "A paragraph with" in (text := page.extract_text()))
    assert re.search(r"1\s*The first footnote, with emphasis\.\s*2\s*The second\.", page)


def test_missing_characters_are_reported(sample: Path) -> None:
    write_text(
        sample / "docs" / "parts" / "deep.md", "# A part\n\nAn owl \N{EGYPTIAN HIEROGLYPH G017} here.\n\n## Twin\n"
    )
    made = run_sphinx(sample, "brief-pdf")
    assert re.search(
        r"deep\.md:3: WARNING: no typeface of the PDF has .* \(U\+13153\)", made.warnings.read_text("utf-8")
    )
    assert "An owl [egyptian hieroglyph g017] here." in text_of(PdfReader(made.out / "harbour.pdf"))


def test_chinese_is_shown_or_reported(sample: Path) -> None:
    write_text(sample / "docs" / "parts" / "deep.md", "# A part\n\n{lang}`上海合作组织 <zh>`\n\n## Twin\n")
    made = run_sphinx(sample, "brief-pdf")
    shown = "上海合作组织" in text_of(PdfReader(made.out / "harbour.pdf"))
    assert shown == (find_spec(OPTIONAL) is not None)
    assert shown != ("(U+4E0A)" in made.warnings.read_text("utf-8"))


def test_what_is_for_the_site_alone_is_left_out(pdf: PdfReader) -> None:
    text = text_of(pdf)
    assert "The workshop is on the site alone." in text
    assert "How to help" not in text
    assert "Not for print" not in text


def test_a_long_table_repeats_its_header_and_keeps_its_rows_whole(sample: Path) -> None:
    rows = "\n".join(f"| row {number} | {'words ' * 40}end {number} | x | y |" for number in range(60))
    table = f"| Number | Long column | C | D |\n|---|---|---|---|\n{rows}\n"
    write_text(sample / "docs" / "parts" / "deep.md", f"# A part\n\n{table}\n## Twin\n")
    made = PdfReader(run_sphinx(sample, "brief-pdf").out / "harbour.pdf")
    pages = [" ".join(text.split()) for page in made.pages if "row " in (text := page.extract_text())]
    assert len(pages) > 2
    for page in pages:
        assert "Number Long column C D" in page
        assert re.findall(r"row (\d+)", page) == re.findall(r"end (\d+)", page)
