"""The forms for issues: those that the page fills in have the parts that it knows and that `brief import issue` reads."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from annotated_brief.model.proposal import FORMS, RIGHTS
from annotated_brief.model.vocabulary import Verdict
from conftest import ROOT

FOLDER = ROOT / ".github/ISSUE_TEMPLATE"


def fields(name: str) -> list[dict[str, Any]]:
    body = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))["body"]
    return [part for part in body if part["type"] != "markdown"]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_the_parts_of_the_text_under_the_same_headings(name: str) -> None:
    assert {part["id"]: part["attributes"]["label"] for part in fields(name)} == FORMS[name]
    assert [part["id"] for part in fields(name)] == list(FORMS[name])
    assert fields(name)[-1]["attributes"]["options"] == [{"label": RIGHTS, "required": True}]


def test_the_form_of_a_note_offers_every_verdict() -> None:
    (verdict,) = [part for part in fields("note") if part["id"] == "verdict"]
    assert verdict["attributes"]["options"] == [str(found) for found in Verdict]


def test_there_is_a_form_for_each_thing_that_readers_report() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == {
        "note",
        "correction",
        "source",
        "term",
        "translation",
        "config",
    }
