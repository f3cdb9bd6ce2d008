"""`brief attach` and `brief detach`: what is taken in, what is refused, and that nothing is lost on the way."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from annotated_brief.commands.project import Project
from annotated_brief.reading import copies
from annotated_brief.reading.copies import CopyError, place_of, read_copy, store_copy
from conftest import HERE, RunBrief

ARTICLE = (HERE / "roots" / "base" / "article.txt").read_text("utf-8")
PARAGRAPHS = [line for line in ARTICLE.splitlines() if line]


def as_html(paragraphs: list[str]) -> str:
    body = "".join(f"<p>{text.replace('March', '<b>March</b>')}</p>\n" for text in paragraphs)
    return (
        "<!doctype html><html><head><title>x</title><script>var a = 'no text';</script></head>"
        f"<body><nav><a href='/'>Home</a></nav>{body}<footer>© somebody</footer></body></html>"
    )


FORMS: dict[str, tuple[str, bytes]] = {
    "utf-8": ("a.txt", ARTICLE.encode()),
    "utf-8 with a mark": ("a.txt", ARTICLE.encode("utf-8-sig")),
    "utf-16": ("a.txt", ARTICLE.encode("utf-16")),
    "utf-16 without a mark": ("a.txt", ARTICLE.encode("utf-16-le")),
    "cp1252": ("a.txt", ("“Café” – a page\n\n" + ARTICLE).encode("cp1252")),
    "carriage returns": ("a.txt", ARTICLE.replace("\n", "\r\n").encode()),
    "wrapped": ("a.txt", ARTICLE.replace(", ", ",\n").encode()),
    "markdown": ("a.md", f"# {ARTICLE}".replace("March", "*March*").encode()),
    "html": ("a.html", as_html(PARAGRAPHS).encode()),
    "html by another name": ("saved", as_html(PARAGRAPHS).encode()),
    "without the furniture": ("a.txt", "\n\n".join(PARAGRAPHS[2:4]).encode()),
    "typographic": ("a.txt", ARTICLE.replace(" the ", "\u00a0the ").replace("harbour", "har\u00adbour").encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_copy_is_found_the_same(form: str, brief: RunBrief, project: Path, tmp_path: Path) -> None:
    name, data = FORMS[form]
    file = tmp_path / name
    file.write_bytes(data)
    code, output = brief("attach", file)
    assert code == 0, output
    assert [line.split() for line in output.splitlines()[:2]] == [["p1", "same"], ["p2", "same"]]
    stored = project / ".sources" / "works" / "sample.txt"
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert brief("check")[0] == 0


BAD: dict[str, tuple[bytes, str]] = {
    "wrong": (b"Quite another text, long enough to be a paragraph of something else.\n" * 9, "p1, p2 not found"),
    "truncated": ("\n".join(PARAGRAPHS[:3]).encode(), "p2 not found"),
    "empty": (b" \n", "it is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 40, "it is binary"),
    "control characters": (ARTICLE.replace("purse", "pur\x1b[31mse").encode(), "U+001B"),
    "turned round": (ARTICLE.replace("purse", "\u202eesrup").encode(), "U+202E (right-to-left override)"),
    "no encoding": (b"caf\xe9 \x81 \x8d\n" + ARTICLE.encode(), "it is not in cp1252"),
    "markup alone": (b"<!doctype html><html><body><img src='x'></body></html>", "it holds no text"),
    "cut off": (ARTICLE.partition(", now came")[0].encode(), "p2 cut short"),
    "cut off within a word": (ARTICLE.partition("orning to count")[0].encode(), "p2 cut short"),
    "cut off at the start of a paragraph": (ARTICLE.replace("The new quay, ", "").encode(), "p1 cut short"),
    "far too long": (ARTICLE.encode() + b"a " * 20_000, "far longer than ‘A tale of a harbour’"),
    "comments without end": (b"<!---->" * 2_000 + b"x", "p1, p2 not found"),
    "a comment left open": (b"<!-- " * 200_000, "it holds no text"),
    "unknown encoding": (b"<html><meta charset='x-none'>caf\xe9</html>", "‘x-none’, which no page is"),
    "undefined encoding": (b"<html><meta charset=undefined>caf\xe9</html>", "‘undefined’, which no page is"),
    "no encoding of text": (b"<html><meta charset=unicode_escape>caf\xe9</html>", "which no page is"),
}


@pytest.mark.parametrize("fault", BAD)
def test_what_is_no_copy_changes_nothing(fault: str, brief: RunBrief, project: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(ARTICLE, encoding="utf-8")
    bad.write_bytes(BAD[fault][0])
    code, output = brief("attach", bad)
    assert (code, BAD[fault][1] in output, "nothing was changed" in output) == (1, True, True), output
    assert not (project / ".sources").exists()
    assert brief("attach", good)[0] == 0
    before = (project / ".sources" / "works" / "sample.txt").read_bytes()
    assert brief("attach", bad)[0] == 1
    assert (project / ".sources" / "works" / "sample.txt").read_bytes() == before
    assert sorted(path.name for path in (project / ".sources" / "works").iterdir()) == ["sample.txt"]


def test_files_that_are_none(brief: RunBrief, tmp_path: Path) -> None:
    fifo, huge = tmp_path / "fifo", tmp_path / "huge.txt"
    os.mkfifo(fifo)
    with huge.open("wb") as file:
        file.truncate(100_000_000)  # sparse: takes no room and is refused by its size alone
    for path, words in (
        (tmp_path, "no file"),
        (fifo, "no file"),
        (huge, "100,000,000 bytes"),
        (tmp_path / "x", "No such"),
    ):
        code, output = brief("attach", path)
        assert (code, words in output) == (1, True), output


def test_names_lead_nowhere_else(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    for option, name in (("--source", "../../x"), ("--source", "/etc/passwd"), ("--source", "nobody1900")):
        assert brief("attach", file, option, name)[0] == 1
    assert brief("attach", file, "--work", "../sample")[0] == 1
    assert brief("attach", file, "--work", "sample", "--source", "ledger1902")[0] == 2
    (project / ".sources").symlink_to(tmp_path)
    assert "must be a folder of this project" in brief("attach", file)[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "project"]


def test_a_copy_that_differs_is_shown_and_kept(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE.replace("old town", "new town").replace("done by March", "done by May"), encoding="utf-8")
    code, output = brief("attach", file)
    assert code == 0
    assert "p1  differs" in output
    assert "{+May+}" in output
    assert "{+new+}" in output
    code, output = brief("check")
    assert code == 1
    assert "brief.anchor-lost  ‘quay-date’" in output
    assert output.count("brief.anchor-lost") == 1, "the other anchors stand where they did"


def test_an_interrupt_leaves_the_old_state(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = place_of(project, copies.WORKS, "sample")
    store_copy(place, "old\n")
    for step in ("fsync", "fdopen"):

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(os, step, stop)
            with pytest.raises(KeyboardInterrupt):
                store_copy(place, "new\n")
        assert place.read_text("utf-8") == "old\n"
        assert [path.name for path in place.parent.iterdir()] == ["sample.txt"]


KILLED = """
import os, signal, sys
from pathlib import Path
from annotated_brief.reading import copies
os.fsync = lambda _: os.kill(os.getpid(), getattr(signal, sys.argv[2]))
copies.store_copy(Path(sys.argv[1]), "new, and private")
"""


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGTERM"])
@pytest.mark.parametrize("verb", ["attach", "detach"])
def test_what_a_killed_attach_leaves_goes_with_the_next(
    verb: str, signal: str, brief: RunBrief, project: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    assert brief("attach", file)[0] == 0
    place = place_of(project, copies.WORKS, "sample")
    killed = subprocess.run([sys.executable, "-c", KILLED, place, signal], check=False)
    assert killed.returncode < 0
    assert "out of its own purse" in place.read_text("utf-8"), "the old state"
    assert len(list(place.parent.iterdir())) == 2
    assert brief("check")[0] == 0
    assert brief(*(["attach", file] if verb == "attach" else ["detach"]))[0] == 0
    assert [path.name for path in place.parent.iterdir()] == (["sample.txt"] if verb == "attach" else [])


def test_detach_removes_the_facing_edition_even_where_the_copy_is_gone(brief: RunBrief, project: Path) -> None:
    (project / "build" / "facing").mkdir(parents=True)
    code, output = brief("detach")
    assert (code, output) == (1, "build/facing: removed\nbrief: no copy of that name is attached")
    assert not (project / "build" / "facing").exists()


def test_detach_of_a_source_that_is_no_longer_listed(brief: RunBrief, project: Path) -> None:
    store_copy(place_of(project, copies.SOURCES, "old1900"), "text\n")
    assert brief("detach", "--source", "old1900")[0] == 0
    assert list((project / ".sources" / "sources").iterdir()) == []


def test_what_stands_in_the_place_of_a_copy_is_never_opened(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    place = place_of(project, copies.WORKS, "sample")
    place.mkdir(parents=True)
    code, output = brief("detach")
    assert (code, "cannot be removed" in output) == (1, True), output
    place.rmdir()
    secret = tmp_path / "secret.txt"
    secret.write_text(ARTICLE, encoding="utf-8")
    for make in (os.mkfifo, lambda path: path.symlink_to(secret), Path.mkdir):
        make(place)
        code, output = brief("check")
        assert (code, "sample.txt is no file" in output) == (3, True), output
        if place.is_dir() and not place.is_symlink():
            place.rmdir()
        else:
            assert brief("detach")[0] == 0
    assert secret.exists()


def test_two_attaches_at_once(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    with Project(root=project).only_one_run():
        assert brief("attach", file)[0] == 3
        assert brief("detach")[0] == 3
    assert brief("attach", file)[0] == 0


def test_an_empty_name_is_said_to_be_empty(brief: RunBrief) -> None:
    for verb in ("attach", "lock-work"):
        code, output = brief(verb, "")
        assert (code, "the name of the file is empty" in output) == (2, True), output


def test_detach(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    brief("attach", file)
    brief("attach", file, "--source", "ledger1902")
    (project / "build" / "facing" / "html").mkdir(parents=True)
    assert brief("detach")[0] == 0
    assert not (project / "build" / "facing").exists()
    assert brief("detach", "--source", "ledger1902")[0] == 0
    assert [path for path in (project / ".sources").rglob("*") if path.is_file()] == []
    assert brief("detach")[0] == 1


def test_quotations_are_compared_with_attached_sources(brief: RunBrief, tmp_path: Path) -> None:
    file = tmp_path / "gazette.html"
    for text, code, word in (
        ("<p>The quay was opened on the fourth of May.</p>", 0, ""),
        ("<p>The quay was not opened on the fourth of May.</p>", 0, ""),
        ("<p>Open not fourth of May.</p>", 1, "a negation stands just before it"),
        ("<p>The fourth of Мay.</p>", 1, "a letter differs from one that looks like it"),
    ):
        file.write_text(f"<html><meta charset='utf-8'>{text}</html>", encoding="utf-8")
        assert brief("attach", file, "--source", "gazette1901quay")[0] == 0
        found, output = brief("check", "--only", "quote-lost")
        assert (found, word in output) == (code, True), output


def test_declared_encodings_are_honoured(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes("<html><meta charset=windows-1251><p>Причал открыт</p></html>".encode("cp1251"))
    assert read_copy(page) == "Причал открыт\n"
    page.write_bytes("<html><p>Причал — «открыт»</p></html>".encode())
    assert read_copy(page) == "Причал — «открыт»\n"


def test_a_stored_copy_that_was_spoilt_is_named(project: Path, brief: RunBrief) -> None:
    place = place_of(project, copies.WORKS, "sample")
    place.parent.mkdir(parents=True)
    place.write_bytes(b"\xff\xfe\x00\xd8")
    code, output = brief("check")
    assert (code, "attach it again" in output) == (3, True)


def test_names_for_copies(project: Path) -> None:
    for name in ("", ".", "..", "a/b", "a\\b", ".hidden", "a b"):
        with pytest.raises(CopyError):
            place_of(project, copies.SOURCES, name)
