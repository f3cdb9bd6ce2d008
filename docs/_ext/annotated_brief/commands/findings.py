"""Findings, and the three forms in which a verb reports them."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing to mend: where, which kind, what, and how."""

    path: str
    line: int | None
    code: str
    message: str
    hint: str = ""


def to_text(findings: Sequence[Finding]) -> str:
    """Return one line a finding, and a last line that counts them."""
    lines = []
    for finding in findings:
        place = "".join(f"{part}:" for part in (finding.path, finding.line) if part)
        hint = f"; {finding.hint}" if finding.hint else ""
        lines.append(f"{place} {finding.code}  {finding.message}{hint}".lstrip())
    lines.append("no findings" if not findings else f"{len(findings)} finding{'s' if len(findings) > 1 else ''}")
    return "\n".join(lines)


def to_json(findings: Sequence[Finding]) -> str:
    """Return one JSON object, for editors and scripts."""
    return json.dumps({"count": len(findings), "findings": [asdict(finding) for finding in findings]}, indent=2)


def to_github(findings: Sequence[Finding]) -> str:
    """Return GitHub's workflow commands, which it shows beside the lines of a change."""
    lines = []
    for finding in findings:
        properties = {"file": finding.path, "line": finding.line, "title": finding.code}
        listed = ",".join(f"{name}={escape(str(value), ':,')}" for name, value in properties.items() if value)
        hint = f"; {finding.hint}" if finding.hint else ""
        lines.append(f"::error {listed}::{escape(finding.message + hint)}")
    return "\n".join(lines)


def escape(text: str, more: str = "") -> str:
    """Escape what a workflow command gives a meaning to."""
    return re.sub(rf"[%\r\n{more}]", lambda found: f"%{ord(found.group()):02X}", text)


WRITERS = {Format.TEXT: to_text, Format.JSON: to_json, Format.GITHUB: to_github}
