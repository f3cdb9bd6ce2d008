"""In a text browser, which knows neither style sheets nor scripts: everything is there, in the order of reading."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Built, need

BRIEF = "briefs/reaffirming-balance/index.html"


def squeeze(text: str) -> str:
    """*text* without white space and quotation marks, which a text browser sets as it likes."""
    return re.sub(r"[\s\"«»]+", "", text)


@pytest.fixture(scope="module")
def read(real: Built) -> dict[str, str]:
    """The pages as Lynx prints them, squeezed."""
    lynx = need(shutil.which("lynx"), "Lynx")
    argv: list[str | Path] = [lynx, "-dump", "-nolist", "-width=200", "-display_charset=utf-8", "-assume_charset=utf-8"]
    return {
        name: squeeze(subprocess.run([*argv, real.out / name], check=True, capture_output=True, text=True).stdout)
        for name in (BRIEF, "index.html", "claims.html", "timeline.html", "glossary.html", "sources.html")
    }


def positions(text: str, parts: list[str]) -> list[int]:
    """Where each of *parts* begins in *text*, each sought after the one before; -1 where it is not."""
    found, at = [], 0
    for part in parts:
        at = text.find(squeeze(part), at)
        found.append(at)
        at = max(at, 0)
    return found


def test_the_brief_is_read_paragraph_by_paragraph_each_with_its_notes(real: Built, read: dict[str, str]) -> None:
    corpus = real.corpus
    parts = [
        part
        for paragraph in corpus.paragraphs
        for note in (note for note in corpus.annotations if note.paragraph == paragraph)
        for part in (f"{note.number} {note.verdict.symbol} {note.verdict} {note.headline}", note.claim)
    ]
    assert len(parts) == 2 * len(corpus.annotations)
    assert -1 not in positions(read[BRIEF], parts)
    assert read[BRIEF].index("Thearticleopensbygranting") < read[BRIEF].index(squeeze(parts[8]))


def test_the_other_pages_hold_all_their_records(real: Built, read: dict[str, str]) -> None:
    corpus = real.corpus
    for name, wanted in (
        ("claims.html", [note.headline for note in corpus.annotations]),
        ("timeline.html", [event.text for event in corpus.events]),
        ("glossary.html", [term.text for term in corpus.terms]),
        ("sources.html", [source.label for source in corpus.sources]),
    ):
        assert [text for text in wanted if squeeze(text) not in read[name]] == [], name
    assert f"{len(corpus.annotations)}notes:" in read["index.html"]
