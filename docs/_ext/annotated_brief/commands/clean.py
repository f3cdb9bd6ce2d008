"""`brief clean`: remove what can be made again."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from .project import Project, Refusal, find_project


def clean(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Also remove .venv and .tools; the next run sets them up again.")
    ] = False,
) -> None:
    """Remove build/."""
    project = find_project()
    with project.only_one_run():
        remove(project, project.build)
    if everything:
        remove(project, project.root / ".venv")
        remove(project, project.root / ".tools")


def remove(project: Project, folder: Path) -> None:
    """Remove one folder of the project; a link, which may lead anywhere, is left to its owner."""
    if folder.is_symlink() or folder.resolve().parent != project.root.resolve():
        raise Refusal(f"{folder} is a link that leads to {folder.resolve()}: remove it yourself if you mean it")
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)  # links inside are removed, never followed
    except OSError as error:
        raise Refusal(
            f"{error.filename} cannot be removed ({error.strerror}): close what uses it, run again"
        ) from error
    typer.echo(f"removed {project.shorten(folder)}")
