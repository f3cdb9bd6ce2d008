"""What changed between two states of an edition, in the sense of its records; the one core of feed, page and diff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .citing import text_hash
from .corpus import Corpus
from .records import (
    Annotation,
    CitationItem,
    Event,
    Membership,
    Paragraph,
    Recommendation,
    Source,
    Term,
    Tombstone,
)
from .states import ANCHORS, KINDS, Change, State, What
from .text import beginning, digest

_PRINT = 8  # hex digits: two texts of one field of one record are told apart, nothing else is asked
_TITLE = 80  # characters of a text that stands for a title


def states_of(corpus: Corpus) -> tuple[State, ...]:
    """Return the state of every record of *corpus* that is compared, in the order of kinds and pages."""
    states: list[State] = []
    states += (_annotation(note) for note in corpus.annotations)
    states += (_paragraph(paragraph) for paragraph in corpus.paragraphs)
    states += (_recommendation(advice) for advice in corpus.recommendations)
    states += (_term(term) for term in corpus.terms)
    states += (_event(event) for event in corpus.events)
    states += (_membership(corpus, body) for body in corpus.memberships)
    states += (_source(source) for source in corpus.sources)
    return tuple(states)


def to_state(
    kind: str,
    identifier: str,
    fields: Mapping[str, str],
    *,
    title: str,
    label: str = "",
    page: str = "",
    verdict: str = "",
    text: str = "",
) -> State:
    """Return the state of a record with *fields*, by name; *text* is the hash of a note, which has one of its own.

    Runs of white space count as one blank, so that a line that is broken elsewhere changes nothing.
    """
    texts = {name: " ".join(value.split()) for name, value in fields.items()}
    return State(
        kind=kind,
        id=identifier,
        label=label,
        title=beginning(" ".join(title.split()), _TITLE),
        page=page,
        verdict=verdict,
        hash=text or digest(verdict, *texts.values())[:12],
        prints=tuple((name, digest(value)[:_PRINT]) for name, value in texts.items()),
        texts=tuple(texts.items()),
    )


def compare(
    before: Iterable[State], after: Iterable[State], tombstones: Iterable[Tombstone] = ()
) -> tuple[Change, ...]:
    """Return what became of each record from *before* to *after*: the gravest first, then by kind and id.

    Only fields that both states know are compared: one that a later version of the program adds is no change.
    """
    old = {(state.kind, state.id): state for state in before}
    new = {(state.kind, state.id): state for state in after}
    stones = {stone.id: stone for stone in tombstones}
    found = [_added(state) for key, state in new.items() if key not in old]
    found += [_withdrawn(state, stones.get(state.id)) for key, state in old.items() if key not in new]
    found += [change for key, state in new.items() if key in old and (change := _changed(old[key], state)) is not None]
    kinds = list(KINDS)
    return tuple(sorted(found, key=lambda change: (change.what.rank, kinds.index(change.kind), change.id)))


def unreleased(corpus: Corpus) -> tuple[Change, ...]:
    """Return what has changed since the last release; nothing where there is none."""
    return compare(corpus.frozen, states_of(corpus), corpus.tombstones) if corpus.releases else ()


def differing(before: State, after: State) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    old = dict(before.prints)
    return tuple(name for name, found in after.prints if old.get(name, found) != found)


def _changed(before: State, after: State) -> Change | None:
    """Return what changed from one state of a record to another, or None."""
    fields = differing(before, after)
    if before.verdict != after.verdict:
        what = What.VERDICT
    elif fields:
        what = What.MOVED if set(fields) <= set(ANCHORS) else What.CHANGED
    else:
        return None
    was, now = (before.verdict, after.verdict) if what is What.VERDICT else ("", "")
    return _change(what, after, was=was, now=now, fields=fields)


def _added(state: State) -> Change:
    return _change(What.ADDED, state, now=state.verdict)


def _withdrawn(state: State, stone: Tombstone | None) -> Change:
    why, instead = (stone.why, stone.instead) if stone is not None else ("", "")
    return _change(What.WITHDRAWN, state, was=state.verdict, why=why, instead=instead)


def _change(what: What, state: State, **more: Any) -> Change:
    """Return a change of the record in *state*, with what is peculiar to its kind of change."""
    return Change(
        what=what,
        kind=state.kind,
        id=state.id,
        label=state.label,
        title=state.title,
        page=state.page,
        hash=state.hash,
        **more,
    )


def _annotation(note: Annotation) -> State:
    fields = {
        "headline": note.headline,
        "claim": note.claim,
        "text": note.text,
        "evidence": _cited(note.evidence),
        "as-of": note.as_of.source,
        "checked": note.checked.source,
        "review-by": note.review_by.source,
        "see": ", ".join(note.see),
        "tags": ", ".join(note.tags),
        "page": note.docname,
        "paragraph": note.paragraph.id if note.paragraph is not None else "",
        "mark": note.mark,
        "source-words": note.source_words,
        "prefix": note.prefix,
    }
    return to_state(
        "annotation",
        note.id,
        fields,
        label=note.number,
        title=note.headline,
        page=note.docname,
        verdict=str(note.verdict),
        text=text_hash(note),
    )


def _paragraph(paragraph: Paragraph) -> State:
    return to_state(
        "paragraph",
        paragraph.qualified,
        {"text": paragraph.text},
        label=paragraph.name,
        title=paragraph.text,
        page=paragraph.docname,
    )


def _recommendation(advice: Recommendation) -> State:
    fields = {
        "headline": advice.headline,
        "paragraph": str(advice.paragraph),
        "addressee": advice.addressee,
        "attributed": str(advice.attributed),
        "as-of": advice.as_of.source,
        "sources": _cited(advice.sources),
        "annotations": ", ".join(advice.annotations),
        "text": advice.text,
        "page": advice.docname,
    }
    return to_state(
        "recommendation",
        advice.id,
        fields,
        label=str(advice.number),
        title=advice.headline,
        page=advice.docname,
        verdict=str(advice.outcome),
    )


def _term(term: Term) -> State:
    names = (f"{name.lang} {name.text} {name.abbreviation} {name.transliteration}" for name in term.names)
    forms = (f"{form.text} {form.valid.source if form.valid else ''}" for form in term.forms)
    fields = {
        "name": term.name,
        "abbreviation": term.abbreviation,
        "kind": str(term.kind),
        "names": "; ".join(names),
        "forms": "; ".join(forms),
        "valid": term.valid.source if term.valid else "",
        "successor": term.successor,
        "sources": _cited(term.sources),
        "text": term.text,
        "page": term.docname,
    }
    return to_state("term", term.id, fields, label=term.abbreviation, title=term.name, page=term.docname)


def _event(event: Event) -> State:
    fields = {
        "date": event.date.source,
        "actors": ", ".join(event.actors),
        "sources": _cited(event.sources),
        "annotations": ", ".join(event.annotations),
        "text": event.text,
        "page": event.docname,
    }
    return to_state("event", event.id, fields, label=event.date.text(), title=event.text, page=event.docname)


def _membership(corpus: Corpus, body: Membership) -> State:
    card = corpus.term_by_id.get(body.body)
    fields = {
        "body": body.body,
        "members": "; ".join(f"{code} {date.source}" for code, date in body.members),
        "sources": _cited(body.sources),
        "text": body.text,
        "page": body.docname,
    }
    title = f"Members: {card.name if card is not None else body.body}"
    return to_state("membership", body.id, fields, title=title, page=body.docname)


def _source(source: Source) -> State:
    imprint = source.imprint
    fields = {
        "title": f"{source.title} {source.title_latin} {imprint.title_en}",
        "authors": "; ".join(source.authors),
        "editors": "; ".join(map(str, imprint.editors)),
        "published": _listed(
            source.type,
            imprint.genre,
            imprint.container,
            source.publisher,
            imprint.publisher,
            imprint.place,
            imprint.volume,
            imprint.number,
            imprint.pages,
        ),
        "date": source.date,
        "address": _listed(source.url, source.doi),
        "note": source.note,
        "lang": source.lang,
        "standing": _listed(source.grade, source.country, source.owner),
        "read": source.read if source.seen else "",
    }
    return to_state("source", source.id, fields, label=source.label, title=source.title)


def _listed(*parts: str) -> str:
    """Return those of *parts* that say something, one after the other."""
    return "; ".join(filter(None, parts))


def _cited(items: Iterable[CitationItem]) -> str:
    """Return citation items as the options of the markup write them."""
    return "; ".join(f"{item.id}, {item.locator}" if item.locator else item.id for item in items)
