"""What is typed reads back as it was typed, whatever it is; and a file keeps every other byte."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from annotated_brief.commands.new_annotation import differs, put_note
from annotated_brief.commands.trial import others_changed
from annotated_brief.drafting.bibtex import key_from, place_entry, to_entry
from annotated_brief.drafting.markup import id_from, one_line, to_directive
from annotated_brief.drafting.source_file import DraftError, SourceFile, load_file
from annotated_brief.model.corpus import Corpus
from annotated_brief.reading.domain import brief_domain
from annotated_brief.reading.sources import entry_lines
from conftest import HERE

DOCNAME = "briefs/sample/index"
NASTY = [
    *("{term}`Port Board <port-board>`", "{mark}`x <y>`", "{quote}`a <gazette1901quay>`", "{cite:t}`ledger1902`"),
    *(":::", "::::", "```", "---", "===", "# ", "> ", "- ", "1. ", "10) ", "* * *", "+++", "% ", "{#p1}", "{.a}", "(x)="),
    *("[a](b)", "[a]: b", "![a](b)", "<b>", "<!--", "-->", "&amp;", "&#0;", "$x$", "~~a~~", "^[a]", "[^a]", "[^a]: b"),
    *("|a|b|", "\\", "`", "``", "*", "_", "__", "://", "https://example.org/a_b", "\t", "    x", "  ", "\u00a0", "«»", "’"),
    *(":a: b", ": b", "'", '"', "''", "key: value", "#", " #", "- a", "? a", "! a", "%a", "@a", "null", "yes", "{}", "[]", ", "),
    *("é", "e\u0301", "қазақ", "中文", "א", "\u200b", "\u00ad", "🇰🇿", "\ufeff"),
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(NASTY), st.text(max_size=8), st.sampled_from(["word", "The", "2014", "."]))
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", "\n", "\n\n", "\r\n"])), max_size=12).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


class Reader:
    """The base project in one application, read again and again."""

    def __init__(self, app: Sphinx, root: Path) -> None:
        self.app = app
        self.page = root / "docs" / f"{DOCNAME}.md"
        self.file = load_file(self.page, f"docs/{DOCNAME}.md")
        self.before = self.read(self.file)

    def read(self, file: SourceFile) -> Corpus:
        self.page.write_bytes(file.content)
        self.app.env.clear_doc(DOCNAME)
        self.app.builder.read_doc(DOCNAME)
        return brief_domain(self.app.env).corpus()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    root = tmp_path_factory.mktemp("drafting") / "project"
    shutil.copytree(HERE / "roots" / "base", root)
    docs, out = root / "docs", root / "out"
    with patch_docutils(docs), docutils_namespace():
        app = Sphinx(docs, docs, out, out / "doctrees", "dummy", status=None, warning=None)
        app.build()
        yield Reader(app, root)


@given(text=TEXTS, headline=TEXTS, claim=TEXTS)
@settings(max_examples=60)
@example(text=" ".join(NASTY), headline="29 August, not 14 August", claim="x")
@example(text="\n\n".join(NASTY), headline="- a: b #c", claim="'\"")
@example(text="\n".join(NASTY), headline="null", claim="{a: [b]}")
def test_a_note_reads_back_as_it_was_typed_or_is_refused(reader: Reader, text: str, headline: str, claim: str) -> None:
    paragraph = next(found for found in reader.before.paragraphs if found.id == "p1")
    options = {"headline": headline, "claim": claim, "source-words": "asked nobody", "prefix": ""}
    try:
        options |= {"headline": one_line(headline)[:60].strip(), "claim": one_line(claim)}
        options |= {"verdict": "clarified", "evidence": "ledger1902", "as-of": "1902", "checked": "2026", "see": ""}
        assume(options["headline"] and options["claim"] and text.strip())
        directive = to_directive("annotation", "new-one", {**options, "tags": ""}, text)
        changed = put_note(reader.file, reader.before, paragraph, "early", "new-one", directive)
    except DraftError:
        return
    after = reader.read(changed)
    assert differs(after, "new-one", paragraph, "early", {**options, "text": text}) == ""
    assert others_changed(reader.before, after) == ""
    problems = [found for found in brief_domain(reader.app.env).documents[DOCNAME].problems if found.code != "no-text"]
    assert problems == []


@given(title=TEXTS, author=TEXTS, note=TEXTS)
@settings(max_examples=60)
def test_an_entry_reads_back_as_it_was_typed_or_is_refused(title: str, author: str, note: str) -> None:
    fields = {"title": title, "author": author, "note": note, "date": "1902", "lang": "en"}
    try:
        fields = {name: one_line(value) for name, value in fields.items()}
        assume(fields["title"])
        entry = to_entry("book", "key1902", fields)
    except DraftError:
        return
    assert list(entry_lines(entry)) == ["key1902"]
    name = key_from(fields)
    assert not name or re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", name)


def as_file(text: str) -> SourceFile:
    return SourceFile(path=Path("x"), shown="x", text=text, before=text.encode())


@given(
    rows=st.lists(st.sampled_from(["a", "b c", ""]), max_size=6),
    line=st.integers(0, 8),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_block_is_put_in_and_nothing_else_moves(rows: list[str], line: int, end: str) -> None:
    text = "".join(row + end for row in rows)
    after = as_file(text).with_block(line, "new\nblock\n").text
    assert after.count("\n") == after.count(end) or not rows
    head, found, tail = after.replace("\r", "").partition("new\nblock\n")
    assert found
    above, below = rows[:line], rows[line:]
    assert head == "".join(f"{row}\n" for row in above) + ("\n" if above and above[-1] else "")
    assert tail == ("\n" if below and below[0] else "") + "".join(f"{row}\n" for row in below)


def test_a_file_without_an_end_of_its_last_line_gets_one() -> None:
    assert as_file("a\r\nb").with_block(9, "new\n").text == "a\r\nb\r\n\r\nnew\r\n"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("29 August, not 14 August", "n-29-august-not-14"),
        ("The town paid a third", "the-town-paid-third"),
        ("Kazakhstan’s own name", "kazakhstans-own-name"),
        ("Жители", ""),
        ("Café", "cafe"),
        ("", ""),
    ],
)
def test_an_id_is_made_of_words(words: str, name: str) -> None:
    assert id_from(words) == name


def test_entries_without_an_order_get_the_new_one_at_the_end() -> None:
    file = as_file("@misc{b1,\n}\n\n@misc{a1,\n}\n")
    assert place_entry(file, "a2", "@misc{a2,\n}\n").text == file.text + "\n@misc{a2,\n}\n"
    ordered = as_file("@misc{a1,\n}\n\n@misc{b1,\n}\n")
    assert place_entry(ordered, "A2", "@misc{A2,\n}\n").text == "@misc{a1,\n}\n\n@misc{A2,\n}\n\n@misc{b1,\n}\n"
