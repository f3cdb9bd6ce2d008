"""The EPUB itself: what it is, how its notes are found, what it leaves out, the same bytes each time."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from fontTools.ttLib import TTFont

from annotated_brief.exports.write import write_text
from annotated_brief.rendering.epub.translator import EpubError, valid_address
from books import Book, book_of
from conftest import HERE, Build, Built, run_sphinx

HARBOUR = HERE / "roots" / "root-typst"  # everything that docutils and the edition can say
OTHERS = {"brief-original", "brief-original-words", "brief-banner", "brief-wide"}  # of facing editions and vast tables
INDEX = "docs/briefs/sample/index.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return run_sphinx(HARBOUR, "brief-epub", folder=tmp_path_factory.mktemp("epub"))


@pytest.fixture(scope="module")
def harbour(built: Built) -> Book:
    return book_of(built)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book_of(run_sphinx(HERE / "roots" / "base", "brief-epub", folder=tmp_path_factory.mktemp("epub")))


def test_the_package_says_what_the_edition_is(sample: Book) -> None:
    (package,), (metadata,) = sample.package.select("package"), sample.package.select("metadata")
    identifier = sample.fact("identifier")
    assert [package["unique-identifier"]] == [found["id"] for found in sample.package.find_all("identifier")]
    assert UUID(identifier).version == 5
    assert sample.fact("title") == "Sample"
    assert sample.fact("source") == "https://example.org/tale"
    assert "A tale of a harbour" in sample.fact("description")
    assert sample.meta("dcterms:modified") == ["2026-11-23T00:00:00Z"], "the latest check, not the clock"
    assert all(element.get_text() or element.attrs for element in metadata.find_all()), "nothing is empty"
    assert identifier in sample.files["toc.ncx"].decode(), "the contents for old readers are of the same book"


def test_the_package_says_whom_it_suits(sample: Book) -> None:
    assert sample.meta("schema:accessMode") == ["textual", "visual"]
    assert "textual" in sample.meta("schema:accessModeSufficient")
    assert {"alternativeText", "readingOrder", "tableOfContents"} <= set(sample.meta("schema:accessibilityFeature"))
    assert sample.meta("schema:accessibilityHazard") == ["none"]
    assert len(sample.meta("schema:accessibilitySummary")[0]) > 100


def test_settings_of_the_edition_go_before_what_follows_from_it(build: Build, project: Path) -> None:
    conf = (project / "docs/conf.py").read_text("utf-8")
    lines = (
        'epub_identifier = "urn:isbn:0"\nrelease = "2.1 & more"\nepub_description = "Of <harbours>"\nauthor = "A & B"\n'
    )
    book = book_of(build({"docs/conf.py": conf + lines}, "brief-epub"))
    assert book.fact("identifier") == "urn:isbn:0"
    assert book.fact("description") == "Of <harbours>"
    assert book.fact("creator") == "A & B"
    assert book.meta("ibooks:version") == ["2.1 & more"]


def test_every_page_says_its_language_in_both_forms(harbour: Book) -> None:
    for name, page in harbour.pages.items():
        (root,), (title,) = page.select("html"), page.select("title")
        assert (root["lang"], root["xml:lang"]) == ("en", "en"), name
        assert title.get_text().strip(), name
    marked = list(harbour.select("[lang]"))
    assert {str(found["lang"]) for found in marked} >= {"ru", "kk"}
    assert all(found["lang"] == found.get("xml:lang") for found in marked)


def test_each_note_is_reached_and_left_within_its_page(sample: Book) -> None:
    page = sample.named("sample/index.xhtml")
    calls = [call for call in page.find_all("a", {"epub:type": "noteref"}) if "brief-noteref" in call["class"]]
    notes = {str(note["id"]): note for note in page.find_all(None, {"epub:type": "footnote"})}
    assert [call["href"] for call in calls] == [f"#{name}" for name in notes]
    assert list(notes) == ["quay-date", "quay-cost", "trade-doubled"]
    for call, (name, note) in zip(calls, notes.items(), strict=True):
        assert (call["role"], note["role"]) == ("doc-noteref", "doc-footnote")
        back = note.find("a", {"role": "doc-backlink"})
        assert back is not None
        assert any(back["href"] == f"#{parent.get('id')}" for parent in call.parents), name
        assert note.name == "div", "some readers hide what is an aside"


def test_the_text_is_read_without_a_break_and_the_notes_follow_it(sample: Book) -> None:
    page = sample.named("sample/index.xhtml")
    passages = page.select(".brief-passage")
    assert not any(passage.select(".brief-annotation") for passage in passages)
    (notes,) = page.select("[role=doc-endnotes]")
    assert [title.get_text() for title in notes.find_all(["h2", "h3"])] == ["Notes", "Notes on ¶1", "Notes on ¶2"]
    assert passages[-1] in notes.find_all_previous("section")


def test_the_parts_are_named_for_what_they_are(sample: Book) -> None:
    roles = {name: page.section.get("role") for name, page in sample.pages.items() if page.section}
    assert roles == {
        "index.xhtml": None,
        "briefs/sample/index.xhtml": "doc-chapter",
        "claims.xhtml": None,
        "glossary.xhtml": "doc-glossary",
        "sources.xhtml": "doc-bibliography",
        "timeline.xhtml": None,
    }
    nav = sample.pages["nav.xhtml"]
    contents, marks = nav.find_all("nav")
    assert (contents["epub:type"], contents["role"], marks["epub:type"]) == ("toc", "doc-toc", "landmarks")
    found = [str(link["epub:type"]) for link in marks.find_all("a")]
    assert found == ["cover", "titlepage", "toc", "bodymatter", "endnotes", "glossary", "bibliography"]
    assert any(sample.select("a[role=doc-biblioref]"))
    assert any(sample.select("a[role=doc-glossref]"))


def test_every_type_has_its_role(harbour: Book) -> None:
    for page in harbour.pages.values():
        for element in page.select("body *"):
            kind = element.get("epub:type", "landmarks")
            assert kind == "landmarks" or element.get("role") or element.find_parent("nav"), element


@pytest.mark.parametrize("book", ["harbour", "sample"])
def test_every_link_within_leads_somewhere(book: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(book).broken_links() == []


def test_nothing_of_a_screen_is_left(harbour: Book, real_epub: Built) -> None:
    real = book_of(real_epub)
    for book in (harbour, real):
        assert not any(book.select("script, form, input, button, select, [popover], [tabindex], iframe, object"))
        assert not any(name.endswith(".js") for name in book.files)
        sheets = "".join(data.decode() for name, data in book.files.items() if name.endswith(".css"))
        assert not re.search(r"@import|https?:|var\(|light-dark", sheets)
    assert "claims.json" in real.text, "a data file is named"
    assert real.broken_links() == [], "and not linked to: it is not in the book"


def test_tabs_stand_one_after_the_other(harbour: Book) -> None:
    page = harbour.named("index.xhtml")
    assert not page.select("input, label")
    assert "First tab Words under a tab. Second tab Words under another." in page.get_text(" ", strip=True)


def test_every_class_of_the_style_sheet_is_used(real_epub: Built, harbour: Book) -> None:
    book = book_of(real_epub)
    sheet = book.files["_static/epub.css"].decode()
    sheet = sheet[: sheet.index("/* The colours")]
    styled = set(
        re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", re.sub(r"/\*.*?\*/|\{[^{}]*\}", "{", sheet, flags=re.DOTALL))
    )
    used = {
        name
        for found in (book, harbour)
        for element in found.select("[class]")
        for name in str(element["class"]).split()
    }
    assert styled - used - OTHERS == set()


def test_each_chart_is_one_picture_with_a_name_and_a_table(real_epub: Built) -> None:
    charts = list(book_of(real_epub).select(".brief-chart"))
    assert len(charts) > 5
    for chart in charts:
        drawing = chart.find("svg")
        assert drawing is not None
        assert (drawing["role"], len(str(drawing["aria-label"])) > 20) == ("img", True)
        assert drawing.namespace == "http://www.w3.org/2000/svg"
        assert not drawing.find_all(["a", "script"])
        assert not drawing.select("[role]")
        assert chart.select("figcaption")
        assert chart.parent is not None
        assert chart.parent.select("table"), "the same in words"


def test_pages_with_drawings_say_so(real_epub: Built) -> None:
    book = book_of(real_epub)
    said = {str(item["href"]): str(item.get("properties", "")) for item in book.package.find_all("item")}
    for name, page in book.pages.items():
        assert ("svg" in said[name].split()) == bool(page.find("svg")), name


def test_every_file_is_in_the_package_and_the_reverse(harbour: Book) -> None:
    listed = {str(item["href"]) for item in harbour.package.find_all("item")}
    assert listed == set(harbour.files) - {"mimetype", "META-INF/container.xml", "content.opf"}
    spine = [str(item["idref"]) for item in harbour.package.find_all("itemref")]
    assert len(spine) == len(set(spine)) == len(harbour.pages)


def test_the_typefaces_are_subsets_under_a_name_of_their_own(sample: Book) -> None:
    faces = {name: TTFont(BytesIO(data)) for name, data in sample.files.items() if name.endswith(".otf")}
    assert len(faces) == 4
    for name, face in faces.items():
        names = {str(record) for record in face["name"].names if record.nameID in {1, 4, 6}}
        assert not any("Source" in found for found in names), name
        assert len(face.getBestCmap()) < 200, name
    text = faces["_static/brief-serif-400-normal.otf"].getBestCmap()
    assert {ord(character) for character in "Открытие¶"} <= text.keys()
    assert ord("Ж") not in text, "no page of the sample has it"


def test_the_cover_is_a_picture_of_the_title_page(sample: Book) -> None:
    (item,) = (item for item in sample.package.find_all("item") if item.get("properties") == "cover-image")
    data = sample.files[str(item["href"])]
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    assert (data[:8], height, width) == (b"\x89PNG\r\n\x1a\n", 2400, 1600)
    (image,) = sample.pages["epub-cover.xhtml"].find_all("img")
    assert (image["role"], image["alt"]) == ("doc-cover", "Cover: Sample")
    title = sample.pages["epub-title.xhtml"].get_text(" ")
    for said in (
        "Sample",
        "A tale of a harbour",
        "https://example.org/tale",
        "corrected",
        "3 notes",
        "23 November 2026",
    ):
        assert said in title


def test_a_title_of_any_length_has_a_cover(build: Build, project: Path) -> None:
    conf = (project / "docs/conf.py").read_text("utf-8")
    title = " ".join(['#panic() "quoted" \\ $x$ *b* _i_ <l> @r `c` // /*'] * 12)
    book = book_of(build({"docs/conf.py": f"{conf}project = {title!r}\n"}, "brief-epub"))
    assert book.fact("title") == title
    assert len(book.files["cover.png"]) > 10_000


def test_the_archive_is_as_epub_asks_and_tells_no_time(sample: Book) -> None:
    first = sample.infos[0]
    assert (first.filename, first.compress_type, sample.files["mimetype"]) == ("mimetype", 0, b"application/epub+zip")
    assert sample.path.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    assert {info.date_time for info in sample.infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.external_attr >> 16 for info in sample.infos} == {0o100644}


@pytest.mark.parametrize("parallel", [1, 2])
def test_two_builds_have_the_same_bytes(
    tmp_path: Path, harbour: Book, parallel: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Almaty")
    copied = tmp_path / "elsewhere" / "sample"
    shutil.copytree(HARBOUR, copied)
    again = book_of(run_sphinx(copied, "brief-epub", parallel=parallel))
    assert {name for name in again.files if again.files[name] != harbour.files.get(name)} == set()
    assert again.path.read_bytes() == harbour.path.read_bytes()


def test_a_page_that_is_gone_is_gone_from_the_book(build: Build, project: Path) -> None:
    text = (project / "docs/index.md").read_text("utf-8")
    extra = text.replace("glossary\n", "glossary\nextra\n")
    before = book_of(build({"docs/index.md": extra, "docs/extra.md": "# Extra\n"}, "brief-epub"))
    assert "extra.xhtml" in before.files
    (project / "docs/extra.md").unlink()
    after = book_of(build({"docs/index.md": text}, "brief-epub"))
    assert "extra.xhtml" not in after.files
    assert after.broken_links() == []


def test_a_changed_record_is_shown_wherever_it_stands(build: Build, project: Path) -> None:
    build(builder="brief-epub")
    build()  # the site reads first, as in `brief build`; the book must not believe that it has seen the change
    text = (project / INDEX).read_text("utf-8").replace("The town paid a third", "The town paid a half")
    build({INDEX: text})
    assert "The town paid a half" in book_of(build(builder="brief-epub")).pages["claims.xhtml"].get_text()


@pytest.mark.parametrize("builder", ["brief-epub", "brief-pdf"])
def test_the_search_is_for_sites_alone(build: Build, project: Path, builder: str) -> None:
    text = (project / "docs/index.md").read_text("utf-8")
    pages = "- {ref}`Look for it <search>`\n- [Claims](claims.md)\n\nAnd {ref}`look <search>` again.\n"
    built = build({"docs/index.md": text + "\n" + pages}, builder)
    written = book_of(built).text if builder == "brief-epub" else next(built.out.glob("*.typ")).read_text("utf-8")
    assert "Look for it" not in written, "an item of a list of pages"
    assert "look" in written, "elsewhere the words stay"
    if builder == "brief-epub":
        assert book_of(built).broken_links() == []


REFUSED = {
    "image without words": ("![](dot.svg)\n", r"index\.md:3: the image ‘dot\.svg’ has no alternative text"),
    "image that is not there": ("![Words](gone.png)\n", r"index\.md:3: the image ‘gone\.png’ is not at hand"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_shown_is_an_error_with_a_place(tmp_path: Path, case: str) -> None:
    text, expected = REFUSED[case]
    shutil.copytree(HARBOUR, tmp_path / "sample")
    write_text(tmp_path / "sample/docs/index.md", f"# The whole\n\n{text}")
    with pytest.raises(EpubError, match=expected):
        run_sphinx(tmp_path / "sample", "brief-epub")


def test_addresses_are_made_valid_or_left_out() -> None:
    assert valid_address('https://example.org/a b?c="d"|#e') == "https://example.org/a%20b?c=%22d%22%7C#e"
    assert valid_address("https://example.org/%D0%B0") == "https://example.org/%D0%B0"
    assert [valid_address(found) for found in ("javascript:alert(1)", "http://[half", "data:text/html,x")] == [
        "",
        "",
        "",
    ]
