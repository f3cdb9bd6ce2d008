"""Programs that read what is exported, none of them ours."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypandoc

from conftest import need

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
TEI_ALL = SCHEMAS / "tei_all.rng"
ATOM = SCHEMAS / "atom.rnc"


def tool(name: str) -> Path:
    """Return a judge by the name of its program."""
    if name == "pandoc":
        return Path(pypandoc.get_pandoc_path())
    own = Path(sys.executable).with_name(name)
    return own if own.exists() else need(shutil.which(name), name)


def pandoc(text: str, form: str) -> dict[str, dict[str, Any]]:
    """Return the items that pandoc reads in *text*, as CSL items by id; what it warns of fails."""
    done = subprocess.run(
        [tool("pandoc"), "--from", form, "--to", "csljson", "--fail-if-warnings"],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return {item["id"]: item for item in json.loads(done.stdout)}


def jing(path: Path, schema: Path = TEI_ALL) -> str:
    """Return what jing says of a file: nothing where it is valid."""
    compact = ["-c"] if schema.suffix == ".rnc" else []
    done = subprocess.run([tool("jing"), *compact, schema, path], capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def frictionless(index: Path) -> None:
    """Fail unless every file that *index* lists is there, with the size and hash that it says, and is what it says."""
    done = subprocess.run(
        [tool("frictionless"), "validate", "--json", index], capture_output=True, text=True, check=False
    )
    report = json.loads(done.stdout)
    wrong = [(task["name"], task["errors"]) for task in report["tasks"] if not task["valid"]]
    assert report["valid"], (report["errors"], wrong)
