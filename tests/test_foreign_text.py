"""Text that nobody here wrote: the examples of CommonMark, and what every installed package says of itself.

It is taken from where it is installed, and read with our extension and without: what our markup does not touch stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

import pytest
from docutils import nodes
from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from annotated_brief.model.address import is_link, is_web_address
from conftest import HERE, need

SHARED = 'project = "Foreign"\nmyst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]\nhtml_use_index = False\n'
OURS = 'extensions = ["annotated_brief"]\nprimary_domain = "brief"\nhtml_theme = "annotated-brief"\nbrief_records = False\n'
OURS += "bibtex_bibfiles = []\n"
ALONE = 'extensions = ["myst_parser"]\nhtml_theme = "basic"\n'
DISTURBED = {"<br />", "\\\\"}  # raw nodes that MyST itself writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a text: its doctree, the words of its page, the error that ended it, and whether something acts in it."""

    tree: str = ""
    words: str = ""
    error: str = ""
    acts: bool = False


def commonmark() -> dict[str, str]:
    """The examples of the specification, by number."""
    spec = need(HERE / "browser" / "node_modules" / "commonmark-spec" / "spec.txt", "npm package commonmark-spec")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", spec.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return {f"example-{number}.md": text.replace("→", "\t") for number, text in enumerate(found, 1)}


def descriptions() -> dict[str, str]:
    """What each installed package says of itself in Markdown, chapter by chapter: badges stand in the first alone."""
    found = {}
    for package in distributions():
        kind = (package.metadata["Description-Content-Type"] or "").partition(";")[0]
        text = package.metadata.get_payload()  # type: ignore[attr-defined]
        if kind == "text/markdown" and isinstance(text, str):
            for number, chapter in enumerate(re.split(r"^(?=## )", text, flags=re.MULTILINE)):
                found[f"{package.metadata['Name'].lower()}-{number}.md"] = chapter
    return found


def read(folder: Path, conf: str, texts: dict[str, str]) -> Iterator[tuple[str, Reading]]:
    """Read each of *texts* as a page of a project with the settings *conf*."""
    folder.mkdir()
    (folder / "conf.py").write_text(conf + SHARED, "utf-8")
    (folder / "index.md").write_text("# Foreign\n", "utf-8")
    with patch_docutils(folder), docutils_namespace():
        app = Sphinx(folder, folder, folder / "out", folder / "trees", "html", status=None, warning=None)
        app.build()
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
            yield name, read_one(app, name)
            (folder / name).unlink()


def read_one(app: Sphinx, name: str) -> Reading:
    """Read the page *name*, and write it."""
    docname = name.rpartition(".")[0]
    app.env.project.discover()
    try:
        app.builder.read_doc(docname)
        tree = app.env.get_doctree(docname)
        acts = any(map(is_active, tree.findall()))
        shown = "".join(child.pformat() for child in tree.children).replace(str(app.srcdir), "")
        app.env.apply_post_transforms(tree, docname)
        app.builder.secnumbers = {}  # type: ignore[attr-defined]
        app.builder.fignumbers = {}  # type: ignore[attr-defined]
        body = app.builder.render_partial(tree)["fragment"]  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001  (the same must happen without us)
        return Reading(error=type(error).__name__)
    words = " ".join(html.fromstring(f"<div>{body}</div>").text_content().split())
    return Reading(tree=shown, words=words, acts=acts)


def is_active(node: nodes.Node) -> bool:
    """Whether *node* is one that we take out."""
    if isinstance(node, nodes.raw):
        return node.astext().strip() not in DISTURBED
    if isinstance(node, nodes.reference):
        return not is_link(node.get("refuri", ""))
    return isinstance(node, nodes.image) and is_web_address(node["uri"])


@pytest.mark.slow
@pytest.mark.parametrize(("texts", "least"), [(commonmark, 650), (descriptions, 300)])
def test_foreign_text_reads_with_us_as_without(tmp_path: Path, texts: Callable[[], dict[str, str]], least: int) -> None:
    found = texts()
    assert len(found) >= least
    alone = dict(read(tmp_path / "alone", ALONE, found))
    ours = dict(read(tmp_path / "ours", OURS, found))
    active = {name for name, reading in alone.items() if reading.acts}
    ended = {name: reading.error for name, reading in alone.items() if reading.error}
    assert len(ended) < len(found) / 50, f"what is never read is not compared: {ended}"
    assert len(active) < len(found) / 2
    other = [name for name in found if name not in active and ours[name] != alone[name]]
    assert other == [], f"{other[0]}: {ours[other[0]]} is not {alone[other[0]]}"
    assert not [name for name, reading in ours.items() if reading.acts]
    assert {name: reading.error for name, reading in ours.items()} == {
        name: reading.error for name, reading in alone.items()
    }
