"""`brief export hypothesis`: the notes as a file that the Hypothesis client imports."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from ..exports.hypothesis import to_hypothesis_json
from ..exports.site import Site
from ..exports.write import save_text
from .known import chosen_brief
from .lock_work import read_corpus
from .progress import Progress
from .project import failure, find_project


def read_address(text: str) -> str:
    """Return the address of a site with a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise typer.BadParameter(f"‘{text}’ is no address of a site; write https://…/")
    return text.rstrip("/") + "/"


def export_hypothesis(
    address: Annotated[
        str, typer.Option("--address", parser=read_address, metavar="URL", help="Where the site is published.")
    ],
    work: Annotated[str, typer.Option("--work", metavar="SLUG", help="The brief, where there is more than one.")] = "",
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write it there; by default it is printed.")
    ] = None,
) -> None:
    """Write the notes as a file for the import of the Hypothesis client.

    Hypothesis ties annotations to the address of a page, so it must be known where the site is published.
    """
    project, progress = find_project(), Progress()
    progress.begin("reading")
    corpus = read_corpus(project, progress)
    progress.end("done")
    text = to_hypothesis_json(corpus, chosen_brief(corpus, work), Site(name="", base=address))
    if to is None:
        typer.echo(text, nl=False)
        return
    try:
        save_text(to, text)
    except OSError as error:
        raise failure(error, f"{to}: it could not be written ({error.strerror})") from None
    typer.echo(f"{to}: written", err=True)
