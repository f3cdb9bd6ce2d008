"""`brief build` puts what is no page beside the pages, and they link to it; a build of the site alone has no such links."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from bs4 import BeautifulSoup
from pypdf import PdfReader

from annotated_brief.exports.write import write_text
from conftest import RunBrief


def links_beside(page: Path) -> dict[str, Path]:
    """The files that the foot of *page* links to, by name."""
    foot = BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("footer")
    assert foot is not None
    paths = [(page.parent / str(link["href"])).resolve() for link in foot.find_all("a") if "//" not in link["href"]]
    return {path.name: path for path in paths if path.suffix in {".pdf", ".epub"}}


def test_the_pages_link_to_what_stands_beside_them(brief: RunBrief, project: Path) -> None:
    assert brief("build", "--only", "site", "--only", "pdf")[0] == 0
    for page in ("index.html", "briefs/sample/index.html"):
        found = links_beside(project / "build/html" / page)
        assert found.keys() == {"reaffirming-balance.pdf", "summary.pdf"}
        for name, path in found.items():
            made = project / "build/pdf" / name
            assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(made.read_bytes()).digest()


def test_a_site_alone_links_to_nothing_that_is_not_there(brief: RunBrief, project: Path) -> None:
    assert brief("build", "--only", "site")[0] == 0
    assert links_beside(project / "build/html/index.html") == {}


def test_the_colophon_names_the_commit_where_there_is_one(brief: RunBrief, project: Path) -> None:
    def last_page() -> str:
        assert brief("build", "--only", "pdf")[0] == 0
        text = PdfReader(project / "build/pdf/reaffirming-balance.pdf").pages[-1].extract_text()
        return " ".join(text.split())

    assert "commit" not in last_page()
    git = ["git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--no-verify", "-m", "Begin"]):
        subprocess.run([*git, *arguments], cwd=project, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, check=True, capture_output=True, text=True).stdout
    assert f"commit {head.strip()}" in last_page()
    write_text(project / "docs/more.md", "---\norphan: true\n---\n# More\n")
    assert f"commit {head.strip()}, with changes that are not committed" in last_page()
