"""Tables: the same rows as JSON, as CSV and as the schemas of both, from one list of columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model.records import CitationItem
from .files import CODE_LICENCE, ExportedFile

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "minLength": 1}
ID: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}
DATE: Schema = {"type": "string", "description": "a date in EDTF (ISO 8601-2)"}
IDS: Schema = {"type": "array", "items": {"type": "string"}}
CITATIONS: Schema = {"type": "array", "items": {"$ref": "#/$defs/item"}}
_ITEM: Schema = {
    "type": "object",
    "properties": {
        "id": {**TEXT, "description": "key of the source in refs.bib"},
        "locator": {"type": ["string", "null"], "description": "place in the source"},
    },
    "required": ["id", "locator"],
    "additionalProperties": False,
}
_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet would calculate, or what we have made harmless


@dataclass(frozen=True, slots=True)
class Column:
    """One property of a row: its *name*, its JSON Schema and how it is read from the record of the row."""

    name: str
    schema: Schema
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of one kind."""

    name: str  # of the files, without their endings
    title: str
    holds: str  # kind of record of which it is to hold all; the first column has the id
    columns: tuple[Column, ...]

    def to_json(self, records: Iterable[Any]) -> str:
        """Return a JSON array with an object a record."""
        return dump([{column.name: column.value(record) for column in self.columns} for record in records])

    def to_csv(self, records: Iterable[Any]) -> str:
        """Return CSV (RFC 4180), lists joined by semicolons.

        A cell that a spreadsheet would take for a formula begins with an apostrophe; so does one that begins with
        apostrophes before such a sign, so that taking one away gives the text back.
        """
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow([column.name for column in self.columns])
        for record in records:
            writer.writerow([_cell(column.value(record)) for column in self.columns])
        return stream.getvalue()

    def to_schema(self) -> str:
        """Return the JSON Schema (2020-12) of the JSON array."""
        properties = {column.name: column.schema for column in self.columns}
        return dump(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": self.title,
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": properties,
                    "required": sorted(properties),
                    "additionalProperties": False,
                },
                "$defs": {"item": _ITEM},
            }
        )

    def fields(self) -> tuple[Schema, ...]:
        """Return the columns of the CSV as fields of a Table Schema."""
        return tuple(
            {"name": column.name, "type": "integer" if "integer" in column.schema.get("type", "") else "string"}
            | ({"description": column.schema["description"]} if "description" in column.schema else {})
            for column in self.columns
        )

    def files(self, folder: str, records: Callable[[], Iterable[Any]]) -> Iterator[ExportedFile]:
        """Yield the files in *folder*: JSON, CSV and JSON Schema."""
        schema = f"{folder}/{self.name}.schema.json"

        name = self.columns[0].name

        def in_json(text: str) -> dict[str, list[str]]:
            return {self.holds: list(dict.fromkeys(row[name] for row in json.loads(text)))}

        def in_csv(text: str) -> dict[str, list[str]]:
            return {self.holds: list(dict.fromkeys(row[name] for row in csv.DictReader(io.StringIO(text))))}

        yield ExportedFile(
            path=f"{folder}/{self.name}.json",
            make=lambda: self.to_json(records()),
            media_type="application/json",
            title=self.title,
            schema=schema,
            linked=True,
            holds=in_json,
        )
        yield ExportedFile(
            path=f"{folder}/{self.name}.csv",
            make=lambda: self.to_csv(records()),
            media_type="text/csv",
            title=f"{self.title}, as a table",
            schema="https://www.rfc-editor.org/rfc/rfc4180",
            linked=True,
            columns=self.fields(),
            holds=in_csv,
        )
        yield ExportedFile(
            path=schema,
            make=self.to_schema,
            media_type="application/schema+json",
            title=f"{self.title}: schema",
            schema="https://json-schema.org/draft/2020-12/schema",
            licence=CODE_LICENCE,
        )


def cited(items: Iterable[CitationItem]) -> list[dict[str, str | None]]:
    """Return cited sources as the schema has them."""
    return [{"id": item.id, "locator": item.locator or None} for item in items]


def dump(value: Any) -> str:
    """Return *value* as indented JSON with a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _cell(value: Any) -> str:
    """Return *value* as the text of a cell."""
    if isinstance(value, list):
        value = "; ".join(item if isinstance(item, str) else ", ".join(filter(None, item.values())) for item in value)
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
