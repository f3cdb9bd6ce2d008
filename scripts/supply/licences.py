"""The licence of a package as an SPDX expression, and whether it is one of those that are wanted."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from license_expression import AND, OR, ExpressionError, LicenseSymbol, get_spdx_licensing

from locks import ROOT

NPM = ROOT / "tests" / "browser" / "package-lock.json"
PREFIX = "License :: OSI Approved :: "
SPDX = get_spdx_licensing()


class UndecidedError(Exception):
    """No licence is known; the message says of what, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What licences.toml holds."""

    shipped: frozenset[str]
    tests: frozenset[str]
    words: Mapping[str, str]
    decided: Mapping[str, str]
    decided_npm: Mapping[str, str]


@cache
def load_rules() -> Rules:
    """Return the rules."""
    loaded = tomllib.loads(Path(__file__).with_name("licences.toml").read_text("utf-8"))
    return Rules(
        shipped=frozenset(loaded["shipped"]),
        tests=frozenset(loaded["tests"]),
        words=loaded["words"],
        decided=loaded["decided"],
        decided_npm=loaded["decided-npm"],
    )


def licence_of(name: str) -> str:
    """Return the licence of a package: as decided, or else as the metadata of the installed one says.

    Raises :class:`UndecidedError`.
    """
    found = load_rules().decided.get(name) or stated_licence(name)
    if not found:
        raise UndecidedError(
            f"{name}: no licence is known: read its licence file and decide in scripts/supply/licences.toml"
        )
    return found


def stated_licence(name: str) -> str:
    """Return what the metadata of an installed package says, where that is one expression; otherwise nothing."""
    try:
        said = distribution(name).metadata.json
    except PackageNotFoundError:
        return ""
    if expression := said.get("license_expression"):
        return str(expression)
    field = str(said.get("license", ""))
    if known := load_rules().words.get(field) or (field if is_spdx(field) else ""):
        return known
    classifiers = [line.removeprefix(PREFIX) for line in said.get("classifier", []) if line.startswith(PREFIX)]
    return load_rules().words.get(classifiers[0], "") if len(classifiers) == 1 else ""


def is_spdx(text: str) -> bool:
    """Return whether *text* is an expression of known identifiers."""
    try:
        return bool(text) and "\n" not in text and not SPDX.unknown_license_keys(text)
    except ExpressionError:
        return False


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Return whether a licence lets us choose terms that are all *allowed*."""
    return _holds(SPDX.parse(expression), allowed)


def _holds(term: object, allowed: frozenset[str]) -> bool:
    """Return whether a term of an expression is allowed."""
    if isinstance(term, AND):
        return all(_holds(part, allowed) for part in term.args)
    if isinstance(term, OR):
        return any(_holds(part, allowed) for part in term.args)
    return isinstance(term, LicenseSymbol) and term.key in allowed


def npm_licences() -> dict[str, str]:
    """Return the licences of the packages that the tests take from npm, by their place; nothing where none is known."""
    packages = json.loads(NPM.read_text("utf-8"))["packages"]
    decided = load_rules().decided_npm
    return {
        place: decided.get(place.removeprefix("node_modules/")) or found.get("license", "")
        for place, found in packages.items()
        if place
    }
