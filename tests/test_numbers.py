"""Every number in the prose of the front pages is computed, or is here with the thing that it must equal."""

from __future__ import annotations

import re
import tomllib

import pytest

from annotated_brief.commands.steps import STEPS
from annotated_brief.model.article import SOURCE_WORDS_LIMIT
from annotated_brief.model.records import Recommendation
from annotated_brief.model.text import WINDOW
from annotated_brief.network.limits import Limits
from annotated_brief.reading.collect import REVIEW_YEARS
from conftest import ROOT, Built

WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "twenty",
    "hundred",
]
NUMBER = re.compile(rf"(?<![\w.-])(?:\d[\d,.]*(?<![,.])|{'|'.join(WORDS)})(?!\w)", re.IGNORECASE)
PAGES = ("README.md", "docs/method.md", "docs/claims.md", "docs/scorecard.md")


def prose(page: str) -> str:
    """The running text of *page*: without directives, code, roles and the addresses of links."""
    text = (ROOT / page).read_text("utf-8")
    text = re.sub(r"^(:::+|```+)\{?.*?^\1\s*$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\{[\w:-]+\}`[^`]*`|`[^`]*`", "", text)
    text = text.replace("CC BY 4.0", "")  # the name of a licence
    return re.sub(r"\]\([^)]*\)|https?://\S+", "]", text)


def python_needed() -> str:
    return re.sub(
        r"[^\d.]", "", tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    )


def word(number: int) -> str:
    return WORDS[number - 2]


def measured(key: str) -> str:
    """A measure that the benchmarks wrote down, with the machine that it was taken on."""
    return str(tomllib.loads((ROOT / "scripts" / "benchmarks" / "measured.toml").read_text("utf-8"))[key])


def expected(real: Built) -> dict[str, list[str]]:
    """The numbers that each page may state, in their order."""
    work = real.corpus.briefs[0].work
    year = work.issued[:4]
    minutes, seconds = divmod(int(measured("test_seconds")), 60)
    cores, build, setup = measured("cores"), measured("build_seconds"), measured("setup_seconds")
    latest = max(note.date.last_day() for note in real.corpus.events).year
    return {
        "README.md": [
            year,
            word(2),  # commands, counted below
            python_needed(),
            word(int(cores)),
            build,
            setup,
            str(minutes),
            str(seconds),
            year,
            word(WINDOW),
        ],
        "docs/method.md": [
            word(SOURCE_WORDS_LIMIT),
            word(WINDOW),
            word(2),  # clocks: `as_of` and `checked`
            word(REVIEW_YEARS),
            str(latest),
            year,
        ],
        "docs/claims.md": [],
        "docs/scorecard.md": [year],
    }


@pytest.mark.parametrize("page", PAGES)
def test_numbers_in_prose(real: Built, page: str) -> None:
    found = [match.group() for match in NUMBER.finditer(prose(page))]
    assert [number.lower() for number in found] == expected(real)[page]


def test_the_limits_of_links_are_those_of_the_program() -> None:
    text = (ROOT / "docs" / "contributing" / "links.md").read_text("utf-8")
    manners = re.findall(r"^\| [^|]+ \| (\d+) \|$", text, re.MULTILINE)
    limits = Limits()
    assert [float(number) for number in manners] == [
        limits.hosts,
        limits.per_host,
        limits.pause,
        limits.timeout,
        limits.tries,
        limits.back_off,
        limits.longest_wait,
        limits.redirects,
        0,  # a page is asked for, and the connection closed after its headers
    ]


def test_two_commands() -> None:
    """The README promises two, and that the second is what CI runs."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert len(re.findall(r"^\$ \./scripts/brief (\w+)", readme, re.MULTILINE)) == 2
    assert "./scripts/brief test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert {"check", "site", "pdf", "pytest"} <= {step.name for step in STEPS}


def support(real: Built, advice: Recommendation) -> str:
    """All that the records behind a recommendation say."""
    corpus = real.corpus
    notes = [corpus.annotation_by_id[name] for name in advice.annotations]
    keys = {item.id for item in (*advice.sources, *(item for note in notes for item in note.evidence))}
    sources = [corpus.source_by_id[key] for key in keys]
    said = [f"{note.text} {note.headline} {note.as_of.text()}" for note in notes]
    said += [f"{source.title} {source.date} {source.note}" for source in sources]
    said += [event.date.text() + event.text for event in corpus.events if {item.id for item in event.sources} & keys]
    return " ".join(said)


def test_numbers_of_the_scorecard_stand_in_its_notes_and_sources(real: Built) -> None:
    lacking = [
        (advice.id, number)
        for advice in real.corpus.recommendations
        for number in NUMBER.findall(advice.text)
        if not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", support(real, advice), re.IGNORECASE)
    ]
    assert lacking == []


def test_the_search_for_numbers_finds_them() -> None:
    assert NUMBER.findall("It has 25% of 1,878 in 3.11, Two of p5 and v1, a-2, 2025.") == [
        "25",
        "1,878",
        "3.11",
        "Two",
        "2025",
    ]
