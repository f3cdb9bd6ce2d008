"""`brief links`: what the addresses of the sources answer."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from ..checks.lights import check_lights
from ..exports.write import save_text
from ..model.corpus import Corpus
from ..model.records import LinkCheck, Source
from ..model.vocabulary import Light
from ..network.archive import NoArchive, Wayback
from ..network.client import open_client
from ..network.journal import Journal
from ..network.limits import Hosts, Limits
from ..network.survey import OfflineError, Survey, require_network
from ..reading.lights import FILE_NAME, LightsError, load_lights, to_lights_json
from ..reading.sources import BibliographyError, load_sources, parse_bibliography
from .findings import WRITERS, Format, to_finding
from .linkcheck import check_built
from .progress import is_plain
from .project import Fault, Project, Refusal, find_project


def links(
    *,
    archive: Annotated[
        bool, typer.Option("--archive", help="For addresses that are gone, ask the Wayback Machine for a copy.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="KEY", help="Ask this source alone; repeatable.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.TEXT,
    inside: Annotated[bool, typer.Option("--inside", help="Check the links of the built site instead.")] = False,
    site: Annotated[Path, typer.Option(help="With --inside: the built site.")] = Path("build/html"),
    online: Annotated[
        bool, typer.Option("--online", help="With --inside: let Sphinx follow the links to other sites, too.")
    ] = False,
) -> None:
    """Ask the addresses of the sources, and write the answers.

    They go to docs/data/links.json. It takes its time: one request a second to each host, three tries.
    An interrupted run goes on where it stopped. An address that is gone and archived nowhere is an error; one with an
    archived copy a warning; a server that refuses a machine says nothing.
    """
    project = find_project()
    if inside:
        if not check_built(project, site, form, online=online):
            raise typer.Exit(1)
        return
    sources = read_sources(project)
    unknown = sorted(set(only or ()) - {source.id for source in sources})
    if unknown:
        raise Fault(f"‘{unknown[0]}’ is not in refs.bib")
    path = project.docs / FILE_NAME
    try:
        before = {check.url: check for check in load_lights(path)}
    except LightsError as error:
        raise Fault(f"{project.shorten(path)}: {error}; restore it from the last commit") from None
    known = list(dict.fromkeys(source.url for source in sources if source.url))
    wanted = list(dict.fromkeys(source.url for source in sources if source.url and (not only or source.id in only)))
    kept = {url: check for url, check in before.items() if url in known}
    # A few sources alone are asked anew, and what an interrupted run of all has found stays for its next time.
    answered = None if only else project.root / ".tools" / "links.jsonl"
    anew = [Light.GONE] if archive else []  # these were asked for, but perhaps no archive was
    today = dt.datetime.now(dt.UTC).date()
    with project.only_one_run("docs/data"), Journal(answered, today, anew=anew) as journal:
        found = ask(journal, wanted, known, before, archive=archive)
        save_text(path, to_lights_json({**kept, **found}.values()))
    report(sources, found, form)


def read_sources(project: Project) -> tuple[Source, ...]:
    """Return the sources of refs.bib, each knowing its line, without starting Sphinx."""
    path = project.root / "refs.bib"
    try:
        return load_sources(parse_bibliography(path), path, project.shorten(path))[0]
    except OSError as error:
        raise Fault(f"{project.shorten(path)}: it cannot be read ({error.strerror})") from None
    except BibliographyError as error:
        raise Fault(f"{project.shorten(path)}:{error}") from None


def ask(
    journal: Journal, urls: list[str], known: list[str], before: Mapping[str, LinkCheck], *, archive: bool
) -> dict[str, LinkCheck]:
    """Return what *urls* answer; raises :class:`Refusal`, and leaves everything as it is, where there is no network.

    Whether there is one the hosts of all *known* addresses tell.
    """
    limits = Limits()

    async def run(bar: Bar) -> dict[str, LinkCheck]:
        """Ask, with a step of the bar for each answer."""
        task = bar.add_task("asking", total=len(urls), completed=sum(url in journal.answers for url in urls))
        async with open_client(limits, Hosts(limits)) as client:
            await require_network(client, known)
            survey = Survey(
                client,
                limits,
                archive=Wayback(client) if archive else NoArchive(),
                journal=journal,
                before=before,
                tell=lambda _: bar.advance(task),
                probes=known,
            )
            return await survey.run(urls)

    try:
        with show_bar() as bar:
            return asyncio.run(run(bar))
    except OfflineError as error:
        raise Refusal(f"no network: {error}; nothing was changed") from None
    except KeyboardInterrupt:
        raise Refusal(f"interrupted after {len(journal.answers)} answers: run it again to go on") from None


@contextmanager
def show_bar() -> Iterator[Bar]:
    """Show a bar on a terminal, and nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), disable=is_plain(), transient=True) as bar:
        yield bar


def report(sources: tuple[Source, ...], found: Mapping[str, LinkCheck], form: Format) -> None:
    """Write the findings and the counts; raises :class:`typer.Exit` where an address is gone for good."""
    asked = tuple(source for source in sources if source.url in found)
    findings = [to_finding(item) for item in check_lights(Corpus(sources=asked, links=tuple(found.values())))]
    typer.echo(WRITERS[form](findings))
    counts = Counter(check.light for check in found.values())
    listed = ", ".join(f"{counts[light]} {light}" for light in Light if counts[light])
    typer.echo(f"asked: {listed}", err=form is not Format.TEXT)
    if counts[Light.GONE]:
        raise typer.Exit(1)
