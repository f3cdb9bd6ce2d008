"""The tables of what was tried, made from the file of results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from figures import table

HERE = Path(__file__).resolve().parent.parent
RESULTS, TABLES = HERE / "faults.json", HERE / "faults.md"


def to_tables(results: dict[str, Any]) -> str:
    """Return the tables as Markdown: kills, disks, and runs at once."""
    parts = [
        f"Tried on {results['on']} with the seed {results['seed']}: {results['cores']} cores, Python {results['python']}.",
        "### Killed",
        table(
            ("Verb", "Points", "Seconds", "Changes of files", "Old state", "New state", "Over before", "Not repaired"),
            (
                [
                    _code(one["verb"]),
                    *_cells(one, "points", "seconds", "moments", "old", "new", "ended before"),
                    *_faults(one),
                ]
                for one in results["kills"]
            ),
        ),
        "### Disk full, disk read-only",
    ]
    disks = [
        [_code(one["verb"]), *_cells(one, "points", "stopped", "went through", "read-only"), *_faults(one)]
        for one in results["disks"]
    ]
    header = ("Verb", "Disks that fill", "Stopped", "Went through", "Where it is read-only", "Faults")
    parts += [table(header, disks) if disks else results["not_tried"], "### At once"]
    rows = [
        [
            one["what"],
            sum(one["counts"].values()),
            ", ".join(f"{number} × {how}" for how, number in one["counts"].items()),
            *_faults(one),
        ]
        for one in results["together"]
    ]
    parts.append(table(("What", "Times", "How it ended", "Faults"), [[str(cell) for cell in line] for line in rows]))
    return "\n\n".join(parts) + "\n"


def _code(verb: str) -> str:
    """Return a verb as code."""
    return f"`{verb}`"


def _cells(one: dict[str, Any], *names: str) -> list[str]:
    """Return fields of a result as cells."""
    return [str(one[name]) for name in names]


def _faults(one: dict[str, Any]) -> list[str]:
    """Return the number of faults as a cell."""
    return [str(len(one["faults"]))]
