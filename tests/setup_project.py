"""A small project for scripts/brief: a short lock, and a command that says where it runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "small"
version = "1.2.3"
[tool.hatch.build]
dev-mode-dirs = ["src"]
[tool.hatch.build.targets.wheel]
packages = ["src/annotated_brief"]
"""
COMMAND = """
import importlib.metadata, importlib.util, json, os, sys
words = sys.argv[1:]
print(json.dumps({
    "words": words, "folder": os.getcwd(), "prefix": sys.prefix, "version": importlib.metadata.version("small"),
    "tests": importlib.util.find_spec("iniconfig") is not None, "path": sys.path,
}))
sys.exit(int(words[-1]) if words[-1].isdigit() else 0)
"""


def pick(lock: str, *names: str) -> str:
    """Return the blocks of some packages and of all that they need, which the lock tells by its "via" comments."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = {
        found.partition("==")[0]: found for found in re.findall(r"^[a-z0-9].*\n(?:[ \t].*\n)*", text, re.MULTILINE)
    }
    users = {name: set(re.findall(r"# +(?:via )?([a-z0-9-]+)$", block, re.MULTILINE)) for name, block in blocks.items()}
    wanted = set(names)
    while more := {name for name in blocks if users[name] & wanted} - wanted:
        wanted |= more
    return "".join(blocks[name] for name in sorted(wanted))


def make_project(folder: Path) -> Path:
    for name in ("scripts", "src/annotated_brief", "elsewhere"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "brief", folder / "scripts" / "brief")
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "src" / "annotated_brief" / "__init__.py").write_text("")
    (folder / "src" / "annotated_brief" / "__main__.py").write_text(COMMAND)
    (folder / "requirements.lock").write_text(pick("requirements.lock", "uv", "hatchling"))
    (folder / "requirements-test.lock").write_text(pick("requirements-test.lock", "uv", "hatchling", "iniconfig"))
    return folder
