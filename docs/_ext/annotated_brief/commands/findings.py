"""Findings, and the four forms in which a verb reports them."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from ..diagnostics import Code, Diagnostic, Level
from ..model.text import one_line


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing to mend: where, which kind, what, how, and how grave it is."""

    path: str
    line: int | None
    code: str
    message: str
    hint: str = ""
    level: Level = Level.ERROR

    @property
    def text(self) -> str:
        """Message and hint."""
        return self.message + (f"; {self.hint}" if self.hint else "")


def to_finding(diagnostic: Diagnostic) -> Finding:
    """Return a diagnostic as a finding."""
    return Finding(
        path=diagnostic.location.path,
        line=diagnostic.location.line,
        code=f"brief.{diagnostic.code}",
        message=diagnostic.message,
        hint=diagnostic.hint,
        level=diagnostic.code.level,
    )


def count(findings: Sequence[Finding]) -> str:
    """Return the number of findings by level in words: ``2 errors, 1 note``."""
    found = [finding.level for finding in findings]
    parts = [f"{number} {level}{'s' * (number > 1)}" for level in Level if (number := found.count(level))]
    return ", ".join(parts) or "no findings"


def to_text(findings: Sequence[Finding]) -> str:
    """Return one line a finding, and a last line that counts them."""
    lines = []
    for finding in findings:
        place = "".join(f"{part}:" for part in (finding.path, finding.line) if part)
        level = "" if finding.level is Level.ERROR else f"{finding.level}: "
        lines.append(f"{place} {finding.code}  {level}{one_line(finding.text)}".lstrip())
    return "\n".join([*lines, count(findings)])


def to_json(findings: Sequence[Finding]) -> str:
    """Return one JSON object, for editors and scripts."""
    return json.dumps({"count": len(findings), "findings": [asdict(finding) for finding in findings]}, indent=2)


def to_sarif(findings: Sequence[Finding]) -> str:
    """Return a log in SARIF 2.1.0, for code scanning and editors."""
    codes = sorted({finding.code for finding in findings})
    driver = {
        "name": "brief",
        "version": version("annotated-brief"),
        "rules": [_sarif_rule(code) for code in codes],
    }
    results = [_sarif_result(finding, codes.index(finding.code)) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_rule(code: str) -> dict[str, Any]:
    """Return the descriptor of a code; those of Sphinx and MyST have only their name."""
    known = {f"brief.{found}": found.rule for found in Code}
    if code not in known:
        return {"id": code}
    rule = known[code]
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title} {rule.why}"},
        "help": {"text": f"Fails:\n{rule.bad.strip()}\n\nPasses:\n{rule.good.strip()}"},
        "defaultConfiguration": {"level": str(rule.level)},
    }


def _sarif_result(finding: Finding, rule: int) -> dict[str, Any]:
    """Return one result; *rule* is the place of its code among the rules."""
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": str(finding.level),
        "message": {"text": finding.text},
    }
    if finding.path:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path)}}
        if finding.line:
            place["region"] = {"startLine": finding.line}
        found["locations"] = [{"physicalLocation": place}]
    return found


def to_github(findings: Sequence[Finding]) -> str:
    """Return GitHub's workflow commands, which it shows beside the lines of a change."""
    lines = []
    for finding in findings:
        properties = {"file": finding.path, "line": finding.line, "title": finding.code}
        listed = ",".join(f"{name}={escape(str(value), ':,')}" for name, value in properties.items() if value)
        word = "notice" if finding.level is Level.NOTE else finding.level
        lines.append(f"::{word} {listed}::{escape(finding.text)}")
    return "\n".join(lines)


def escape(text: str, more: str = "") -> str:
    """Escape what a workflow command gives a meaning to."""
    return re.sub(rf"[%\r\n{more}]", lambda found: f"%{ord(found.group()):02X}", text)


WRITERS = {Format.TEXT: to_text, Format.JSON: to_json, Format.SARIF: to_sarif, Format.GITHUB: to_github}
