"""The reader's own copies of works and sources: taken in from many kinds of file, kept in ``.sources/``.

They are private: only checks and the facing edition read them, and the public build never does.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from inscriptis import get_text
from markdown_it import MarkdownIt

FOLDER = ".sources"  # below the project; git-ignored
WORKS, SOURCES = "works", "sources"
LIMIT = 20_000_000  # bytes; a long book is one or two million
_NAME = re.compile(r"[\w+.:-]+", re.ASCII)
# The comments are an atomic group: many of them before something else would otherwise be tried in every division.
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?>(?:<!--.*?-->\s*+)*)<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
# The encodings that a page may declare, by Python's names: those of the web, and of the region that sources come from.
_ENCODINGS = re.compile(
    r"ascii|utf-8|iso8859-\d+|cp(125\d|437|850|852|866|874|932|936|949|950)|koi8-[rtu]|kz1048|ptcp154|mac-(cyrillic|roman)"
    r"|gb2312|gbk|gb18030|big5(hkscs)?|euc_(jp|kr)|shift_jis|iso2022_jp"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Controls (Cc of Unicode) but for those that are white space; bidirectional embeddings, overrides and isolates.
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


class CopyError(ValueError):
    """A file that is no readable copy; the message says what is wrong and what to do."""


def read_copy(path: Path) -> str:
    """Return the text of *path*: plain text, Markdown or HTML, in UTF-8, UTF-16 or cp1252.

    Its paragraphs stand between empty lines, white space within is as the extractor leaves it. Raises
    :class:`CopyError` for anything that is no regular file of text of at most 20 MB.
    """
    text = decode(read_bytes(path))
    if path.suffix.lower() in {".md", ".markdown"}:
        text = _extract(MarkdownIt("commonmark").render(text))
    elif is_page(path, text):
        text = _extract(text)
    refuse_hidden(text)
    if not any(character.isalnum() for character in text):
        raise CopyError("it holds no text; save the page or the text again")
    return _part(text.splitlines())


def _part(lines: list[str]) -> str:
    """Return *lines* as text whose paragraphs stand between empty lines; where there are none, each line is one."""
    lines = [line.rstrip() for line in lines]
    parted = any(not line for line in lines)
    return ("\n" if parted else "\n\n").join(lines).strip("\n") + "\n"


def is_page(path: Path, text: str) -> bool:
    """Whether *text*, which stands in *path*, is an HTML page."""
    return path.suffix.lower() in {".html", ".htm", ".xhtml"} or _HTML.match(text) is not None


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of bearable size; raises :class:`CopyError`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CopyError("it is no file; name the file itself")
        if status.st_size > LIMIT:
            raise CopyError(f"it has {status.st_size:,} bytes, more than {LIMIT:,}; save the text alone")
        return path.read_bytes()
    except OSError as error:
        raise CopyError(f"it cannot be read ({error.strerror})") from None


def decode(data: bytes) -> str:
    """Return *data* as text; nothing is guessed that the bytes do not bear out. Raises :class:`CopyError`."""
    if not data.strip():
        raise CopyError("it is empty; save the page or the text again")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    if data.count(0):
        for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
            if zeros.count(0) * 3 > len(zeros):
                return _strict(data, encoding)
        raise CopyError("it is binary, no text; save the text itself, as plain text, Markdown or HTML")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        return _strict(data, _encoding(declared.group(1).decode()) if declared else "cp1252")


def _encoding(label: str) -> str:
    """Return Python's name for the encoding that a page declares."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        name = ""
    if not _ENCODINGS.fullmatch(name):  # Python knows codecs, too, that are no encodings of text
        raise CopyError(f"it says that it is in ‘{label}’, which no page is; save it as UTF-8")
    return name


def _strict(data: bytes, encoding: str) -> str:
    """Return *data* decoded without loss."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CopyError(f"it is not in {encoding} from byte {error.start:,} on; save it as UTF-8") from None


def _extract(text: str) -> str:
    """Return the text of an HTML page, a line a block; what the page hides is left out."""
    try:
        # The declaration of an encoding would be an error in text that is decoded already.
        return str(get_text(re.sub(r"^\s*<\?xml[^>]*>", "", text)))
    except (ValueError, AssertionError, RecursionError) as error:
        raise CopyError(f"its markup cannot be read ({str(error).splitlines()[0]}); save the text alone") from None


def refuse_hidden(text: str) -> None:
    """Raise for characters that no printed text has: controls, and those that turn the reading direction round."""
    if found := _HIDDEN.search(text):
        number = len(text[: found.end()].splitlines())
        name = unicodedata.name(found[0], "control character")
        raise CopyError(
            f"line {number} holds U+{ord(found[0]):04X} ({name.lower()}), which no printed text has; "
            "take it out, or save the text again"
        )


def place_of(root: Path, kind: str, name: str) -> Path:
    """Return where the copy of the work or source *name* is kept; raises :class:`CopyError` for a name that is none."""
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise CopyError(f"‘{name}’ is no name for a copy")
    for folder in (root / FOLDER, root / FOLDER / kind):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise CopyError(f"{FOLDER} must be a folder of this project; take away what stands at {folder}")
    return root / FOLDER / kind / f"{name}.txt"


def store_copy(path: Path, text: str) -> None:
    """Write *text* to *path*, readable by its owner alone; until it is whole, what was there stays.

    One at a time: what lies there of others is taken for the leavings of a run that was killed.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.parent.chmod(0o700)
    sweep(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what an attach that was killed has left in *folder*: it holds the text, too."""
    for path in folder.glob(".*.txt.*"):
        path.unlink()


def stored_copies(root: Path, kind: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of each copy of *kind*, in the order of the names; raises :class:`CopyError`."""
    folder = place_of(root, kind, "any").parent
    for path in sorted(folder.glob("[!.]*.txt")):
        if not stat.S_ISREG(path.lstat().st_mode):  # a pipe would keep us waiting, a link could lead anywhere
            raise CopyError(f"the copy {path.name} is no file; take it away, and attach it again")
        try:
            yield path.name.removesuffix(".txt"), path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CopyError(f"the copy {path.name} cannot be read ({error}); attach it again") from None
