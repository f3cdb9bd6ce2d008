"""When the lines of annotations were written, from git; `brief freeze` records it, so that no build needs git."""

import datetime as dt
import re
from collections.abc import Iterator

from ..drafting.placing import end_of_directive
from ..model.corpus import Corpus
from ..model.records import Annotation, History
from .project import Project

_COMMIT = re.compile(r"[0-9a-f]{40,64} \d+ (\d+)")


def read_history(project: Project, corpus: Corpus) -> tuple[History, ...]:
    """Return when each annotation was written; those of files that git does not know are left out."""
    found = []
    for path in sorted({note.location.path for note in corpus.annotations}):
        days = line_days(project, path)
        lines = (project.root / path).read_text("utf-8").splitlines()
        for note in corpus.annotations:
            if note.location.path == path and days:
                written = sorted(days[line] for line in lines_of(note, lines) if line in days)
                if written:
                    found.append(History(annotation=note.id, created=written[0], modified=written[-1]))
    return tuple(found)


def line_days(project: Project, path: str) -> dict[int, str]:
    """Return the day (UTC) on which each line of *path* was committed; lines that are not yet are left out."""
    output = project.git("blame", "--line-porcelain", "-w", "--", path) or ""
    days: dict[int, str] = {}
    line, new = 0, False
    for text in output.splitlines():
        if match := _COMMIT.match(text):
            line, new = int(match[1]), set(text.partition(" ")[0]) == {"0"}
        elif text.startswith("committer-time ") and not new:
            moment = dt.datetime.fromtimestamp(int(text.partition(" ")[2]), dt.UTC)
            days[line] = moment.date().isoformat()
    return days


def lines_of(note: Annotation, lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines of *note*, from the one that opens it to the one that closes it."""
    yield from range(note.location.line, end_of_directive(lines, note.location.line - 1) + 1)
