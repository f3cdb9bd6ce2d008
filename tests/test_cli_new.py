"""`brief new annotation`, `term`, `event`, `source`: what is written where, what is refused, and that nothing is lost."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import annotated_brief
from annotated_brief.commands import asking
from annotated_brief.exports.write import write_bytes, write_text
from conftest import HERE, ROOT, RunBrief

INDEX = "docs/briefs/sample/index.md"
NOTE = {
    "paragraph": "1",
    "words": "early",
    "source-words": "asked nobody",
    "headline": "Two loans were taken",
    "claim": "Nobody was asked for money",
    "verdict": "clarified",
    "evidence": "ledger1902, p. 4",
    "as-of": "1902",
    "text": "The {term}`Port Board <port-board>` took two loans.",
}
TERM = {"name": "Aldermen", "kind": "body", "text": "They ran the town.", "in": "name-ru=Олдермены"}
EVENT = {"date": "1902-01", "actors": "town", "sources": "ledger1902", "text": "The town paid its share."}
SOURCE = {
    "type": "book",
    "author": "Smith, Ann; Town Archive",
    "title": "Ships & 100% of $5 trade",
    "publisher": "Quay Press",
    "date": "1903-02",
    "lang": "en",
    "grade": "press",
    "country": "GB",
    "owner": "private",
    "seen": "no",
}
VERBS = {"annotation": NOTE, "term": TERM, "event": EVENT, "source": SOURCE}


def options(given: dict[str, str]) -> list[str]:
    return [part for name, value in given.items() for part in (f"--{name}", value)]


def tree(project: Path) -> dict[str, bytes]:
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file() and not {".sources", ".tools"} & set(path.parts)
    }


def attach(brief: RunBrief, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes((HERE / "roots" / "base" / "article.txt").read_bytes())
    assert brief("attach", str(copy))[0] == 0


def added(project: Path, name: str, before: bytes) -> str:
    """What was put in; that nothing was taken out, or changed, is asserted."""
    after = (project / name).read_bytes()
    start = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    rest = before[start:]
    assert after.endswith(rest), "every other byte stays"
    return after[start : len(after) - len(rest)].decode()


def test_a_note_goes_where_its_mark_says(brief: RunBrief, project: Path) -> None:
    code, output = brief("new", "annotation", *options(NOTE))
    assert code == 0, output
    text = (project / INDEX).read_text("utf-8")
    assert "early" in output, "the restated paragraph is shown"
    assert f"{INDEX}:19\n" in output
    assert "still to do: somebody who holds the article seals it" in output
    assert "{mark}`early <two-loans-were-taken>`, and that" in text
    assert text.splitlines()[18] == ":::{annotation} two-loans-were-taken"
    order = [text.index(f":::{{annotation}} {name}") for name in ("quay-date", "two-loans-were-taken", "quay-cost")]
    assert order == sorted(order)
    assert ":checked: 2026-11-24\n" in text
    found = brief("check", "--format", "json")[1]
    assert "brief.seal-missing" in found
    assert found.count('"level": "error"') == 1


def test_with_a_copy_the_words_are_looked_up_and_sealed(brief: RunBrief, project: Path, tmp_path: Path) -> None:
    attach(brief, tmp_path)
    lock = (project / "docs/briefs/sample/work.yml").read_bytes()
    code, output = brief("new", "annotation", *options(NOTE))
    assert code == 0, output
    assert "¶1, your copy (same): The new quay" in output
    assert "still to do" not in output
    assert added(project, "docs/briefs/sample/work.yml", lock).startswith(
        "    two-loans-were-taken:\n      region: p1\n"
    )
    assert brief("check")[0] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": "late"}, "‘late’ do not stand in ¶1; copy them from the paragraph above"),
        ({"words": "the"}, "‘the’ stand 2 times in ¶1; take more words"),
        ({"words": "arly"}, "‘arly’ do not stand in ¶1"),
        ({"words": "Port Board"}, "‘Port Board’ are partly in a link, a quotation or another mark"),
        ({"paragraph": "7"}, "there is no paragraph ‘7’; there are p1, p2"),
        ({"source-words": "asked everybody"}, "‘asked everybody’ does not stand in the article’s ¶1; copy the words"),
        ({"source-words": "of the"}, "‘of the’ stands 3 times in the article’s ¶1; take more words, or give those"),
        ({"source-words": "one two three four five six seven"}, "has 7 words; name at most 6"),
        ({"evidence": "ledger1903"}, "‘ledger1903’ is not in refs.bib; did you mean ‘ledger1902’?"),
        ({"evidence": "ledger1902, gazette1901quay"}, "‘gazette1901quay’ is a source, and no place in ‘ledger1902’; write ;"),
        ({"see": "quay-dat"}, "there is no note ‘quay-dat’; did you mean ‘quay-date’?"),
        ({"headline": "x" * 61}, "the headline has 61 characters; shorten it to 60"),
        ({"headline": "two\nlines"}, "it has more than one line"),
        ({"headline": "a \x07 bell"}, "it holds U+0007"),
        ({"verdict": "wrong"}, "‘wrong’ is not in the word list; use one of corroborated"),
        ({"as-of": "yesterday"}, "write an EDTF date"),
        ({"id": "Two Loans"}, "‘Two Loans’ is no id"),
        ({"id": "naïve"}, "‘naïve’ is no id"),
        ({"id": "../x"}, "‘../x’ is no id"),
        ({"id": "quay-date"}, f"the id ‘quay-date’ is already used at {INDEX}:7; choose another"),
        ({"id": "port-board"}, "the id ‘port-board’ is already used at docs/glossary.md:3"),
        ({"headline": "Две ссуды"}, "no id can be made of these words; give one with --id"),
        ({"text": " "}, "--text: it must say something"),
        ({"text": "", "claim": "", "words": ""}, "missing: --words, --claim, --text"),
        ({"work": "other"}, "there is no brief ‘other’; there is sample"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_one_line_and_changes_nothing(
    change: dict[str, str], said: str, brief: RunBrief, project: Path, tmp_path: Path
) -> None:
    attach(brief, tmp_path)
    before = tree(project)
    code, output = brief("new", "annotation", *options({**NOTE, **change}))
    assert code in {1, 2}
    assert said in " ".join(output.split())
    assert tree(project) == before


@pytest.mark.parametrize(
    ("verb", "change", "said"),
    [
        ("event", {"actors": "town2"}, "--actors: there is no actor ‘town2’; did you mean ‘town’?"),
        ("event", {"sources": "ledger1903"}, "‘ledger1903’ is not in refs.bib; did you mean ‘ledger1902’?"),
        ("event", {"annotations": "quay-dat"}, "there is no note ‘quay-dat’; did you mean ‘quay-date’?"),
        ("term", {"successor": "port-bord"}, "there is no card ‘port-bord’; did you mean ‘port-board’?"),
        ("term", {"sources": "ledger1902, gazette1901quay"}, "‘gazette1901quay’ is a source, and no place in"),
    ],
)
def test_a_record_that_is_not_there_is_refused_when_it_is_asked_for(
    verb: str, change: dict[str, str], said: str, brief: RunBrief, project: Path
) -> None:
    before = tree(project)
    code, output = brief("new", verb, *options({**VERBS[verb], **change}))
    assert code == 2
    assert said in " ".join(output.split())
    assert tree(project) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_dry_run_shows_the_change_and_writes_nothing(verb: str, brief: RunBrief, project: Path) -> None:
    before = tree(project)
    code, output = brief("new", verb, *options(VERBS[verb]), "--dry-run")
    assert code == 0, output
    assert "\n+++ b/" in output
    assert [line for line in output.splitlines() if line.startswith("-") and not line.startswith("---")] == [
        line for line in output.splitlines() if line.startswith("-The writer says")
    ], "only the line that gets the mark is another"
    assert tree(project) == before


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_is_asked_where_nobody_sits(verb: str, brief: RunBrief, project: Path) -> None:
    before = tree(project)
    code, output = brief("new", verb)
    assert code == 2
    assert "these options are missing: --" in output
    assert tree(project) == before


FILES = {"annotation": INDEX, "term": "docs/glossary.md", "event": "docs/timeline.md", "source": "refs.bib"}


@pytest.mark.parametrize("verb", VERBS)
def test_line_ends_stay_as_they_are(verb: str, brief: RunBrief, project: Path) -> None:
    path = project / FILES[verb]
    write_bytes(path, path.read_bytes().replace(b"\n", b"\r\n"))
    code, output = brief("new", verb, *options(VERBS[verb]))
    assert code == 0, output
    data = path.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.parametrize("verb", VERBS)
def test_a_merge_that_nobody_resolved_is_named(verb: str, brief: RunBrief, project: Path) -> None:
    path = project / FILES[verb]
    lines = path.read_text("utf-8").splitlines(keepends=True)
    write_text(path, "".join([*lines[:-2], "<<<<<<< HEAD\n", lines[-2], "=======\nx\n>>>>>>> other\n", lines[-1]]))
    before = tree(project)
    code, output = brief("new", verb, *options(VERBS[verb]))
    assert code == 1
    said = f"{FILES[verb]}:{len(lines) - 1}: a merge conflict stands here; resolve it"
    assert said in output or output.splitlines()[-1].startswith(f"brief: {FILES[verb]}:")
    assert tree(project) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_file_that_cannot_be_written_is_one_line(verb: str, brief: RunBrief, project: Path) -> None:
    path = project / FILES[verb]
    (path.parent / f".{path.name}.tmp" / "taken").mkdir(parents=True)
    before = tree(project)
    code, output = brief("new", verb, *options(VERBS[verb]))
    assert (code, output.splitlines()[-1]) == (
        1, f"brief: {FILES[verb]} cannot be written (Is a directory); nothing was changed"
    )  # fmt: skip
    assert tree(project) == before


def test_all_files_or_none(brief: RunBrief, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attach(brief, tmp_path)
    before, replace = tree(project), Path.replace

    def fail(self: Path, target: Path) -> Path:
        if self.name == ".work.yml.tmp":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    code, output = brief("new", "annotation", *options(NOTE))
    assert code == 3
    assert "work.yml cannot be written (Permission denied); nothing was changed; make the project writable" in output
    assert tree(project) == before


def test_a_card_and_an_event_find_their_places(brief: RunBrief, project: Path) -> None:
    for name in ("Zealots", "Aldermen", "Merchants"):
        assert brief("new", "term", *options({**TERM, "name": name}))[0] == 0
    text = (project / "docs/glossary.md").read_text("utf-8")
    places = [text.index(f"{{term}} {name}") for name in ("aldermen", "port-board", "merchants", "zealots")]
    assert places == sorted(places)
    assert ":name-ru: Олдермены\n" in text
    for date in ("1902", "1899-12-31", "1901-05-04"):
        assert brief("new", "event", *options({**EVENT, "date": date}), "--id", f"on-{date}")[0] == 0
    text = (project / "docs/timeline.md").read_text("utf-8")
    places = [text.index(f"{{event}} {name}") for name in ("on-1899-12-31", "quay-opened", "on-1901-05-04", "on-1902")]
    assert places == sorted(places)


def test_an_event_goes_into_the_section_of_its_years(brief: RunBrief, project: Path) -> None:
    timeline = project / "docs/timeline.md"
    event = ":::{event} later\n:date: 1911\n:actors: town\n:sources: ledger1902\n\nIt went on.\n:::\n"
    write_text(timeline, f"{timeline.read_text('utf-8')}\n## 1905–1911: trade\n\n{event}")
    assert brief("new", "event", *options({**EVENT, "date": "1902"}), "--id", "before-that")[0] == 0
    assert brief("new", "event", *options({**EVENT, "date": "1906"}), "--id", "after-that")[0] == 0
    text = timeline.read_text("utf-8")
    places = [text.index(name) for name in ("{event} before-that", "## 1905", "{event} after-that", "{event} later")]
    assert places == sorted(places)


def test_an_entry_stands_in_the_order_of_the_keys(brief: RunBrief, project: Path) -> None:
    before = (project / "refs.bib").read_bytes()
    code, output = brief("new", "source", *options(SOURCE), "--key", "harbour1903ships")
    assert code == 0, output
    entry = added(project, "refs.bib", before)
    assert "refs.bib:17\n" in output
    assert "  author = {Smith, Ann and {Town Archive}},\n  title = {{Ships \\& 100\\% of $5 trade}},\n" in entry
    assert "  year = {1903},\n  month = {February},\n  date = {1903-02},\n" in entry
    code, output = brief("new", "source", *options(SOURCE), "--key", "HARBOUR1903ships")
    assert (code, "the key ‘HARBOUR1903ships’ is used at refs.bib:17; choose another" in output) == (2, True), output


def test_what_bibtex_cannot_hold_is_refused(brief: RunBrief, project: Path) -> None:
    before = tree(project)
    for change in ({"title": "a } b"}, {"title": "a {b} c"}, {"date": "1903-02-31"}, {"country": "XX"}, {"lang": "q!"}):
        code, output = brief("new", "source", *options({**SOURCE, **change}))
        assert code in {1, 2}, output
    assert tree(project) == before


def test_what_a_catalogue_says_is_taken_and_options_go_before(
    brief: RunBrief, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"type": "article", "title": "Of quays", "author": "Smith, Ann", "container": "Ports", "lang": "en"}
    monkeypatch.setattr(
        sys.modules["annotated_brief.commands.new_source"],
        "look",
        lambda _, value: {**found, "doi": value, "date": "1999"},
    )
    judged = {name: SOURCE[name] for name in ("grade", "country", "owner", "seen")}
    code, output = brief("new", "source", *options(judged), "--doi", "https://doi.org/10.1000/182", "--date", "1998")
    assert code == 0, output
    assert "@article{smith1998quays,\n" in (project / "refs.bib").read_text("utf-8")
    assert "  journal = {Ports},\n  year = {1998},\n" in (project / "refs.bib").read_text("utf-8")


def test_without_a_network_the_fields_must_be_given(
    brief: RunBrief, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(name: str, value: str) -> dict[str, str]:
        raise OSError("no such host")

    monkeypatch.setattr(sys.modules["annotated_brief.commands.new_source"], "look", lost)
    judged = {name: SOURCE[name] for name in ("grade", "country", "owner", "seen")}
    code, output = brief("new", "source", *options(judged), "--isbn", "978-0-306-40615-7")
    assert code == 2
    assert "isbn 9780306406157: nothing was found (no such host); the fields must be given" in output
    assert "missing: --type, --title, --lang" in output
    assert brief("new", "source", *options(SOURCE), "--isbn", "0-306-40615-2")[0] == 0
    assert brief("new", "source", *options(SOURCE), "--isbn", "0-306-40615-3")[0] == 2


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sit at the terminal: what is typed, with a carriage return for the return key."""
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe.send_text


