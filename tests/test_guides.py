"""The guides do as they say: their examples are taken out of the pages and tried, in their order, on a copy of the set.

A block with a caption changes the file that the caption names: a `diff` changes lines of it, any other block is the whole
file. In a `console` block each line with a prompt is run. What stands below it must be in the output, `…` standing for
anything; a finding of the check among it means that the command fails. Commands that reach other machines are left out,
and a check of which the page shows nothing: `brief test` has a step for that.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from annotated_brief.exports.write import write_text
from conftest import ROOT

GUIDES = ROOT / "docs/contributing"
_BLOCK = re.compile(r"^(`{3,})(\{code-block\} )?(\w+)\n(?::caption: ([^\n]+)\n)?(.*?)^\1$", re.MULTILINE | re.DOTALL)
_FAILING = re.compile(r": brief\.[a-z-]+  ")
ELSEWHERE = ("git clone", "cd ", "git push", "git fetch", "gh ")


@dataclass(frozen=True, slots=True)
class Command:
    """What a reader types, and the lines that the page shows below it."""

    line: str
    shown: list[str] = field(default_factory=list)

    @property
    def code(self) -> int:
        return int(any(_FAILING.search(line) for line in self.shown))


def commands(block: str) -> list[Command]:
    """The commands of a console block."""
    found: list[Command] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:].partition("  #")[0].strip()))
        elif line.strip():
            found[-1].shown.append(line)
    return found


def change(path: Path, diff: str) -> None:
    """Change the one place of *path* where the lines stand that *diff* leaves or takes away."""
    lines = [(line[:1] or " ", line[1:]) for line in diff.splitlines()]
    old = "".join(f"{text}\n" for sign, text in lines if sign in " -")
    new = "".join(f"{text}\n" for sign, text in lines if sign in " +")
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path.name} has {text.count(old)} places with {old!r}"
    write_text(path, text.replace(old, new))


def copy_of_the_set(target: Path) -> Path:
    """A fresh clone, as far as files go, with a history of one commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("NOT CHECKED: the guides need the repository itself, with its list of files")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--no-verify", "--message=Begin"]):
        run(target, ["git", *arguments])
    return target


def run(folder: Path, argv: list[str]) -> tuple[int, str]:
    """Run a command in *folder*, with the package that lies there; return its exit code and what it said."""
    person = {f"GIT_{who}_{what}": "A. Newcomer" if what == "NAME" else "a@example.org"
              for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PYTHONPATH": str(folder / "docs/_ext")}
    ended = subprocess.run(
        argv, cwd=folder, env={**os.environ, **person, **alone, "NO_COLOR": "1"}, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return ended.returncode, ended.stdout.decode()


def argv_of(line: str) -> list[str]:
    """The arguments of a command of a guide: our own Python, not a .venv that a copy has to install."""
    program, *arguments = shlex.split(line)
    if program == "./scripts/brief":
        return [sys.executable, "-m", "annotated_brief", *arguments]
    if program.startswith(".venv/bin/"):
        return [str(Path(sys.executable).parent / Path(program).name), *arguments]
    return [program, *arguments]


def check_shown(command: Command, output: str) -> None:
    """Each line that the page shows is in the *output*; white space counts once."""
    said = " ".join(output.split())
    for line in command.shown:
        wanted = ".*?".join(re.escape(" ".join(part.split())) for part in line.split("…"))
        assert re.search(wanted, said), f"$ {command.line}\nshows {line!r}, and said\n{output}"


def walk(page: str, folder: Path) -> int:
    """Do what a guide says in *folder*; return how many commands were run."""
    number = 0
    for _, _, kind, caption, block in _BLOCK.findall((GUIDES / page).read_text("utf-8")):
        body = block.removeprefix("\n")
        if caption and kind == "diff":
            change(folder / caption, body)
        elif caption:
            write_text(folder / caption, body)
        elif kind == "console":
            for command in commands(body):
                if command.line.startswith(ELSEWHERE) or command == Command("./scripts/brief check"):
                    continue
                code, output = run(folder, argv_of(command.line))
                assert code == command.code, f"$ {command.line}\nexit code {code}\n{output}"
                check_shown(command, output)
                number += 1
    return number


@pytest.mark.slow
@pytest.mark.parametrize("page", ["first.md", "evidence.md", "extend.md", "release.md"])
def test_a_guide_does_as_it_says(tmp_path: Path, page: str) -> None:
    assert walk(page, copy_of_the_set(tmp_path / "copy"))


def test_every_example_ends_in_a_command() -> None:
    for page in ("first.md", "evidence.md", "extend.md", "release.md", "propose.md"):
        *_, (_, _, kind, _, block) = _BLOCK.findall((GUIDES / page).read_text("utf-8"))
        assert kind == "console", page
        assert block.startswith("$ "), page
