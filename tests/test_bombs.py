"""Small files that would take all memory or all time: each is read or refused within bounds that no fair file comes near.

The bounds are those of the system: a process that wants more memory is refused it, one that computes for too long ends.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from conftest import HERE

MEMORY = 1_500_000_000  # bytes of addresses; what is loaded takes half of that
SECONDS = 60  # of the processor; the slowest takes a few, and what grows with the square takes minutes
DEEP = 200_000
LAUGHS = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
RUN = """
import json, os, resource, sys
from pathlib import Path
from sphinx.application import Sphinx
from annotated_brief.model.dates import DateError, parse_edtf
from annotated_brief.reading import data, releases
from annotated_brief.reading.copies import CopyError, read_copy
from annotated_brief.reading.data_files import DataError
from annotated_brief.reading.domain import brief_domain
from annotated_brief.reading.extract import extract
from annotated_brief.reading.hypothesis import HypothesisError, load_hypothesis
from annotated_brief.reading.issue import IssueError, read_issue
from annotated_brief.reading.lights import LightsError, load_lights
from annotated_brief.reading.sources import BibliographyError, load_sources, parse_bibliography
from annotated_brief.reading.work import WorkError, load_work

REFUSALS = CopyError, DataError, HypothesisError, IssueError, LightsError, BibliographyError, WorkError, DateError

def build(path):
    docs, out = path.parent, path.parent.parent / "out"
    app = Sphinx(docs, docs, out, out, "dummy", status=None, warning=None)
    app.build()
    brief_domain(app.env).diagnostics()

def read(path, code):
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
    try:
        eval(code)
    except REFUSALS as error:
        return str(error)
    return ""

for name, code, place in json.load(sys.stdin):
    out, into = os.pipe()
    child = os.fork()
    if not child:
        try:
            said = read(Path(place), code)
        except BaseException as error:
            said = f"raised {{type(error).__name__}}: {{error}}"
        os.write(into, said[:2000].encode("utf-8", "replace"))
        os._exit(0)
    os.close(into)
    with open(out, "rb") as stream:
        said = stream.read().decode()
    _, status = os.waitpid(child, 0)
    print(json.dumps([name, status, said]), flush=True)