def test_on_a_terminal_everything_is_asked_for(brief: RunBrief, project: Path, type_in: Callable[[str], None]) -> None:
    asked = ("paragraph", "words", "source-words", "headline", "claim")
    typed = [NOTE[name] for name in asked]
    typed += [
        "wrong\r\x15clarified",  # a wrong answer stays, and is mended
        "ledger1902",
        "1902",
        "",
        NOTE["text"],
        "",
    ]
    type_in("\r".join(typed) + "\r")
    code, output = brief("new", "annotation")
    assert code == 0, output
    assert ":verdict: clarified\n:evidence: ledger1902\n" in (project / INDEX).read_text("utf-8")


def test_of_several_briefs_one_is_asked_for(brief: RunBrief, project: Path, type_in: Callable[[str], None]) -> None:
    shutil.copytree(project / "docs/briefs/sample", project / "docs/briefs/second")
    page = project / "docs/briefs/second/index.md"
    page.write_text(re.sub(r"quay-date|quay-cost|trade-doubled", r"other-\g<0>", page.read_text("utf-8")), "utf-8")
    assert brief("new", "annotation", *options(NOTE), "--work", "third")[0] == 1
    asked = {"see": "other-quay-date", "prefix": "", "evidence": "", "tags": ""}
    type_in("third\r\x15second\r\r\r\r\r\r")
    _, output = brief("new", "annotation", *options({**NOTE, **asked}))
    assert "there is no brief ‘third’; there is sample, second" in " ".join(output.split())
    assert NOTE["headline"] in page.read_text("utf-8")
    assert NOTE["headline"] not in (project / INDEX).read_text("utf-8")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_run_that_is_ended_leaves_no_copy_of_the_set(project: Path, tmp_path: Path, number: int, code: int) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (project / "pyproject.toml").write_text("", encoding="utf-8")
    library = tmp_path / "library"
    shutil.copytree(Path(annotated_brief.__file__).parent, library / "annotated_brief")
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(library)}
    argv = [sys.executable, "-P", "-m", "annotated_brief", "new", "annotation", *options(NOTE)]
    process = subprocess.Popen(argv, cwd=project, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = ""
    while "reading" not in said:  # which it says once the copy is begun
        said += process.stderr.read(1)
    process.send_signal(number)
    process.communicate()
    assert (process.returncode, list(temporary.iterdir())) == (code, [])


@pytest.mark.parametrize(("key", "said"), [("\x03", "interrupted; nothing was written"), ("\x04", "the input ended")])
@pytest.mark.parametrize("verb", VERBS)
def test_an_interrupted_question_changes_nothing(
    verb: str, key: str, said: str, brief: RunBrief, project: Path, type_in: Callable[[str], None]
) -> None:
    before = tree(project)
    first = {"annotation": "1\r", "term": "Aldermen\r", "event": "1902\r", "source": "book\r"}
    type_in(first[verb] + ("half an answer" if key == "\x03" else "") + key)
    code, output = brief("new", verb)
    assert code == (130 if key == "\x03" else 1)
    assert said in output
    assert tree(project) == before


def test_what_is_changed_while_one_answers_is_not_lost(
    brief: RunBrief, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = project / INDEX
    shown = asking.Answers.ask

    def ask(self: asking.Answers, name: str, *rest: object, **more: object) -> str:
        if name == "text":
            write_text(page, page.read_text("utf-8") + "\nMeanwhile.\n")
        return shown(self, name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(asking.Answers, "ask", ask)
    code, output = brief("new", "annotation", *options(NOTE))
    assert (code, f"{INDEX} was changed meanwhile; nothing was written; run again" in output) == (1, True)
    assert page.read_text("utf-8").endswith("\nMeanwhile.\n")
    assert "{annotation} two-loans" not in page.read_text("utf-8")


def test_a_note_that_fails_the_check_is_named_and_stays(brief: RunBrief, project: Path) -> None:
    code, output = brief("new", "annotation", *options({**NOTE, "text": "The {term}`Aldermen <nobody>` took them."}))
    assert code == 1
    assert re.search(rf"^{INDEX}:\d+: brief.unknown-term ", output, re.MULTILINE)
    assert output.splitlines()[-1] == "brief: it is written, and fails the check; mend it there"
    assert "<nobody>` took them.\n" in (project / INDEX).read_text("utf-8")


def git(project: Path, *arguments: str) -> int:
    settings = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *settings, *arguments], cwd=project, capture_output=True, check=False).returncode


def test_the_same_id_from_two_contributors_is_a_finding(brief: RunBrief, project: Path) -> None:
    assert git(project, "init", "-b", "one") == 0
    git(project, "add", ".")
    git(project, "commit", "-m", "base")
    git(project, "checkout", "-b", "two")
    assert brief("new", "annotation", *options({**NOTE, "paragraph": "2", "words": "Trade", "id": "same"}))[0] == 0
    assert brief("new", "source", *options(SOURCE), "--key", "aa1903same")[0] == 0
    git(project, "commit", "-am", "two")
    git(project, "checkout", "one")
    assert brief("new", "annotation", *options({**NOTE, "id": "same"}))[0] == 0
    assert brief("new", "source", *options(SOURCE), "--key", "zz1903same")[0] == 0
    git(project, "commit", "-am", "one")
    assert git(project, "merge", "two", "-m", "both") == 0, "git sees no conflict"
    code, output = brief("check")
    assert code == 1
    assert "brief.duplicate-id  the id ‘same’ is already used at" in output
    bib = (project / "refs.bib").read_text("utf-8")
    write_text(project / "refs.bib", bib.replace("zz1903same", "aa1903same"))
    code, output = brief("check")
    assert code == 1
    assert "brief.duplicate-id  the key ‘aa1903same’ is already used at refs.bib:1; give one of the two" in output


def test_the_examples_of_the_guide_use_options_that_there_are(brief: RunBrief) -> None:
    guide = (ROOT / "docs/contributing/new.md").read_text("utf-8").replace("\\\n", " ")
    lines = re.findall(r"^\$ \./scripts/brief (new .*)$", guide, re.MULTILINE)
    assert {line.split()[1] for line in lines} == {*VERBS, "brief"}
    for line in lines:
        verb, *rest = shlex.split(line)[1:]
        known = set(re.findall(r"--[a-z-]+", brief("new", verb, "--help")[1]))
        assert {part for part in rest if part.startswith("--")} <= known
