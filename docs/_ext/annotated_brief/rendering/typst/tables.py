"""Visitors for tables: widths from the content, spans, header rows that repeat on every page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from math import ceil

from docutils import nodes

from .code import Code, Value, call, text_of
from .writer import Writer, wrapped

_LINE = 80  # characters in a line of a table
_WIDE_LINE = 112  # characters in a line of a table that takes the margin, too
_PADDING = 3  # characters between two columns
_NARROW = 12  # characters up to which a column is as wide as its widest cell
_STEP = 2  # characters by which a column is widened at a time
_WORD = 20  # characters of a longest word for which room is made; longer ones are broken
_TALL = 10  # rows up to which a narrow table stands in one piece
_ENDLESS = 2_000  # characters from which a cell may go on over the page
_FITTING = Code("auto")


class TableVisitors(Writer):
    """Tables of docutils."""

    visit_tgroup, depart_tgroup = wrapped("group")

    def visit_table(self, node: nodes.table) -> None:
        """Add a table with its title above; wide ones use the margin, too, and those wider still stand in parts."""
        group = next(iter(node.findall(nodes.tgroup)))
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        header = [self._cells(row) for head in group.findall(nodes.thead) for row in rows_of(head)]
        rows = [self._cells(row) for part in group.findall(nodes.tbody) for row in rows_of(part)]
        texts = texts_of(group)
        self.anchor(node["ids"])
        title = self.code_of(*titles[0].children) if titles else None
        is_plain = len(texts) == len(header) + len(rows)
        chosen = apart(texts) if is_plain else [list(range(int(group["cols"])))]
        laid_out = [layout([[row[column] for column in columns] for row in texts]) for columns in chosen]
        wide = any(takes_margin for _, takes_margin in laid_out)  # all parts begin on the same line
        for columns, (widths, _) in zip(chosen, laid_out, strict=True):
            found = picked([*header, *rows], texts, columns) if len(chosen) > 1 else [*header, *rows]
            repeated = [call("table.header", *chain(*found[: len(header)]))] if header else []
            parts = split(found[len(header) :], widths)
            tables = [call("ruled", *repeated, *chain(*part), columns=widths) for part in parts]
            self.add(call("tabular", *tables, title=title, wide=wide))
            title = None
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
            named: dict[str, Value] = {key: n for key, n in spans.items() if n > 1}
            if len(entry.astext()) > _ENDLESS:
                named["breakable"] = True
            found.append(call("table.cell", self.end(entry), **named))
        return found


def rows_of(part: nodes.Element) -> list[nodes.row]:
    """Return the rows that *part* of a table holds, not those of tables inside its cells."""
    return [row for row in part.children if isinstance(row, nodes.row)]


def texts_of(group: nodes.tgroup) -> list[list[str]]:
    """Return the cells of each row as text, header rows first; rows with cells that span others say nothing of widths."""
    rows = [row for part in group.children if isinstance(part, nodes.thead | nodes.tbody) for row in rows_of(part)]
    texts = [[entry.astext() for entry in row.children] for row in rows]
    return [row for row in texts if len(row) == int(group["cols"])]


def apart(rows: list[list[str]]) -> list[list[int]]:
    """Return the columns of a table in runs that a page is wide enough for; each begins with the first of all."""
    least = [narrowest(column) + _PADDING for column in zip(*rows, strict=True)]
    found = [[0]]
    for index in range(1, len(least)):
        if len(found[-1]) > 1 and sum(least[column] for column in found[-1]) + least[index] > _WIDE_LINE:
            found.append([0])
        found[-1].append(index)
    return found


def picked(rows: list[list[Code]], texts: list[list[str]], columns: list[int]) -> list[list[Code]]:
    """Return the cells of *columns*; where the first column comes again, it is text alone, without places to link to."""
    again = columns[1:] != list(range(1, len(columns)))
    return [
        [call("table.cell", text_of(text[0])) if again and not column else row[column] for column in columns]
        for row, text in zip(rows, texts, strict=True)
    ]


def narrowest(column: Iterable[str]) -> int:
    """Return the least width of a *column*: that of its content where it is short, else that of its longest word."""
    cells = list(column)
    longest = max(map(len, cells))
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    return longest if longest <= _NARROW else max(_NARROW, min(word, _WORD))


def layout(rows: list[list[str]]) -> tuple[list[Code], bool]:
    """Return a width for each column, and whether the table takes the margin, too.

    What fits is as wide as its content. Else narrow columns fit theirs, each of the others has room for its longest
    word, and what remains goes, bit by bit, to where it makes the rows shortest.
    """
    columns = list(zip(*rows, strict=True))
    longest = [max(map(len, column)) for column in columns]
    whole = sum(longest) + _PADDING * len(columns)
    if whole <= _WIDE_LINE:
        return [_FITTING] * len(columns), whole > _LINE
    widths = [narrowest(column) for column in columns]
    wide = len(columns) > 3
    spare = (_WIDE_LINE if wide else _LINE) - sum(widths) - _PADDING * len(columns)
    growing = [index for index, length in enumerate(longest) if length > _NARROW]
    for _ in range(max(spare, 0) // _STEP):
        widths[widest(rows, widths, growing)] += _STEP
    return [Code(f"{width}fr") if index in growing else _FITTING for index, width in enumerate(widths)], wide


def widest(rows: list[list[str]], widths: list[int], growing: list[int]) -> int:
    """Return which of the *growing* columns shortens the *rows* most when it is widened by a step."""
    gains = dict.fromkeys(growing, 0.0)
    for row in rows:
        lines = sorted(
            ((len(cell) / width, index) for index, (cell, width) in enumerate(zip(row, widths, strict=True)))
        )
        height, index = lines[-1]
        if index in gains:
            second = lines[-2][0] if len(lines) > 1 else 0.0
            gains[index] += height - max(second, len(row[index]) / (widths[index] + _STEP))
    return max(gains, key=lambda index: gains[index])


def split(rows: list[list[Code]], columns: list[Code]) -> list[list[list[Code]]]:
    """Return the rows of a long narrow table as parts to stand side by side; of any other table in one part."""
    is_plain = all(len(row) == len(columns) for row in rows)
    if len(rows) <= _TALL or len(columns) > 2 or set(columns) != {_FITTING} or not is_plain:
        return [rows]
    height = ceil(len(rows) / 3)
    return [rows[start : start + height] for start in range(0, len(rows), height)]
