"""Visitors for tables: widths from the content, spans, header rows that repeat on every page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import ceil

from docutils import nodes

from .code import Code, call
from .writer import Writer, wrapped

_LINE = 80  # characters in a line of a table
_WIDE_LINE = 108  # characters in a line of a table that takes the margin, too
_PADDING = 3  # characters between two columns
_NARROW = 12  # characters up to which a column is as wide as its widest cell
_ROOMY = 1.6  # how much more than the mean of its cells a column may want
_TALL = 10  # rows up to which a narrow table stands in one piece
_FITTING = Code("auto")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What the cells of a column hold, in characters."""

    longest: int  # of the longest cell
    mean: float  # of all cells
    word: int  # of the longest word


class TableVisitors(Writer):
    """Tables of docutils."""

    visit_tgroup, depart_tgroup = wrapped("group")

    def visit_table(self, node: nodes.table) -> None:
        """Add a table with its title above; wide ones use the margin, too."""
        group = next(iter(node.findall(nodes.tgroup)))
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        header = [self._cells(row) for head in group.findall(nodes.thead) for row in rows_of(head)]
        rows = [self._cells(row) for part in group.findall(nodes.tbody) for row in rows_of(part)]
        repeated = [call("table.header", *chain(*header))] if header else []
        columns, wide = layout(columns_of(group))
        parts = [call("ruled", *repeated, *chain(*part), columns=columns) for part in split(rows, columns)]
        self.anchor(node["ids"])
        title = self.code_of(*titles[0].children) if titles else None
        self.add(call("tabular", *parts, title=title, wide=wide))
        raise nodes.SkipNode

    def _cells(self, row: nodes.row) -> list[Code]:
        """Return the cells of *row*, with their spans."""
        found = []
        for entry in row.children:
            assert isinstance(entry, nodes.entry)
            self.begin(entry)
            for child in entry.children:
                child.walkabout(self)
            spans = {"colspan": entry.get("morecols", 0) + 1, "rowspan": entry.get("morerows", 0) + 1}
            found.append(call("table.cell", self.end(entry), **{key: n for key, n in spans.items() if n > 1}))
        return found


def rows_of(part: nodes.Element) -> list[nodes.row]:
    """Return the rows that *part* of a table holds, not those of tables inside its cells."""
    return [row for row in part.children if isinstance(row, nodes.row)]


def columns_of(group: nodes.tgroup) -> list[Column]:
    """Return what each column holds; cells that span columns say nothing about either."""
    texts: list[list[str]] = [[] for _ in range(int(group["cols"]))]
    for part in group.children:
        if not isinstance(part, nodes.thead | nodes.tbody):
            continue
        for row in rows_of(part):
            plain = len(row.children) == len(texts)
            for index, entry in enumerate(row.children if plain else ()):
                texts[index].append(entry.astext())
    return [
        Column(
            longest=max(map(len, found), default=0),
            mean=sum(map(len, found)) / max(len(found), 1),
            word=max((len(word) for text in found for word in text.split()), default=0),
        )
        for found in texts
    ]


def layout(columns: list[Column]) -> tuple[list[Code], bool]:
    """Return a width for each column, and whether the table takes the margin, too.

    What fits is as wide as its content. Else narrow columns fit theirs; each of the others gets room for its longest
    word, and what then remains goes to those that hold more.
    """
    whole = sum(column.longest + _PADDING for column in columns)
    if whole <= _WIDE_LINE:
        return [_FITTING] * len(columns), whole > _LINE
    wide = len(columns) > 3
    others = [column for column in columns if column.longest > _NARROW]
    least = [min(column.longest, max(_NARROW, column.word)) for column in others]
    wanted = [
        max(min(column.longest, _ROOMY * column.mean) - low, 1) for column, low in zip(others, least, strict=True)
    ]
    taken = sum(column.longest + _PADDING for column in columns if column.longest <= _NARROW)
    spare = max((_WIDE_LINE if wide else _LINE) - taken - sum(low + _PADDING for low in least), 0)
    shares = iter(low + spare * wish / sum(wanted) for low, wish in zip(least, wanted, strict=True))
    return [_FITTING if column.longest <= _NARROW else Code(f"{next(shares):.1f}fr") for column in columns], wide


def split(rows: list[list[Code]], columns: list[Code]) -> list[list[list[Code]]]:
    """Return the rows of a long narrow table as parts to stand side by side; of any other table in one part."""
    is_plain = all(len(row) == len(columns) for row in rows)
    if len(rows) <= _TALL or len(columns) > 2 or set(columns) != {_FITTING} or not is_plain:
        return [rows]
    height = ceil(len(rows) / 3)
    return [rows[start : start + height] for start in range(0, len(rows), height)]
