"""The files as a whole: listed, named by every page, reproducible, explained."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from annotated_brief.exports.files import ExportedFile
from annotated_brief.exports.index import PATH, resources_of, to_index
from annotated_brief.exports.site import Site
from annotated_brief.exports.write import alternatives, exported_files
from annotated_brief.model.excerpt import excerpt
from conftest import ROOT, Build, Built
from exports.corpora import NASTY, SITE, edition
from exports.judges import ATOM, TEI_ALL, frictionless, jing, pandoc, tool

HOME = "reaffirming-balance"
TABLES = ("claims", "scorecard", "memberships", "timeline")


def listed(built: Built) -> dict[str, dict[str, object]]:
    index = json.loads((built.out / PATH).read_text("utf-8"))
    return {resource["path"]: resource for resource in index["resources"]}


def test_the_index_lists_every_file_as_it_is(real: Built) -> None:
    folder = real.out / "data"
    resources = listed(real)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(resources) == there - {"index.json"}
    for path, resource in resources.items():
        content = (folder / path).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["mediatype"]
        assert resource["licenses"]
    assert resources[f"{HOME}/claims.json"]["conformsTo"] == f"{HOME}/claims.schema.json"


def test_the_index_is_a_data_package(real: Built) -> None:
    frictionless(real.out / PATH)


def test_a_brief_of_a_set_names_its_own_files_and_other_pages_the_index(real: Built) -> None:
    first = real.corpus.briefs[0]
    second = replace(first, slug="second", docname="briefs/second/index")
    corpus = replace(real.corpus, briefs=(first, second))
    every = {file.path for file in exported_files(corpus, SITE) if file.linked}
    of_first, of_second = (
        {path for path in every if path.startswith(f"data/{slug}/")} for slug in (first.slug, "second")
    )
    assert of_first
    assert {file.path for file in alternatives(corpus, SITE, first.docname)} == every - of_second
    assert {file.path for file in alternatives(corpus, SITE, "glossary")} == every - of_first - of_second
    assert PATH in every - of_first - of_second


def test_all_pages_of_a_single_brief_name_its_files(real: Built) -> None:
    every = {file.path for file in exported_files(real.corpus, SITE) if file.linked}
    assert {file.path for file in alternatives(real.corpus, SITE, "glossary")} == every


def test_a_file_changed_behind_the_index_is_found(build: Build) -> None:
    built = build()
    frictionless(built.out / PATH)
    claims = built.out / "data/sample/claims.csv"
    claims.write_bytes(claims.read_bytes() + b"x\r\n")
    with pytest.raises(AssertionError, match="hash"):
        frictionless(built.out / PATH)


def test_a_package_of_any_text_is_sound(tmp_path: Path) -> None:
    for file in exported_files(edition([text for text in NASTY if "\x00" not in text]), SITE):
        path = tmp_path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    frictionless(tmp_path / PATH)


def test_a_file_outside_the_folder_is_listed_by_its_address() -> None:
    feed = ExportedFile(path="feed.atom", make=lambda: "x", media_type="application/atom+xml", title="Changes")
    assert [found["path"] for found in json.loads(to_index(resources_of([feed], SITE), SITE))["resources"]] == [
        "https://example.org/feed.atom"
    ]
    assert list(resources_of([feed], Site(name="An edition"))) == [], "an edition without an address has none for it"


def test_every_page_names_the_files(real: Built) -> None:
    resources = listed(real)
    wanted = {"claims.json", "sources.csl.json", "sources.bib", "sources.ris", "tei.xml", "terms.ttl", "timeline.ics"}
    for page in real.out.rglob("*.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        links = soup.select('head link[rel="alternate"]')
        paths = {}
        for link in links:
            target = (page.parent / str(link["href"])).resolve()
            assert target.is_file(), (page, link)
            paths[target.relative_to(real.out / "data").as_posix()] = link
        assert {f"{HOME}/{name}" for name in wanted} | {"index.json"} <= set(paths)
        for path, link in paths.items():
            if path != "index.json":
                assert (link["type"], link["title"]) == (resources[path]["mediatype"], resources[path]["title"])


def test_addresses_are_those_of_the_builder(build: Build, project: Path) -> None:
    conf = (project / "docs/conf.py").read_text("utf-8")
    built = build({"docs/conf.py": f'{conf}\nhtml_baseurl = "https://example.org/"\n'}, builder="dirhtml")
    item = json.loads(built.page("data/sample/notes/quay-date.csl.json"))[0]
    assert item["URL"] == "https://example.org/briefs/sample/#quay-date"
    pages = re.compile(r'"(https://example\.org/[^"#]*)(?:#[^"]*)?"')
    for name in ("annotations.jsonld", "schema.jsonld"):
        found = set(pages.findall(built.page(f"data/sample/{name}"))) - {"https://example.org/"}
        assert "https://example.org/briefs/sample/" in found
        for address in found - {"https://example.org/tale", "https://example.org/quay"}:
            path = built.out / address.removeprefix("https://example.org/")
            assert (path / "index.html").is_file() or path.is_file(), address
    head = BeautifulSoup(built.page("briefs/sample/index.html"), "html.parser").head
    assert head is not None
    assert head.select("meta[name=citation_public_url][content='https://example.org/briefs/sample/']")
    assert (built.out / "briefs/sample/index.html").is_file()


def test_the_page_on_the_data_explains_every_form(real: Built) -> None:
    source = (ROOT / "docs/data.md").read_text("utf-8")
    explained = {name.split("/")[-1] for name in re.findall(r"\{collect\} sample (\S+)", source)}
    forms = {Path(path).name for path, found in listed(real).items() if "about" not in found}
    explained |= set(re.findall(r"`(?:[a-z-]+/)?([a-z.]+)`", source))
    explained |= {
        f"{name}.{ending}" for name in TABLES for ending in ("json", "csv", "schema.json")
    }  # said of all four
    assert forms - explained == set()
    page = BeautifulSoup(real.page("data.html"), "html.parser")
    table = {link.get_text() for link in page.select("table a")}
    assert {path for path, found in listed(real).items() if "about" not in found} <= table


def test_samples_are_sound_by_themselves(real: Built, tmp_path: Path) -> None:
    source = (ROOT / "docs/data.md").read_text("utf-8")
    note = re.findall(r"\{collect\} sample tei\.xml (\S+)", source)[0]
    files = {Path(file.path).name: file for file in exported_files(excerpt(real.corpus, note), SITE)}
    assert list(pandoc(files["sources.bib"].content.decode(), "biblatex"))
    path = tmp_path / "tei.xml"
    path.write_bytes(files["tei.xml"].content)
    assert jing(path) == ""


def test_every_command_on_the_page_runs_and_is_content(real: Built, tmp_path: Path) -> None:
    source = (ROOT / "docs/data.md").read_text("utf-8")
    programs = {"pandoc", "check-jsonschema", "jing", "skosify", "icalendar", "python", "frictionless"}
    blocks = re.findall(r"^```none\n(.*?)\n```$", source, re.MULTILINE | re.DOTALL)
    commands = [block.split() for block in blocks if block.split()[0] in programs]
    assert {command[0] for command in commands} == programs
    folder = tmp_path / "data"
    for origin in (real.out / "data", real.out / "data" / HOME):
        shutil.copytree(origin, folder, dirs_exist_ok=True)
    for schema in (TEI_ALL, ATOM):
        shutil.copy(schema, folder)
    shutil.copy(real.out / "objects.inv", folder)
    for program, *arguments in commands:
        argv = [str(tool(program)), *arguments]
        done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (program, arguments, done.stdout[-2000:], done.stderr[-2000:])
        assert "WARNING" not in done.stderr, (program, arguments, done.stderr[-2000:])


@pytest.mark.parametrize(
    ("wanted", "complaint"),
    [
        ("sample tei.xml no-such-note", "no sample can be made: there is no note ‘no-such-note’"),
        ("sample no-such.file quay-date", "no sample can be made: there is no file ‘no-such.file’"),
        ("sample tei.xml quay-date many", "no sample can be made: ‘many’ is no number of lines"),
    ],
)
def test_a_sample_that_cannot_be_made_is_one_line(build: Build, wanted: str, complaint: str) -> None:
    built = build({"docs/extra.md": f"---\norphan: true\n---\n\n# Extra\n\n:::{{collect}} {wanted}\n:::\n"})
    (warning,) = built.warnings.read_text("utf-8").splitlines()
    assert complaint in warning
    assert "docs/extra.md:7" in warning
