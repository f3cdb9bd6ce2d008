"""The schemas, the code that reads the same files, and the snippets of the editor say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from annotated_brief.model.vocabulary import CardKind, Verdict
from annotated_brief.reading.roles import ROLES
from annotated_brief.reading.work import WorkError, load_work
from conftest import ROOT, Build

SCHEMAS = ROOT / "docs" / "_ext" / "annotated_brief" / "schemas"
WORK = Draft7Validator(json.loads((SCHEMAS / "work.schema.json").read_text("utf-8")))
FRONT = Draft7Validator(json.loads((SCHEMAS / "front-matter.schema.json").read_text("utf-8")))
LOCKS = sorted([*ROOT.glob("docs/briefs/*/work.yml"), *ROOT.glob("tests/roots/*/docs/briefs/*/work.yml")])
PAGES = sorted(path for path in ROOT.glob("docs/**/*.md") if path.read_text("utf-8").startswith("---\n"))
VSCODE = ROOT / ".vscode"
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({"title": None}, "‘title’ is missing"),
    "an empty title": ({"title": ""}, "‘title’ is missing"),
    "a list for a title": ({"title": ["a"]}, "‘title’ is no text"),
    "no number": ({"paragraphs": "many"}, "it must be their number"),
    "no paragraphs": ({"paragraphs": 0}, "it must be their number"),
    "truth for a number": ({"paragraphs": True}, "it must be their number"),
    "one address": ({"urls": "https://example.org/"}, "‘urls’ is no list"),
    "an exception that is none": ({"exceptions": [1]}, "‘exceptions’ is no text"),
    "an unknown key": ({"writer": "x"}, "there is no key ‘writer’; there are title, author"),
    "a lock that is none": ({"lock": 3}, "the part ‘lock’ is malformed"),
    "a lock without seals": ({"lock": {"salt": "", "regions": {}, "windows": ""}}, "the part ‘lock’ is malformed"),
    "a digest that is none": (
        {"lock": {"salt": "", "regions": {"p1": {"sha256": "x", "words": 1}}, "windows": "", "seals": {}}},
        "the part ‘lock’ is malformed",
    ),
}


def facts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "tests/roots/base/docs/briefs/sample/work.yml").read_text("utf-8"))
    return loaded


def test_the_schemas_are_schemas() -> None:
    for schema in (WORK, FRONT):
        Draft7Validator.check_schema(schema.schema)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.parent.name)
def test_real_work_locks_fit(path: Path) -> None:
    assert list(WORK.iter_errors(yaml.safe_load(path.read_text("utf-8")))) == []
    assert load_work(path, "x").paragraphs > 0


@pytest.mark.parametrize("case", BAD)
def test_what_the_schema_refuses_the_code_refuses_in_words(case: str, tmp_path: Path) -> None:
    change, said = BAD[case]
    data = {**facts(), **change}
    assert list(WORK.iter_errors(data)), "the schema refuses it"
    (tmp_path / "work.yml").write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(WorkError, match=re.escape(said)):
        load_work(tmp_path / "work.yml", "x")


@pytest.mark.parametrize("change", [{"issued": 1903}, {"author": ""}, {"urls": []}, {"lock": None}])
def test_what_the_schema_takes_the_code_takes(change: dict[str, Any], tmp_path: Path) -> None:
    data = {**facts(), **change}
    assert list(WORK.iter_errors(data)) == []
    (tmp_path / "work.yml").write_text(yaml.safe_dump(data), "utf-8")
    load_work(tmp_path / "work.yml", "x")


def test_a_day_without_quotation_marks_is_a_day(tmp_path: Path) -> None:
    text = yaml.safe_dump(facts()).replace("issued: '1903'", "issued: 2014-10-29")
    (tmp_path / "work.yml").write_text(text, "utf-8")
    assert load_work(tmp_path / "work.yml", "x").issued == "2014-10-29"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem if path.stem != "index" else path.parent.name)
def test_front_matter_fits_and_names_its_schema(path: Path) -> None:
    matter = path.read_text("utf-8").split("---\n")[1]
    assert list(FRONT.iter_errors(yaml.safe_load(matter))) == []
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", matter)
    assert named is not None
    assert (path.parent / named[1]).resolve() == (SCHEMAS / "front-matter.schema.json").resolve()


@pytest.mark.parametrize(
    "matter", [{"myst": {"html_meta": {"description": ""}}}, {"title": "x"}, {"myst": {"html_met": {}}}, {"orphan": 1}]
)
def test_front_matter_that_does_not_fit_is_refused(matter: dict[str, Any]) -> None:
    assert list(FRONT.iter_errors(matter))


@pytest.mark.parametrize("path", [path for path in LOCKS if path.is_relative_to(ROOT / "docs")])
def test_a_work_lock_names_its_schema(path: Path) -> None:
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
    assert named is not None
    assert (path.parent / named[1]).resolve() == (SCHEMAS / "work.schema.json").resolve()


def snippets() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads((VSCODE / "brief.code-snippets").read_text("utf-8"))
    return loaded


def expanded(body: str | list[str], given: dict[str, str]) -> str:
    """The text that a snippet leaves: *given* answers by the number of the place, else what it suggests."""
    text = body if isinstance(body, str) else "\n".join(body)
    days = {"$CURRENT_YEAR": "2026", "$CURRENT_MONTH": "11", "$CURRENT_DATE": "24"}
    for name, value in days.items():
        text = text.replace(name, value)
    text = re.sub(r"\$\{TM_SELECTED_TEXT:([^}]*)\}", r"\1", text)
    text = re.sub(r"\$\{(\d)\|([^,|]*)[^}]*\|\}", lambda found: given.get(found[1], found[2]), text)
    text = re.sub(r"\$\{(\d):([^}]*)\}", lambda found: given.get(found[1], found[2]), text)
    return text.replace("$0", "")


def test_what_a_snippet_leaves_builds(build: Build) -> None:
    found = snippets()
    note = {"1": "new-note", "4": "asked nobody", "6": "ledger1902, p. 3"}
    card = {"1": "quay", "5": "Quay", "6": "ledger1902"}
    base = {
        name: (ROOT / "tests/roots/base" / name).read_text("utf-8") for name in ("docs/glossary.md", "docs/timeline.md")
    }
    page = (ROOT / "tests/roots/base/docs/briefs/sample/index.md").read_text("utf-8")
    mark = expanded(found["Mark"]["body"], {"1": "early", "2": "new-note"})
    quote = expanded(found["Quotation"]["body"], {"1": "third of May", "2": "ledger1902"})
    link = expanded(found["Link to a card"]["body"], {"1": "Quay", "2": "quay"})
    annotation = expanded(found["Annotation"]["body"], {**note, "0": f"It was the {quote}. {link}."})
    page = page.replace("early, and", f"{mark}, and").replace(
        ":::{annotation} quay-cost", f"{annotation}\n\n:::{{annotation}} quay-cost"
    )
    event = expanded(found["Event"]["body"], {"1": "new-event", "2": "1902", "3": "town", "4": "ledger1902"})
    files = {
        "docs/briefs/sample/index.md": page,
        "docs/glossary.md": f"{base['docs/glossary.md']}\n{expanded(found['Term']['body'], card)}\n",
        "docs/timeline.md": f"{base['docs/timeline.md']}\n{event}\n",
    }
    built = build(files, "dummy")
    assert built.warnings.read_text("utf-8").count("WARNING") == 1, built.warnings.read_text("utf-8")
    assert [line for line in built.found() if "brief.seal-missing" not in line] == []
    assert {record.id for record in built.corpus.annotations} >= {"new-note"}
    assert built.corpus.annotation_by_id["new-note"].verdict is Verdict.CORROBORATED
    assert "quay" in built.corpus.term_by_id
    assert "new-event" in {event.id for event in built.corpus.events}


def test_the_snippets_offer_the_words_of_the_lists() -> None:
    text = (VSCODE / "brief.code-snippets").read_text("utf-8")
    assert f"|{','.join(Verdict)}|" in text
    assert f"|{','.join(CardKind)}|" in text
    assert set(re.findall(r"\{([a-z]+)\}`", text)) <= ROLES.keys()


def test_the_settings_point_to_what_there_is() -> None:
    for name in ("settings.json", "extensions.json", "tasks.json"):
        json.loads((VSCODE / name).read_text("utf-8"))
    for schema, pattern in json.loads((VSCODE / "settings.json").read_text("utf-8"))["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert list(ROOT.glob(pattern))
    (check, _) = json.loads((VSCODE / "tasks.json").read_text("utf-8"))["tasks"]
    pattern = check["problemMatcher"]["pattern"]["regexp"]
    line = "docs/index.md:7: brief.bad-date  warning: ‘x’ is no date; write one"
    found = re.match(pattern, line)
    assert found is not None
    assert found.groups() == ("docs/index.md", "7", "brief.bad-date", "warning", "‘x’ is no date; write one")
