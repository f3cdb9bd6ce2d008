"""In a set, the data files and small pages of a brief of which nothing has changed are left as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from annotated_brief.exports.write import write_text
from conftest import record_release, run_sphinx
from sets import SLUGS, write_set
from written import OUR_CONF

ADDRESSED = f'{OUR_CONF}html_baseurl = "https://example.org/set/"\nbrief_today = "2027-01-01"\n'
MADE = "left alone"  # what a test puts in the place of a file, to see whether it is written again


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A set, as a project."""
    return write_set(tmp_path, {"docs/conf.py": ADDRESSED})


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text("utf-8")
    assert change(before) != before
    write_text(path, change(before))


def one_note_less(text: str) -> str:
    """The page without its last note, and without the mark of it, which stands in the last paragraph."""
    start = text.rindex(":::{annotation}")
    name = text[start:].partition("\n")[0].rpartition(" ")[2]
    body, mark = text[:start], f" <{name}>`"
    begin = body.rindex("{mark}`", 0, body.index(mark))
    words = body[begin + len("{mark}`") : body.index(mark)]
    return body[:begin] + words + body[body.index(mark) + len(mark) :]


EDITS: dict[str, tuple[str, Callable[[str], str], set[str]]] = {
    "a note": (
        "docs/briefs/lamp/index.md",
        lambda text: text.replace(":verdict: c", ":verdict: unverified\n%", 1),
        {"lamp"},
    ),
    "a card of one brief": (
        "docs/glossary.md",
        lambda text: text.replace("1-0\n:name: ", "1-0\n:name: The ", 1),
        {"ferry"},
    ),
    "a source of all": ("refs.bib", lambda text: text.replace("Press", "Print", 1), set(SLUGS)),
    "the work of one": ("docs/briefs/quay/work.yml", lambda text: text.replace("Synthetic", "Another", 1), {"quay"}),
    "a note that goes": ("docs/briefs/lamp/index.md", one_note_less, {"lamp"}),
    "the address of the site": ("docs/conf.py", lambda text: text.replace("/set/", "/other/"), set(SLUGS)),
}


@pytest.mark.parametrize("name", EDITS)
def test_only_the_files_of_a_changed_brief_are_written_again(edition: Path, name: str) -> None:
    path, change, touched = EDITS[name]
    first = run_sphinx(edition, out="rebuilt")
    places = {
        slug: [first.out / f"data/{slug}/claims.json", first.out / f"briefs/{slug}/picture.png"] for slug in SLUGS
    }
    kept = {place: place.read_bytes() for found in places.values() for place in found}
    for place in kept:
        place.write_text(MADE, encoding="utf-8")
    edit(edition / path, change)
    rebuilt = run_sphinx(edition, out="rebuilt")
    left = {
        slug for slug, found in places.items() if all(place.read_text("utf-8", "replace") == MADE for place in found)
    }
    assert left == set(SLUGS) - touched
    for place, content in kept.items():
        if place.read_text("utf-8", "replace") == MADE:
            place.write_bytes(content)
    assert rebuilt.files() == run_sphinx(edition, out="fresh").files()


def test_a_text_that_ends_a_release_changes_what_all_pages_cite(edition: Path) -> None:
    edit(edition / "docs/conf.py", lambda text: f'{text}release = "0.2.0"\n')
    write_text(edition / "docs/changes.md", "# Changes\n\n:::{collect} changes\n:::\n")
    edit(edition / "docs/index.md", lambda text: text.replace("claims\n", "claims\nchanges\n"))
    record_release(edition, "0.2.0")
    cited = "https://example.org/set/v/0.2.0/briefs/quay/"
    assert cited in run_sphinx(edition, out="rebuilt").page("briefs/quay/index.html")
    edit(edition / "docs/briefs/lamp/index.md", lambda text: text.replace(". {source}", ", and more. {source}", 1))
    rebuilt = run_sphinx(edition, out="rebuilt")
    assert cited not in rebuilt.page("briefs/quay/index.html")
    assert "Since the last release" in rebuilt.page("changes.html")
    assert rebuilt.files() == run_sphinx(edition, out="fresh").files()


def test_files_are_written_again_with_another_program(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = run_sphinx(edition).out / "data/lamp/claims.json"
    claims.write_text(MADE, encoding="utf-8")
    monkeypatch.setattr("annotated_brief.writing._program", lambda: "another")
    run_sphinx(edition)
    assert claims.read_text("utf-8") != MADE


@pytest.mark.parametrize("content", ["", "[]", "{", '{"lamp": {}}', '{"lamp": {"made_of": 1, "paths": 2, "other": 3}}'])
def test_notes_on_files_that_cannot_be_read_are_none(edition: Path, content: str) -> None:
    built = run_sphinx(edition)
    before = built.files()
    for name in ("html-files.json", "html-shown.json"):
        (Path(built.app.doctreedir) / name).write_text(content, encoding="utf-8")
    edit(edition / "docs/glossary.md", EDITS["a card of one brief"][1])
    changed = run_sphinx(edition).files()
    assert changed == run_sphinx(edition, out="fresh").files() != before


def test_a_file_that_is_gone_is_written_again(edition: Path) -> None:
    built = run_sphinx(edition)
    before = built.files()
    for name in (
        "data/lamp/terms.ttl",
        "data/index.json",
        "data/changes.atom",
        "sitemap.xml",
        "briefs/quay/picture.png",
    ):
        (built.out / name).unlink()
        assert run_sphinx(edition).files() == before


def test_a_brief_that_goes_takes_its_files_with_it(edition: Path) -> None:
    assert (run_sphinx(edition, out="rebuilt").out / "data/quay-2/claims.json").is_file()
    edit(edition / "docs/index.md", lambda text: text.replace("briefs/quay-2/index\n", ""))
    for path in (edition / "docs/briefs/quay-2").iterdir():
        path.unlink()
    rebuilt = run_sphinx(edition, out="rebuilt").files()
    gone = {"briefs/quay-2/index.html"}  # Sphinx removes no page; `brief build` begins anew then
    assert {path for path in rebuilt if "quay-2" in path} == gone


def test_a_build_that_was_ended_half_way_is_not_relied_on(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = edition / "docs/briefs/lamp/index.md"
    text = page.read_text("utf-8")
    before = run_sphinx(edition).files()

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("annotated_brief.writing.together", end)
    monkeypatch.setattr("annotated_brief.writing.save_kept", end)
    edit(page, EDITS["a note"][1])
    with pytest.raises(KeyboardInterrupt):
        run_sphinx(edition)
    monkeypatch.undo()
    write_text(page, text)
    assert run_sphinx(edition).files() == before


def test_what_a_build_that_was_ended_half_way_had_to_remove_goes_with_the_next(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_sphinx(edition, out="rebuilt")
    edit(edition / "docs/briefs/lamp/index.md", one_note_less)

    def end(*_: object) -> None:
        raise KeyError("ended")

    monkeypatch.setattr("annotated_brief.writing.together", end)
    monkeypatch.setattr("annotated_brief.writing.save_kept", end)
    with pytest.raises(ExtensionError):
        run_sphinx(edition, out="rebuilt")
    monkeypatch.undo()
    assert run_sphinx(edition, out="rebuilt").files() == run_sphinx(edition, out="fresh").files()
