"""What changes in the software: each fragment has a name that towncrier knows, and so reaches the page at a release."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

TEMPLATE = "template.md.jinja"


def test_every_fragment_reaches_the_page_at_a_release(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "docs/changes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "docs/changes.d", tmp_path / "docs/changes.d")
    fragments = [path for path in (tmp_path / "docs/changes.d").iterdir() if path.name not in {".gitignore", TEMPLATE}]
    texts = [path.read_text("utf-8").split() for path in fragments]
    towncrier = str(Path(sys.executable).parent / "towncrier")
    command = [towncrier, "build", "--yes", "--version", "9.9", "--date", "2027-01-02"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    page = (tmp_path / "docs/changes.md").read_text("utf-8")
    assert page.index("% towncrier") < page.index("## 9.9 (2027-01-02)") < page.index("## Unreleased")
    assert all(" ".join(text) in " ".join(page.split()) for text in texts)
    assert not [path for path in fragments if path.exists()], "a fragment that is left over has a name it does not know"
