"""Write a synthetic edition for one of the tools that are compared: ``generate.py TOOL BRIEFS FOLDER [SEED]``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from synthetic import Edition, make_edition
from written import Files, to_mkdocs, to_mystmd, to_needs, to_ours, to_plain

WRITERS: dict[str, Callable[[Edition], Files]] = {
    "ours": to_ours,
    "plain": to_plain,
    "needs": to_needs,
    "mkdocs": to_mkdocs,
    "mystmd": to_mystmd,
}


def write_edition(tool: str, briefs: int, folder: Path, seed: int = 17) -> None:
    """Write the files of an edition of so many briefs below *folder*."""
    for path, text in WRITERS[tool](make_edition(briefs, seed)).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Read the arguments, and write."""
    match arguments:
        case [tool, briefs, folder, *seed] if (
            tool in WRITERS and briefs.isdecimal() and all(map(str.isdecimal, seed[:1]))
        ):
            write_edition(tool, int(briefs), Path(folder), *map(int, seed[:1]))
        case _:
            sys.stderr.write(f"{__doc__} TOOL is one of {', '.join(WRITERS)}.\n")
            sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
