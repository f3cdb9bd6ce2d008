"""How long a writer waits: from saving the page of the real brief to the moment at which its preview is there.

Run it with ``.venv/bin/python scripts/benchmarks/serve.py``, when nothing else runs; it fails above 1.5 seconds. It works
on a copy, watches it and asks a worker, as `brief serve` does. The first of the edits is left out: it fills caches.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from annotated_brief.commands.preview.server import Preview, changes_in
from annotated_brief.commands.preview.worker import Report
from annotated_brief.commands.project import Project

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = "briefs/reaffirming-balance/index"
ROUNDS, LONGEST = 6, 1.5  # edits; seconds


async def measure(project: Project) -> list[float]:
    """Return the seconds of each edit."""
    reports: asyncio.Queue[Report] = asyncio.Queue()
    begun = asyncio.Event()
    preview = Preview(project, project.build / "serve", reports.put_nowait)
    keeping = asyncio.create_task(preview.keep(changes_in(project), begun.set))
    await begun.wait()
    path = project.docs / f"{PAGE}.md"
    taken = []
    for number in range(ROUNDS):
        while not reports.empty():
            reports.get_nowait()
        path.write_text(f"{path.read_text('utf-8')}\n% {number}\n", encoding="utf-8")
        started = time.perf_counter()
        while PAGE not in (report := await reports.get()).pages:
            if report.failed:
                sys.exit(report.failed)
        taken.append(time.perf_counter() - started)
        while (await reports.get()).stage != "all":  # what depends on it, and the data files
            pass
    keeping.cancel()
    return taken[1:]


def main() -> None:
    """Measure, and say how it went."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "edition"
        shutil.copytree(ROOT / "docs", root / "docs")
        shutil.copytree(ROOT / "scripts", root / "scripts")  # pages show what lies there
        shutil.copy(ROOT / "refs.bib", root)
        shutil.copy(ROOT / "pyproject.toml", root)
        taken = asyncio.run(measure(Project(root=root)))
    found = statistics.median(taken)
    sys.stdout.write(
        f"from saving to the page: {found:.2f} s (median of {', '.join(f'{each:.2f}' for each in taken)})\n"
    )
    sys.exit(found > LONGEST)


if __name__ == "__main__":
    main()
