"""The first command of the README, as a reader runs it: a fresh copy, an empty home, no tools of a developer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What a network needs to be reached at all; nothing else of this machine's settings gets through.
NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "PIP_CERT", "PIP_INDEX_URL")
MADE = (".venv", ".tools", "build")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs a PATH of system folders")]


def copy_checkout(target: Path) -> None:
    """Copy what git has, or would take: what a clone of the next commit holds."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).exists():  # not one that was deleted since
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name, follow_symlinks=False)


def list_files(folder: Path) -> set[str]:
    files = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {path.as_posix() for path in files if path.parts[0] not in MADE and "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh copy, its environment not set up yet."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so nothing says what belongs to a copy")
    target = tmp_path_factory.mktemp("fresh") / "copy"
    copy_checkout(target)
    return target


def run(copy: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run *command* with an empty home, outside of the copy but for git, which is told where it is."""
    home = copy.parent / "home"
    home.mkdir(exist_ok=True)
    settings = {name: value for name, value in os.environ.items() if name.upper() in NETWORK}
    environment = {**settings, "HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)


def test_a_fresh_copy_builds(copy: Path) -> None:
    before = list_files(copy)
    ended = run(copy, getattr(sys, "_base_executable", sys.executable), copy / "scripts" / "brief", "build")
    assert ended.returncode == 0, ended.stderr
    assert "brief: set up in" in ended.stderr
    assert "WARNING" not in ended.stderr
    assert (copy / "build" / "html" / "index.html").is_file()
    assert (copy / "build" / "pdf" / "reaffirming-balance.pdf").read_bytes().startswith(b"%PDF-")
    for word in ("site ", "PDF ", "paragraphs ", "annotations ", "sources ", "terms ", "events ", "seconds "):
        assert f"\n{word}" in f"\n{ended.stdout}"
    assert list_files(copy) == before, "a build writes into build/ alone"


def test_the_hook_stops_a_commit_with_an_error(copy: Path) -> None:
    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run(copy, "git", "-C", str(copy), "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments)

    assert git("init", "--quiet").returncode == 0
    assert git("config", "core.hooksPath", ".githooks").returncode == 0
    assert git("add", "--all").returncode == 0
    good = git("commit", "--quiet", "-m", "As it is")
    assert good.returncode == 0, good.stderr
    brief = copy / "docs" / "briefs" / "reaffirming-balance" / "index.md"
    brief.write_text(brief.read_text("utf-8").replace(":verdict: disputed", ":verdict: doubted", 1), "utf-8")
    bad = git("commit", "--all", "-m", "A verdict that there is not")
    assert bad.returncode == 1
    assert "docs/briefs/reaffirming-balance/index.md:" in bad.stdout + bad.stderr
    assert "error" in bad.stdout + bad.stderr
    assert git("log", "--format=%s").stdout == "As it is\n"
