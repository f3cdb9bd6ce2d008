"""`brief new brief`: texts of four shapes become briefs that build, and what is no text is refused."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from annotated_brief.exports.write import write_text
from annotated_brief.model.outline import Kind
from annotated_brief.reading.extract import extract
from conftest import HERE, RunBrief
from rendering.judges import page_validation

TEXTS = HERE / "texts"
FACTS = {
    "resolution.txt": ("lights", "Safety of lights and buoys on the northern coast", "Harbour Assembly", "1988-06"),
    "essay.txt": ("vanity", "Of the Vanity of Harbours", "A Gentleman of Exton", "1748"),
    "report.md": ("ferries", "Ferry Subsidies in the Lower Sound: Background and Issues", "Ada Quill", "2016-03-03"),
    "page.html": ("quay", "Mayor opens new quay", "Bea Marsh", "2019-07-08"),
}
FOUND = {  # paragraphs, and what stands around them in its order
    "resolution.txt": (10, ["front matter"] * 3 + ["heading", "footnote"]),
    "essay.txt": (4, ["front matter"] * 2),
    "report.md": (6, ["front matter"] * 4 + ["heading", "table", "heading", "footnote", "footnote"]),
    "page.html": (4, ["front matter", "heading"]),
}
SAID = {
    "resolution.txt": ["impossible date: Friday, 1 March 1989 (p6): that day was a Wednesday", "31 June 1988 (front matter,"],
    "essay.txt": ["not found: headings, footnotes, tables, numbered clauses, an address, abbreviations, terms"],
    "report.md": ["impossible date: 30 February 2014 (footnote): there is no such day", "not found: numbered clauses, an"],
    "page.html": ["that day was a Sunday", "not found: footnotes, tables, numbered clauses\n"],
}  # fmt: skip
LISTED = {
    "resolution.txt": ["NLC – Northern Lights Commission (p4, p6)", "Lamp Fund (p5, p9)", "2.5 per cent (p9)"],
    "essay.txt": ["Tobias Fenn (p2)", "1739 (p2)", '"and they will come." – 4 words (p2)'],
    "report.md": ["CTA – Coastal Transport Agency (p1, p2, p6, footnote)", "$48.2 million (p1)", "The subsidy is fixed by the Ferries"],
    "page.html": ["RHF – Regional Harbours Fund (p2)", "12,000 tonnes (p2)", "Board of the Port <port-board>` (p4)"],
}  # fmt: skip


def arguments(name: str) -> list[str]:
    slug, title, author, date = FACTS[name]
    url = ["--url", "https://courier.example/quay"] if name == "page.html" else []
    return [*("--slug", slug, "--title", title, "--author", author, "--date", date), *url]


def tree(project: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(project.rglob("*")) if path.is_file() and ".tools" not in path.parts)
    return {str(path.relative_to(project)): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", FACTS)
def test_a_text_becomes_a_brief(name: str, brief: RunBrief, project: Path) -> None:
    write_text(project / ".gitignore", "/.sources/\n/build/\n")
    glossary = project / "docs/glossary.md"
    write_text(
        glossary, glossary.read_text("utf-8").replace(":forms: Port Board", ":forms: Port Board; port authority")
    )
    code, output = brief("new", "brief", str(TEXTS / name), *arguments(name))
    assert code == 0, output
    slug, (paragraphs, around) = FACTS[name][0], FOUND[name]
    assert [str(block.kind) for block in extract(TEXTS / name) if block.kind is not Kind.PARAGRAPH] == around
    page = (project / "docs/briefs" / slug / "index.md").read_text("utf-8")
    assert page.count("{#p") == paragraphs
    root = (project / "docs/index.md").read_text("utf-8")
    assert f":::{{collect}} briefs\n:::\n\n```{{toctree}}\nbriefs/sample/index\nbriefs/{slug}/index\n" in root
    for said in SAID[name]:
        assert said in output
    sheet = project / ".sources/worksheets" / f"{slug}.md"
    for listed in LISTED[name]:
        assert listed in sheet.read_text("utf-8")
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    code, output = brief("check")
    assert code == 0, output
    lock = project / "docs/briefs" / slug / "work.yml"
    before = lock.read_bytes()
    code, output = brief("lock-work", str(project / f".sources/works/{slug}.txt"), "--work", slug)
    assert (code, lock.read_bytes()) == (0, before), "headings and tables between the paragraphs do no harm"


def test_the_same_text_gives_the_same_files(brief: RunBrief, project: Path) -> None:
    before = {name: data for name, data in tree(project).items() if not name.startswith(".tools")}
    made = []
    for _ in range(2):
        assert brief("new", "brief", str(TEXTS / "report.md"), *arguments("report.md"))[0] == 0
        made.append({name: data for name, data in tree(project).items() if not name.startswith(".tools")})
        for name in made[-1].keys() - before.keys():
            (project / name).unlink()
        (project / "docs/briefs/ferries").rmdir()
        (project / "docs/index.md").write_bytes(before["docs/index.md"])
    assert made[0] == made[1]


def test_a_text_in_a_pdf_is_the_same_text(tmp_path: Path) -> None:
    title, byline, *paragraphs = (TEXTS / "essay.txt").read_text("utf-8").split("\n\n")
    body = "\n\n".join(part.replace("\n", " ").replace('"', "“").strip() for part in paragraphs)
    code = (
        f'#set page(header: [The Exton Miscellany], numbering: "1", height: 11cm)\n= {title}\n\n{byline}.\n\n{body}\n'
    )
    (tmp_path / "essay.typ").write_text(code, "utf-8")
    (tmp_path / "essay.pdf").write_bytes(typst.compile(str(tmp_path / "essay.typ")))
    found = [block.text for block in extract(tmp_path / "essay.pdf") if block.kind is Kind.PARAGRAPH]
    assert "Miscellany" not in " ".join(found)
    assert [text.split()[0] for text in found] == ["THERE", "I", "It", "I"]
    assert "they are resolved upon a longer quay." in found[0]


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("scan")
    (folder / "x.typ").write_text("#rect()", "utf-8")
    return bytes(typst.compile(str(folder / "x.typ")))


def test_what_is_no_text_is_one_line(brief: RunBrief, project: Path, tmp_path: Path, scan: bytes) -> None:
    before = tree(project)
    bad = {
        "empty.txt": (b" \n", "it is empty"),
        "binary.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 40, "it is binary"),
        "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type", "the PDF cannot be read"),
        "scan.pdf": (scan, "the PDF holds pictures of pages and no text"),
        "nothing.html": (b"<!doctype html><html><body><img src='x'></body></html>", "found no article in the page"),
        "title.md": (b"# A title\n\n## Another\n", "no paragraph was found in it"),
        "control.txt": (b"A paragraph with a bell \x07 in it, which no printed text has.\n", "U+0007"),
    }
    for name, (data, said) in bad.items():
        (tmp_path / name).write_bytes(data)
        code, output = brief("new", "brief", str(tmp_path / name), "--title", "T", "--date", "1901", "--slug", "tale")
        assert (code, said in output) == (1, True), output
        assert output.splitlines()[-1].startswith(f"brief: {tmp_path / name}: ")
    for place, said in ((tmp_path, "it is no file"), (tmp_path / "none", "it cannot be read")):
        assert said in brief("new", "brief", str(place), "--title", "T", "--date", "1901")[1]
    assert tree(project) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--slug", "sample"], "docs/briefs/sample is there already; choose another name"),
        (["--slug", "A b"], "‘A b’ is no name for a folder"),
        (["--slug", "../x"], "‘../x’ is no name for a folder"),
        (["--date", "yesterday"], "--date: ‘yesterday’ is not written as YYYY"),
        (["--date", "2019-02-30"], "--date: ‘2019-02-30’ is not a day"),
        (["--url", "example"], "--url: ‘example’ is not an address"),
        (["--lang", "q!"], "--lang: ‘q!’ is no tag"),
        (["--title", ""], "missing: --title"),
        (["--title", "Ода", "--slug", ""], "--slug"),
    ],
)
def test_facts_that_do_not_fit_change_nothing(change: list[str], said: str, brief: RunBrief, project: Path) -> None:
    before = tree(project)
    code, output = brief("new", "brief", str(TEXTS / "page.html"), *arguments("page.html"), *change)
    assert (code, said in output) == (2, True), output
    assert tree(project) == before


def test_a_dry_run_writes_nothing(brief: RunBrief, project: Path) -> None:
    before = tree(project)
    code, output = brief("new", "brief", str(TEXTS / "essay.txt"), *arguments("essay.txt"), "--dry-run")
    assert (code, "+++ b/docs/briefs/vanity/work.yml" in output) == (0, True)
    assert tree(project) == before


def test_a_brief_that_cannot_be_entered_leaves_nothing(
    brief: RunBrief, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target == project / "docs/index.md":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    before = tree(project)
    code, output = brief("new", "brief", str(TEXTS / "essay.txt"), *arguments("essay.txt"))
    assert (code, "docs/index.md cannot be written (Permission denied); nothing was changed" in output) == (3, True)
    assert tree(project) == before
    assert not (project / "docs/briefs/vanity").exists()


def test_a_root_page_in_conflict_is_named(brief: RunBrief, project: Path) -> None:
    page = project / "docs/index.md"
    write_text(page, page.read_text("utf-8") + "\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n")
    before = tree(project)
    code, output = brief("new", "brief", str(TEXTS / "essay.txt"), *arguments("essay.txt"))
    assert (code, "docs/index.md:13: a merge conflict stands here" in output) == (1, True), output
    assert tree(project) == before


def test_briefs_beside_each_other_build(brief: RunBrief, project: Path) -> None:
    for name in FACTS:
        assert brief("new", "brief", str(TEXTS / name), *arguments(name))[0] == 0
    page = project / "docs/briefs/vanity/index.md"
    told = page.read_text("utf-8").replace(
        "not written yet.", "see {paragraph}`p2`, on the {term}`Port Board <port-board>`."
    )
    write_text(page, told.replace("{#p1}\n", "{#p1}\nThe {term}`Port Board <port-board>`. "))
    code, output = brief("build", "--strict")
    assert code == 0, output
    assert brief("check")[0] == 0
    html, slugs = project / "build/html", ["sample", *(facts[0] for facts in FACTS.values())]
    root, vanity = (html / "index.html").read_text("utf-8"), (html / "briefs/vanity/index.html").read_text("utf-8")
    for slug in slugs:
        assert f'href="briefs/{slug}/index.html">' in root, "the front page lists the briefs"
        assert (html / "data" / slug / "claims.json").is_file()
        pdf = project / f"build/pdf/brief-{slug}.pdf"
        assert [*page_validation("ua1", pdf), *page_validation("3a", pdf)] == []
        text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
        assert ("twelve words" in text or "Dig" in text) is False, "nothing of the texts themselves"
        assert ("This paragraph is not restated yet" in text or "Clause" in text) == (slug != "sample")
    assert 'href="#p2"' in vanity, "a paragraph of the same page goes before that of another brief"
    used = (html / "glossary.html").read_text("utf-8")
    assert 'href="briefs/vanity/index.html#p1"' in used
    assert 'href="briefs/lights/index.html#p1"' not in used, "another brief’s first paragraph does not use the term"
    notes = json.loads((html / "data/sample/annotations.jsonld").read_text("utf-8"))
    assert "quay was finished" in json.dumps(notes), "each passage is that of its own brief"
    assert list((project / "build/epub").glob("[!.]*.epub"))
