"""What is installed: only pinned packages with hashes and a known licence; and the list of them that a release carries."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from audit import Report, judge
from conftest import ROOT
from licences import UndecidedError, is_allowed, is_spdx, licence_of, load_rules, npm_licences, stated_licence
from locks import BUILD, TEST, Pin, read_lock
from sbom import make_bom, to_json

PROJECT = {"name": "annotated-brief", "version": "1.2.3", "license": "MIT"}
SBOM = ROOT / "scripts/supply/sbom.py"


# Locks


@pytest.mark.parametrize("lock", [BUILD, TEST], ids=lambda path: path.name)
def test_every_line_of_a_lock_belongs_to_a_pin_with_hashes_that_somebody_needs(lock: Path) -> None:
    pins = read_lock(lock)
    assert len(pins) == lock.read_text("utf-8").count("==") - sum(pin.marker.count("==") for pin in pins)
    assert [pin.name for pin in pins if not pin.hashes or not pin.needed_by] == []


def test_the_test_lock_holds_the_other() -> None:
    assert {(pin.name, pin.version, pin.hashes) for pin in read_lock(BUILD)} <= {
        (pin.name, pin.version, pin.hashes) for pin in read_lock(TEST)
    }


@pytest.mark.parametrize(
    "line", ["evil==1\n", "evil>=1 \\\n    --hash=sha256:00\n", "--index-url https://example.org/simple\n", "x @ y\n"]
)
def test_a_line_without_a_hash_is_found(tmp_path: Path, line: str) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(BUILD.read_text("utf-8") + line, "utf-8")
    with pytest.raises(ValueError, match=r"requirements\.lock: these lines belong to no pin with a hash"):
        read_lock(lock)


# Licences


def test_every_package_has_a_licence_that_is_allowed() -> None:
    rules = load_rules()
    shipped = {pin.name for pin in read_lock(BUILD)}
    assert {
        pin.name: licence_of(pin.name)
        for pin in read_lock(TEST)
        if not is_allowed(licence_of(pin.name), rules.shipped | (frozenset() if pin.name in shipped else rules.tests))
    } == {}


def test_every_package_of_npm_has_a_licence_that_is_allowed() -> None:
    rules, found = load_rules(), npm_licences()
    assert len(found) > 100
    assert {name: said for name, said in found.items() if not is_allowed(said, rules.shipped | rules.tests)} == {}


def test_what_is_decided_is_needed_and_said_in_spdx() -> None:
    """An entry is not left behind when a package goes, or when its metadata begins to say the same."""
    rules, pins = load_rules(), read_lock(TEST)
    names = {pin.name for pin in pins}
    assert set(rules.decided) <= names
    assert [
        name for name in rules.decided if stated_licence(name) == rules.decided[name] and not marked(pins, name)
    ] == []
    known = [*rules.shipped, *rules.tests, *rules.words.values()]
    assert [one for one in known if not is_spdx(one) and not one.startswith("LicenseRef-")] == []
    used = " ".join([*map(licence_of, names), *npm_licences().values()])
    assert [one for one in rules.shipped | rules.tests if one not in used] == []


def marked(pins: list[Pin], name: str) -> bool:
    """Whether a package is installed on some systems alone."""
    return any(pin.marker for pin in pins if pin.name == name)


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT AND ISC) OR GPL-3.0-only", True),
        ("Apache-2.0 WITH LLVM-exception", False),
    ],
)
def test_a_licence_is_allowed_where_it_leaves_a_choice(expression: str, wanted: bool) -> None:
    assert is_allowed(expression, load_rules().shipped) is wanted


def test_a_package_without_a_licence_is_named() -> None:
    with pytest.raises(
        UndecidedError, match=r"no-such-package: no licence is known: read its licence file and decide in"
    ):
        licence_of("no-such-package")


# The list of components


def test_the_list_is_valid_by_its_own_schema_and_holds_every_pin() -> None:
    text = to_json(make_bom(read_lock(BUILD), read_lock(TEST), PROJECT))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    found = json.loads(text)
    components = {(one["name"], one["version"]): one for one in found["components"]}
    assert components.keys() == {(pin.name, pin.version) for pin in read_lock(TEST)}
    for pin in read_lock(TEST):
        one = components[pin.name, pin.version]
        assert {part["content"] for part in one["hashes"]} == set(pin.hashes)
        assert one["licenses"] == [{"expression": licence_of(pin.name)}]
    required = {name for (name, _), one in components.items() if one["scope"] == "required"}
    assert required == {pin.name for pin in read_lock(BUILD)}
    assert found["metadata"]["component"]["version"] == "1.2.3"


def test_the_list_says_who_needs_whom() -> None:
    found = json.loads(to_json(make_bom(read_lock(BUILD), read_lock(TEST), PROJECT)))
    needs = {one["ref"]: one.get("dependsOn", []) for one in found["dependencies"]}
    version = {one["name"]: one["bom-ref"] for one in found["components"]}
    assert version["docutils"] in needs[version["sphinx"]]
    assert version["sphinx"] in needs["pkg:pypi/annotated-brief@1.2.3"]
    reached, todo = set(), ["pkg:pypi/annotated-brief@1.2.3"]
    while todo:
        reached.add(here := todo.pop())
        todo += set(needs[here]) - reached
    assert reached == needs.keys()


def test_the_validator_can_find_something() -> None:
    text = to_json(make_bom(read_lock(BUILD), read_lock(TEST), PROJECT)).replace('"SHA-256"', '"SHA-257"', 1)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is not None


def test_another_pin_is_another_list() -> None:
    pins = read_lock(BUILD)
    other = [replace(pins[0], version="0"), *pins[1:]]
    numbers = {
        json.loads(to_json(make_bom(found, found, PROJECT)))["serialNumber"] for found in (pins, pins[::-1], other)
    }
    assert len(numbers) == 2


def test_the_command_gives_the_same_bytes_again(tmp_path: Path) -> None:
    for name, settings in (
        ("one", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Chatham"}),
        ("other", {"PYTHONHASHSEED": "2", "TZ": "Pacific/Marquesas", "LC_ALL": "C", "PYTHONUTF8": "0"}),
    ):
        argv = [sys.executable, str(SBOM), str(tmp_path / name)]
        subprocess.run(
            argv, env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000", **settings}, cwd=tmp_path, check=True
        )
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert json.loads((tmp_path / "one").read_text("utf-8"))["metadata"]["timestamp"] == "2026-09-21T14:13:20+00:00"


# Known weaknesses

WEAK = {"name": "pyyaml", "version": "5.3", "vulns": [{"id": "X-1", "fix_versions": ["5.4"]}]}
SOUND = {"name": "jinja2", "version": "3.1.6", "vulns": list[object]()}
SKIPPED = {"name": "jinja2", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("known", "report", "code", "said"),
    [
        ([WEAK], [SOUND], 0, "no known weakness in 1 packages"),
        ([WEAK], [WEAK, SOUND], 1, "pyyaml 5.3: X-1, mended in 5.4"),
        ([SKIPPED], [SOUND], 3, "NOT CHECKED: nobody says that pyyaml==5.3 is weak"),
        ([], [SOUND], 3, "NOT CHECKED: nobody says that pyyaml==5.3 is weak"),
        ([WEAK], [SKIPPED], 3, "NOT CHECKED: there is no answer on jinja2"),
        ([WEAK], [], 3, "NOT CHECKED: there is no answer on jinja2"),
    ],
)
def test_an_answer_that_is_none_is_not_taken_for_good_news(known: Report, report: Report, code: int, said: str) -> None:
    found, lines = judge(known, report, ["jinja2"])
    assert (found, lines[0][: len(said)]) == (code, said)


def test_no_change_is_held_up_by_the_weaknesses_that_others_find() -> None:
    users = [path for path in (ROOT / ".github/workflows").glob("*.yml") if "audit" in path.read_text("utf-8")]
    assert users
    for path in users:
        assert set(yaml.safe_load(path.read_text("utf-8"))[True]) == {"schedule", "workflow_dispatch"}, path
    assert "audit.py" not in (ROOT / ".ci/run").read_text("utf-8")


# What a release publishes


@pytest.fixture
def packer(tmp_path: Path) -> ModuleType:
    """scripts/pack-release in a project of its own."""
    (tmp_path / "scripts").mkdir()
    path = shutil.copy(ROOT / "scripts/pack-release", tmp_path / "scripts")
    loader = SourceFileLoader("pack_release_under_test", str(path))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def fill(build: Path, *, late: bool) -> None:
    """Write what a build leaves, in one order or the other, now or long ago, open to all or to nobody else."""
    files = {
        "html/index.html": "page",
        "html/data/a.json": "{}",
        "pdf/one.pdf": "p",
        "pdf/.facts": "",
        "epub/one.epub": "e",
    }
    shutil.rmtree(build, ignore_errors=True)
    for name, text in sorted(files.items(), reverse=late):
        path = build / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(0o600 if late else 0o664)
        os.utime(path, (10**9, 10**9 + 10**7 * late))


def test_a_release_holds_everything_and_is_the_same_again(
    packer: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "second"):
        fill(tmp_path / "build", late=name == "second")
        assert packer.main(["1.2.3", str(tmp_path / name)]) == 0
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("first", "second")
    )
    assert first == second
    assert first.keys() == {"one.pdf", "one.epub", "site-1.2.3.zip", "data-1.2.3.zip", "SHA256SUMS"}
    assert ZipFile(tmp_path / "first/site-1.2.3.zip").namelist() == ["data/a.json", "index.html"]
    assert ZipFile(tmp_path / "first/data-1.2.3.zip").namelist() == ["data/a.json"]
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "first", check=True)
    assert len(capsys.readouterr().out.splitlines()) == 8


def test_a_release_takes_in_what_lies_there_already(packer: ModuleType, tmp_path: Path) -> None:
    fill(tmp_path / "build", late=False)
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "sbom.json").write_text("{}", "utf-8")
    assert packer.main(["1", str(tmp_path / "release")]) == 0
    assert "  sbom.json\n" in (tmp_path / "release" / "SHA256SUMS").read_text("utf-8")


def test_a_release_without_a_build_is_refused(
    packer: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert packer.main(["1", str(tmp_path / "release")]) == 3
    assert capsys.readouterr().err == "pack-release: build/html is not there: run `scripts/brief build` first\n"
    assert not (tmp_path / "release").exists()
