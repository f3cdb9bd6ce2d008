"""The options of the extension, each written once; the table in the documentation is made from here."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from .model.part import Part

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def _option(default: Any, help_text: str, rebuild: str = "env") -> Any:
    """Return a dataclass field that carries its help text and what it invalidates."""
    return field(default=default, metadata={"help": help_text, "rebuild": rebuild})


class Stage(StrEnum):
    """How far a build of the site goes: what a preview shows first, next and last."""

    PAGES = "pages"  # what was read anew
    LINKED = "linked"  # and what shows a record of it
    ALL = "all"  # and the data files


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options for ``conf.py``; each is set as ``brief_<name>``."""

    pdf_name: str = _option("reaffirming-balance", "file name of the PDF, without its ending", "")
    facing: str = _option("", "project whose attached copies the facing edition shows; set by ‘brief build’ alone", "")
    today: str = _option("", "day (ISO 8601) by which review dates are judged; by default that of the build", "")
    records: bool = _option(True, "whether docs/data/ must hold the reviews and the released ids; a new set has none")
    version: str = _option(
        "", "version whose address, v/<version>/, citations name once it is released; by default `release`", "html"
    )
    identifier: str = _option(
        "",
        "URI by which feed and EPUB are known for ever; without one it follows from the briefs, and another one joining them makes all "
        "entries of the feed new",
        "html",
    )
    beside: str = _option("", "products that the pages link to as files beside them; set by ‘brief build’", "html")
    commit: str = _option("", "commit that the colophon of the PDF names; set by ‘brief build’", "")
    suggest: str = _option(
        "",
        "address at which a note is proposed or a change of one suggested; {form} stands for note or correction, {id} for "
        "the note, {page}, {paragraph}, {words}, {prefix}, {suffix} and {version} for what is known, {text} for all of it",
        "html",
    )
    part: str = _option(
        "", "what of the edition is written: slugs of briefs, and ‘shared’; set by ‘brief build --only’ alone", ""
    )
    stage: str = _option(Stage.ALL.value, "how far a build of the site goes; set by ‘brief serve’ alone", "")
    pdf_paper: str = _option("a4", "paper of the PDF: a4 or us-letter", "")


def add_options(app: Sphinx) -> None:
    """Register every option with Sphinx."""
    for option in fields(Options):
        app.add_config_value(f"brief_{option.name}", option.default, option.metadata["rebuild"], {type(option.default)})


def part_of(setting: str) -> Part:
    """Return the part of the edition that *setting*, the value of ``brief_part``, names."""
    return Part(frozenset(setting.split()))


def version_of(config: Config) -> str:
    """Return the version that the edition has or will have."""
    return str(config.brief_version or config.release)


def today_of(setting: str) -> dt.date:
    """Return the day for which the edition is made: *setting*, or else that of SOURCE_DATE_EPOCH, or else now (UTC).

    Raises :class:`sphinx.errors.ConfigError` for a *setting* that is no day.
    """
    if setting:
        try:
            return dt.date.fromisoformat(setting)
        except ValueError:
            raise ConfigError(f"brief_today = {setting!r} is no day; write YYYY-MM-DD") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdigit() else dt.datetime.now(dt.UTC)
    return moment.date()
