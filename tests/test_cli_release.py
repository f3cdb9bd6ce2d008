"""`brief freeze VERSION`: what a release changed is recorded, told on the page, and never twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.exports.write import write_text
from annotated_brief.model.states import Change, Release, State, What
from annotated_brief.reading.releases import (
    load_releases,
    load_state,
    to_changes_json,
    to_state_json,
)
from conftest import RunBrief
from exports.corpora import TEXTS
from test_cli_review import GLOSSARY, INDEX, change

CHANGES = "docs/data/changes.json"
STATE = "docs/data/state.json"


def freeze(brief: RunBrief, version: str, on: str) -> str:
    code, output = brief("freeze", version, "--on", on)
    assert code == 0, output
    return output


def test_a_release_records_what_it_changed(brief: RunBrief, project: Path) -> None:
    freeze(brief, "0.1.0", "2026-11-01")
    (first,) = load_releases(project / CHANGES)
    assert (first.version, first.on, first.changes) == ("0.1.0", "2026-11-01", ())
    assert dict(first.counts)["annotation"] == 3
    change(project, INDEX, ":verdict: unverified", ":verdict: corroborated")
    change(project, GLOSSARY, "The body that ran the harbour.", "The body that owned the harbour.")
    change(project, "docs/timeline.md", ":::{event} quay-opened", ":::{event} quay-inaugurated")
    write_text(project / "docs/data/withdrawn.yml", "quay-opened:\n  date: 2026-11-24\n  why: renamed\n")
    before = (project / CHANGES).read_text("utf-8").splitlines()
    output = freeze(brief, "0.2.0", "2026-12-01")
    assert "0.2.0 of 2026-12-01: 1 verdict, 1 withdrawn, 1 added, 1 changed" in output
    _, second = load_releases(project / CHANGES)
    assert [(found.what, found.kind, found.id, found.was, found.now) for found in second.changes] == [
        (What.VERDICT, "annotation", "trade-doubled", "unverified", "corroborated"),
        (What.WITHDRAWN, "event", "quay-opened", "", ""),
        (What.ADDED, "event", "quay-inaugurated", "", ""),
        (What.CHANGED, "term", "port-board", "", ""),
    ]
    assert second.changes[1].why == "renamed"
    assert second.changes[3].fields == ("text",)
    after = (project / CHANGES).read_text("utf-8").splitlines()
    assert after[: len(before) - 2] == before[:-2], "what is recorded stays as it is, a line an entry"
    assert len(after) == len(before) + 5


def test_a_release_is_not_recorded_twice(brief: RunBrief, project: Path) -> None:
    freeze(brief, "0.1.0", "2026-11-01")
    kept = [(project / name).read_bytes() for name in (CHANGES, STATE)]
    assert brief("freeze", "0.1.0")[0] == 0, "nothing has changed, and nothing is"
    assert [(project / name).read_bytes() for name in (CHANGES, STATE)] == kept
    change(project, INDEX, ":verdict: unverified", ":verdict: corroborated")
    code, output = brief("freeze", "0.1.0")
    assert (code, "0.1.0 is a release already, and differs in 1 records" in output) == (1, True)
    code, output = brief("freeze", "0.2.0", "--on", "2026-10-31")
    assert (code, "before the last release, 0.1.0 of 2026-11-01" in output) == (1, True)
    assert brief("freeze")[0] == 0, "without a version the ids alone are promised"
    assert [(project / name).read_bytes() for name in (CHANGES, STATE)] == kept


@pytest.mark.parametrize("version", ["1 0", "../1", "v/1", "ä"])
def test_a_version_can_stand_in_an_address(brief: RunBrief, project: Path, version: str) -> None:
    assert brief("freeze", version)[0] == 2
    assert not (project / "docs/data").exists()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (CHANGES, '{"0.1.0": ', "changes.json: it is no JSON (line 1"),
        (STATE, '{"event x": {}}', "state.json: the state of ‘event x’"),
        (STATE, None, "state.json: it does not belong to changes.json"),
    ],
)
def test_nothing_is_recorded_over_a_broken_record(
    brief: RunBrief, project: Path, name: str, text: str | None, message: str
) -> None:
    freeze(brief, "0.1.0", "2026-11-01")
    if text is None:
        (project / name).unlink()
    else:
        write_text(project / name, text)
    before = {path.name: path.read_bytes() for path in (project / "docs/data").iterdir()}
    code, output = brief("freeze", "0.2.0")
    assert (code, message in output, "restore it from the last commit" in output) == (1, True, True), output
    assert {path.name: path.read_bytes() for path in (project / "docs/data").iterdir()} == before


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_survives_the_records(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("data")
    states = tuple(
        State(kind="event", id=f"e{place}", label=text, title=text, hash="0", prints=(("text", text),))
        for place, text in enumerate(texts)
    )
    changes = tuple(
        Change(what=What.CHANGED, kind="event", id=f"e{place}", title=text, why=text, fields=("text",))
        for place, text in enumerate(texts)
    )
    releases = (Release(version="1", on="2026-01-01", counts=(("event", 1),), changes=changes),)
    write_text(folder / "s.json", to_state_json(states))
    write_text(folder / "c.json", to_changes_json(releases))
    assert load_state(folder / "s.json") == states
    assert load_releases(folder / "c.json") == releases
    assert len((folder / "c.json").read_bytes().split(b"\n")) == len(texts) + 4
    assert json.loads((folder / "s.json").read_text("utf-8"))
