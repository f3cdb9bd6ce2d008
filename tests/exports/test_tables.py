"""Claims, scorecard, memberships and timeline as JSON and CSV: judged by jsonschema, read back by csv."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotated_brief.exports.claims import CLAIMS
from annotated_brief.exports.memberships import MEMBERSHIPS, members
from annotated_brief.exports.scorecard import SCORECARD
from annotated_brief.exports.tables import Table
from annotated_brief.exports.timeline import TIMELINE
from annotated_brief.model.corpus import Corpus
from conftest import Build, Built
from exports.corpora import NASTY, TEXTS, edition

TABLES: dict[str, tuple[Table, Callable[[Corpus], Iterable[Any]]]] = {
    "claims": (CLAIMS, lambda corpus: corpus.annotations),
    "scorecard": (SCORECARD, lambda corpus: corpus.recommendations),
    "memberships": (MEMBERSHIPS, members),
    "timeline": (TIMELINE, lambda corpus: corpus.events),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_real_tables_keep_to_their_schemas(real: Built, name: str) -> None:
    folder = real.out / "data" / "reaffirming-balance"
    schema = json.loads((folder / f"{name}.schema.json").read_text("utf-8"))
    objects = json.loads((folder / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(objects)
    rows = list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8"), newline="")))
    assert len(rows) == len(objects) > 0
    assert list(rows[0]) == list(objects[0]) == list(schema["items"]["properties"])


@pytest.mark.parametrize("name", TABLES)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
@example(texts=list(NASTY))
def test_any_text_survives_the_tables(name: str, texts: list[str]) -> None:
    table, records = TABLES[name]
    corpus = edition(texts)
    objects = json.loads(table.to_json(records(corpus)))
    each = 2 if name == "memberships" else 1
    assert [found["text"] for found in objects[::each]] == texts
    written = table.to_csv(records(corpus))
    rows = list(csv.reader(io.StringIO(written, newline="")))
    header, cells = rows[0], rows[1:]
    place = header.index("text")
    assert [restored(row[place]) for row in cells[::each]] == texts
    assert not [cell for row in cells for cell in row if re.match(r"[=+\-@\t\r]", cell)]


def restored(cell: str) -> str:
    """Return what a *cell* of ours says, as the page on the data tells readers to."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell


def test_claims_hold_what_the_notes_say(build: Build) -> None:
    built = build()
    claims = json.loads(built.page("data/sample/claims.json"))
    assert [claim["id"] for claim in claims] == ["quay-date", "quay-cost", "trade-doubled"]
    assert claims[0]["paragraph"] == 1
    assert claims[0]["evidence"] == [{"id": "gazette1901quay", "locator": "p. 2"}]
    assert claims[1]["review_by"] == "2028-11-23"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("claims", {"verdict": "true"}),
        ("claims", {"paragraph": 0}),
        ("claims", {"headline": "x" * 61}),
        ("claims", {"extra": 1}),
        ("claims", {"text_hash": "0"}),
        ("scorecard", {"outcome": "good"}),
        ("scorecard", {"sources": ["x"]}),
        ("memberships", {"state": "KAZ"}),
        ("memberships", {"valid": None}),
        ("timeline", {"first_day": "2014"}),
        ("timeline", {"date": None}),
    ],
)
def test_a_schema_refuses_what_does_not_fit(name: str, change: dict[str, Any]) -> None:
    table, records = TABLES[name]
    row = json.loads(table.to_json(records(edition(["x"]))))[0]
    validator = Draft202012Validator(json.loads(table.to_schema()), format_checker=Draft202012Validator.FORMAT_CHECKER)
    validator.validate([row])
    assert list(validator.iter_errors([{**row, **change}]))


def test_a_cell_never_begins_a_formula(build: Build, project: Path) -> None:
    page = project / "docs/briefs/sample/index.md"
    text = page.read_text("utf-8").replace(":claim: The quay was", ":claim: =1+1 was", 1)
    built = build({"docs/briefs/sample/index.md": text})
    assert "'=1+1 was" in built.page("data/sample/claims.csv")
