"""`brief links`: the addresses of refs.bib are asked, the answers stand in a file and on the site."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from annotated_brief.exports.write import write_text
from annotated_brief.network.archive import NoArchive
from annotated_brief.network.client import open_client
from annotated_brief.network.limits import Limits
from conftest import RunBrief, run_sphinx
from local_web import NOWHERE, LocalNames, serve_sites

LINKS = sys.modules["annotated_brief.commands.links"]  # whose name the package gives to the function in it
RESULT = "docs/data/links.json"
TODAY = dt.datetime.now(dt.UTC).date().isoformat()


class Keeper(NoArchive):
    """Has a copy of everything."""

    def __init__(self, _: object) -> None: ...

    async def find(self, url: str) -> str:
        return "https://web.archive.org/web/2020/x"


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Let every host be this machine, and hosts be asked without pauses; gives the port of the sites."""
    local = partial(open_client, permit=lambda ip: ip == "127.0.0.1", resolver=LocalNames())
    monkeypatch.setattr(LINKS, "open_client", local)
    monkeypatch.setattr(LINKS, "Limits", partial(Limits, pause=0.0, back_off=0.0))
    with serve_sites() as number:
        yield number


def set_url(project: Path, key: str, url: str) -> None:
    path = project / "refs.bib"
    head, _, tail = path.read_text("utf-8").partition(f"{{{key},\n")
    kept = [line for line in tail.splitlines(keepends=True) if "example.org" not in line]
    write_text(path, f"{head}{{{key},\n  url = {{{url}}},\n{''.join(kept)}")


