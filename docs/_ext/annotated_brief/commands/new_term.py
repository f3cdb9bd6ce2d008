"""`brief new term`: a card of the glossary, in its place by the alphabet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from ..diagnostics import Code
from ..drafting.markup import id_from, says, to_directive
from ..drafting.placing import line_of, place_term
from ..drafting.source_file import SourceFile, load_file
from ..model.corpus import Corpus
from ..model.records import Event, Term
from ..model.vocabulary import CardKind
from ..reading.directives import TermDirective
from ..reading.options import is_name_option, names
from .asking import Answers, described
from .known import choices_of, naming, naming_sources
from .new_annotation import ask_id, ask_text
from .progress import Progress
from .project import Fault, Project, find_project
from .trial import drafted, finish, open_trial

_SPEC = TermDirective.spec
LATER = {
    Code.UNUSED_TERM: "link to the card where a text names it",
    Code.TERM_UNLINKED: "link the first use in each paragraph that names it",
}


def new_term(
    *,
    name: Annotated[str | None, typer.Option(help=_SPEC["name"].help)] = None,
    abbreviation: Annotated[str | None, typer.Option(help=_SPEC["abbreviation"].help)] = None,
    kind: Annotated[str | None, typer.Option(help=_SPEC["kind"].help)] = None,
    forms: Annotated[str | None, typer.Option(help=f"{_SPEC['forms'].help}; by default name and abbreviation")] = None,
    other: Annotated[
        list[str] | None,
        typer.Option("--in", metavar="OPTION=NAME", help="In another language: name-ru=…, translit-ru=…; repeatable."),
    ] = None,
    valid: Annotated[str | None, typer.Option(help=_SPEC["valid"].help)] = None,
    successor: Annotated[str | None, typer.Option(help=_SPEC["successor"].help)] = None,
    sources: Annotated[str | None, typer.Option(help=_SPEC["sources"].help)] = None,
    text: Annotated[str | None, typer.Option(help="What it is, in a sentence or two.")] = None,
    identifier: Annotated[str | None, typer.Option("--id", help="Its id; by default from the name.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the change; write nothing.")] = False,
) -> None:
    """Write a card of the glossary.

    It goes among the cards of its kind, by the alphabet.
    """
    answers = Answers()
    answers.require({"name": name, "kind": kind, "text": text})
    foreign = dict(read_name(pair) for pair in other or ())
    project, progress = find_project(), Progress()
    with open_trial(project, progress) as trial:
        corpus = trial.corpus
        page = find_page(project, corpus.terms, "glossary")
        options = {"name": answers.field("name", name, _SPEC["name"])}
        options["abbreviation"] = answers.field("abbreviation", abbreviation, _SPEC["abbreviation"])
        options["kind"] = answers.field("kind", kind, _SPEC["kind"], described(CardKind))
        usual = "; ".join(filter(None, [options["name"], options["abbreviation"]])).replace("[", "").replace("]", "")
        options["forms"] = answers.field("forms", forms if forms is not None else usual, _SPEC["forms"])
        options |= foreign
        known = choices_of(corpus)
        cards, cited = known["card"], known["source"]
        options["valid"] = answers.field("valid", valid, _SPEC["valid"])
        options["successor"] = answers.field("successor", successor, naming("card", _SPEC["successor"], cards), cards)
        options["sources"] = answers.field("sources", sources, naming_sources(_SPEC["sources"], cited), cited)
        said = ask_text(answers, corpus, text)
        chosen = ask_id(answers, corpus, identifier, id_from(options["abbreviation"] or options["name"]))
        directive = to_directive("term", chosen, options, said)
        changed: SourceFile = drafted(lambda: put_term(page, corpus, options, directive))
        finish(
            trial,
            [changed],
            lambda after: differs(after, chosen, options, said),
            dry_run=dry_run,
            later=LATER,
            told=f"{page.shown}:{line_of(changed, 'term', chosen) + 1}",
        )


def read_name(pair: str) -> tuple[str, str]:
    """Return option and value of a name in another language."""
    option, equals, value = pair.partition("=")
    if not equals or not value.strip() or not is_name_option(option.strip()):
        raise typer.BadParameter(f"--in {pair}: write it as name-ru=Имя, abbreviation-ru=… or translit-ru=…")
    return option.strip(), value.strip()


def find_page(project: Project, records: tuple[Term, ...] | tuple[Event, ...], usual: str) -> SourceFile:
    """Return the page that holds most of the *records*, or the *usual* one; raises :class:`Fault`."""
    pages = [record.docname for record in records]
    docname = max(sorted(set(pages)), key=pages.count, default=usual)
    path: Path = project.docs / f"{docname}.md"
    if not path.exists():
        raise Fault(f"there is no docs/{docname}.md; write it, with a heading, and name it in a table of contents")
    file: SourceFile = drafted(lambda: load_file(path, project.shorten(path)))
    return file


def put_term(page: SourceFile, corpus: Corpus, options: Mapping[str, str], directive: str) -> SourceFile:
    """Return *page* with the card; raises :class:`DraftError`."""
    kind: CardKind = _SPEC["kind"].read(options["kind"])
    docname = page.shown.removeprefix("docs/").removesuffix(".md")
    own = [term for term in corpus.terms if term.docname == docname]
    alike = [term for term in own if term.kind is kind] or (own if "## " not in page.text else [])
    return page.with_block(place_term(page, alike, options["name"], kind.plural), directive)


def differs(after: Corpus, name: str, given: Mapping[str, str], text: str) -> str:
    """Return what of the new card reads otherwise than it was *given*, or nothing."""
    found = [term for term in after.terms if term.id == name]
    if len(found) != 1:
        return "the card does not read back as one card"
    for key, option in _SPEC.items():
        wanted = option.read(given[key]) if given.get(key) else option.default
        if getattr(found[0], key) != wanted:
            return f"--{key} reads back as ‘{getattr(found[0], key)}’"
    if found[0].names != names(given):
        return f"the names in other languages read back as ‘{found[0].names}’"
    return "" if says(text, found[0].text) else f"the text reads back as ‘{found[0].text}’"
