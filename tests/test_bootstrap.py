"""scripts/brief: what it refuses, and what it says then. Nothing here installs anything."""

import ast
import errno
import importlib.machinery
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "brief"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that holds what the bootstrap reads, and no package."""
    for name in ("scripts/brief", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def bootstrap(project: Path) -> ModuleType:
    """The bootstrap of that folder, as a module."""
    loader = importlib.machinery.SourceFileLoader("bootstrap_under_test", str(project / "scripts" / "brief"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def run(project: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    return subprocess.run(
        [sys.executable, project / "scripts" / "brief", *arguments],
        env={**environment, "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0", **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def assert_refused(ended: subprocess.CompletedProcess[str], words: str) -> None:
    """One clear line after the progress lines, exit code 3, no traceback."""
    assert ended.returncode == 3, ended.stderr
    *stages, line = ended.stderr.splitlines()
    assert line.startswith("brief: ")
    assert words in line
    assert all(stage.startswith(("brief: creating", "brief: installing", "brief: uv cannot")) for stage in stages)
    assert not ended.stdout


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_refused_before_anything_else() -> None:
    program = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    ended = subprocess.run([sys.executable, "-c", program, SCRIPT], capture_output=True, text=True, check=False)
    assert_refused(ended, "this is Python 3.9, and 3.11 or newer is needed: install one")


def test_real_old_pythons_are_refused() -> None:
    """Every older Python that this machine happens to have."""
    for version in ("3.6", "3.7", "3.8", "3.9", "3.10"):
        python = shutil.which(f"python{version}")
        if python and subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0:
            ended = subprocess.run([python, SCRIPT], capture_output=True, encoding="utf-8", check=False)
            assert_refused(ended, f"this is Python {version}, and")


def test_the_script_uses_the_standard_library_alone() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names
    assert "shell=True" not in SCRIPT.read_text(encoding="utf-8")


def test_help_needs_no_environment(project: Path) -> None:
    for arguments in ((), ("--help",), ("build", "-h")):
        ended = run(project, *arguments)
        assert ended.returncode == 0
        assert "./scripts/brief build" in ended.stdout
    assert not (project / ".venv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")
def test_a_path_that_the_locale_cannot_say_is_no_trouble(project: Path) -> None:
    place = project.rename(project.with_name("место"))
    ended = run(place, "--help", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_completion_never_installs(project: Path) -> None:
    ended = run(project, "build", _BRIEF_COMPLETE="complete_bash")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_missing_venv_is_refused(project: Path, tmp_path: Path) -> None:
    """Debian leaves ensurepip out of its python3 package."""
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "ensurepip.py").write_text("raise ImportError\n")
    assert_refused(run(project, "build", PYTHONPATH=str(tmp_path / "fake")), "apt install python3-venv")


def test_silent_index_is_refused(project: Path) -> None:
    ended = run(project, "build", PIP_INDEX_URL=f"http://127.0.0.1:{closed_port()}/simple")
    assert_refused(
        ended, "no package index answers: check the network; behind a proxy set HTTPS_PROXY, and SSL_CERT_FILE"
    )
    assert not (project / ".venv" / "brief-stamp.json").exists()


@pytest.mark.parametrize(("verb", "lock"), [("build", "requirements.lock"), ("test", "requirements-test.lock")])
def test_missing_lock_is_refused(project: Path, verb: str, lock: str) -> None:
    (project / lock).unlink()
    assert_refused(run(project, verb), f"{lock} is missing from {project}: restore it with `git restore {lock}`")


def test_malformed_project_file_is_refused(project: Path) -> None:
    (project / "pyproject.toml").write_text("[project\n")
    assert_refused(run(project, "build"), "pyproject.toml cannot be read: ")


def test_file_in_the_way_is_refused(project: Path) -> None:
    (project / ".tools").write_text("")
    assert_refused(run(project, "build"), ".tools: File exists; mend that")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_read_only_folder_is_refused(project: Path) -> None:
    project.chmod(0o500)
    try:
        assert_refused(run(project, "build"), "cannot be written: make it writable")
    finally:
        project.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="holds the lock in the POSIX way")
def test_second_run_is_refused_and_a_left_lock_file_is_not_a_lock(project: Path, bootstrap: ModuleType) -> None:
    with bootstrap.only_one_run():
        assert_refused(run(project, "build"), "another run is setting up .venv: wait until it is done")
    assert (project / ".tools" / "setup.lock").exists()
    with bootstrap.only_one_run():
        pass


def test_full_disk_is_refused_at_the_start(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 5, 5))
    with pytest.raises(bootstrap.Refusal, match="the disk is full: free about"):
        bootstrap.check_machine()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "cannot be written"),
        (errno.EROFS, "cannot be written"),
        (errno.EIO, "mend that and run again"),
    ],
)
def test_trouble_with_the_folder_is_one_line(bootstrap: ModuleType, number: int, words: str) -> None:
    line = bootstrap.explain_os_error(OSError(number, os.strerror(number), "/some/where"))
    assert words in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("error: failed to copy: No space left on device (os error 28)", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that the lock names"),
        ("error: Hash mismatch for `x==1`", "not the one that the lock names"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "SSL_CERT_FILE"),
        ("invalid peer certificate: UnknownIssuer", "SSL_CERT_FILE"),
        ("NewConnectionError('...: [Errno -3] Temporary failure in name resolution')", "no package index answers"),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 403'))", "HTTPS_PROXY"),
        ("ERROR: No matching distribution found for typst==0.15.2", "lacks a locked package"),
        ("PermissionError: [Errno 13] Permission denied: '/x'", "cannot be written"),
    ],
)
def test_installers_words_are_explained(bootstrap: ModuleType, said: str, words: str) -> None:
    assert words in bootstrap.explain(f"Collecting things\n{said}\nmore")


def test_unknown_words_of_an_installer_are_not_explained(bootstrap: ModuleType) -> None:
    assert bootstrap.explain("something else") is None


def test_a_stamp_counts_only_whole_and_unchanged(project: Path, bootstrap: ModuleType) -> None:
    bootstrap.PYTHON.parent.mkdir(parents=True)
    bootstrap.PYTHON.write_text("")
    assert not bootstrap.is_ready("build")
    bootstrap.STAMP.write_text("{")
    assert not bootstrap.is_ready("build")
    bootstrap.write_stamp("test")
    assert bootstrap.is_ready("build")
    assert bootstrap.is_ready("test")
    bootstrap.write_stamp("build")
    assert not bootstrap.is_ready("test")
    with (project / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert not bootstrap.is_ready("build")
    bootstrap.write_stamp("build")
    bootstrap.PYTHON.unlink()
    assert not bootstrap.is_ready("build")


def test_tool_settings_do_not_touch_the_stamp(project: Path, bootstrap: ModuleType) -> None:
    before = bootstrap.wanted_stamp("build")
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    (project / "pyproject.toml").write_text(text + "\n[tool.other]\nx = 1\n", encoding="utf-8")
    assert bootstrap.wanted_stamp("build") == before
    (project / "pyproject.toml").write_text(text.replace('version = "0.1.0"', 'version = "0.2.0"'), encoding="utf-8")
    assert bootstrap.wanted_stamp("build") != before


def test_the_test_lock_holds_the_other() -> None:
    pins = [
        {line.split(" \\")[0] for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line[:1].isalnum()}
        for name in ("requirements.lock", "requirements-test.lock")
    ]
    assert pins[0] < pins[1]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_the_locks_hold_no_address_and_only_hashed_pins(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    for block in text.split("\n"):
        assert not block[:1].isalnum() or "==" in block
    assert text.count("==") <= text.count("--hash=sha256:")


def test_refresh_lock_knows_an_address() -> None:
    loader = importlib.machinery.SourceFileLoader("refresh_lock", str(ROOT / "scripts" / "refresh-lock"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    assert module.find_address("x==1 \\\n    --hash=sha256:00\n    # via y\n") is None
    for line in ("--index-url https://example.org/simple", "x @ file:///tmp/x.whl", "--find-links wheels", "-i x"):
        assert module.find_address(f"a==1\n{line}\n"), line


def test_ci_runs_the_command_of_the_readme() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == './scripts/brief test "$@"'
    for path in (SCRIPT, ROOT / ".ci" / "run", ROOT / "scripts" / "refresh-lock"):
        assert sys.platform == "win32" or os.access(path, os.X_OK), path
