"""Two machines that differ in all that must not matter make the same bytes; and they do differ."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from faults.place import make_place
from machines import MACHINES, Machine, NoOtherUserError, differences, digests
from reproduce import RESULTS, TABLES, to_tables

PRODUCTS = ("html", "pdf", "epub")
MOMENT = "1790000000"
PROBE = """
import getpass, json, os, time
mask, now = os.umask(0), time.localtime(int(os.environ["SOURCE_DATE_EPOCH"]))
print(json.dumps({
    "path": os.getcwd(), "user": os.getuid(), "name": getpass.getuser(), "home": os.path.expanduser("~"),
    "day": now.tm_mday, "hour": now.tm_hour, "minute": now.tm_min, "umask": mask, "hash": hash("word"), "processors": os.cpu_count(),
    "listed": os.listdir("many"), "scanned": [entry.name for entry in os.scandir("many")],
    "encoding": __import__("locale").getpreferredencoding(False), "language": os.environ.get("LANGUAGE"),
}))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="users and rights of the POSIX kind")


def run_as(machine: Machine, folder: Path, *words: str, **settings: str) -> str:
    """Run a module there; without a second user fail where all judges are required."""
    (folder / "home").mkdir(exist_ok=True)
    argv = machine.python(sys.executable, *words)
    try:
        done = machine.run(argv, folder=folder / "project", home=folder / "home", **settings)
    except NoOtherUserError as error:
        if os.environ.get("BRIEF_JUDGES") == "required":
            pytest.fail(str(error))
        pytest.skip(str(error))
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_two_machines_make_the_same_bytes(tmp_path: Path) -> None:
    made = make_place(tmp_path / "made")
    for machine in MACHINES:
        folder = tmp_path / machine.folder
        shutil.copytree(made.root, folder / "project")
        shutil.copytree(made.scratch / "library", folder / "library")
        library = str(folder / "library")
        run_as(machine, folder, "annotated_brief", "build", PYTHONPATH=library, SOURCE_DATE_EPOCH=MOMENT)
    one, other = (tmp_path / machine.folder / "project" / "build" for machine in MACHINES)
    assert [f"{name}/{found}" for name in PRODUCTS for found in differences(one / name, other / name)] == []
    assert {"index.html", "data/index.json"} <= digests(one / "html").keys()
    assert [list(one.glob(f"{name}/*.{name}")) != [] for name in PRODUCTS] == [True, True, True]


def test_the_machines_differ_in_all_that_is_said(tmp_path: Path) -> None:
    seen = []
    for machine in MACHINES:
        folder = tmp_path / machine.folder
        (folder / "project" / "many").mkdir(parents=True)
        (folder / "library").mkdir()
        (folder / "library" / "probe.py").write_text(PROBE, "utf-8")
        for name in "bca":
            (folder / "project" / "many" / name).touch()
        seen.append(
            json.loads(run_as(machine, folder, "probe", PYTHONPATH=str(folder / "library"), SOURCE_DATE_EPOCH=MOMENT))
        )
    one, other = seen
    assert [name for name in one if one[name] == other[name]] == []
    assert other["listed"] == other["scanned"] == one["listed"][::-1]


def test_a_difference_is_named_with_its_place(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, text in ((one, b"made in Kazan"), (other, b"made in Kyiv")):
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "page.html").write_bytes(text)
        (folder / "same.html").write_bytes(b"same")
    (other / "more.html").touch()
    assert list(differences(one, other)) == [
        "deep/page.html: from byte 9 on, b'azan' and b'yiv'",
        f"more.html: only in {other}",
    ]
    assert list(differences(one, one)) == []


def test_the_page_shows_the_results_of_the_real_edition() -> None:
    results = json.loads(RESULTS.read_text("utf-8"))
    assert TABLES.read_text("utf-8") == to_tables(results)
    assert results["differences"] == []
    assert all(results["files"].values())
    assert "benchmarks/reproduced.md" in (ROOT / "docs/contributing/supply.md").read_text("utf-8")
