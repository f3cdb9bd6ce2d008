"""The benchmarks: the same seed gives the same edition, which builds, and the page shows what was measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import parts
from conftest import ROOT, run_sphinx
from faults.report import TABLES as FAULTS
from figures import RESULTS, TABLES, line, to_tables
from generate import WRITERS, main, write_edition
from synthetic import CITATIONS, LINKS, NOTES, PARAGRAPHS, cited_in, make_edition


@pytest.mark.parametrize("tool", WRITERS)
def test_the_same_seed_gives_the_same_files(tool: str) -> None:
    assert WRITERS[tool](make_edition(2)) == WRITERS[tool](make_edition(2))
    assert WRITERS[tool](make_edition(2)) != WRITERS[tool](make_edition(2, seed=18))


def test_a_larger_edition_begins_as_a_smaller_one() -> None:
    assert make_edition(2).briefs[:1] == make_edition(1).briefs


def test_what_a_brief_holds() -> None:
    (brief,) = make_edition(1).briefs
    notes = [note for paragraph in brief.paragraphs for note in paragraph.notes]
    assert len(brief.paragraphs) == PARAGRAPHS
    assert len({note.id for note in notes}) == NOTES
    assert sum(len(paragraph.cards) for paragraph in brief.paragraphs) == LINKS
    assert sum(bool(cited_in(place, note)) for place, note in enumerate(brief.notes)) == CITATIONS
    assert {key for note in notes for key in note.evidence} == {source.key for source in make_edition(1).sources}


def test_the_edition_builds_without_a_finding(tmp_path: Path) -> None:
    write_edition("ours", 1, tmp_path)
    built = run_sphinx(tmp_path)
    assert built.warnings.read_text("utf-8") == ""
    assert built.found() == []
    assert [len(getattr(built.corpus, part)) for part in ("paragraphs", "annotations", "sources", "terms")] == [
        PARAGRAPHS,
        NOTES,
        CITATIONS,
        LINKS,
    ]


def test_wrong_usage_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["quarto", "1", "folder"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_page_shows_the_results() -> None:
    assert TABLES.read_text("utf-8") == to_tables(json.loads(RESULTS.read_text("utf-8")))
    page = (ROOT / "docs" / "contributing" / "performance.md").read_text("utf-8")
    included = re.findall(r"^:::+\{include\} (\S+)$", page, re.MULTILINE)
    assert [(ROOT / "docs" / "contributing" / path).resolve() for path in included] == [TABLES, FAULTS, parts.TABLES]
    measured = json.loads(parts.RESULTS.read_text("utf-8"))
    assert parts.TABLES.read_text("utf-8") == parts.to_tables(measured)
    assert [run["same"] for run in measured["runs"]] == [True] * len(measured["runs"])


def test_the_line_through_points() -> None:
    assert line([(1, 3.0), (2, 5.0), (4, 9.0)]) == pytest.approx((1.0, 2.0, 1.0))
