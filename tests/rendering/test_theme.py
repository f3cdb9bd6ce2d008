"""The style sheets: every class in them is written by the pages and the reverse; every colour can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from bs4 import BeautifulSoup

from annotated_brief.rendering.style import PARTS
from conftest import ROOT, Built

STATIC = ROOT / "docs" / "_ext" / "annotated_brief" / "theme" / "static"
SHEETS = sorted(STATIC.glob("*.css"))
LATER = {"lit", "faded", "brief-propose"}  # given by a script
FACING = {"brief-original", "brief-original-words", "brief-banner"}  # of the edition beside the author's text
STATES = {"overdue"} | {f"word-{word}" for word in ("live", "archived", "gone", "unknown", "not-checked")}
HOOKS = {  # what a link leads to and what became of a recommendation, for style sheets and programs of others
    *(f"to-{kind}" for kind in ("actor", "data", "event", "membership", "paragraph", "recommendation", "source")),
    *(f"outcome-{word}" for word in ("continued", "done", "mixed", "not-done", "partly", "untested")),
}
OTHERS = {  # of docutils and Sphinx
    *("align-default", "arabic", "caption-text", "compound", "docutils", "external", "head", "internal", "literal"),
    *("literal-block", "notranslate", "pre", "reference", "row-even", "row-odd", "simple", "std", "std-doc", "std-ref"),
    *("myst", "stub", "toctree-l1", "toctree-wrapper", "xref", "container", "literal-block-wrapper"),
}
FOREIGN = "[class^=highlight-], .highlight, .highlight *, svg *"  # of Pygments and Vega
CLASS = re.compile(r"\.([a-z][\w-]*)")
COLOURS = dict(
    re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", (STATIC / "tokens.css").read_text("utf-8"))
)


@pytest.fixture(scope="module")
def soups(real: Built) -> list[BeautifulSoup]:
    return [BeautifulSoup(page.read_text("utf-8"), "html.parser") for page in sorted(real.out.rglob("*.html"))]


@pytest.fixture(scope="module")
def written(soups: list[BeautifulSoup]) -> set[str]:
    """The classes in the pages."""
    return {name for soup in soups for tag in soup.find_all(class_=True) for name in tag["class"]}


@pytest.fixture(scope="module")
def ours(soups: list[BeautifulSoup]) -> set[str]:
    """The classes in the pages, without those inside of drawings and of code."""
    found: set[str] = set()
    for soup in soups:
        foreign = set(map(id, soup.select(FOREIGN)))
        found |= {name for tag in soup.find_all(class_=True) if id(tag) not in foreign for name in tag["class"]}
    return found


@pytest.fixture(scope="module")
def styled() -> set[str]:
    """The classes in the selectors of the style sheets."""
    texts = (re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", sheet.read_text("utf-8"), flags=re.DOTALL) for sheet in SHEETS)
    return {name for text in texts for name in CLASS.findall(text)}


@pytest.fixture(scope="module")
def sought(soups: list[BeautifulSoup]) -> set[str]:
    """The classes that scripts ask for, by themselves or for the choices of a form."""

    def asked() -> Iterator[str]:
        for script in STATIC.glob("*.js"):
            lines = [re.sub(r"(^|\s)//.*", "", line) for line in script.read_text("utf-8").splitlines()]
            for quoted in re.findall(r"\"[^\"]*\"|'[^']*'|`[^`]*`", "\n".join(lines)):
                yield from CLASS.findall(quoted)
        for form in (form for soup in soups for form in soup.select("form[data-of]")):
            yield from CLASS.findall(str(form["data-of"]))
            yield from (str(option["value"]) for option in form.select("option"))

    return set(asked())


def test_every_class_of_the_sheets_is_written(written: set[str], styled: set[str]) -> None:
    assert styled - written == LATER | FACING | (STATES - written)


def test_every_class_of_the_pages_is_styled_or_sought(ours: set[str], styled: set[str], sought: set[str]) -> None:
    assert ours - styled - sought == HOOKS | OTHERS


def test_the_pages_load_one_sheet_made_of_all_parts_in_order(real: Built, soups: list[BeautifulSoup]) -> None:
    assert {f"{part}.css" for part in PARTS} == {sheet.name for sheet in SHEETS} | {"fonts.css"}
    whole = real.page("_static/site.css")
    assert whole == "".join(real.page(f"_static/{part}.css") for part in PARTS)
    for soup in soups:
        sheets = [
            str(link["href"]).rpartition("/")[2].partition("?")[0] for link in soup.select("link[rel=stylesheet]")
        ]
        uses = {
            "site.css": True,
            "pygments.css": soup.select(".highlight"),
            "sphinx-design.min.css": soup.select("[class^=sd-]"),
        }
        assert sheets == [sheet for sheet, used in uses.items() if used]


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ["paper", "raised", "lit"]
INKS = sorted(set(COLOURS) - {*GROUNDS, "rule", "alarm"})


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), list(product(INKS, GROUNDS)))
def test_text_stands_out_from_its_ground(ink: str, ground: str, theme: int) -> None:
    assert contrast(*(COLOURS[name].split(", ")[theme] for name in (ink, ground))) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_white_stands_out_from_the_alarm(theme: int) -> None:
    assert contrast("#ffffff", COLOURS["alarm"].split(", ")[theme]) >= 4.5
