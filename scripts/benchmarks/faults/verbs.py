"""The verbs that are tried: how each is called, from which state, and what it says where all is done already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from faults.place import REPOSITORY, Place, commit

INDEX, LOCK = "docs/briefs/sample/index.md", "docs/briefs/sample/work.yml"
NOTE = {
    "paragraph": "1",
    "words": "early",
    "source-words": "asked nobody",
    "headline": "Two loans were taken",
    "claim": "Nobody was asked for money",
    "verdict": "clarified",
    "evidence": "ledger1902, p. 4",
    "as-of": "1902",
    "checked": "2026-11-24",
    "text": "The {term}`Port Board <port-board>` took two loans.",
}
TERM = {"name": "Aldermen", "kind": "body", "text": "They ran the town.", "in": "name-ru=Олдермены"}
EVENT = {"date": "1902-01", "actors": "town", "sources": "ledger1902", "text": "The town paid its share."}
SOURCE = {"type": "book", "title": "Ships", "date": "1903", "lang": "en", "grade": "press", "country": "GB"}
SOURCE |= {"author": "Smith, Ann", "owner": "private", "seen": "no", "key": "smith1903"}
BRIEF = {"title": "On bells", "author": "Tobias Fenn", "date": "1739", "slug": "bells"}
BUILD_PART, BUILD_SHARED = ("build", "--only", "sample"), ("build", "--only", "shared")
READ_PART = ("read", "--only", "sample")
ADDRESSES = 20  # of sources that `links` asks


def options(given: dict[str, str]) -> tuple[str, ...]:
    """Return options of a call."""
    return tuple(part for name, value in given.items() for part in (f"--{name}", value))


def nothing(place: Place) -> None:
    """Leave the edition as it is."""


def attach(place: Place) -> None:
    """Attach the article."""
    ended = place.run(("attach", "{article}"))
    assert ended.code == 0, ended.err


def attach_other(place: Place) -> None:
    """Attach another copy of the article: its paragraphs alone."""
    path = place.temporary / "other.txt"
    path.write_text("\n\n".join(place.article.read_text("utf-8").split("\n\n")[2:4]), encoding="utf-8")
    ended = place.run(("attach", str(path)))
    assert ended.code == 0, ended.err


def edit_built(place: Place, argv: tuple[str, ...] = ("build",)) -> None:
    """Build, and then edit a note that several pages show."""
    ended = place.run(argv)
    assert ended.code == 0, ended.err
    place.change(INDEX, "The town paid a third", "The town paid a fourth")
    commit(place, "Edit a note")


def edit_part(place: Place) -> None:
    """Build the part of the brief, and then edit it."""
    edit_built(place, BUILD_PART)


def edit_reading(place: Place) -> None:
    """Read the part of the brief, and then edit it."""
    edit_built(place, READ_PART)


def build_parts(place: Place) -> None:
    """Join an edition, edit it, and build its parts anew."""
    for argv in (BUILD_PART, BUILD_SHARED):
        ended = place.run(argv)
        assert ended.code == 0, ended.err
    edit_built(place, ("join",))
    for argv in (BUILD_PART, BUILD_SHARED):
        ended = place.run(argv)
        assert ended.code == 0, ended.err


def spoil_lock(place: Place) -> None:
    """Take the lock out of the facts about the article, as where it was never written."""
    path = place.root / LOCK
    path.write_text(path.read_text("utf-8").partition("lock:")[0], encoding="utf-8")


def list_addresses(place: Place) -> None:
    """Give the bibliography sources with addresses on this machine, and an answer of another day."""
    port = (place.scratch / "port").read_text("utf-8")
    entries = [
        f"@online{{page{number},\n  title = {{Page {number}}},\n  url = {{http://h{number}.test:{port}/200}},\n"
        "  langid = {en},\n  x-grade = {press},\n  x-country = {GB},\n  x-owner = {private},\n  x-seen = {no}\n}\n"
        for number in range(ADDRESSES)
    ]
    bibliography = place.root / "refs.bib"
    text = bibliography.read_text("utf-8").replace("https://example.org/quay", f"http://a.test:{port}/200")
    bibliography.write_text("\n".join([text, *entries]), encoding="utf-8")
    found = place.root / "docs" / "data" / "links.json"
    found.parent.mkdir()
    found.write_text('{"links": {}}\n', encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb."""

    argv: tuple[str, ...]
    before: Callable[[Place], None] = nothing
    driven: tuple[str, ...] = ()
    done: str = ""  # what a second run says, where it refuses to do the same again
    writes: bool = True  # whether it needs room, or leave to write, in the project
    label: str = ""

    @property
    def name(self) -> str:
        """How readers know it."""
        return self.label or " ".join(word for word in self.argv[:2] if word.isalpha() or word == "lock-work")


KILLED = (
    Verb(argv=("build",), before=edit_built),
    Verb(argv=("check",), writes=False),
    Verb(argv=("links",), before=list_addresses, driven=("--web",)),
    Verb(argv=("attach", "{article}"), before=attach_other),
    Verb(argv=("new", "annotation", *options(NOTE)), before=attach, done="another mark"),
    Verb(argv=("lock-work", "{article}"), before=spoil_lock),
    Verb(argv=BUILD_PART, before=edit_part, label="build --only"),
    Verb(argv=READ_PART, before=edit_reading, label="read --only"),
    Verb(argv=("join",), before=build_parts),
)
OTHERS = (
    Verb(argv=("detach",), before=attach, done="no copy of that name is attached"),
    Verb(argv=("review", "--all")),
    Verb(argv=("freeze", "1.0", "--on", "2026-11-24")),
    Verb(argv=("new", "source", "--no-look-up", *options(SOURCE)), done="is already"),
    Verb(argv=("new", "term", *options(TERM)), done="is already"),
    Verb(argv=("new", "event", *options(EVENT)), done="is already"),
    Verb(argv=("new", "brief", str(REPOSITORY / "tests/texts/essay.txt"), *options(BRIEF)), done="is there already"),
    Verb(argv=("export", "hypothesis", "--address", "https://example.org/", "--to", "{home}/project/notes.json")),
    Verb(argv=("diff", "HEAD"), writes=False),
)
