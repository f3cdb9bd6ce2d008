"""`brief links --inside`: dead links are found, inside the site and outside, and what was not asked is not called good."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotated_brief.commands.linkcheck import check_external, judge
from annotated_brief.commands.progress import Progress
from annotated_brief.commands.project import Project
from annotated_brief.commands.site_links import find_dead_links
from local_web import serve_sites

CONF = """
from sphinx.domains import Domain
from annotated_brief.model.corpus import Corpus

extensions = ["myst_parser"]
linkcheck_timeout = 1
linkcheck_retries = 1
linkcheck_rate_limit_timeout = 0.1

class Brief(Domain):
    name = "brief"
    def corpus(self):
        return Corpus()
    def merge_domaindata(self, *_):
        pass
    def resolve_any_xref(self, *_):
        return []

def setup(app):
    app.add_domain(Brief)
"""


@pytest.fixture
def host() -> Iterator[str]:
    with serve_sites() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def project(tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    names = ("200", "200#there", "200#gone", "301", "404", "429", "500", "503", "slow")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").write_text(CONF)
    (tmp_path / "docs" / "index.md").write_text("# Title\n\n" + "\n".join(f"<{host}/{name}>\n" for name in names))
    return Project(root=tmp_path)


def test_online_every_answer_is_what_it_is(project: Project, host: str) -> None:
    report = check_external(project, Progress(), online=True)
    dead = {finding.message.partition(": ")[0].removeprefix(f"{host}/"): finding for finding in report.findings}
    assert set(dead) == {"200#gone", "404", "429", "500", "slow"}
    assert dead["slow"].code == "links.timeout"
    assert dead["404"].code == "links.broken"
    assert dead["404"].path == "docs/index.md"
    assert dead["404"].line == 11
    assert report.counts == {
        "dead": 5,
        "answers": 2,
        "answers from another address": 1,
        "not checked: service unavailable": 1,
    }


def test_offline_nothing_is_asked_and_nothing_is_good(project: Project) -> None:
    report = check_external(project, Progress(), online=False)
    assert report.findings == ()
    assert report.counts == {"not checked: offline": 9}


def test_a_dead_address_of_a_source_is_reported_where_it_stands() -> None:
    result = {"uri": "https://a.example/x", "status": "broken", "info": "404", "filename": "sources.md", "lineno": 1}
    report = judge([result], {"https://a.example/x": ("refs.bib", 77)}, online=True)
    assert [(finding.path, finding.line) for finding in report.findings] == [("refs.bib", 77)]


def test_dead_links_inside_a_site(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "index.html").write_text('<a id="here" href="../index.html#top">up</a><img src="no.png">')
    (tmp_path / "index.html").write_text(
        '<p id="top"><a href="sub/#here">1</a> <a href="sub/#gone">2</a>\n<a href="none.html">3</a> <a href="#top">4</a>'
        '<a href="/sub/">5</a><a href="../x">6</a><a href="https://a.example/#x">7</a><a href="mailto:a@b">8</a>'
    )
    found = [(finding.path, finding.line, finding.message) for finding in find_dead_links(tmp_path, "site")]
    assert found == [
        ("site/index.html", 1, "sub/#gone: no such id on that page"),
        ("site/index.html", 2, "none.html: no such file"),
        ("site/index.html", 2, "/sub/: begins at the root of the host, where the site need not stand"),
        ("site/index.html", 2, "../x: leads out of the site"),
        ("site/sub/index.html", 1, "no.png: no such file"),
    ]
