"""How long the PDF takes once everything is read: of a sample of the usual size, as a ratio to all before.

The sample: 12 paragraphs, 25 notes, 15 cards, 20 sources, Russian and Kazakh among them. Run it with
``.venv/bin/python scripts/benchmarks/print.py``; it fails where the ratio of the medians is above 0.4.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOT = Path(__file__).resolve().parent.parent.parent
PARAGRAPHS, NOTES, CARDS, SOURCES, ROUNDS = 12, 25, 15, 20, 5
LARGEST = 0.4
WORDS = (
    "The writer says that the harbour was open to ships of every flag, and that the town had paid for it in full. " * 4
)
CONF = """\
project = "Sample"
author = copyright = "Nobody"
extensions = ["annotated_brief"]
primary_domain = "brief"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
bibtex_bibfiles = ["../refs.bib"]
bibtex_default_style = bibtex_reference_style = "brief"
bibtex_cite_id = "source-{key}"
bibtex_tooltips = False
brief_records = False
"""


def note(number: int) -> str:
    """Return one note."""
    source = f"source{number % SOURCES}"
    return (
        f":::{{annotation}} note-{number}\n:headline: What the papers say, part {number}\n:claim: {WORDS[:90]}\n"
        f":source-words: part {number} of it\n:verdict: clarified\n:evidence: {source}, p. 2\n:as-of: 1901-05-04\n"
        f":checked: 2026-11-23\n\n{WORDS} See {{term}}`card {number % CARDS} <card-{number % CARDS}>` and "
        f"{{annotation}}`note-{(number + 7) % NOTES}`; «{{quote}}`открыт <{source}; ru>`».\n:::\n"
    )


def files() -> dict[str, str]:
    """Return the files of the sample by path."""
    parts = []
    for paragraph in range(PARAGRAPHS):
        numbers = range(paragraph, NOTES, PARAGRAPHS)
        marks = "; ".join(f"{{mark}}`the point {number} <note-{number}>`" for number in numbers)
        parts += [f"{{#p{paragraph + 1}}}\n{WORDS} {marks}.\n", *map(note, numbers)]
    cards = [
        f":::{{term}} card-{number}\n:name: Card {number}\n:kind: body\n:name-ru: Карточка {number}\n:name-kk: Қала {number}\n"
        f":sources: source{number % SOURCES}\n\n{WORDS[:200]}\n:::\n"
        for number in range(CARDS)
    ]
    sources = [
        f"@book{{source{number}, title = {{Book {number}}}, author = {{Name{number}, A.}}, year = {{19{number:02}}}, "
        f"date = {{19{number:02}}}, publisher = {{Press}}, url = {{https://example.org/books/{number}}}, langid = {{en}}, "
        "x-grade = {primary}, x-country = {GB}, x-owner = {state}, x-seen = {no}}\n"
        for number in range(SOURCES)
    ]
    contents = "# Sample\n\n```{toctree}\nbrief\nglossary\nsources\n```\n"
    return {
        "docs/conf.py": CONF,
        "docs/index.md": contents,
        "docs/brief.md": "# The harbour\n\n" + "\n".join(parts),
        "docs/glossary.md": "# Glossary\n\n" + "\n".join(cards),
        "docs/sources.md": "# Sources\n\n```{bibliography}\n:all:\n```\n",
        "refs.bib": "".join(sources),
    }


def take_times(project: Path) -> tuple[float, float]:
    """Return how long it takes to start and read, and to write: the processor's time, whatever else the machine does."""
    docs = str(project / "docs")
    with patch_docutils(docs), docutils_namespace(), Path(os.devnull).open("w", encoding="utf-8") as sink:
        out, trees = str(project / "out"), str(project / "trees")
        app = Sphinx(docs, docs, out, trees, "brief-pdf", status=None, warning=sink, freshenv=True)
        app.builder.read()
        read = time.process_time()
        app.builder.write_documents(set(app.env.all_docs))
        return read, time.process_time() - read


def in_another(project: Path) -> tuple[float, float]:
    """Return the same from a process of its own: Typst remembers in one what it has laid out before."""
    done = subprocess.run([sys.executable, __file__, str(project)], capture_output=True, text=True, check=True)
    read, written = map(float, done.stdout.split())
    return read, written


def main() -> None:
    """Take several turns."""
    with tempfile.TemporaryDirectory() as name:
        for path, text in files().items():
            file = Path(name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        times = [in_another(Path(name)) for _ in range(ROUNDS)]
        with pikepdf.open(Path(name, "out", "reaffirming-balance.pdf")) as pdf:
            pages = len(pdf.pages)
    read, written = (statistics.median(taken) for taken in zip(*times, strict=True))
    ratio = written / read
    sys.stdout.write(
        f"{pages} pages and the summary {written:.2f} s, starting and reading {read:.2f} s: ratio {ratio:.2f}\n"
    )
    sys.exit(ratio > LARGEST)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write("{} {}\n".format(*take_times(Path(sys.argv[1]))))
    else:
        main()
