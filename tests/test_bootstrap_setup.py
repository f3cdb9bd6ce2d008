"""scripts/brief in a small project of its own, with real installations from a short lock."""

import hashlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from setup_project import make_project, pick

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="stops processes the POSIX way")]


def argv(project: Path, *arguments: str) -> list[str | Path]:
    return [sys.executable, project / "scripts" / "brief", *arguments]


def run(project: Path, *arguments: str, cwd: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        argv(project, *arguments), cwd=cwd, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was set up once; the tests leave it in order."""
    project = make_project(tmp_path_factory.mktemp("installed"))
    ended = run(project, "build")
    assert ended.returncode == 0, ended.stderr
    assert "set up in" in ended.stderr
    return project


def test_the_next_run_only_hands_over(installed: Path) -> None:
    """From any folder, with the arguments, the exit code and the caller's folder, and no word of its own."""
    ended = run(installed, "build", "--flag", "a b", "7", cwd=installed / "elsewhere", PYTHONPATH="/nowhere")
    said = json.loads(ended.stdout)
    assert ended.returncode == 7
    assert ended.stderr == ""
    assert said["words"] == ["build", "--flag", "a b", "7"]
    assert Path(said["folder"]) == installed / "elsewhere"
    assert Path(said["prefix"]) == installed / ".venv"
    assert said["version"] == "1.2.3"
    assert "/nowhere" not in said["path"]
    assert str(installed / "elsewhere") not in said["path"]


def test_the_test_tools_come_on_top_and_stay(installed: Path) -> None:
    assert not json.loads(run(installed, "build").stdout)["tests"]
    first = run(installed, "test")
    assert json.loads(first.stdout)["tests"]
    assert "creating" not in first.stderr
    assert run(installed, "test").stderr == ""
    assert run(installed, "build").stderr == ""


def test_a_changed_lock_installs_anew_and_an_unchanged_one_does_not(installed: Path) -> None:
    lock = installed / "requirements.lock"
    lock.write_text(lock.read_text() + pick("requirements-test.lock", "iniconfig"))
    ended = run(installed, "build")
    assert "creating .venv" in ended.stderr
    assert json.loads(ended.stdout)["tests"]
    assert run(installed, "build").stderr == ""


def test_an_interrupted_set_up_is_repaired(tmp_path: Path) -> None:
    """Asked to end between the last step that makes .venv and the stamp."""
    project = make_project(tmp_path / "interrupted")
    child = subprocess.Popen(argv(project, "build"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wait_for(project / ".venv" / "bin" / "uv")
    child.send_signal(signal.SIGTERM)
    assert "interrupted" in child.communicate()[1]
    assert child.returncode == 130
    assert not (project / ".venv" / "brief-stamp.json").exists()
    ended = run(project, "build")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["version"] == "1.2.3"


def test_a_killed_set_up_is_repaired(tmp_path: Path) -> None:
    """What it had started goes on for a moment; until then the next run waits its turn in plain words."""
    project = make_project(tmp_path / "killed")
    child = subprocess.Popen(argv(project, "build"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(project / ".venv" / "bin" / "python")
    child.kill()
    child.wait()
    assert not (project / ".venv" / "brief-stamp.json").exists()
    deadline = time.monotonic() + 60
    while (ended := run(project, "build")).returncode == 3 and time.monotonic() < deadline:
        assert ended.stderr == "brief: another run is setting up .venv: wait until it is done and run again\n"
        time.sleep(0.1)
    assert ended.returncode == 0, ended.stderr


def test_pip_installs_where_uv_cannot(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    project = make_project(tmp_path / "pip")
    ended = run(
        project, "build", UV_DEFAULT_INDEX=f"http://127.0.0.1:{port}/simple", UV_HTTP_RETRIES="0", UV_NO_CACHE="1"
    )
    assert "pip installs, more slowly" in ended.stderr
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["version"] == "1.2.3"


def test_a_file_with_another_hash_is_refused(tmp_path: Path) -> None:
    project = make_project(tmp_path / "hash")
    lock = project / "requirements.lock"
    wrong = r"\1 --hash=sha256:" + "0" * 64 + "\n"
    lock.write_text(re.sub(r"^(pluggy==\S+).*\n(?:[ \t].*\n)*", wrong, lock.read_text(), flags=re.MULTILINE))
    ended = run(project, "build")
    assert ended.returncode == 3
    assert "not the one that the lock names" in ended.stderr.splitlines()[-1]
    assert not (project / ".venv" / "brief-stamp.json").exists()


def test_a_source_that_would_have_to_be_built_is_refused(tmp_path: Path) -> None:
    """Even one whose hash the lock names: what it runs, and what that fetches, no lock names."""
    project = make_project(tmp_path / "source")
    made, ran = tmp_path / "wheels" / "iniconfig-2.3.1.tar.gz", tmp_path / "ran"
    made.parent.mkdir()
    setup = (
        f"open({str(ran)!r}, 'w')\nfrom setuptools import setup\nsetup(name='iniconfig', version='2.3.1')\n".encode()
    )
    with tarfile.open(made, "w:gz") as archive:
        for name, content in (
            ("setup.py", setup),
            ("PKG-INFO", b"Metadata-Version: 2.1\nName: iniconfig\nVersion: 2.3.1\n"),
        ):
            entry = tarfile.TarInfo(f"iniconfig-2.3.1/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    with (project / "requirements.lock").open("a") as lock:
        lock.write(f"iniconfig==2.3.1 --hash=sha256:{digest}\n")
    ended = run(project, "build", PIP_FIND_LINKS=str(made.parent), UV_FIND_LINKS=str(made.parent), UV_NO_CACHE="1")
    assert not ran.exists()
    assert ended.returncode == 3
    assert "brief: " in ended.stderr.splitlines()[-1]
    assert not (project / ".venv" / "brief-stamp.json").exists()


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.01)
