"""Ask which packages of the locks have known weaknesses: ``scripts/supply/audit.py``.

It is pip-audit that asks; alone it says “no known vulnerabilities” of packages on which it got no answer, too. So it is
first asked about a version that is known to be weak, and then every package must have an answer. Exit code 1: weaknesses;
3: the answers are worth nothing. Other people find weaknesses on their own calendar, so no change of ours is held up by this.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.markers import Marker

from locks import TEST, read_lock

KNOWN = "pyyaml==5.3"  # weak since 2020
Report = list[dict[str, Any]]


def ask(*arguments: str) -> Report:
    """Return what pip-audit says of each package; nothing where it fails."""
    argv = [sys.executable, "-m", "pip_audit", "--disable-pip", "--progress-spinner=off", "--format=json", *arguments]
    said = subprocess.run(argv, capture_output=True, text=True, check=False).stdout
    try:
        found: Report = json.loads(said)["dependencies"]
    except (ValueError, KeyError):
        return []
    return found


def weaknesses(report: Report) -> list[str]:
    """Return a line for each weakness of a report."""
    return [
        f"{one['name']} {one['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'no version yet'}"
        for one in report
        for weak in one.get("vulns", [])
    ]


def judge(known: Report, report: Report, wanted: Iterable[str]) -> tuple[int, list[str]]:
    """Return the exit code and what to say of the answers on the *known* package, and on those that are *wanted*."""
    if not weaknesses(known):
        return 3, [f"NOT CHECKED: nobody says that {KNOWN} is weak, so no other answer is worth anything either"]
    silent = set(wanted) - {one["name"] for one in report if "vulns" in one}
    if silent:
        return 3, [f"NOT CHECKED: there is no answer on {', '.join(sorted(silent))}", *weaknesses(report)]
    found = weaknesses(report)
    return (1, found) if found else (0, [f"no known weakness in {len(report)} packages"])


def main() -> int:
    """Ask twice, and judge."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "known.txt")
        path.write_text(f"{KNOWN}\n", encoding="utf-8")
        known = ask("--no-deps", "--requirement", str(path))
    here = {pin.name for pin in read_lock(TEST) if not pin.marker or Marker(pin.marker).evaluate()}
    code, lines = judge(known, ask("--require-hashes", "--requirement", str(TEST)), here)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
