"""The command `brief`: verbs, options, exit codes."""

import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotated_brief import commands
from annotated_brief.commands.clean import remove
from annotated_brief.commands.progress import Progress
from annotated_brief.commands.project import Fault, Project, Refusal, find_project
from annotated_brief.commands.serve import HOST
from annotated_brief.commands.sphinx_app import condense
from annotated_brief.commands.steps import STEPS, Step
from annotated_brief.commands.test import expand, run_step, run_steps

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("import", "export", "new")  # with verbs of their own
VERBS = (
    "build",
    "read",
    "join",
    "test",
    "check",
    "links",
    "attach",
    "detach",
    "review",
    "freeze",
    "diff",
    "lock-work",
    "serve",
    "clean",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(root=tmp_path)


def brief(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "annotated_brief", *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("verb", [*VERBS, *GROUPS])
def test_every_verb_has_help(verb: str) -> None:
    result = CliRunner().invoke(commands.app, [verb, "--help"])
    assert result.exit_code == 0
    assert f"{verb} [OPTIONS]" in result.output


def test_help_lists_every_verb_and_is_plain_in_a_pipe() -> None:
    ended = brief("--help")
    assert ended.returncode == 0
    assert ended.stdout.isascii()
    listed = [line.split() for line in ended.stdout.partition("Commands:\n")[2].splitlines()]
    assert sorted(words[0] for words in listed) == sorted([*VERBS, *GROUPS])
    assert [words for words in listed if not words[-1].endswith(".") or words[-1].endswith("...")] == [], "cut short"
    assert "Exit codes: 0 good" in ended.stdout


def test_version() -> None:
    ended = brief("--version")
    assert ended.returncode == 0
    assert ended.stdout.startswith("brief 0.")


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("build", "--nonsense"), ("check", "--format", "xml"), ("test", "--only", "x")]
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    ended = brief(*arguments)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_completion_offers_the_verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_BRIEF_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "brief c")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert brief().stdout.split() == ["check", "clean"]


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (Fault("that is wrong"), 1, "brief: that is wrong\n"),
        (Refusal("that is missing"), 3, "brief: that is missing\n"),
        (KeyError("x"), 1, "brief: KeyError: 'x' (a fault in the program itself"),
    ],
)
def test_what_goes_wrong_is_one_line(
    error: Exception, code: int, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def raise_it(**_: object) -> None:
        raise error

    monkeypatch.setattr(commands, "app", raise_it)
    monkeypatch.setattr(commands, "keep_traceback", lambda: "a fault in the program itself")
    with pytest.raises(SystemExit) as ended:
        commands.main()
    assert ended.value.code == code
    said = capsys.readouterr().err
    assert said.startswith(line)
    assert said.count("\n") == 1


def test_the_project_is_found_from_the_package() -> None:
    assert find_project().root == ROOT


def test_a_traceback_of_sphinx_becomes_one_line() -> None:
    said = 'There is an error:\n\nTraceback (most recent call last):\n  File "a.py", line 3, in <module>\nNameError: no x\n'
    assert condense(said) == "There is an error: a.py:3: NameError: no x"
    assert condense("two\nlines") == "two lines"


# clean


def test_clean_removes_build_alone(project: Project) -> None:
    (project.build / "html").mkdir(parents=True)
    (project.root / "docs").mkdir()
    remove(project, project.build)
    remove(project, project.build)
    assert [path.name for path in project.root.iterdir()] == ["docs"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_clean_leaves_what_a_link_leads_to(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "precious").write_text("")
    project.build.symlink_to(outside)
    with pytest.raises(Refusal, match="is a link that leads to"):
        remove(project, project.build)
    project.build.unlink()
    project.build.mkdir()
    (project.build / "link").symlink_to(outside)
    remove(project, project.build)
    assert (outside / "precious").exists()
    assert not project.build.exists()


# serve


def test_serve_refuses_a_taken_port() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = brief("serve", "--port", str(port))
    assert ended.returncode == 3
    assert ended.stderr == f"brief: port {port} is taken: choose another, as in `brief serve --port {port + 1}`\n"


# test


def test_the_steps_are_those_of_ci() -> None:
    names = [step.name for step in STEPS]
    assert len(names) == len(set(names))
    for step in STEPS:
        assert Path(expand(Project(root=ROOT), step, {})[0]).exists(), step.name


def test_a_missing_judge_fails_loudly(project: Project) -> None:
    outcome = run_step(project, Step(name="x", finds="", command="no-such-judge --check"), {})
    assert not outcome.passed
    assert outcome.note == "FAILED (not installed)"
    assert "no-such-judge" in outcome.output


def test_a_failure_keeps_its_output_and_does_not_stop_the_rest(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = Step(name="bad", finds="", command="python -c \"print('the reason'); raise SystemExit(4)\"")
    good = Step(name="good", finds="", command="python -c pass")
    outcomes = run_steps(project, [bad, good], {}, Progress(), exit_first=False)
    said = capsys.readouterr()
    assert [outcome.passed for outcome in outcomes] == [False, True]
    assert "the reason" in said.out
    assert "bad ... FAILED (exit code 4)" in said.err
    assert "good ... ok" in said.err
    assert "the reason" in (project.build / "test" / "log" / "bad.txt").read_text(encoding="utf-8")
    assert len(run_steps(project, [bad, good], {}, Progress(), exit_first=True)) == 1


def test_words_and_patterns_are_filled_in(project: Project) -> None:
    for name in ("b.yml", "a.yml"):
        (project.root / name).write_text("")
    step = Step(name="x", finds="", command="python {out}/y *.yml *.none {slow}")
    argv = expand(project, step, {"{out}": "build/test", "{slow}": "-m 'not slow'"})
    assert argv == [sys.executable, "build/test/y", "a.yml", "b.yml", "*.none", "-m", "not slow"]


# progress


def test_progress_is_plain_in_a_pipe_and_keeps_notes_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("annotated_brief.commands.progress.time.monotonic", lambda: 0.0)
    progress = Progress()
    progress.begin("reading")
    progress.note("a warning\n")
    progress.next("site")
    progress.end()
    progress.end("never said")
    assert capsys.readouterr().err == "reading ... \na warning\nreading ... done, 0.0 s\nsite ... done, 0.0 s\n"


def test_progress_moves_on_a_terminal_unless_no_colour_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not Progress().plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert Progress().plain
