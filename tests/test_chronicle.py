"""The timeline of the real set: each event leads to the notes that tell the same fact."""

from __future__ import annotations

from bs4 import BeautifulSoup

from conftest import Built

UNTOLD = {  # events that give the background; no note of the brief states them
    "china-kazakhstan-opened-1992",
    "cis-charter-adopted-1993",
    "jackson-vanik-lifted-2000",
    "sco-announced-shanghai-2001",
    "treaty-became-organisation-2002",
    "treaty-customs-union-2007",
    "common-economic-space-2012",
    "customs-union-eu-2014",
    "nazarbayev-announced-his-2019",
    "tokayev-due-meet-2026",
}


def test_every_event_leads_to_its_notes_but_for_the_background(real: Built) -> None:
    assert {event.id for event in real.corpus.events if not event.annotations} == UNTOLD
    page = BeautifulSoup(real.page("timeline.html"), "html.parser")
    for event in real.corpus.events:
        shown = page.find(id=event.id)
        assert shown is not None
        linked = {
            str(link["href"]).partition("#")[2] for link in shown.select("a.to-annotation, a:has(.to-annotation)")
        }
        assert set(event.annotations) <= linked


def test_a_note_of_the_same_day_and_source_is_linked(real: Built) -> None:
    article = {brief.work.issued for brief in real.corpus.briefs}  # the day of many a note that states no other
    missed = [
        (event.id, note.id)
        for event in real.corpus.events
        for note in real.corpus.annotations
        if event.date.start in {note.as_of.start, note.as_of.end}
        and event.date.start is not None
        and event.date.start.day
        and event.date.source not in article
        and {item.id for item in event.sources} & {item.id for item in note.evidence}
        and note.id not in event.annotations
    ]
    assert missed == []
