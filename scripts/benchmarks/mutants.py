"""How many small faults in the code the tests notice: mutmut on folding, quotations, anchoring and the checks.

mutmut is in no lock, since it is seldom needed and brings much. It is installed beside, and its folder named:

    .venv/bin/uv pip install --target MUTMUT mutmut==3.8.1
    .venv/bin/python scripts/benchmarks/mutants.py MUTMUT

It fails where the tests notice fewer than nine in ten, and lists those that they do not. The cases of the checks are each a
build of its own, which no change of a check can disturb: they are built once, and the checks are run on what was read.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "tests"))

from annotated_brief.checks import check_corpus  # noqa: E402
from annotated_brief.commands.local import attached_works, find_local, repository_files  # noqa: E402
from annotated_brief.commands.project import Project  # noqa: E402
from annotated_brief.exports.write import write_text  # noqa: E402
from annotated_brief.reading.copies import SOURCES, stored_copies  # noqa: E402
from case_files import BASE, NAMES, expected_of, files_of, lines_of  # noqa: E402
from conftest import run_sphinx  # noqa: E402

CODE = ROOT / "docs" / "_ext" / "annotated_brief"
CHECKS = tuple(f"checks/{path.name}" for path in sorted((CODE / "checks").glob("[!_]*.py")))
MUTATED = ("model/text.py", "model/quotes.py", "model/anchoring.py", "model/naming.py", *CHECKS)
TESTS = (
    *(f"model/test_{name}.py" for name in ("text", "quotes", "quote_mutations", "anchoring", "checks", "naming")),
    "exports/corpora.py",
    "case_files.py",
)
CASES = """\
import pickle
from pathlib import Path

import pytest

from annotated_brief.checks import check_corpus
from annotated_brief.checks.anchors import check_anchors
from annotated_brief.checks.quote_lock import check_quote_lock
from annotated_brief.checks.works import check_borrowed
from case_files import lines_of

READ = pickle.loads(Path(__file__).with_name("read.pickle").read_bytes())


@pytest.mark.parametrize("name", READ)
def test_case(name):
    corpus, files, copies, held, expected = READ[name]
    found = [
        *check_corpus(corpus),
        *check_borrowed(corpus.briefs, files),
        *check_anchors(corpus, copies),
        *check_quote_lock(corpus, held),
    ]
    assert sorted(lines_of(name, found)) == expected
"""  # the same as tests/test_cases.py, on what was read
CONFTEST = """\
from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutants", deadline=None, derandomize=True, database=None, max_examples=12, suppress_health_check=list(HealthCheck)
)
settings.load_profile("mutants")
"""  # few examples, the same each time: what is found by chance would not be found again
LEAST = 0.9  # of the mutants
MEMORY = 4 * 2**30  # bytes that one may take: some loop for ever


def prepare(folder: Path) -> None:
    """Write into *folder* what mutmut works on: the code, the tests of it, and the settings."""
    shutil.copytree(CODE, folder / CODE.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "briefs", folder / "docs" / "briefs")
    for name in TESTS:
        target = folder / "tests" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "tests" / name, target)
    shutil.copytree(ROOT / "tests" / "cases", folder / "tests" / "cases")
    (folder / "tests" / "conftest.py").write_text(CONFTEST)
    (folder / "tests" / "test_read.py").write_text(CASES)
    (folder / "tests" / "read.pickle").write_bytes(pickle.dumps(read_cases()))
    mutated = "\n    ".join(f"{CODE.name}/{name}" for name in MUTATED)
    (folder / "setup.cfg").write_text(
        f"[mutmut]\nsource_paths={CODE.name}\nonly_mutate={mutated}\n"
        "pytest_add_cli_args_test_selection=tests/\nalso_copy=\n    docs\n"
    )
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = tests\naddopts = --import-mode=importlib\n")


def read_cases() -> dict[str, Any]:
    """Return by name what was read of each case, and which of its findings are those of the checks."""
    read: dict[str, Any] = {}
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "project"
            shutil.copytree(BASE, root)
            for path, text in files_of(name).items():
                write_text(root / path, text)
            built = run_sphinx(root, "dummy")
            (root / "article.txt").unlink()
            corpus, project = built.corpus, Project(root=root)
            files = list(repository_files(project))
            copies, held = dict(attached_works(project, corpus)), dict(stored_copies(root, SOURCES))
            found = [*check_corpus(corpus), *find_local(project, corpus)]
            read[name] = corpus, files, copies, held, sorted(lines_of(name, found))
            assert set(read[name][-1]) <= set(expected_of(name)), name
    return read


def main(mutmut: Path) -> None:
    """Run mutmut, and say how it went."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        environment = {**os.environ, "PYTHONPATH": str(mutmut)}

        def run(verb: str) -> str:
            argv = [sys.executable, "-m", "mutmut", verb]
            done = subprocess.run(argv, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
            return done.stdout

        run("run")
        run("export-cicd-stats")
        found = json.loads((folder / "mutants" / "mutmut-cicd-stats.json").read_text("utf-8"))
        noticed, whole = found["killed"] + found["timeout"], found["total"]
        sys.stdout.write(f"{run('results')}\n{noticed} of {whole} mutants noticed: {noticed / whole:.1%}\n")
    sys.exit(noticed < LEAST * whole)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve())