def read(project: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((project / RESULT).read_text("utf-8"))["links"]
    return found


def test_answers_are_written_and_shown(brief: RunBrief, project: Path, port: int) -> None:
    live = f"http://a.test:{port}/200"
    set_url(project, "gazette1901quay", live)
    set_url(project, "ledger1902", f"http://b.test:{port}/403")
    assert brief("links")[0] == 0
    assert {url.rpartition("/")[2]: found["light"] for url, found in read(project).items()} == {
        "200": "live",
        "403": "unknown",
    }
    assert read(project)[live] == {"light": "live", "checked": TODAY, "status": 200}
    assert not (project / ".tools" / "links.jsonl").exists()
    site = run_sphinx(project)
    assert f"asked {TODAY}" in site.page("sources.html")
    assert f"last asked on {TODAY}" in site.page("index.html")


def test_before_the_first_time_the_site_says_nothing_of_it(project: Path) -> None:
    site = run_sphinx(project)
    assert "last asked" not in site.page("index.html")
    assert "Address:" not in site.page("sources.html")


def test_an_address_that_is_gone_is_an_error_at_its_entry(brief: RunBrief, project: Path, port: int) -> None:
    set_url(project, "ledger1902", f"http://b.test:{port}/404")
    set_url(project, "gazette1901quay", f"http://{NOWHERE}:{port}/200")
    code, output = brief("links")
    assert code == 1
    assert "refs.bib:1: brief.link-gone" in output
    assert "‘ledger1902’" in output
    assert "asked: 2 gone" in output
    assert brief("check", "--only", "link-gone")[0] == 1


def test_a_copy_in_the_archive_turns_the_error_into_a_warning(
    brief: RunBrief, project: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LINKS, "Wayback", Keeper)
    set_url(project, "gazette1901quay", f"http://a.test:{port}/410")
    code, output = brief("links", "--archive")
    assert code == 0
    assert "warning" in output
    assert "a copy is at https://web.archive.org/web/2020/x" in output
    assert "brief.link-archived" in brief("check", "--only", "link-archived")[1]
    assert 'href="https://web.archive.org/web/2020/x"' in run_sphinx(project).page("sources.html")


def test_one_source_alone_leaves_the_others_as_they_were(brief: RunBrief, project: Path, port: int) -> None:
    set_url(project, "gazette1901quay", f"http://a.test:{port}/200")
    set_url(project, "ledger1902", f"http://b.test:{port}/200")
    assert brief("links")[0] == 0
    set_url_of_none = {**read(project), "https://left.example/": {"light": "live", "checked": TODAY, "status": 200}}
    write_text(project / RESULT, json.dumps({"links": set_url_of_none}))
    assert "asked: 1 live" in brief("links", "--only", "ledger1902")[1]
    assert sorted(url.split("/")[2] for url in read(project)) == [f"a.test:{port}", f"b.test:{port}"]
    assert brief("links", "--only", "nobody") == (1, "brief: ‘nobody’ is not in refs.bib")


def test_unknown_and_gone_are_shown_on_the_site(brief: RunBrief, project: Path, port: int) -> None:
    set_url(project, "gazette1901quay", f"http://a.test:{port}/403")
    set_url(project, "ledger1902", f"http://b.test:{port}/404")
    assert brief("links")[0] == 1
    page = BeautifulSoup(run_sphinx(project).page("sources.html"), "html.parser")
    shown = {str(found["id"]): " ".join(found.get_text().split()) for found in page.select("[id^=source-]")}
    assert f"unknown, asked {TODAY} (answers 403)" in shown["source-gazette1901quay"]
    assert f"gone, asked {TODAY} (answers 404)" in shown["source-ledger1902"]


def test_a_source_alone_whose_host_is_gone_is_gone(brief: RunBrief, project: Path, port: int) -> None:
    """The hosts of the other sources tell that there is a network."""
    set_url(project, "gazette1901quay", f"http://a.test:{port}/200")
    set_url(project, "ledger1902", f"http://{NOWHERE}:{port}/200")
    code, output = brief("links", "--only", "ledger1902")
    assert (code, "brief.link-gone" in output) == (1, True), output


def test_a_source_alone_leaves_an_interrupted_run_to_go_on(brief: RunBrief, project: Path, port: int) -> None:
    url = f"http://a.test:{port}/404"
    set_url(project, "gazette1901quay", url)
    set_url(project, "ledger1902", f"http://b.test:{port}/200")
    journal = project / ".tools" / "links.jsonl"
    write_text(journal, json.dumps({"url": url, "light": "live", "checked": TODAY, "status": 200}) + "\n")
    before = journal.read_bytes()
    assert brief("links", "--only", "ledger1902")[0] == 0
    assert journal.read_bytes() == before
    assert brief("links")[0] == 0
    assert read(project)[url]["light"] == "live", "as the interrupted run has found"


def test_what_was_gone_before_an_interrupt_is_looked_for_in_the_archive(
    brief: RunBrief, project: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LINKS, "Wayback", Keeper)
    url = f"http://a.test:{port}/404"
    set_url(project, "gazette1901quay", url)
    line = json.dumps({"url": url, "light": "gone", "checked": TODAY, "status": 404})
    write_text(project / ".tools" / "links.jsonl", line + "\n")
    assert brief("links", "--archive")[0] == 0
    assert read(project)[url]["light"] == "archived"


def test_a_network_that_is_lost_on_the_way_changes_nothing(
    brief: RunBrief, project: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_url(project, "gazette1901quay", f"http://a.test:{port}/200")
    set_url(project, "ledger1902", f"http://b.test:{port}/200")
    assert brief("links")[0] == 0
    before = (project / RESULT).read_bytes()

    async def lose(client: object, urls: object) -> None:
        """Find the network, and pull the plug."""
        monkeypatch.setattr(LocalNames, "lost", True)

    monkeypatch.setattr(LINKS, "require_network", lose)
    code, output = brief("links")
    assert (code, "no network: it was lost after 0 answers" in output) == (3, True), output
    assert (project / RESULT).read_bytes() == before


@pytest.mark.parametrize("url", ["http://[bad/", "http://a.test:99999/", "https://", "ftp://a.test/"])
def test_an_address_that_is_none_is_named_and_never_asked(brief: RunBrief, project: Path, port: int, url: str) -> None:
    set_url(project, "gazette1901quay", url)
    set_url(project, "ledger1902", f"http://b.test:{port}/200")
    code, output = brief("check", "--only", "bad-source")
    assert (code, f"the address ‘{url}’ is not one of the web" in output) == (1, True), output
    assert brief("links")[0] == 0
    assert list(read(project)) == [f"http://b.test:{port}/200"]


def test_offline_it_says_so_and_changes_nothing(brief: RunBrief, project: Path, port: int) -> None:
    set_url(project, "gazette1901quay", f"http://{NOWHERE}:{port}/200")
    before = '{"links": {}}'
    write_text(project / RESULT, before)
    set_url(project, "ledger1902", f"http://router.test:{port}/200")
    code, output = brief("links")
    assert (code, output) == (3, "brief: no network: none of 2 hosts can be reached; nothing was changed")
    assert (project / RESULT).read_text("utf-8") == before


@pytest.mark.parametrize("text", ["", "<<<<<<< HEAD", '{"links": []}'])
def test_a_broken_file_of_answers_is_refused_and_kept(brief: RunBrief, project: Path, port: int, text: str) -> None:
    write_text(project / RESULT, text)
    code, output = brief("links")
    assert code == 1
    assert output.startswith(f"brief: {RESULT}: it is not of the form")
    assert (project / RESULT).read_text("utf-8") == text


def test_a_broken_bibliography_is_refused(brief: RunBrief, project: Path, port: int) -> None:
    write_text(project / "refs.bib", "@article{a, title = {")
    code, output = brief("links")
    assert (code, output.count("\n")) == (1, 0)
    assert output.startswith("brief: refs.bib:")
