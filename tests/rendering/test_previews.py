"""Previews stand beside links to records of ours, show no more than a beginning, and nothing else."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from annotated_brief.exports.write import write_text
from conftest import Build, Built

PAGE = "docs/extra.md"
EXTRA = "---\norphan: true\n---\n# Extra\n\n"


def previews(built: Built) -> list[str]:
    soup = BeautifulSoup(built.page("extra.html"), "html.parser")
    return [" ".join(found.get_text(" ").split()) for found in soup.select("[popover]")]


def test_a_link_to_a_record_has_one_and_a_link_to_another_site_has_none(build: Build) -> None:
    ours = build({PAGE: f"{EXTRA}{{term}}`Board <port-board>`\n"})
    (text,) = previews(ours)
    assert text.startswith("Board of the Port (Port Board)")
    theirs = build({PAGE: f"{EXTRA}[board](https://example.org/glossary.html#port-board)\n"})
    assert previews(theirs) == []


def test_a_text_without_blanks_is_cut(build: Build, project: Path) -> None:
    timeline = project / "docs/timeline.md"
    event = ":::{event} long\n:date: 1903\n:actors: town\n:sources: ledger1902\n\n" + "港" * 400 + "\n:::\n"
    write_text(timeline, f"{timeline.read_text('utf-8')}\n{event}")
    (text,) = previews(build({PAGE: f"{EXTRA}{{event}}`long`\n"}))
    assert text.endswith("港 …")
    assert text.count("港") < 180