"""
WORK = "load_work(path, 'x')"
WITHDRAWN = "data.load_withdrawn(path, 'x')"
BIB = "load_sources(parse_bibliography(path), path, 'x')"
COPY, EXTRACT = "read_copy(path)", "extract(path)"
HYPOTHESIS, ISSUE, LIGHTS = "load_hypothesis(path)", "read_issue(path.read_text('utf-8'))", "load_lights(path)"
BOMBS: dict[str, tuple[str, str, str]] = {  # what is read, from which file, holding what
    "aliases in a work lock": (WORK, "work.yml", f"{LAUGHS}title: *a11\n"),
    "aliases in a tombstone": (WITHDRAWN, "withdrawn.yml", f"{LAUGHS}quay:\n  date: 2026-01-01\n  why: *a11\n"),
    "deep YAML": (WORK, "work.yml", "[" * DEEP),
    "deep lists in YAML": (WITHDRAWN, "withdrawn.yml", "- " * DEEP),
    "deep mappings in YAML": (WITHDRAWN, "withdrawn.yml", "{a: " * DEEP),
    "a number in YAML": (WORK, "work.yml", f"paragraphs: {'9' * 1_000_000}\n"),
    "numbers to the base of sixty": (WORK, "work.yml", f"paragraphs: 1{':59' * 20_000}\n"),
    "deep JSON": (HYPOTHESIS, "h.json", "[" * DEEP),
    "deep objects in JSON": (LIGHTS, "links.json", '{"links":' * DEEP),
    "a number in JSON": (HYPOTHESIS, "h.json", f'{{"rows": {"9" * 1_000_000}}}'),
    "an issue of headings": (ISSUE, "issue", "### Words\n" * 90_000),
    "an issue of blanks": (ISSUE, "issue", "### Words\n\nx\n### Note\n\nx\n### Credit\n\n" + "a " * 200_000 + "<a@b"),
    "an issue that is too long": (ISSUE, "issue", "x" * 2_000_000),
    "braces in BibTeX": (BIB, "refs.bib", f"@book{{a, title = {{{'{' * DEEP}{'}' * DEEP}}}}}\n"),
    "braces that stay open": (BIB, "refs.bib", f"@book{{a, title = {{{'{' * DEEP}\n"),
    "commands in BibTeX": (BIB, "refs.bib", "@book{a, title = {" + "\\textbf{" * 5000 + "}" * 5000 + "}}\n"),
    "accents in BibTeX": (BIB, "refs.bib", "@book{a, title = {" + "\\'" * DEEP + "}}\n"),
    "authors": (BIB, "refs.bib", "@book{a, author = {" + " and ".join(["A, B"] * 20_000) + "}}\n"),
    "an author of many names": (BIB, "refs.bib", "@book{a, author = {" + "A b " * 50_000 + "}}\n"),
    "entries": (BIB, "refs.bib", "".join(f"@book{{a{n}, title = {{x}}, year = {{1902}}}}\n" for n in range(10_000))),
    "one key": (BIB, "refs.bib", "@book{a, title = {x}}\n" * 5_000),
    "deep HTML": (COPY, "copy.html", "<html>" + "<div>" * DEEP + "words"),
    "tables in tables": (COPY, "copy.html", "<html>" + "<table><tr><td>" * 20_000 + "words"),
    "comments": (EXTRACT, "copy.txt", "<!-- -->" * DEEP + "words"),
    "deep HTML to take apart": (EXTRACT, "copy.html", "<html><body><article>" + "<div><p>words of the text" * 20_000),
    "quotations in quotations": (COPY, "copy.md", "> " * DEEP + "words"),
    "brackets in Markdown": (EXTRACT, "copy.md", "[" * 50_000 + "words"),
    "stars in Markdown": (EXTRACT, "copy.md", "*a **a " * 20_000),
    "ticks in Markdown": (EXTRACT, "copy.md", " ".join("`" * n for n in range(1, 600))),
    "tables in Markdown": (EXTRACT, "copy.md", "|a" * 10_000 + "\n" + "|-" * 10_000 + "\n" + "|b" * 10_000 + "\n"),
    "a date": ("parse_edtf(path.read_text('utf-8'))", "date", "9" * 5_000_000),
    "slashes in a date": ("parse_edtf(path.read_text('utf-8'))", "date", "/" * 5_000_000),
}  # fmt: skip


PAGES = {
    "aliases in front matter": f"---\n{LAUGHS}---\n# Extra\n",
    "quotations in a page": "# Extra\n\n" + "> " * 2000 + "words\n",
    "brackets in a page": "# Extra\n\n" + "[" * 20_000 + "\n",
    "fences in a page": "# Extra\n\n" + "".join(":" * n + "{note}\n" for n in range(83, 3, -1)),
    "a paragraph of marks": "# Extra\n\n{#p1}\n" + "{mark}`a <b>` " * 1000 + "\n",
    "names of terms": "# Extra\n\n" + "Board of the Port and the Port Board. " * 5000 + "\n",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """How each ended, and what it said: each in a process of its own, all copies of one that has loaded what they need."""
    asked = []
    for name, (read, file, text) in BOMBS.items():
        place = tmp_path_factory.mktemp("bomb") / file
        place.write_text(text, "utf-8")
        asked.append((name, read, str(place)))
    for name, text in PAGES.items():
        project = tmp_path_factory.mktemp("bomb") / "project"
        shutil.copytree(HERE / "roots" / "base", project)
        (project / "docs/extra.md").write_text(text, "utf-8")
        asked.append((name, "build(path)", str(project / "docs/extra.md")))
    code = RUN.format(memory=MEMORY, seconds=SECONDS)
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return {name: (status, said) for name, status, said in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", [*BOMBS, *PAGES])
def test_no_file_takes_all_there_is(outcomes: dict[str, tuple[int, str]], name: str) -> None:
    status, said = outcomes[name]
    assert status == 0, "a bound of the system was reached"
    assert not said.startswith("raised"), said
    assert len(said.splitlines()) <= 1
    assert len(said) < 1000
