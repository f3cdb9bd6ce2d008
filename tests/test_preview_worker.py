"""The process behind the preview, by itself: what is saved is shown, whichever stage comes to read it, and at any moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sphinx.application import Sphinx

from annotated_brief.commands.preview.worker import Keeper
from annotated_brief.commands.progress import Progress
from annotated_brief.commands.project import Project
from annotated_brief.commands.sphinx_app import Request, sphinx_app
from annotated_brief.config import Stage

BRIEF = "docs/briefs/sample/index.md"
HEADLINE = re.compile(r"The town paid [a-z ]+")


@pytest.fixture
def app(project: Path) -> Iterator[Sphinx]:
    work = project / "build" / "serve"
    request = Request(builder="html", out=work / "html", doctrees=work / "doctrees")
    with sphinx_app(Project(root=project), request, Progress()) as app:
        yield app


@pytest.fixture
def keeper(project: Path, app: Sphinx) -> Keeper:
    """A keeper of the base project that has built it once."""
    keeper = Keeper(Project(root=project), app)
    keeper.run(Stage.ALL)
    return keeper


def save(project: Path, words: str) -> None:
    path = project / BRIEF
    path.write_text(HEADLINE.sub(f"The town paid {words}", path.read_text("utf-8"), count=1), encoding="utf-8")


def shown(app: Sphinx) -> str:
    page = (Path(app.outdir) / "briefs/sample/index.html").read_text("utf-8")
    found = HEADLINE.search(page, page.index("brief-headline"))
    assert found
    return found[0]


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_shows_what_was_saved_before_it(project: Path, app: Sphinx, keeper: Keeper, stage: Stage) -> None:
    for words in ("half", "all of it"):
        save(project, words)
        keeper.run(stage)
        assert shown(app) == f"The town paid {words}"


def test_what_is_saved_while_it_is_read_is_read_again(project: Path, app: Sphinx, keeper: Keeper) -> None:
    save(project, "half")
    listening = app.connect("source-read", lambda *_: save(project, "all of it"))
    keeper.run(Stage.PAGES)
    app.disconnect(listening)
    assert shown(app) == "The town paid half"
    keeper.run(Stage.PAGES)
    assert shown(app) == "The town paid all of it"
