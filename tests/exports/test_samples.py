"""The samples on the page about data are true."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from annotated_brief.commands.import_hypothesis import draft
from annotated_brief.exports.feed import to_atom
from annotated_brief.model.anchoring import Comment
from annotated_brief.model.changes import compare, states_of
from annotated_brief.model.states import Release
from annotated_brief.model.vocabulary import Verdict
from conftest import ROOT, Build, Built
from exports.corpora import SITE

FOLDER = "data/reaffirming-balance"


def sample(heading: str, language: str) -> str:
    """The first block of code in *language* under *heading*."""
    section = (ROOT / "docs/data.md").read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.search(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def holds(whole: Any, part: Any) -> bool:
    """Whether *part* is in *whole*: each of its keys, the first items of its lists."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(name in whole and holds(whole[name], part[name]) for name in part)
    if isinstance(part, list):
        return len(whole) >= len(part) and all(map(holds, whole, part))
    return bool(whole == part)


def test_the_annotation(real: Built) -> None:
    whole = json.loads(real.page(f"{FOLDER}/notes/seliger-date.jsonld"))
    part = json.loads(sample("W3C Web Annotation", "json"))
    assert holds(whole, part)
    assert not holds(whole, {**part, "verdict": "updated"})


def test_the_claim_review(real: Built) -> None:
    graph = json.loads(real.page(f"{FOLDER}/schema.jsonld"))["@graph"]
    whole = next(node for node in graph if node.get("identifier") == "seliger-date")
    assert holds(whole, json.loads(sample("schema.org", "json")))


def test_the_entry_of_the_feed(real: Built) -> None:
    before = [
        dataclasses.replace(state, verdict=Verdict.UPDATED) if state.id == "seliger-date" else state
        for state in states_of(real.corpus)
    ]
    release = Release(version="0.2.0", on="2026-12-01", changes=compare(before, states_of(real.corpus)))
    feed = to_atom(dataclasses.replace(real.corpus, releases=(release,), corrections=()), SITE).decode()
    told, shown = (re.sub(r"text [0-9a-f]{12}|Note 5\.\d+", "", text) for text in (feed, sample("Atom", "xml")))
    assert shown.rstrip().replace("\n", "\n  ") in told


def test_the_draft(build: Build) -> None:
    comment = Comment(
        id="aB-c_1",
        uri="https://example.org/…/briefs/sample/index.html",
        text="Who counted?",
        exact="Trade, it",
        tags=("trade",),
        author="reader@hypothes.is",
        updated="2026-11-21",
    )
    ((found,), lost) = draft((comment,), build().corpus, {})
    assert found.replace("…/briefs/sample/", "…/") == sample("Hypothesis", "markdown")
    assert lost == []
