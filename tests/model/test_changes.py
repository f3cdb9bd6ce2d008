"""What changed between two states: which records, in which fields, how grave."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from annotated_brief.model.changes import compare, states_of
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.dates import parse_edtf
from annotated_brief.model.records import Location, Tombstone
from annotated_brief.model.states import KINDS, What
from annotated_brief.model.vocabulary import Outcome, Verdict
from exports.corpora import edition


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return edition(["one", "two", "three"])


def altered(corpus: Corpus, part: str, place: int = 0, **fields: Any) -> Corpus:
    records = list(getattr(corpus, part))
    records[place] = dataclasses.replace(records[place], **fields)
    parts: dict[str, Any] = {part: tuple(records)}
    return dataclasses.replace(corpus, **parts)


def test_the_same_edition_has_no_changes(corpus: Corpus) -> None:
    assert compare(states_of(corpus), states_of(edition(["one", "two", "three"]))) == ()
    assert {state.kind for state in states_of(corpus)} == set(KINDS)


@pytest.mark.parametrize(
    ("part", "fields", "what", "names"),
    [
        ("annotations", {"verdict": Verdict.DISPUTED}, What.VERDICT, ()),
        ("annotations", {"verdict": Verdict.DISPUTED, "text": "x"}, What.VERDICT, ("text",)),
        ("annotations", {"text": "x", "claim": "y"}, What.CHANGED, ("claim", "text")),
        ("annotations", {"checked": parse_edtf("2027")}, What.CHANGED, ("checked",)),
        ("annotations", {"mark": "x", "prefix": "y"}, What.MOVED, ("mark", "prefix")),
        ("annotations", {"mark": "x", "text": "y"}, What.CHANGED, ("text", "mark")),
        ("annotations", {"evidence": ()}, What.CHANGED, ("evidence",)),
        ("recommendations", {"outcome": Outcome.MIXED}, What.VERDICT, ()),
        ("terms", {"docname": "elsewhere"}, What.MOVED, ("page",)),
        ("terms", {"names": ()}, What.CHANGED, ("names",)),
        ("events", {"date": parse_edtf("1999")}, What.CHANGED, ("date",)),
        ("memberships", {"members": ()}, What.CHANGED, ("members",)),
        ("sources", {"url": "https://example.org/2"}, What.CHANGED, ("address",)),
        ("paragraphs", {"text": "x"}, What.CHANGED, ("text",)),
    ],
)
def test_a_change_says_what_differs_and_how_grave_it_is(
    corpus: Corpus, part: str, fields: dict[str, Any], what: What, names: tuple[str, ...]
) -> None:
    (change,) = compare(states_of(corpus), states_of(altered(corpus, part, **fields)))
    assert (change.what, change.fields) == (what, names)
    assert bool(change.was) == bool(change.now) == (what is What.VERDICT)


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("annotations", {"number": "9.9", "location": Location(path="x", line=9)}),  # a note before it shifts it
        ("annotations", {"text": " one \n "}),
        ("sources", {"label": "Another 2014a"}),
    ],
)
def test_what_says_the_same_is_no_change(corpus: Corpus, part: str, fields: dict[str, Any]) -> None:
    assert compare(states_of(corpus), states_of(altered(corpus, part, **fields))) == ()


def test_what_came_and_went_and_the_gravest_first(corpus: Corpus) -> None:
    less = dataclasses.replace(corpus, annotations=corpus.annotations[:2], terms=corpus.terms[1:])
    before = altered(less, "annotations", 1, verdict=Verdict.UPDATED)
    stone = Tombstone(id="event-0", date="2026-01-01", why="no", instead="event-1", location=Location(path="x", line=1))
    after = dataclasses.replace(corpus, events=corpus.events[1:])
    found = compare(states_of(before), states_of(after), (stone,))
    assert [(change.what, change.id) for change in found] == [
        (What.VERDICT, "note-1"),
        (What.WITHDRAWN, "event-0"),
        (What.ADDED, "note-2"),
        (What.ADDED, "term-0"),
    ]
    assert (found[0].was, found[0].now) == ("updated", "corrected")
    assert (found[1].why, found[1].instead, found[1].page) == ("no", "event-1", "timeline")
    back = compare(states_of(after), states_of(before))
    assert [change.what for change in back] == [What.VERDICT, What.WITHDRAWN, What.WITHDRAWN, What.ADDED]


def test_a_field_that_one_state_does_not_know_is_no_change(corpus: Corpus) -> None:
    states = states_of(corpus)
    older = tuple(dataclasses.replace(state, prints=state.prints[1:]) for state in states)
    assert compare(older, states) == compare(states, older) == ()
