"""`brief import hypothesis` and `brief export hypothesis`: there, back, and what has no place."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from docutils.core import publish_doctree
from hypothesis import example, given
from hypothesis import strategies as st
from myst_parser.parsers.docutils_ import Parser
from myst_parser.parsers.options import options_to_items

from annotated_brief.exports.annotations import body_text
from annotated_brief.exports.drafts import to_draft_myst, to_myst_text
from annotated_brief.exports.hypothesis import to_hypothesis_json
from annotated_brief.exports.site import Site
from annotated_brief.exports.write import write_text
from annotated_brief.model.anchoring import Anchor, Comment
from annotated_brief.reading.hypothesis import HypothesisError, load_hypothesis
from conftest import Build, RunBrief
from exports.corpora import NASTY, edition, squeezed

PAGE = "https://example.org/edition/briefs/sample/index.html"
ARTICLE = "https://example.org/tale"
INDEX = "docs/briefs/sample/index.md"
HOSTILE = 'A “claim”: <b>bold</b> & `code`,\n::: {raw} html\n1. не сказано 🙂\n\n{cite}`x` [a](b) $x$ "it" #1'


def comment(exact: str, text: str = "Who counted?", uri: str = PAGE, **more: Any) -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": exact, **more.pop("around", {})}
    return {
        "id": "aB-c_1",
        "created": "2026-11-20T10:00:00.000000+00:00",
        "updated": "2026-11-21T10:00:00.000000+00:00",
        "user": "acct:reader@hypothes.is",
        "uri": uri,
        "text": text,
        "tags": [],
        "target": [{"source": uri, "selector": [{"type": "RangeSelector"}, selector] if exact else []}],
        **more,
    }


def save(project: Path, *comments: dict[str, Any]) -> Path:
    path = project / "export.json"
    path.write_text(json.dumps({"annotations": comments}), "utf-8")
    return path


def take_in(project: Path, draft: str, words: str) -> str:
    """Put *draft* below the second paragraph, with its mark on *words*; return its id."""
    name = draft.partition(":::{annotation} ")[2].partition("\n")[0]
    text = (project / INDEX).read_text("utf-8")
    paragraph, marker, rest = text.partition(":::{annotation} trade-doubled")
    assert words in paragraph
    begin, _, end = paragraph.rpartition(words)
    marked = f"{begin}{{mark}}`{words} <{name}>`{end}"
    write_text(project / INDEX, f"{marked}{draft}\n{marker}{rest}")
    return name


def test_text_words_and_tags_survive_the_way_to_linked_data(brief: RunBrief, build: Build, project: Path) -> None:
    path = save(project, comment("Trade, it", HOSTILE, tags=["trade", "disputed", "two; words"]))
    drafts = project / "drafts.md"
    code, output = brief("import", "hypothesis", path, "--to", drafts)
    assert (code, "1 of 1 anchored" in output) == (0, True)
    name = take_in(project, drafts.read_text("utf-8"), "Trade, it")
    data = json.loads(build().page("data/sample/annotations.jsonld"))
    note = next(found for found in data["first"]["items"] if found["identifier"] == name)
    folded = "\n\n".join(" ".join(part.split()) for part in HOSTILE.split("\n\n"))
    assert note["body"][0]["value"] == folded
    assert note["target"][1]["selector"][1]["exact"] == "Trade, it"
    assert [body["value"] for body in note["body"] if body["purpose"] == "tagging"] == [
        "disputed",
        "trade",
        "two, words",
    ]
    assert note["checked"] == "2026-11-21"


def test_words_are_found_with_the_numbers_of_notes_in_them(brief: RunBrief, project: Path) -> None:
    code, output = brief("import", "hypothesis", save(project, comment("finished1.1 early, and")))
    assert code == 0
    assert "{mark}`finished early, and <draft-finished-early-and>`" in output


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        (comment("Trade, it was said"), "‘Trade, it was said’ stands in no restated paragraph"),
        (comment("it"), "‘it’ stands in 3 places, and what is around it does not tell"),
        (comment(""), "it is about the page as a whole"),
        (comment("Trade", text=" \n"), "it marks words and says nothing of them"),
        (comment("Trade", references=["x"]), "it answers another one"),
        (comment("Trade", uri="https://example.org/other.html"), "it is about another page"),
        (comment("of a quay that nobody has sealed", uri=ARTICLE), "it selects 7 words of the article"),
        (comment("nobody sealed", uri=ARTICLE), "no note is sealed to these words"),
    ],
)
def test_what_has_no_place_is_reported(brief: RunBrief, project: Path, given_: dict[str, Any], reason: str) -> None:
    code, output = brief("import", "hypothesis", save(project, given_))
    assert code == 1
    assert f"export.json: aB-c_1: not anchored: {reason}" in output
    assert ":::" not in output


def test_what_is_around_tells_places_apart(brief: RunBrief, project: Path) -> None:
    around = {"prefix": "Trade, ", "suffix": " is said, doubled"}
    code, output = brief("import", "hypothesis", save(project, comment("it", around=around)))
    assert (code, "In #p2 of sample" in output) == (0, True)


def test_words_of_the_article_need_a_seal_or_a_copy(brief: RunBrief, project: Path) -> None:
    article = (Path(__file__).parent / "roots/base/article.txt").read_text("utf-8")
    path = save(project, comment("done by  March", uri=ARTICLE.replace("https://", "http://www.") + "/"))
    assert ":source-words: done by March" in brief("import", "hypothesis", path)[1]
    words = " ".join(article.split("\n\n")[1].split()[4:8])
    unsealed = save(project, comment(words, uri=ARTICLE))
    assert brief("import", "hypothesis", unsealed)[0] == 1
    (project / "copy.txt").write_text(article, "utf-8")
    assert brief("attach", project / "copy.txt")[0] == 0
    code, output = brief("import", "hypothesis", unsealed)
    assert (code, words in output) == (0, True)


def test_headings_of_the_copy_are_no_paragraphs(brief: RunBrief, project: Path) -> None:
    article = (Path(__file__).parent / "roots/base/article.txt").read_text("utf-8")
    first, _, rest = article.partition("\n\nIn the year")
    (project / "copy.txt").write_text(f"{first}\n\nA heading that is none of the work\n\nIn the year{rest}", "utf-8")
    assert brief("attach", project / "copy.txt")[0] == 0
    code, output = brief("import", "hypothesis", save(project, comment("down every morning", uri=ARTICLE)))
    assert (code, "Found in the article, #p2 of sample" in output) == (0, True), output


def test_what_is_exported_is_taken_in_again(brief: RunBrief, project: Path) -> None:
    path = project / "out.json"
    assert brief("export", "hypothesis", "--address", "https://example.org/edition", "--to", path)[0] == 0
    exported = json.loads(path.read_text("utf-8"))["annotations"]
    assert [found["uri"] for found in exported] == [PAGE] * 3
    assert exported[0]["tags"] == ["corrected"]
    code, output = brief("import", "hypothesis", path)
    assert (code, "3 of 3 anchored" in output) == (0, True)
    assert ":verdict: corrected" in output


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[", "it is no JSON (line 1, column 2"),
        (b"\xff\xfe", "it is not in UTF-8"),
        (b"{}", "it holds neither"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"rows": [1]}', "annotation 1 is no object"),
        (b'{"rows": [{"tags": "x"}]}', "annotation 1: ‘tags’ is no list"),
        (b'{"annotations": [{"tags": [1]}]}', "annotation 1: a tag is no text"),
        (b'{"annotations": [{"target": [{"selector": 7}]}]}', "annotation 1: "),
    ],
)
def test_a_file_of_another_kind_is_named_in_one_line(
    brief: RunBrief, project: Path, content: bytes, message: str
) -> None:
    path = project / "export.json"
    path.write_bytes(content)
    code, output = brief("import", "hypothesis", path)
    assert code == 1
    assert message in output
    assert len(output.strip().splitlines()) == 1


def test_a_missing_file_is_named(brief: RunBrief, project: Path) -> None:
    code, output = brief("import", "hypothesis", project / "none.json")
    assert (code, "it cannot be read" in output) == (1, True)
    assert brief("export", "hypothesis", "--address", "example.org")[0] == 2


TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\n`*_{}[]<>:#$~|^%+-.=)\\'\"&123"))


@given(TEXTS)
def test_any_text_is_shown_as_it_stands(text: str) -> None:
    shown = publish_doctree(
        to_myst_text(text),
        parser=Parser(),
        settings_overrides={"report_level": 5, "myst_enable_extensions": ["colon_fence"]},
    )
    expected = "".join(" " if category(found) in {"Cc", "Zl", "Zp"} else found for found in text)
    assert shown.astext().split() == expected.split()


@given(TEXTS)
def test_any_text_survives_as_an_option(text: str) -> None:
    comment = Comment(id="1", uri=PAGE, text=f"x{text}", exact=text, tags=(f"y{text}",))
    place = Anchor(slug="sample", region="p1", mark=f"z{text}")
    draft = to_draft_myst(comment, place, "draft-x", dt.date(2026, 11, 26))
    head = draft.partition(":::{annotation} draft-x\n")[2].partition("\n\n")[0]
    options = dict(options_to_items("\n".join(line[1:] for line in head.splitlines()))[0])
    words = "".join(" " if category(found) in {"Cc", "Zl", "Zp"} else found for found in text).split()
    assert options["claim"].removeprefix("z").split() == words
    assert options["tags"].removeprefix("y").split() == [word.replace(";", ",") for word in words]
    assert len(options["headline"]) <= 60


@given(TEXTS, TEXTS, st.lists(TEXTS))
def test_any_export_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, exact: str, text: str, tags: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps([comment(exact or "x", text, tags=tags)]), "utf-8")
    (found,) = load_hypothesis(path)
    assert (found.exact, found.text, list(found.tags)) == (exact or "x", text, tags)
    path.write_text(json.dumps({"annotations": text}), "utf-8")
    with pytest.raises(HypothesisError):
        load_hypothesis(path)


@given(TEXTS.filter(lambda text: bool(text.split())))
@example("\n".join(NASTY))
def test_any_text_survives_the_export(text: str) -> None:
    corpus = edition([text])
    (found,) = json.loads(to_hypothesis_json(corpus, corpus.briefs[0], Site(name="", base="https://example.org/")))[
        "annotations"
    ]
    assert found["text"] == body_text(text)
    assert found["target"][0]["selector"][0]["exact"] == squeezed(text)
