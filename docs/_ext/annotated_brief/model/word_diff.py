"""What words went and came between two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_AROUND = 40  # characters of what is the same that are shown on each side of what is not
_CUT = "…"


class Fate(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that were kept, went or came together."""

    fate: Fate
    text: str


def word_diff(before: str, after: str) -> tuple[Run, ...]:
    """Return *before* and *after* as runs: without the new ones they are *before*, without the gone ones *after*."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    return tuple(_runs(old, new))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    """Yield the runs; a blank between two words that changed belongs to them, lest every word stand alone."""
    gone: list[str] = []
    came: list[str] = []

    def changed() -> Iterator[Run]:
        if gone:
            yield Run(fate=Fate.GONE, text="".join(gone))
        if came:
            yield Run(fate=Fate.NEW, text="".join(came))
        gone.clear()
        came.clear()

    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (tag, start, end, first, last) in enumerate(opcodes):
        is_inner = 0 < place < len(opcodes) - 1
        if tag == "equal" and not (is_inner and not "".join(old[start:end]).strip()):
            yield from changed()
            yield Run(fate=Fate.KEPT, text="".join(old[start:end]))
        else:
            gone += old[start:end]
            came += new[first:last]
    yield from changed()


def shortened(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return *runs* with the middle of what was kept left out where it is long, for people who look for the change."""
    found = []
    for place, run in enumerate(runs):
        if run.fate is Fate.KEPT and len(run.text) > 3 * _AROUND:
            head = "" if place == 0 else run.text[:_AROUND].rpartition(" ")[0]
            tail = "" if place == len(runs) - 1 else run.text[-_AROUND:].partition(" ")[2]
            run = Run(fate=run.fate, text=" ".join(filter(None, [head, _CUT, tail])) if head or tail else _CUT)
            run = Run(fate=run.fate, text=f"{run.text} " if tail and run.text.endswith(_CUT) else run.text)
        found.append(run)
    return tuple(found)
