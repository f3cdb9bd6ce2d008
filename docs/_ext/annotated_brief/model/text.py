"""Exact comparison of texts: one stated folding, word windows and seals.

The folding is the only liberty that any comparison of the edition takes: Unicode NFC; typographic quotation
marks, guillemets and the modifier apostrophe (U+02BC) to their ASCII forms; hyphens, dashes and the minus sign to the
ASCII hyphen; no-break spaces to blanks; soft hyphens, zero-width spaces and byte order marks removed; runs of white
space to one blank, none at either end. Letters, case, digits and all other characters are compared as they stand.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

QUOTES = {"en": "“”", "ru": "«»", "be": "«»", "kk": "«»", "uk": "«»", "zh": "「」", "de": "„“", "fr": "«»"}
WINDOW = 8  # words; no run of this length of the article may occur in the repository

_FOLDS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        **dict.fromkeys("\u00ad\u200b\ufeff", None),
    }
)
_SPACE = re.compile(r"\s+")
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "\u2421"}
_UNCARRIED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_C1 = re.compile("[\x80-\x9f]")  # controls that some terminals obey
CUT = " …"  # the end of a text that goes on
_QUOTED = 80  # characters of a value that a message quotes
_WORD = re.compile(r"\w+")


def quotation_marks(lang: str) -> str:
    """Return the opening and the closing quotation mark of the BCP 47 language *lang*."""
    return QUOTES.get(lang.partition("-")[0], QUOTES["en"])


def fold(text: str) -> str:
    """Return *text* in the folded form in which all texts are compared; idempotent."""
    if not text.isascii():  # of ASCII only white space is folded, and most files of a repository are ASCII
        text = unicodedata.normalize("NFC", text).translate(_FOLDS)
        text = unicodedata.normalize("NFC", text)  # what a removed character kept apart may compose
    return _SPACE.sub(" ", text).strip()


def visible(text: str) -> str:
    """Return *text* with the characters that XML 1.0 and formats made of lines cannot carry shown by signs.

    A control character other than tab and line ends becomes its picture (U+2400 and following), a surrogate or a
    noncharacter U+FFFD.
    """
    return _UNCARRIED.sub(lambda found: _PICTURES.get(found[0], "\ufffd"), text)


def one_line(text: str) -> str:
    """Return *text* on one line that a terminal only shows: runs of white space as blanks, controls as signs."""
    return _C1.sub("\ufffd", visible(" ".join(text.split())))


def shortened(value: object) -> str:
    """Return *value* as a message quotes it: on one line, and cut where it is long."""
    line = one_line(str(value)[: _QUOTED + 1])
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"


def beginning(text: str, limit: int) -> str:
    """Return *text*, where it has more than *limit* characters cut: at a blank if there is one, and with :data:`CUT`."""
    if len(text) <= limit:
        return text
    head = text[: limit - len(CUT) + 1]
    return (head.rpartition(" ")[0] or head[:-1]).rstrip(" ,;:–") + CUT


def digest(*parts: str) -> str:
    """Return the SHA-256 of the UTF-8 *parts*, each ended by a zero byte, as 64 hex digits."""
    return hashlib.sha256(b"".join(part.encode() + b"\0" for part in parts)).hexdigest()


def words(text: str) -> list[str]:
    """Return the case-folded words (runs of letters, digits, underscores) of the folded *text*."""
    return _WORD.findall(fold(text).casefold())


def window_hashes(found: Sequence[str], salt: str) -> list[str]:
    """Return the hash (16 hex digits) under which each :data:`WINDOW`-word window of the words *found* is recorded."""
    parts = [word.encode() + b"\0" for word in found]
    salted = hashlib.sha256(salt.encode() + b"\0")  # of each window the hash is that of `digest(salt, *window)`
    hashes = []
    for start in range(len(parts) - WINDOW + 1):
        state = salted.copy()
        state.update(b"".join(parts[start : start + WINDOW]))
        hashes.append(state.hexdigest()[:16])
    return hashes


def seal(region: str, offset: int, source_words: str) -> str:
    """Return the seal that binds *source_words* to their place in a region of the article.

    *region* is the digest of the folded region, *offset* the position of the folded words in it, counted in
    characters.
    """
    folded = fold(source_words)
    return digest(region, str(offset), str(len(folded)), folded)
