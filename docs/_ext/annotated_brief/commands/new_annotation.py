"""`brief new annotation`: a note, from its parts to its place beside the words that it is about."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer
import yaml

from ..diagnostics import Code
from ..drafting.markup import clean, id_from, says, to_directive, to_markup
from ..drafting.placing import line_of, place_mark, place_note
from ..drafting.source_file import SourceFile, load_file
from ..model.article import find_words, region_restated
from ..model.copies import Copy, Likeness, Part
from ..model.corpus import Corpus
from ..model.records import Annotation, Brief, Paragraph
from ..model.text import digest, fold, seal
from ..model.vocabulary import Verdict
from ..reading.copies import CopyError
from ..reading.directives import AnnotationDirective
from .asking import Answers, described, wrapped
from .known import choices_of, chosen_brief, naming, naming_sources
from .local import attached_works
from .progress import Progress
from .project import Project, Refusal, find_project
from .trial import drafted, finish, open_trial

_SPEC = AnnotationDirective.spec
LATER = {
    Code.SEAL_MISSING: "somebody who holds the article seals it with `brief lock-work`",
    Code.UNREVIEWED: "somebody else reads it and says so with `brief review {id}`",
}


def new_annotation(
    *,
    work: Annotated[str, typer.Option("--work", metavar="SLUG", help="The brief, where there are several.")] = "",
    paragraph: Annotated[str | None, typer.Option(metavar="ID", help="The paragraph: 5, p5, bio.")] = None,
    words: Annotated[str | None, typer.Option(help="Our words in it that the note is about.")] = None,
    source_words: Annotated[str | None, typer.Option(help=_SPEC["source-words"].help)] = None,
    prefix: Annotated[str | None, typer.Option(help=_SPEC["prefix"].help)] = None,
    headline: Annotated[str | None, typer.Option(help=_SPEC["headline"].help)] = None,
    claim: Annotated[str | None, typer.Option(help=_SPEC["claim"].help)] = None,
    verdict: Annotated[str | None, typer.Option(help=_SPEC["verdict"].help)] = None,
    evidence: Annotated[str | None, typer.Option(help=_SPEC["evidence"].help)] = None,
    as_of: Annotated[str | None, typer.Option(help=_SPEC["as-of"].help)] = None,
    checked: Annotated[str | None, typer.Option(help=f"{_SPEC['checked'].help}; by default today")] = None,
    see: Annotated[str | None, typer.Option(help=f"related notes: {_SPEC['see'].help}")] = None,
    tags: Annotated[str | None, typer.Option(help=_SPEC["tags"].help)] = None,
    text: Annotated[
        str | None, typer.Option(help="The note: one to three sentences; roles keep their meaning.")
    ] = None,
    name: Annotated[str | None, typer.Option("--id", help="Its id; by default from the headline.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the change; write nothing.")] = False,
) -> None:
    """Write a note and its mark.

    What is not given as an option is asked for on a terminal. The words are looked for exactly, the note is put where
    it belongs, and the check is run on the result.
    """
    answers = Answers()
    answers.require(
        {
            "paragraph": paragraph,
            "words": words,
            "source-words": source_words,
            "headline": headline,
            "claim": claim,
            "verdict": verdict,
            "as-of": as_of,
            "text": text,
        }
    )
    project, progress = find_project(), Progress()
    with open_trial(project, progress) as trial:
        corpus = trial.corpus
        brief = choose_brief(answers, corpus, work)
        page = drafted(lambda: load_file(project.docs / f"{brief.docname}.md", f"docs/{brief.docname}.md"))
        chosen = choose_paragraph(answers, corpus, brief, paragraph)
        copy = attached(project, corpus, brief)
        show(chosen, copy)
        marked = answers.ask(
            "words", words, "our words that it is about", lambda it: place_mark(page, chosen, it, "x"), required=True
        )
        standing = replace(_SPEC["source-words"], read=partial(read_words, chosen, copy))
        options = {"source-words": answers.field("source-words", source_words, standing)}
        options["prefix"] = ask_prefix(answers, options["source-words"], prefix, chosen, copy)
        known = choices_of(corpus)
        given = {"headline": headline, "claim": claim, "verdict": verdict, "evidence": evidence, "as-of": as_of}
        given |= {"checked": checked or corpus.today.isoformat(), "see": see, "tags": tags or ""}
        choices = {"verdict": described(Verdict), "evidence": known["source"], "see": known["note"]}
        spec = {
            **_SPEC,
            "evidence": naming_sources(_SPEC["evidence"], known["source"]),
            "see": naming("note", _SPEC["see"], known["note"]),
        }
        for key, value in given.items():
            options[key] = answers.field(key, value, spec[key], choices.get(key))
        said = ask_text(answers, corpus, text)
        identifier = ask_id(answers, corpus, name, id_from(options["headline"]))
        order = (
            "headline",
            "claim",
            "source-words",
            "prefix",
            "verdict",
            "evidence",
            "as-of",
            "checked",
            "see",
            "tags",
        )
        directive = to_directive("annotation", identifier, {key: options[key] for key in order}, said)
        changed = drafted(lambda: put_note(page, corpus, chosen, marked, identifier, directive))
        sealed = seal_note(project, brief, copy, chosen, identifier, options)
        line = line_of(changed, "annotation", identifier) + 1
        finish(
            trial,
            [changed, *sealed],
            lambda after: differs(after, identifier, chosen, marked, {**options, "text": said}),
            dry_run=dry_run,
            later={code: what.format(id=identifier) for code, what in LATER.items()},
            told=f"{page.shown}:{line}",
        )


def read_words(paragraph: Paragraph, copy: Copy | None, words: str) -> str:
    """Return source words; raises for such as do not stand in *paragraph* of the attached *copy*."""
    found: str = _SPEC["source-words"].read(words)
    part = comparable(paragraph, copy)
    if part is not None and not find_words(part.text, words):
        raise ValueError(
            f"‘{words}’ does not stand in the article’s {paragraph.name}; copy the words as they stand there"
        )
    return found


def comparable(paragraph: Paragraph, copy: Copy | None) -> Part | None:
    """Return the part of *copy* in which words about *paragraph* must stand, or None where that cannot be told."""
    part = copy.part(region_restated(paragraph)) if copy is not None else None
    return None if part is None or (not paragraph.number and part.likeness is not Likeness.SAME) else part


def choose_brief(answers: Answers, corpus: Corpus, slug: str) -> Brief:
    """Return the brief *slug*, or the only one, or the one that somebody chooses; raises :class:`Fault`."""
    briefs = {brief.slug: brief for brief in corpus.briefs}
    if not slug and len(briefs) > 1 and answers.asks:

        def read(name: str) -> str:
            if name not in briefs:
                raise ValueError(f"there is no brief ‘{name}’; there is {', '.join(briefs)}")
            return name

        titles = {name: brief.title for name, brief in briefs.items()}
        slug = answers.ask("work", None, f"brief ({', '.join(briefs)})", read, required=True, choices=titles)
    return chosen_brief(corpus, slug)


def choose_paragraph(answers: Answers, corpus: Corpus, brief: Brief, given: str | None) -> Paragraph:
    """Return the paragraph that the note is about."""
    paragraphs = {found.id: found for found in corpus.paragraphs if found.docname == brief.docname}

    def read(text: str) -> Paragraph:
        found = paragraphs.get(f"p{text.removeprefix('¶')}", paragraphs.get(text))
        if found is None:
            known = ", ".join(paragraphs) or "none"
            hint = "the first note on any other block with an id is written by hand: its mark makes it one"
            raise ValueError(f"there is no paragraph ‘{text}’; there are {known}; {hint}")
        return found

    choices = {name: " ".join(found.text.split()[:9]) for name, found in paragraphs.items()}
    return read(answers.ask("paragraph", given, "paragraph (5, p5, bio)", read, required=True, choices=choices))


def attached(project: Project, corpus: Corpus, brief: Brief) -> Copy | None:
    """Return the attached copy of the article, or None."""
    try:
        return dict(attached_works(project, corpus)).get(brief.slug)
    except CopyError as error:
        raise Refusal(str(error)) from None


def show(paragraph: Paragraph, copy: Copy | None) -> None:
    """Show what we say in *paragraph* and, from the attached *copy*, what the article says there."""
    typer.echo(wrapped(f"{paragraph.name}, restated: {paragraph.text}"), err=True)
    part = copy.part(paragraph.id) if copy is not None and paragraph.number else None
    if part is not None and part.likeness is not Likeness.MISSING:
        typer.echo(wrapped(f"{paragraph.name}, your copy ({part.likeness}): {part.raw}"), err=True)
    elif copy is None:
        typer.echo("no copy of the article is attached: its words cannot be compared", err=True)


def ask_prefix(answers: Answers, words: str, given: str | None, paragraph: Paragraph, copy: Copy | None) -> str:
    """Return the words before the source *words*, where these stand twice; raises where they do not stand there once."""
    if (part := comparable(paragraph, copy)) is None:
        return answers.field("prefix", given or "", _SPEC["prefix"])

    def read(prefix: str) -> str:
        if (found := len(find_words(part.text, words, prefix))) != 1:
            before = f" behind ‘{prefix}’" if prefix else ""
            hint = (
                "take more words, or give those before them with --prefix" if found else "copy them as they stand there"
            )
            raise ValueError(f"‘{words}’ stands {found} times in the article’s {paragraph.name}{before}; {hint}")
        return prefix

    try:
        read(given or "")
    except ValueError as error:
        if not answers.asks or given or not find_words(part.text, words):
            raise typer.BadParameter(f"--source-words: {error}") from None
        return answers.ask("prefix", None, f"prefix ({_SPEC['prefix'].help})", read, required=True)
    return answers.field("prefix", given or "", _SPEC["prefix"])


def ask_text(answers: Answers, corpus: Corpus, given: str | None) -> str:
    """Return the text of a record; on a terminal with completion inside its roles."""
    known, sources = choices_of(corpus), {source.id: source.label for source in corpus.sources}
    roles = {
        "term": known["card"],
        "annotation": known["note"],
        **dict.fromkeys(("source", "quote", "cite:t"), sources),
    }
    return answers.ask("text", given, "text", lambda it: to_markup(clean(it)), required=True, roles=roles)


def ask_id(answers: Answers, corpus: Corpus, given: str | None, suggested: str) -> str:
    """Return an id that nothing has and nothing had."""
    places = {name: str(location) for (kind, name), location in corpus.identified() if kind not in {"source", "actor"}}
    places |= {tombstone.id: f"{tombstone.location}, of a withdrawn record" for tombstone in corpus.tombstones}

    def read(name: str) -> str:
        AnnotationDirective.spec["see"].read(name)
        if name in places:
            raise ValueError(f"the id ‘{name}’ is already used at {places[name]}; choose another")
        return name

    if given is None and not answers.asks:
        given = suggested
    if given == "":
        raise typer.BadParameter("no id can be made of these words; give one with --id")
    return answers.ask("id", given, "id", read, required=True, preset=suggested)


def put_note(
    page: SourceFile, corpus: Corpus, paragraph: Paragraph, words: str, name: str, directive: str
) -> SourceFile:
    """Return *page* with the mark and the note, behind the note of the mark before it; raises :class:`DraftError`."""
    marked, before = place_mark(page, paragraph, words, name)
    notes = {note.id: note for note in corpus.annotations if note.paragraph == paragraph}
    last = next((notes[found] for found in reversed(before) if found in notes), None)
    return marked.with_block(place_note(marked, paragraph, last), directive)


def seal_note(
    project: Project, brief: Brief, copy: Copy | None, paragraph: Paragraph, name: str, options: Mapping[str, str]
) -> list[SourceFile]:
    """Return the work lock with a seal for the new note, where the attached *copy* is the article letter by letter."""
    region = region_restated(paragraph)
    part = copy.part(region) if copy is not None else None
    if part is None or part.likeness is not Likeness.SAME:
        return []
    path = project.root / brief.work.location.path
    file: SourceFile = drafted(lambda: load_file(path, brief.work.location.path))
    (offset,) = find_words(part.text, options["source-words"], options["prefix"])
    found = {"region": region, "offset": offset, "hash": seal(digest(part.text), offset, options["source-words"])}
    lines = [f"    {name}:", *(f"      {key}: {value}" for key, value in found.items())]
    text = file.text if file.text.endswith("\n") else file.text + file.end
    text = text.replace(f"  seals: {{}}{file.end}", f"  seals:{file.end}") + "".join(line + file.end for line in lines)
    wanted = yaml.safe_load(file.text)
    wanted["lock"]["seals"][name] = found
    try:
        fits = yaml.safe_load(text) == wanted
    except yaml.YAMLError:
        fits = False
    return [replace(file, text=text)] if fits else []  # a lock in another form is for `brief lock-work`


def differs(after: Corpus, name: str, paragraph: Paragraph, words: str, given: Mapping[str, str]) -> str:
    """Return what of the new note reads otherwise than it was *given*, or nothing."""
    found = [note for note in after.annotations if note.id == name]
    if len(found) != 1 or found[0].paragraph is None or found[0].paragraph.id != paragraph.id:
        return "the note does not read back as one note of its paragraph"
    note: Annotation = found[0]
    if fold(note.mark) != fold(words):
        return f"the mark reads back as ‘{note.mark}’"
    for key, value in given.items():
        if key != "text" and getattr(note, key.replace("-", "_")) != _read(key, value):
            return f"--{key} reads back as ‘{getattr(note, key.replace('-', '_'))}’"
    return "" if says(given["text"], note.text) else f"the text reads back as ‘{note.text}’"


def _read(key: str, value: str) -> object:
    """Return what the option *key* with *value* means."""
    option = _SPEC[key]
    return option.read(value) if value else option.default
