"""`brief new brief`: from a text that somebody holds to a brief that builds: facts, stubs, and a worksheet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from ..drafting.brief import Draft, enter, lacking, to_page, to_worksheet, work_facts
from ..drafting.markup import id_from, one_line
from ..drafting.source_file import SourceFile, load_file
from ..model.corpus import Corpus
from ..model.dates import DateError, parse_edtf
from ..model.outline import Kind, to_copy
from ..model.survey import Survey, survey
from ..reading.copies import FOLDER, WORKS, CopyError, place_of, store_copy
from ..reading.extract import extract
from ..reading.options import ID
from .asking import Answers, anything
from .attach import read_path
from .lock_work import lock_of, salt_of, to_yaml
from .new_source import read_lang, read_url
from .parts import RESERVED
from .progress import Progress
from .project import Fault, Project, find_project
from .trial import drafted, finish, open_trial

WORKSHEETS = "worksheets"  # below .sources, since they quote the text


def new_brief(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            parser=read_path,
            help="The text: plain text, Markdown, saved HTML or PDF.",
            show_default=False,
        ),
    ],
    *,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote it; empty where nobody is named.")] = None,
    date: Annotated[str | None, typer.Option(help="EDTF date of issue: 2014-10-29, 1748, 2019~.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published; empty where it has no address.")] = None,
    slug: Annotated[str | None, typer.Option(help="Name of the folder; by default from the title.")] = None,
    container: Annotated[
        str | None, typer.Option(help="Where it appeared; by default the host of the address.")
    ] = None,
    lang: Annotated[str, typer.Option(help="BCP 47 tag of its language.")] = "en",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")] = False,
) -> None:
    """Start a brief from a text that you hold.

    Its paragraphs and headings are found, and docs/briefs/SLUG/ is written: facts and hashes, none of its sentences,
    and a stub for each paragraph. The text itself and a worksheet stay in .sources/, which git ignores. Nothing is
    asked of a network or a model, and the same text gives the same files.
    """
    answers = Answers()
    answers.require({"title": title, "date": date})
    try:
        blocks = extract(file)
    except CopyError as error:
        raise Fault(f"{file}: {error}; nothing was written") from None
    project, progress = find_project(), Progress()
    facts = ask_facts(answers, {"title": title, "author": author, "date": date, "url": url, "container": container})
    number = sum(block.kind is Kind.PARAGRAPH for block in blocks)
    read_lang_option(lang)
    draft = Draft(blocks=blocks, facts=work_facts(**facts, lang=lang, paragraphs=number))
    chosen = ask_slug(answers, project, slug, id_from(facts["title"]))
    with open_trial(project, progress) as trial:
        around = [(str(block.kind), block.text) for block in blocks if block.kind is not Kind.PARAGRAPH]
        found = survey([(name, block.text) for name, block in draft.paragraphs], trial.corpus.terms, around)
        changed = draft_files(project, draft, chosen, trial.corpus)
        finish(
            trial,
            changed,
            lambda after: differs(after, chosen, number),
            dry_run=dry_run,
            later={},
            told=f"docs/briefs/{chosen}/index.md:{stub_line(changed[0])}",
            new=number,
        )
        if not dry_run:
            keep(project, draft, chosen, found)
    say(draft, found, chosen, entered=len(changed) > 2)


def ask_facts(answers: Answers, given: dict[str, str | None]) -> dict[str, str]:
    """Return the facts about the text, by the names of the options."""

    def read_date(text: str) -> object:
        try:
            return parse_edtf(text)
        except DateError as error:
            raise ValueError(f"{error}; write an EDTF date such as 2014-10-29, 1748 or 2019~") from None

    facts = {}
    for name, reader in (("title", one_line), ("author", one_line), ("date", read_date), ("url", read_url)):
        value = given[name] if given[name] is not None or answers.asks else ""
        facts[name] = answers.ask(name, value, name, reader, required=name in {"title", "date"})
    host = (urlsplit(facts["url"]).hostname or "").removeprefix("www.")
    value = given["container"] if given["container"] is not None or answers.asks else host
    facts["container"] = answers.ask("container", value, "container", anything, preset=host)
    return facts


def read_lang_option(lang: str) -> None:
    """Raise for a tag that is none."""
    try:
        read_lang(lang)
    except ValueError as error:
        raise typer.BadParameter(f"--lang: {error}") from None


def ask_slug(answers: Answers, project: Project, given: str | None, suggested: str) -> str:
    """Return a name for the folder that no brief has."""

    def read(name: str) -> str:
        if not ID.fullmatch(name):
            raise ValueError(f"‘{name}’ is no name for a folder; use lower-case ASCII letters, digits and hyphens")
        if (project.docs / "briefs" / name).exists():
            raise ValueError(f"docs/briefs/{name} is there already; choose another name")
        if name in RESERVED:
            raise ValueError(f"‘{name}’ means something else to ‘brief build --only’; choose another name")
        return name

    value = given if given is not None or answers.asks else suggested
    if not value and not answers.asks:
        raise typer.BadParameter("no name can be made of the title; give one with --slug")
    return answers.ask("slug", value, "slug", read, required=True, preset=suggested)


def draft_files(project: Project, draft: Draft, slug: str, corpus: Corpus) -> list[SourceFile]:
    """Return the page, the work lock and, where it has a table of contents, the root page with the brief in it.

    *corpus* is the set that the brief joins.
    """
    folder = project.docs / "briefs" / slug
    data: dict[str, Any] = dict(draft.facts)
    data["lock"] = lock_of(draft.regions(), salt_of(data, corpus), [])
    texts = {folder / "index.md": to_page(draft, slug), folder / "work.yml": to_yaml(data)}
    changed = [
        SourceFile(path=path, shown=project.shorten(path), text=text, before=b"") for path, text in texts.items()
    ]
    root = project.docs / "index.md"
    if root.exists():
        page: SourceFile = drafted(lambda: load_file(root, project.shorten(root)))
        entered = enter(page.text, slug)
        if entered != page.text:
            changed.append(page.with_words(0, len(page.text), entered))
    return changed


def stub_line(page: SourceFile) -> int:
    """Return the line of the first stub."""
    return page.lines.index("{#p1}") + 2


def keep(project: Project, draft: Draft, slug: str, found: Survey) -> None:
    """Write the text, as an attached copy, and the worksheet into the private folder."""
    try:
        store_copy(place_of(project.root, WORKS, slug), to_copy(draft.blocks))
        sheet = place_of(project.root, WORKSHEETS, slug).with_suffix(".md")
        store_copy(sheet, to_worksheet(draft, found))
    except (CopyError, OSError) as error:
        raise Fault(f"the brief is written, but the text could not be kept in {FOLDER} ({error})") from None


def differs(after: Corpus, slug: str, number: int) -> str:
    """Return what of the new brief does not read back, or nothing."""
    brief = next((brief for brief in after.briefs if brief.slug == slug), None)
    if brief is None:
        return "the brief does not read back"
    found = [paragraph.number for paragraph in after.paragraphs if paragraph.docname == brief.docname]
    return "" if found == list(range(1, number + 1)) else f"{len(found)} paragraphs read back, not {number}"


def say(draft: Draft, found: Survey, slug: str, *, entered: bool) -> None:
    """Say what was found in the text, what was not, and what comes next."""
    kinds = [block.kind for block in draft.blocks]
    listed = ", ".join(f"{kinds.count(kind)} × {kind}" for kind in Kind if kind in kinds)
    typer.echo(f"found in the text: {listed}")
    fields = ("abbreviations", "names", "dates", "numbers", "quotations", "uncited", "terms")
    typer.echo("for the worksheet: " + ", ".join(f"{len(getattr(found, field))} {field}" for field in fields))
    wrong: Sequence[Any] = [item for item in found.dates if item.remark]
    for item in wrong:
        typer.echo(f"impossible date: {item.text} ({', '.join(item.places)}): {item.remark}")
    typer.echo("not found: " + (", ".join(lacking(draft, found)) or "nothing that was looked for"))
    typer.echo(
        f"worksheet: {FOLDER}/{WORKSHEETS}/{slug}.md; the text: {FOLDER}/{WORKS}/{slug}.txt (private, not committed)"
    )
    if not entered:
        typer.echo(f"still to do: name briefs/{slug}/index in a table of contents")
