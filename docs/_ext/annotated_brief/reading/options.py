"""From the text of a directive's options to typed values, with a diagnostic for each fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..diagnostics import Code, Diagnostic
from ..model.article import PREFIX_LIMIT, SOURCE_WORDS_LIMIT
from ..model.citing import HEADLINE_LIMIT
from ..model.dates import DateError, EdtfDate, parse_edtf
from ..model.records import CitationItem, Form, Location, Name

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class OptionError(ValueError):
    """A value that an option does not take: code, message and hint of the diagnostic to report."""

    def __init__(self, code: Code, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a directive: how its text is *read*, whether it must be given, its help text."""

    read: Callable[[str], Any]
    help: str
    required: bool = False
    default: Any = ""


def text(value: str) -> str:
    """Return *value* as it stands."""
    return value.strip()


def headline(value: str) -> str:
    """Return a headline of at most 60 characters."""
    if len(value) > HEADLINE_LIMIT:
        raise OptionError(
            Code.HEADLINE_LENGTH,
            f"the headline has {len(value)} characters",
            f"shorten it to {HEADLINE_LIMIT}",
        )
    return value.strip()


def source_words(value: str) -> str:
    """Return source words of at most six words."""
    if len(value.split()) > SOURCE_WORDS_LIMIT:
        raise OptionError(
            Code.SOURCE_WORDS_LENGTH,
            f"‘{value}’ has {len(value.split())} words",
            f"name at most {SOURCE_WORDS_LIMIT}",
        )
    return value.strip()


def prefix(value: str) -> str:
    """Return the words before the source words, at most three."""
    if len(value.split()) > PREFIX_LIMIT:
        raise OptionError(
            Code.SOURCE_WORDS_LENGTH, f"the prefix ‘{value}’ is long", f"name at most {PREFIX_LIMIT} words"
        )
    return value.strip()


def edtf(value: str) -> Any:
    """Return an :class:`~annotated_brief.model.dates.EdtfDate`."""
    try:
        return parse_edtf(value.strip())
    except DateError as error:
        raise OptionError(
            Code.BAD_DATE, str(error), "write an EDTF date such as 2014-08-29, 2014-08 or 1992~"
        ) from None


def word(words: type[StrEnum]) -> Callable[[str], Any]:
    """Return a reader for one member of the closed list *words*."""

    def read(value: str) -> StrEnum:
        try:
            return words(value.strip())
        except ValueError:
            raise OptionError(
                Code.UNKNOWN_WORD, f"‘{value}’ is not in the word list", f"use one of {', '.join(words)}"
            ) from None

    return read


def number(value: str) -> int:
    """Return a positive whole number."""
    if not re.fullmatch(r"[1-9]\d{0,4}", value.strip(), re.ASCII):
        raise OptionError(Code.BAD_OPTION, f"‘{value}’ is not a whole number", "write digits only")
    return int(value)


def listing(value: str) -> tuple[str, ...]:
    """Return the parts of a list separated by semicolons."""
    return tuple(part.strip() for part in value.split(";") if part.strip())


def forms(value: str) -> tuple[Form, ...]:
    """Return forms of a name from ``Form; Form [EDTF]; …``; the date says when that form was in use."""
    found = []
    for part in listing(value):
        name, _, years = part.removesuffix("]").partition("[") if part.endswith("]") else (part, "", "")
        found.append(Form(text=name.strip(), valid=edtf(years) if years else None))
    return tuple(found)


def members(value: str) -> tuple[tuple[str, EdtfDate], ...]:
    """Return states and dates from ``KZ 1991-12-21; UZ ../2012``: ISO 3166-1 codes, EDTF."""
    found = []
    for part in listing(value):
        code, _, date = part.partition(" ")
        if not re.fullmatch("[A-Z]{2}", code):
            raise OptionError(
                Code.BAD_OPTION, f"‘{code}’ is no country", "write an ISO 3166-1 code, as in KZ 1991-12-21"
            )
        found.append((code, edtf(date.strip())))
    return tuple(found)


def identifiers(value: str) -> tuple[str, ...]:
    """Return a list of ids separated by semicolons."""
    return tuple(identifier(part) for part in listing(value))


def identifier(value: str) -> str:
    """Return an id: kebab-case ASCII that begins with a letter."""
    if not ID.fullmatch(value.strip()):
        raise OptionError(Code.BAD_ID, f"‘{value}’ is no id", "use lower-case ASCII letters, digits and hyphens")
    return value.strip()


def citation_items(value: str) -> tuple[CitationItem, ...]:
    """Return citation items from ``key; key, locator; …``."""
    return tuple(citation_item(part) for part in listing(value))


def citation_item(value: str) -> CitationItem:
    """Return one citation item from ``key`` or ``key, locator``."""
    key, _, locator = value.partition(",")
    return CitationItem(id=key.strip(), locator=locator.strip())


_NAME_PARTS = {"name": "text", "abbreviation": "abbreviation", "translit": "transliteration"}


def names(options: Mapping[str, str]) -> tuple[Name, ...]:
    """Return the names in other languages, from options such as ``name-ru`` and ``translit-ru``."""
    found: dict[str, dict[str, str]] = {}
    for option, value in options.items():
        part, _, lang = option.partition("-")
        if is_name_option(option):
            found.setdefault(lang, {})[_NAME_PARTS[part]] = value.strip()
    return tuple(Name(lang=lang, **{"text": "", **parts}) for lang, parts in sorted(found.items()))


def is_name_option(option: str) -> bool:
    """Whether *option* names a card in another language (``name-kk``)."""
    part, _, lang = option.partition("-")
    return part in _NAME_PARTS and bool(re.fullmatch(r"[a-z]{2,3}(-[a-z]+)*", lang, re.ASCII))


class AnyOption(dict[str, Callable[[str], str]]):
    """An ``option_spec`` that lets every option through, so that we report unknown ones ourselves."""

    def __bool__(self) -> bool:
        return True

    def __missing__(self, key: str) -> Callable[[str], str]:
        return lambda value: value or ""

    def __contains__(self, key: object) -> bool:
        return True


def read_options(
    spec: Mapping[str, Option], options: Mapping[str, str], location: Location, *, named: bool
) -> Iterator[tuple[str, Any] | Diagnostic]:
    """Yield ``(name, value)`` for each option of *spec*, and a diagnostic for each fault.

    A faulty or missing value falls back to the default, so that one mistake does not hide the next. With
    *named*, options that give names in other languages are let through.
    """
    for option in options:
        if option not in spec and not (named and is_name_option(option)):
            yield Diagnostic(
                code=Code.UNKNOWN_OPTION,
                message=f"there is no option ‘{option}’ here",
                location=location,
                hint=f"use {', '.join(spec)}",
            )
    for name, option_ in spec.items():
        value = option_.default
        if options.get(name, "").strip():
            try:
                value = option_.read(options[name])
            except OptionError as error:
                yield Diagnostic(
                    code=error.code,
                    message=f":{name}: {error}",
                    location=location,
                    hint=error.hint,
                )
        elif option_.required:
            yield Diagnostic(
                code=Code.MISSING_OPTION,
                message=f"the option ‘{name}’ is missing",
                location=location,
                hint=f"add :{name}: ({option_.help})",
            )
        yield name.replace("-", "_"), value
