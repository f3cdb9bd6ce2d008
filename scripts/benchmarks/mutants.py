"""How many small faults in the code the tests notice: mutmut on folding, quotations and anchoring.

mutmut is in no lock, since it is seldom needed and brings much. It is installed beside, and its folder named:

    .venv/bin/uv pip install --target MUTMUT mutmut==3.8.1
    .venv/bin/python scripts/benchmarks/mutants.py MUTMUT

It fails where the tests notice fewer than nine in ten, and lists those that they do not.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ROOT / "docs" / "_ext" / "annotated_brief"
MUTATED = ("model/text.py", "model/quotes.py", "model/anchoring.py")
TESTS = (
    *(f"model/test_{name}.py" for name in ("text", "quotes", "quote_mutations", "anchoring")),
    "exports/corpora.py",
)
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
    (folder / "tests" / "conftest.py").write_text(CONFTEST)
    mutated = "\n    ".join(f"{CODE.name}/{name}" for name in MUTATED)
    (folder / "setup.cfg").write_text(
        f"[mutmut]\nsource_paths={CODE.name}\nonly_mutate={mutated}\n"
        "pytest_add_cli_args_test_selection=tests/\nalso_copy=\n    docs\n"
    )
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = tests\naddopts = --import-mode=importlib\n")


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
