"""The register: a card for whatever the brief speaks of, an index of each kind, and the way back to where it is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from annotated_brief.model.vocabulary import CardKind
from conftest import Built

REGISTER = Path(__file__).parent / "data" / "register.txt"


@pytest.fixture(scope="module")
def glossary(real: Built) -> BeautifulSoup:
    return BeautifulSoup(real.page("glossary.html"), "html.parser")


def line_of(glossary: BeautifulSoup, card: str, *labels: str) -> list[Tag]:
    """The lines of a card that begin with one of the labels."""
    lines = glossary.select(f"#{card} .brief-line")
    return [line for line in lines if line.select(".brief-label")[0].get_text() in labels]


def test_every_row_of_the_register_has_its_cards(real: Built, glossary: BeautifulSoup) -> None:
    rows = [line.split() for line in REGISTER.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(rows) == 133
    ids = [card for row in rows for card in row]
    assert len(set(ids)) == len(ids)
    assert [card for card in ids if card not in real.corpus.term_by_id] == []
    assert [card for card in ids if not glossary.select(f"article#{card}")] == []


def test_an_index_of_each_kind_comes_before_the_cards(real: Built, glossary: BeautifulSoup) -> None:
    first = glossary.select("article.brief-card")[0]
    assert first.sourceline is not None
    for kind in CardKind:
        cards = {term.id for term in real.corpus.terms if term.kind is kind}
        summary = next(tag for tag in glossary.select("summary") if tag.get_text() == f"{kind.plural} ({len(cards)})")
        assert summary.sourceline is not None
        assert summary.sourceline < first.sourceline
        assert summary.parent is not None
        links = summary.parent.select("li a")
        assert {str(link["href"]).lstrip("#") for link in links} == cards
        names = [link.get_text().casefold() for link in links]
        assert names == sorted(names)


def test_people_are_born_and_all_else_is_valid(real: Built, glossary: BeautifulSoup) -> None:
    for term in real.corpus.terms:
        if term.valid is None:
            continue
        labels = {CardKind.PERSON: ("Born:", "Lived:"), CardKind.EVENT: ("When:",)}.get(term.kind, ("Valid:",))
        assert len(line_of(glossary, term.id, *labels)) == 1
    assert line_of(glossary, "putin", "Born:")[0].get_text() == "Born: 7 October 1952"
    assert line_of(glossary, "zhirinovsky", "Lived:")[0].get_text() == "Lived: 1946 – 6 April 2022"


def test_a_card_tells_who_uses_it_everywhere(real: Built, glossary: BeautifulSoup) -> None:
    corpus = real.corpus
    actors = {actor.id: actor.term for actor in corpus.actors if actor.term}
    wanted = {(actors[actor], event.id) for event in corpus.events for actor in event.actors if actor in actors}
    wanted |= {(members.body, members.id) for members in corpus.memberships}
    told = {term.id for term in corpus.terms}
    parts = (corpus.paragraphs, corpus.annotations, corpus.events, corpus.recommendations, corpus.terms)
    records = {record.id for part in parts for record in part}
    wanted |= {
        (use.id, use.within)
        for use in corpus.uses
        if use.kind == "term" and use.id in told and use.within in records and use.within != use.id
    }
    missed = []
    for card, user in sorted(wanted):
        links = [link for line in line_of(glossary, card, "Where used:", "Elsewhere:") for link in line.select("a")]
        if user not in {str(link["href"]).partition("#")[2] for link in links}:
            missed.append((card, user))
    assert missed == []
    assert {user for _, user in wanted} & {event.id for event in corpus.events}


def test_the_years_on_a_card_are_told_by_its_text_or_by_the_timeline(real: Built) -> None:
    dated = [(term, term.valid) for term in real.corpus.terms if term.valid is not None]
    assert len(dated) >= 45
    events = {event.date.start for event in real.corpus.events}
    for term, valid in dated:
        told = f"{term.text} {' '.join(form.valid.source for form in term.forms if form.valid)}"
        for point in {valid.start, valid.end} - {None}:
            assert str(point and point.year) in told or point in events, term.id
