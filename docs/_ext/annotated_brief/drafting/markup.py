"""Records as an author would write them: a directive with its options and its text.

What was typed is kept letter by letter. Of markup only the roles of the edition mean what they mean elsewhere; all
other signs are escaped, so that no text can end the directive, open another, or say something else than was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from ..exports.drafts import option_value, to_myst_text
from ..reading.roles import ROLES
from .source_file import DraftError

WIDTH = 100  # characters of a line
_NAMES = "|".join(map(re.escape, [*sorted(set(ROLES) - {"mark", "data", "count"}), "cite:t", "cite:p", "cite"]))
_ROLE = re.compile(rf"\{{(?:{_NAMES})\}}`[^`\n]*[^\s`\\][^`\n]*`")
_TOKEN = re.compile(rf"(?:{_ROLE.pattern}|[^ \t\n])+")
_FIRST_PLACE = 0xE000  # of the private-use characters, which stand for roles while the rest is escaped
_BAD = {"Cc", "Cs", "Co", "Zl", "Zp", "Cn"}


def clean(text: str) -> str:
    """Return *text* with its line ends as LF; raises :class:`DraftError` for characters that no text has."""
    text = re.sub(r"\r\n?", "\n", text)
    for character in text:
        if unicodedata.category(character) in _BAD and character not in "\n\t":
            raise DraftError(f"it holds U+{ord(character):04X}, which is no letter or sign; take it out")
    return text


def one_line(text: str) -> str:
    """Return *text*, which may have no line end within; raises :class:`DraftError`."""
    text = clean(text).strip()
    if "\n" in text:
        raise DraftError("it has more than one line; write it on one")
    return text


def to_directive(name: str, identifier: str, options: Mapping[str, str], text: str) -> str:
    """Return the directive *name* with those of its *options* that say something, and its *text*."""
    lines = [f":::{{{name}}} {identifier}"]
    lines += [f":{key}: {option_value(value)}" for key, value in options.items() if value]
    return "\n".join([*lines, "", to_markup(text), ":::"]) + "\n"


def to_markup(text: str) -> str:
    """Return MyST that shows *text*: its paragraphs, wrapped, its roles as they are."""
    paragraphs = re.split(r"\n[ \t]*\n", clean(text))
    return "\n\n".join("\n".join(map(_escape, _wrap(part))) for part in paragraphs if part.strip())


def _wrap(paragraph: str) -> Iterable[str]:
    """Yield the lines of a paragraph; a role is never parted."""
    line = ""
    for token in _TOKEN.findall(paragraph):
        if line and len(line) + 1 + len(token) > WIDTH:
            yield line
            line = ""
        line = f"{line} {token}" if line else token
    yield line


def _escape(line: str) -> str:
    """Return *line* with everything escaped but its roles."""
    roles: list[str] = _ROLE.findall(line)
    places = iter(range(_FIRST_PLACE, _FIRST_PLACE + len(roles)))
    escaped = to_myst_text(_ROLE.sub(lambda _: chr(next(places)), line))
    return re.sub(r"[\ue000-\uf8ff]", lambda found: roles[ord(found[0]) - _FIRST_PLACE], escaped)


def says(text: str, shown: str) -> bool:
    """Whether *shown*, the text of a record, is what was typed as *text*, whatever its roles show; white space apart."""
    parts = [re.escape(_blanks(part)) for part in _ROLE.split(_blanks(clean(text)))]
    return re.fullmatch(".*?".join(parts), _blanks(shown), re.DOTALL) is not None


def _blanks(text: str) -> str:
    """Return *text* with its white space as single blanks."""
    return " ".join(text.split())


# Words that say nothing in an id; *no* and *not* do.
_SMALL = set(
    "a an as at be by do he i if in is it me my of on or s so t to we".split()  # noqa: SIM905  (a line to read)
)


def id_from(words: str, limit: int = 4) -> str:
    """Return an id made of the first *limit* words of *words* but for small ones, or nothing where they are not in Latin letters."""
    plain = unicodedata.normalize("NFKD", words.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    found = re.findall(r"[a-z0-9]+", plain.lower())
    found = [word for word in found if word not in _SMALL] or found
    name = "-".join(found[:limit])
    return name if re.match("[a-z]", name) else f"n-{name}" if name else ""
