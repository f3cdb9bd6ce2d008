"""The tables of the page on performance, made from the file of results."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

RESULTS, TABLES = Path(__file__).with_name("performance.json"), Path(__file__).with_name("performance.md")
FLOOR, OURS = "plain", "ours"
PAPER = 10_000  # briefs that are costed from the fit
STEPS = {
    "clean_1": "clean build",
    "no_op": "nothing changed",
    "edited": "one note edited",
    "check": "`brief check`",
}
NOT_RUN = "not run"
Run = dict[str, Any]


def to_tables(results: dict[str, Any]) -> str:
    """Return the tables as Markdown: targets, comparison by size, growth, and the cost of a very large edition."""
    runs = Runs(results)
    parts = [
        f"Measured on {results['on']}: {results['cores']} cores, Python {results['python']}, Sphinx {results['sphinx']}.",
        "### Targets",
        table(("Target", "Wanted", "Measured", "Briefs", "Met"), (target.row(runs) for target in TARGETS)),
    ]
    for size in runs.sizes:
        parts += [f"### {size} brief{'s' * (size > 1)}", compare(runs, size)]
    parts += ["### Growth", growth(runs), f"### {PAPER:,} briefs, on paper", paper(runs)]
    return "\n\n".join(parts) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@dataclass(frozen=True, slots=True)
class Runs:
    """The results, to be asked."""

    results: dict[str, Any]

    @property
    def sizes(self) -> list[int]:
        """The sizes that this project was run at."""
        return sorted({run["briefs"] for run in self.results["runs"] if run["tool"] == OURS})

    def of_size(self, size: int) -> list[Run]:
        """Return the runs of one size."""
        return [run for run in self.results["runs"] if run["briefs"] == size]

    def one(self, tool: str, size: int) -> Run | None:
        """Return the run of a tool, if there is one."""
        return next((run for run in self.of_size(size) if run["tool"] == tool), None)

    def seconds(self, tool: str, size: int, step: str) -> float | None:
        """Return the processor's time that a step took, if it was run."""
        found = self.one(tool, size)
        return found["seconds"].get(step) if found else None


def compare(runs: Runs, size: int) -> str:
    """Return the table of one size: the floor in seconds and megabytes, all others as ratios to it."""
    floor = runs.one(FLOOR, size)
    header = ("Tool", *STEPS.values(), "gain by `-j 2`", "memory", "on the disk", "a page")
    return table(header, (_row(run, None if run is floor else floor) for run in runs.of_size(size)))


def _row(run: Run, floor: Run | None) -> list[str]:
    """Return the row of one tool."""
    base = floor["seconds"] if floor else {}
    cells = [run["title"], *(_cell(run["seconds"].get(step), base.get(step), "{:.1f} s", floor) for step in STEPS)]
    one, two = (run["clock"].get(step) for step in ("clean_1", "clean_2"))
    cells.append(f"{one / two:.2f} ×" if one and two else "–")
    page = run["page_bytes"] / run["pages"] / 1e3
    cells.append(
        _cell(run["memory_mb"]["clean_1"], floor["memory_mb"]["clean_1"] if floor else None, "{:.0f} MB", floor)
    )
    cells.append(_cell(run["bytes"] / 1e6, floor["bytes"] / 1e6 if floor else None, "{:.1f} MB", floor))
    cells.append(_cell(page, floor["page_bytes"] / floor["pages"] / 1e3 if floor else None, "{:.0f} kB", floor))
    return cells


def _cell(value: float | None, to: float | None, form: str, floor: Run | None) -> str:
    """Return a value as ratio, or by itself where there is nothing to compare it with."""
    if value is None:
        return "–"
    return f"{value / to:.2f} ×" if floor and to else form.format(value)


def growth(runs: Runs) -> str:
    """Return what each further brief costs between one size and the next, and the straight line through all sizes."""
    sizes = runs.sizes
    header = ("What grows", *(f"{a} to {b}" for a, b in pairwise(sizes)), "line through all", "R²")
    rows = []
    for tool in (OURS, FLOOR):
        title = next((run["title"] for run in runs.results["runs"] if run["tool"] == tool), tool)
        for name, unit, read in (
            ("clean build", "s", lambda run: run["seconds"]["clean_1"]),
            ("memory", "MB", lambda run: run["memory_mb"]["clean_1"]),
            ("on the disk", "MB", lambda run: run["bytes"] / 1e6),
        ):
            points = _points(runs, tool, read)
            if len(points) > 1:
                steps = [f"{_slope(a, b):.2f} {unit}" for a, b in pairwise(points)]
                steps += ["–"] * (len(sizes) - 1 - len(steps))
                start, slope, fit = line(points)
                fitted = [f"{start:.1f} + {slope:.3f} n {unit}", f"{fit:.4f}" if len(points) > 2 else "–"]
                rows.append([f"{title}: {name}", *steps, *fitted])
    return table(header, rows)


Point = tuple[int, float]


def _points(runs: Runs, tool: str, read: Callable[[Run], float]) -> list[Point]:
    found = ((size, runs.one(tool, size)) for size in runs.sizes)
    return [(size, read(run)) for size, run in found if run]


