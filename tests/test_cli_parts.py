"""An edition that is built in parts, by processes that know nothing of each other, is the same as one built at once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import annotated_brief
from annotated_brief.commands.parts import RECORD, RESERVED, Record
from annotated_brief.commands.products import Product
from annotated_brief.exports.index import join_indexes
from annotated_brief.exports.write import write_text
from conftest import ROOT, RunBrief
from sets import SLUGS, write_set
from written import OUR_CONF

INDEX = "docs/briefs/sample/index.md"
PARTS = (("shared",), ("ferry", "quay"), ("quay-2",), ("lamp",))
FOLDERS = ("shared", "ferry+quay", "quay-2", "lamp")
MORE = {
    "docs/conf.py": f'{OUR_CONF}html_baseurl = "https://example.org/set/"\nbrief_today = "2027-01-01"\n',
    "docs/briefs/ferry/more.md": "---\norphan: true\n---\n\n# More\n\n![A square](square.svg)\n",
    "docs/briefs/ferry/square.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n',
}


@dataclass(frozen=True)
class Machines:
    """Copies of one edition, as machines of their own check it out."""

    folder: Path

    def copy(self, name: str) -> Path:
        return write_set(self.folder / name, MORE)

    def start(self, project: Path, *arguments: str) -> subprocess.Popen[str]:
        argv = [sys.executable, "-m", "annotated_brief", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "library"), "NO_COLOR": "1"}
        return subprocess.Popen(
            argv, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run_at_once(self, projects: Sequence[Path], verb: str) -> None:
        """Run a verb on each of the parts, in a project and a process of its own."""
        running = [
            self.start(project, verb, *(word for name in names for word in ("--only", name)))
            for project, names in zip(projects, PARTS, strict=True)
        ]
        for process in running:
            said, _ = process.communicate()
            assert process.returncode == 0, said

    def run(self, project: Path, *arguments: str) -> tuple[int, str]:
        process = self.start(project, *arguments)
        said, _ = process.communicate()
        return process.returncode, said


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    package = Path(annotated_brief.__file__).parent
    shutil.copytree(package, tmp_path / "library" / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    return Machines(tmp_path)


def files_in(folder: Path) -> dict[str, str]:
    """The digest of each file in *folder*, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def first_difference(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """The first path whose file is not the same in both, or nothing."""
    return next((path for path in sorted({*one, *other}) if one.get(path) != other.get(path)), "")


@pytest.mark.slow
def test_parts_of_four_processes_make_the_edition_of_one_build(machines: Machines) -> None:
    readings, parts = machines.folder / "readings", machines.folder / "parts"
    projects = [machines.copy(f"reader-{number}") for number, _ in enumerate(PARTS)]
    machines.run_at_once(projects, "read")
    for project, name in zip(projects, FOLDERS, strict=True):
        shutil.copytree(project / "build/readings" / name, readings / name)
    projects = [machines.copy(f"writer-{number}") for number, _ in enumerate(PARTS)]
    for project in projects:
        shutil.copytree(readings, project / "build/readings")
    machines.run_at_once(projects, "build")
    for project, name in zip(projects, FOLDERS, strict=True):
        shutil.copytree(project / "build/parts" / name, parts / name)
    whole, joined = machines.copy("whole"), machines.copy("joined")
    for project, arguments in ((joined, ("join", str(parts))), (whole, ("build",))):
        code, said = machines.run(project, *arguments)
        assert code == 0, said
    for product in ("html", "pdf", "epub"):
        one, other = files_in(whole / "build" / product), files_in(joined / "build" / product)
        assert first_difference(one, other) == "", product
        assert one
    names = set(files_in(joined / "build/html"))
    assert names >= {"briefs/ferry/more.html", "_images/square.svg", "sitemap.xml", "data/quay-2/claims.csv"}
    assert names >= {"objects.inv", "_static/entries.js", "data/index.json", "Synthetic.epub", "summary.pdf"}
    require_own_alone(parts)


def require_own_alone(parts: Path) -> None:
    """A part holds what its briefs have for their own, and nothing else."""
    for names, name in zip(PARTS[1:], FOLDERS[1:], strict=True):
        own = {f"{above}/{slug}" for slug in names for above in ("briefs", "data")}
        paths = [path for path in files_in(parts / name / "html") if not path.startswith("_images/")]
        assert {"/".join(path.split("/")[:2]) for path in paths} == {*own, "data/index.json", "parity.json"}
        assert {path.name for path in (parts / name / "pdf").glob("*.pdf")} == {f"brief-{slug}.pdf" for slug in names}
        assert not (parts / name / "epub").exists()
    shared = files_in(parts / "shared/html")
    assert {path for path in shared if path.startswith(("briefs/", *(f"data/{slug}/" for slug in SLUGS)))} == set()
    assert shared.keys() >= {"index.html", "glossary.html", "sources.html", "claims.html"}


@pytest.fixture
def parts(project: Path) -> Path:
    """Parts of an edition of two briefs that has a PDF alone."""
    folder = project / "build/parts"
    state = {"text": "0", "commit": "", "day": "2027-01-01", "address": ""}
    for name in ("lamp", "quay", "shared"):
        record = Record(names=(name,), slugs=("lamp", "quay"), products=(Product.PDF,), state=state)
        write_text(folder / name / RECORD, record.to_text())
        write_text(folder / name / f"pdf/{name}.pdf", name)
    return folder


def test_parts_are_laid_together(brief: RunBrief, project: Path, parts: Path) -> None:
    assert brief("join")[0] == 0
    assert set(files_in(project / "build/pdf")) == {"lamp.pdf", "quay.pdf", "shared.pdf"}
    shutil.move(parts, project / "elsewhere")
    assert brief("join", str(project / "elsewhere"))[0] == 0


def drop(folder: Path) -> None:
    shutil.rmtree(folder / "lamp")


def repeat(folder: Path) -> None:
    shutil.copytree(folder / "lamp", folder / "other")


def alter(folder: Path) -> None:
    path = folder / "quay" / RECORD
    path.write_text(path.read_text("utf-8").replace('"day": "2027', '"day": "2028'), "utf-8")


def widen(folder: Path) -> None:
    path = folder / "quay" / RECORD
    path.write_text(path.read_text("utf-8").replace('"pdf"', '"pdf", "epub"'), "utf-8")


def confuse(folder: Path) -> None:
    path = folder / "lamp" / RECORD
    path.write_text(path.read_text("utf-8").replace('"pdf"', '"scroll"'), "utf-8")


def spoil(folder: Path) -> None:
    (folder / "lamp" / RECORD).write_text("[]", "utf-8")


def contradict(folder: Path) -> None:
    write_text(folder / "quay/pdf/lamp.pdf", "another")


def empty(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drop, "‘lamp’ is in no part; build it with ‘brief build --only lamp’"),
        (repeat, "‘lamp’ is in more than one part: lamp, other; take all but one away"),
        (alter, "the parts lamp and quay differ in their day: build both of one state"),
        (widen, "the parts lamp and quay differ in their products: name the same for both"),
        (confuse, "build/parts/lamp/part.json is no record of a part ('scroll' is not a valid Product); build"),
        (spoil, "build/parts/lamp/part.json is no record of a part ("),
        (contradict, "pdf/lamp.pdf is not the same in each part: quay has another than a part before it"),
        (empty, "no part in build/parts: build parts with ‘brief build --only’, or name the folder that holds them"),
    ],
)
def test_what_is_no_edition_is_refused(
    brief: RunBrief, project: Path, parts: Path, change: Callable[[Path], None], said: str
) -> None:
    write_text(project / "build/pdf/old.pdf", "before")
    change(parts)
    code, output = brief("join")
    assert code == 1
    assert said in output.splitlines()[-1]
    assert set(files_in(project / "build/pdf")) == {"old.pdf"}


