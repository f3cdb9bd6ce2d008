"""What each brief of a set uses: all that its notes lead to, and what nobody uses."""

from __future__ import annotations

from dataclasses import replace

from annotated_brief.model.corpus import Corpus
from annotated_brief.model.holdings import KINDS
from annotated_brief.model.records import Location, Use
from annotated_brief.model.share import shares
from exports.corpora import PAGE, edition

OTHER = "briefs/two/index"
PLACE = Location(path="docs/glossary.md", line=1)


def pair() -> Corpus:
    """Two briefs: notes 0 and 1 are of the first, note 2 of the second; the page of the second links to a third card."""
    one = edition(["a", "b", "c", "d"])
    notes = [
        note if number < 2 else replace(note, docname=OTHER, see=()) for number, note in enumerate(one.annotations)
    ]
    terms = [replace(term, successor="") for term in one.terms]
    return replace(
        one,
        briefs=(one.briefs[0], replace(one.briefs[0], slug="two", docname=OTHER)),
        annotations=tuple(notes[:3]),
        terms=(*terms[:2], replace(terms[2], successor="term-1"), terms[3]),
        uses=(
            Use(kind="term", id="term-0", docname=PAGE, within="p1", location=PLACE),
            Use(kind="term", id="term-2", docname=OTHER, within="p1", location=PLACE),
            Use(kind="term", id="term-0", docname="glossary", within="term-2", location=PLACE),
        ),
    )


def ids(corpus: Corpus, kind: str) -> list[str]:
    return [record.id for record in getattr(corpus, KINDS[kind])]


def test_a_brief_has_what_its_notes_lead_to_and_what_nobody_uses() -> None:
    found = shares(pair())
    one, two = found["one"], found["two"]
    assert (ids(one, "annotation"), ids(two, "annotation")) == (["note-0", "note-1"], ["note-2"])
    # Nothing names the notes of number 3, so all of its records are everybody's.
    assert (ids(one, "event"), ids(two, "event")) == (["event-0", "event-1", "event-3"], ["event-2", "event-3"])
    assert ids(two, "recommendation") == ["advice-2", "advice-3"]
    assert ids(two, "actor") == ["actor-2", "actor-3"]
    # Card 1 follows card 2, which the second page links to; nothing leads the first page to either.
    assert (ids(one, "term"), ids(two, "term")) == (["term-0", "term-3"], ["term-1", "term-2", "term-3"])
    assert ids(two, "membership") == ["members-1", "members-2", "members-3"]
    assert ids(one, "source") == ["source0", "source1", "source3"]
    assert ids(two, "source") == ["source1", "source2", "source3"]


def test_together_they_have_everything() -> None:
    corpus = pair()
    for kind in KINDS:
        assert {name for share in shares(corpus).values() for name in ids(share, kind)} == set(ids(corpus, kind))


def test_what_a_share_cites_is_in_it() -> None:
    for share in shares(pair()).values():
        cited = [item for note in share.annotations for item in note.evidence]
        for records in (share.events, share.terms, share.recommendations, share.memberships):
            cited += [item for record in records for item in record.sources]
        assert {item.id for item in cited} <= share.source_by_id.keys()


def test_cards_are_followed_in_whatever_order_they_stand() -> None:
    corpus = pair()
    after = {"term-3": "term-0", "term-0": "term-1"}
    terms = tuple(replace(term, successor=after.get(term.id, "")) for term in corpus.terms)
    uses = (
        Use(kind="term", id="term-2", docname=PAGE, within="p1", location=PLACE),
        Use(kind="term", id="term-3", docname=OTHER, within="p1", location=PLACE),
    )
    found = shares(replace(corpus, terms=terms, uses=uses))
    assert ids(found["one"], "term") == ["term-2"]
    assert ids(found["two"], "term") == ["term-0", "term-1", "term-3"]
    assert ids(found["two"], "membership") == ["members-0", "members-1", "members-3"]


def test_a_membership_has_its_card() -> None:
    corpus = pair()
    used = replace(
        corpus, uses=(*corpus.uses, Use(kind="membership", id="members-2", docname=PAGE, within="p1", location=PLACE))
    )
    for share in shares(used).values():
        assert {body.body for body in share.memberships} <= {term.id for term in share.terms}
    assert "term-2" in ids(shares(used)["one"], "term")


def test_a_brief_knows_the_briefs_whose_notes_it_sees() -> None:
    corpus = pair()
    notes = tuple(replace(note, see=("note-2",)) if note.id == "note-0" else note for note in corpus.annotations)
    found = shares(replace(corpus, annotations=notes))
    assert [brief.slug for brief in found["one"].neighbours] == ["two"]
    assert found["two"].neighbours == ()
    page = found["one"].brief_by_page[OTHER]
    assert (page.slug, page.docname) == ("two", OTHER)


def test_a_single_brief_has_everything() -> None:
    one = edition(["a", "b"])
    assert shares(one) == {"one": one}
    assert shares(replace(one, briefs=())) == {}
