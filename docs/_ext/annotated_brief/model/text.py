"""Exact comparison of texts: one stated folding, word windows and seals.

The folding is the only liberty that any comparison of the edition takes: Unicode NFC, typographic quotation
marks and dashes to their ASCII forms, no-break spaces to blanks, soft hyphens removed, runs of white space to
one blank. Letters, case, digits and all other punctuation are compared as they stand.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

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
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return *text* in the folded form in which all texts are compared; idempotent."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_FOLDS)).strip()


def digest(*parts: str) -> str:
    """Return the SHA-256 of the UTF-8 *parts*, each ended by a zero byte, as 64 hex digits."""
    return hashlib.sha256(b"".join(part.encode() + b"\0" for part in parts)).hexdigest()


def words(text: str) -> list[str]:
    """Return the case-folded words (runs of letters, digits, underscores) of the folded *text*."""
    return _WORD.findall(fold(text).casefold())


def window_hash(salt: str, window: list[str]) -> str:
    """Return the hash (16 hex digits) under which one word window of the article is recorded."""
    return digest(salt, *window)[:16]


def window_hashes(text: str, salt: str) -> set[str]:
    """Return the hashes of all :data:`WINDOW`-word windows of *text*."""
    found = words(text)
    return {window_hash(salt, found[i : i + WINDOW]) for i in range(len(found) - WINDOW + 1)}


def seal(region: str, offset: int, source_words: str) -> str:
    """Return the seal that binds *source_words* to their place in a region of the article.

    *region* is the digest of the folded region, *offset* the position of the folded words in it, counted in
    characters.
    """
    folded = fold(source_words)
    return digest(region, str(offset), str(len(folded)), folded)