def test_parts_of_one_brief_are_joined_on_one_machine(brief: RunBrief, project: Path) -> None:
    assert brief("build", "--only", "site")[0] == 0
    whole = files_in(project / "build/html")
    assert brief("clean")[0] == 0
    for name in ("sample", "shared"):
        code, said = brief("build", "--only", name, "--only", "site")
        assert (code, f"build/parts/{name}" in said) == (0, True)
        held = {path.partition("/")[0] for path in files_in(project / "build/parts" / name / "html")}
        assert ("index.html" in held, "briefs" in held) == (name == "shared", name == "sample")
    assert not (project / "build/html").exists()
    report = project / "build/parts/sample/html/parity.json"
    kept = report.read_text("utf-8")
    held = json.loads(kept)
    lost = held["the site"]["annotation"].pop()
    report.write_text(json.dumps(held), "utf-8")
    code, said = brief("join")
    assert (code, f"the site lacks the annotation ‘{lost}’" in said) == (1, True)
    assert "docs/briefs/sample/index.md:" in said
    report.write_text(kept, "utf-8")
    before = files_in(project / "build/parts")
    assert brief("join")[0] == 0
    assert first_difference(whole, files_in(project / "build/html")) == ""
    assert list((project / "build/work").iterdir()) == []
    page = project / INDEX
    page.write_text(page.read_text("utf-8").replace("Trade, it is said,", "Trade, they say,"), "utf-8")
    assert brief("build", "--only", "site")[0] == 0
    page.write_text(page.read_text("utf-8").replace("Trade, they say,", "Trade, it is said,"), "utf-8")
    assert brief("build", "--only", "site")[0] == 0
    assert first_difference(whole, files_in(project / "build/html")) == "", "a build goes on from what is joined"
    assert files_in(project / "build/parts") == before, "whoever shares files with a part writes into none"


