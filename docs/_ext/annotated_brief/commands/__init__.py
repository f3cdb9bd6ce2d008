"""The command `brief`: one module a verb."""

import signal
import sys
import traceback
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated

import typer

from .attach import attach, detach
from .build import build
from .check import check
from .clean import clean
from .diff import diff
from .export_hypothesis import export_hypothesis
from .import_hypothesis import import_hypothesis
from .import_issue import import_issue
from .join import join
from .links import links
from .lock_work import lock_work
from .new_annotation import new_annotation
from .new_brief import new_brief
from .new_event import new_event
from .new_source import new_source
from .new_term import new_term
from .progress import is_plain
from .project import Fault, Interrupted, Refusal, failure, find_project
from .read import read
from .review import freeze, review
from .saving import finish_pending
from .serve import serve
from .test import run_tests

app = typer.Typer(
    name="brief",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None if is_plain() else "rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("build")(build)
app.command("read", short_help="Read a part, for builds of others.")(read)
app.command("join", short_help="Join the parts of an edition.")(join)
app.command("test")(run_tests)
app.command("check", short_help="List every finding in the text.")(check)
app.command("links")(links)
app.command("attach")(attach)
app.command("detach")(detach)
app.command("review", short_help="Record that annotations were read again.")(review)
app.command("freeze", short_help="Record a release: its ids and what it changed.")(freeze)
app.command("diff", short_help="Tell what changed between two revisions.")(diff)
app.command("lock-work")(lock_work)
app.command("serve")(serve)
app.command("clean")(clean)
importing = typer.Typer(no_args_is_help=True, help="Take in what others wrote with tools of theirs, as drafts.")
importing.command("hypothesis")(import_hypothesis)
importing.command("issue")(import_issue)
app.add_typer(importing, name="import")
exporting = typer.Typer(
    no_args_is_help=True, help="Write what tools of others take in.\n\nThe rest is in data/ of the site."
)
exporting.command("hypothesis")(export_hypothesis)
app.add_typer(exporting, name="export")

creating = typer.Typer(no_args_is_help=True, help="Write a record where it belongs, asking for what is not given.")
creating.command("annotation")(new_annotation)
creating.command("source")(new_source)
creating.command("term")(new_term)
creating.command("event")(new_event)
creating.command("brief")(new_brief)
app.add_typer(creating, name="new")


INTERRUPTED = 128 + signal.SIGINT


def show_version(*, wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(f"brief {version('annotated-brief')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    show: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Build, check and test the annotated brief.

    Exit codes: 0 good, 1 findings or failure, 2 wrong usage, 3 something in the machine or the folder, 130 interrupted.
    """


def main() -> None:
    """Run the command; whatever goes wrong ends in one line and an exit code."""
    for name in ("SIGTERM", "SIGHUP"):  # so that what is temporary goes, as it does where somebody interrupts
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # an old console has no Cyrillic
    try:
        _run()
    except Interrupted as end:
        fail(str(end), INTERRUPTED)
    except Fault as fault:
        fail(str(fault), 1)
    except Refusal as refusal:
        fail(str(refusal), 3)
    except OSError as error:
        stop = failure(error, f"{error.filename or 'the disk'}: {error.strerror}")
        fail(str(stop) if isinstance(stop, Refusal) else own_fault(error), 3 if isinstance(stop, Refusal) else 1)
    except Exception as error:  # noqa: BLE001  (the last resort: a fault of ours is no reason for a wall of text)
        fail(own_fault(error), 1)


def _run() -> None:
    """Finish what a run before this one began to write, and run the command."""
    with suppress(Refusal):  # outside a project every verb says so itself
        if told := finish_pending(find_project()):
            typer.echo(f"brief: {told}", err=True)
    try:
        app(prog_name="brief")
    except SystemExit as end:
        if end.code == INTERRUPTED:  # the library ends so without a word
            typer.echo("brief: interrupted", err=True)
        raise


def _end(number: int, _: object) -> None:
    """End the run at a signal, as a shell counts it."""
    sys.exit(128 + number)


def fail(message: str, code: int) -> None:
    """Say one line and exit."""
    typer.echo(f"brief: {message}", err=True)
    sys.exit(code)


def own_fault(error: Exception) -> str:
    """Return one line about a fault in the program."""
    return f"{type(error).__name__}: {error} ({keep_traceback()})"


def keep_traceback() -> str:
    """Write the present traceback where a maintainer finds it; return a phrase that says where."""
    try:
        path = find_project().root / ".tools" / "traceback.log"
        path.parent.mkdir(exist_ok=True)
        path.write_text(traceback.format_exc(), encoding="utf-8")
    except (OSError, Refusal):
        return "a fault in the program itself"
    return f"a fault in the program itself; please report it with {path}"