def _slope(one: Point, two: Point) -> float:
    return (two[1] - one[1]) / (two[0] - one[0])


def line(points: Sequence[Point]) -> tuple[float, float, float]:
    """Return start, slope and R² of the line of least squares."""
    sizes, values = [float(point[0]) for point in points], [point[1] for point in points]
    slope, start = statistics.linear_regression(sizes, values)
    return start, slope, statistics.correlation(sizes, values) ** 2


def paper(runs: Runs) -> str:
    """Return the cost of a very large edition, by the line through all sizes and by the curve through the last three."""
    rows = []
    for name, unit, per, read in (
        ("clean build, one process", "h", 3600, lambda run: run["seconds"]["clean_1"]),
        ("memory", "GB", 1000, lambda run: run["memory_mb"]["clean_1"]),
        ("on the disk", "GB", 1000, lambda run: run["bytes"] / 1e6),
    ):
        points = _points(runs, OURS, read)
        if len(points) < 2:
            continue
        start, slope, _ = line(points)
        bends = len(points) > 2 and _slope(*points[-2:]) > _slope(*points[-3:-1])
        curved = f"{_parabola(points[-3:], PAPER) / per:,.0f} {unit}" if bends else "–"
        rows.append([name, f"{(start + slope * PAPER) / per:.1f} {unit}", curved])
    return table(
        ("Cost", "by the line through all sizes", "by the parabola through the last three, where it bends upwards"),
        rows,
    )


def _parabola(points: Sequence[Point], size: int) -> float:
    """Return where the parabola through three points is at *size*."""
    one, two, three = points
    bend = (_slope(two, three) - _slope(one, two)) / (three[0] - one[0])
    return one[1] + (size - one[0]) * (_slope(one, two) + bend * (size - two[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something that was promised: in words, as a limit, and how it is read from the runs of one size."""

    what: str
    limit: float
    read: Callable[[Runs, int], float | None]
    form: str = "{:.2f} ×"
    least: bool = False  # whether the limit is a lower one
    size: int = 1  # the smallest edition at which it means anything

    def row(self, runs: Runs) -> list[str]:
        """Return the row of the table, for the largest size at which it was measured."""
        wanted = f"{'≥' if self.least else '≤'} {self.form.format(self.limit)}"
        for size in reversed(runs.sizes):
            value = self.read(runs, size) if size >= self.size else None
            if value is not None:
                met = value >= self.limit if self.least else value <= self.limit
                return [self.what, wanted, self.form.format(value), str(size), "yes" if met else "no"]
        return [self.what, wanted, NOT_RUN, "–", "–"]


def _to(tool: str, step: str) -> Callable[[Runs, int], float | None]:
    """Return how to read the ratio of ours to another tool."""

    def ask(runs: Runs, size: int) -> float | None:
        ours, other = (runs.seconds(name, size, step) for name in (OURS, tool))
        return ours / other if ours and other else None

    return ask


def _edit(runs: Runs, size: int) -> float | None:
    edited, no_op = (runs.seconds(OURS, size, step) for step in ("edited", "no_op"))
    return edited - no_op if edited is not None and no_op is not None else None


def _writing(runs: Runs, size: int) -> float | None:
    """Return the gain by a second process, on the clock: both runs read nothing, as the one that does nothing."""
    found = runs.one(OURS, size)
    one, two, none = (found["clock"].get(step) if found else None for step in ("write_1", "write_2", "no_op"))
    return (one - none) / (two - none) if one and two and none and two > none else None


def _linear(read: Callable[[Run], float]) -> Callable[[Runs, int], float | None]:
    """Return how to read the cost of a further brief at the end, to that in the step before."""

    def ask(runs: Runs, size: int) -> float | None:
        points = [point for point in _points(runs, OURS, read) if point[0] <= size]
        return _slope(*points[-2:]) / _slope(*points[-3:-1]) if len(points) > 2 else None

    return ask


TARGETS = (
    Target(what="clean build, to the floor", limit=1.25, read=_to(FLOOR, "clean_1")),
    Target(what="nothing changed, to the floor", limit=1.5, read=_to(FLOOR, "no_op")),
    Target(
        what="one note of 1,000 briefs edited, over nothing changed", limit=3, read=_edit, form="{:.1f} s", size=1_000
    ),
    Target(what="writing with two processes, to one", limit=1.6, read=_writing, least=True, size=20),
    Target(
        what="time of a further brief, last step to the one before",
        limit=1.25,
        read=_linear(lambda run: run["seconds"]["clean_1"]),
    ),
    Target(
        what="memory of a further brief, likewise", limit=1.25, read=_linear(lambda run: run["memory_mb"]["clean_1"])
    ),
    Target(
        what="PDF of one brief, once read",
        limit=0.5,
        read=lambda runs, size: runs.results["pdf_seconds"] if size == 1 else None,
        form="{:.2f} s",
    ),
    Target(what="clean build, to sphinx-needs", limit=1, read=_to("needs", "clean_1")),
    Target(what="clean build, to Material for MkDocs", limit=1, read=_to("mkdocs", "clean_1")),
    Target(what="clean build, to mystmd (without pages)", limit=1, read=_to("mystmd", "clean_1")),
)