def read_anew(said: str) -> str:
    """What *said*, the words of Sphinx, names as read."""
    return said.partition("reading sources")[2].partition("looking for now-outdated")[0]


def test_what_another_part_has_read_is_not_read_again(brief: RunBrief, project: Path) -> None:
    shared = ("build", "--only", "shared", "--only", "site", "--verbose")
    assert "sample" in read_anew(brief(*shared)[1])
    parts = files_in(project / "build/parts/shared")
    assert brief("clean")[0] == 0
    code, said = brief("read", "--only", "sample")
    assert (code, "build/readings/sample" in said) == (0, True)
    code, said = brief(*shared)
    assert (code, "index" in read_anew(said), "sample" in read_anew(said)) == (0, True, False)
    assert first_difference(parts, files_in(project / "build/parts/shared")) == ""
    assert brief("clean")[0] == brief("read", "--only", "sample")[0] == 0
    whole = (project / "build/readings/sample/environment.pickle").read_bytes()
    (project / "build/readings/sample/environment.pickle").write_bytes(whole[:1000])
    code, said = brief(*shared)
    assert (code, "build/readings/sample is no reading (UnpicklingError): remove it" in said) == (1, True)
    write_text(project / "docs/briefs/sample/more.md", "---\norphan: true\n---\n\n# More\n")
    assert "sample/index" in read_anew(brief(*shared)[1]), "a reading of another text is left alone"


def test_a_reading_is_of_a_part(brief: RunBrief) -> None:
    code, said = brief("read", "--only", "site")
    assert code == 2
    assert "a reading is not of a product" in said


def test_a_name_that_nothing_has_is_told_with_those_there_are(brief: RunBrief, project: Path) -> None:
    code, said = brief("build", "--only", "nonsense")
    assert code == 2
    assert "there is no brief ‘nonsense’; there is sample. Besides slugs: site, pdf, epub, shared" in " ".join(
        said.replace("│", " ").split()
    )
    assert not (project / "build").exists()


def test_the_epub_belongs_to_no_brief(brief: RunBrief) -> None:
    code, said = brief("build", "--only", "sample", "--only", "epub")
    assert code == 2
    assert "the EPUB holds all briefs" in said


def test_no_brief_is_called_like_a_product(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("One paragraph of words.\n\nAnother paragraph of words.\n", "utf-8")
    guide = (ROOT / "docs/contributing/parts.md").read_text("utf-8")
    assert set(RESERVED) == {"site", "pdf", "epub", "shared", "work", "doctrees", "html", "out"}
    for name in RESERVED:
        assert f"`{name}`" in guide
        code, said = brief("new", "brief", str(text), "--title", "T", "--date", "2020", "--slug", name)
        assert code == 2
        assert f"‘{name}’ means something else" in said
    shutil.copytree(project / "docs/briefs/sample", project / "docs/briefs/pdf")
    code, said = brief("build", "--only", "sample")
    assert (code, said) == (1, "brief: docs/briefs/pdf: ‘pdf’ means something else; rename the folder")


def test_indexes_are_joined_in_the_order_of_the_edition() -> None:
    def index(*paths: str) -> str:
        return json.dumps({"name": "x", "resources": [{"path": path} for path in paths]})

    texts = [index("b/1", "b/0"), index("context", "feed"), index("a-2/1", "a/1")]
    joined = json.loads(join_indexes(texts, ["a-2", "a", "b"]))
    assert [found["path"] for found in joined["resources"]] == ["context", "feed", "a-2/1", "a/1", "b/1", "b/0"]
