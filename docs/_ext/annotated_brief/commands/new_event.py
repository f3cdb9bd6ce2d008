"""`brief new event`: an event of the timeline, in its place by date."""

from collections.abc import Mapping
from typing import Annotated

import typer

from ..drafting.markup import id_from, says, to_directive
from ..drafting.placing import line_of, place_event
from ..drafting.source_file import SourceFile
from ..model.corpus import Corpus
from ..model.dates import parse_edtf
from ..reading.chronicle import EventDirective
from .asking import Answers
from .known import choices_of, naming, naming_sources
from .new_annotation import ask_id, ask_text
from .new_term import find_page
from .progress import Progress
from .project import find_project
from .trial import drafted, finish, open_trial

_SPEC = EventDirective.spec


def new_event(
    *,
    date: Annotated[str | None, typer.Option(help=_SPEC["date"].help)] = None,
    actors: Annotated[str | None, typer.Option(help=_SPEC["actors"].help)] = None,
    sources: Annotated[str | None, typer.Option(help=_SPEC["sources"].help)] = None,
    annotations: Annotated[str | None, typer.Option(help=f"notes that tell of it: {_SPEC['annotations'].help}")] = None,
    text: Annotated[str | None, typer.Option(help="What happened, in a sentence.")] = None,
    identifier: Annotated[str | None, typer.Option("--id", help="Its id; by default from text and year.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the change; write nothing.")] = False,
) -> None:
    """Write an event of the timeline.

    It goes among the events of its page, by date.
    """
    answers = Answers()
    answers.require({"date": date, "actors": actors, "sources": sources, "text": text})
    project, progress = find_project(), Progress()
    with open_trial(project, progress) as trial:
        corpus = trial.corpus
        page = find_page(project, corpus.events, "timeline")
        known = choices_of(corpus)
        choices = {"actors": known["actor"], "sources": known["source"], "annotations": known["note"]}
        spec = {
            "date": _SPEC["date"],
            "actors": naming("actor", _SPEC["actors"], choices["actors"]),
            "sources": naming_sources(_SPEC["sources"], choices["sources"]),
            "annotations": naming("note", _SPEC["annotations"], choices["annotations"]),
        }
        given = {"date": date, "actors": actors, "sources": sources, "annotations": annotations}
        options = {key: answers.field(key, value, spec[key], choices.get(key)) for key, value in given.items()}
        said = ask_text(answers, corpus, text)
        day = parse_edtf(options["date"])
        words = id_from(said, limit=3)
        chosen = ask_id(answers, corpus, identifier, f"{words}-{day.first_day().year}" if words else "")
        directive = to_directive("event", chosen, options, said)
        docname = page.shown.removeprefix("docs/").removesuffix(".md")
        own = [event for event in corpus.events if event.docname == docname]
        changed: SourceFile = drafted(lambda: page.with_block(place_event(page, own, day), directive))
        finish(
            trial,
            [changed],
            lambda after: differs(after, chosen, options, said),
            dry_run=dry_run,
            later={},
            told=f"{page.shown}:{line_of(changed, 'event', chosen) + 1}",
        )


def differs(after: Corpus, name: str, given: Mapping[str, str], text: str) -> str:
    """Return what of the new event reads otherwise than it was *given*, or nothing."""
    found = [event for event in after.events if event.id == name]
    if len(found) != 1:
        return "the event does not read back as one event"
    for key, option in _SPEC.items():
        wanted = option.read(given[key]) if given[key] else option.default
        if getattr(found[0], key) != wanted:
            return f"--{key} reads back as ‘{getattr(found[0], key)}’"
    return "" if says(text, found[0].text) else f"the text reads back as ‘{found[0].text}’"
