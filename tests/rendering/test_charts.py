"""Charts: each has a name, a sentence for those who do not see it, and a word on where it is from; all fit a narrow screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from annotated_brief.rendering.charts import NARROW, bars, draw, draw_for_print, svg_width
from annotated_brief.rendering.screen import BOX
from annotated_brief.rendering.sourcing import source_classes, years
from conftest import Built

CHARTED = ["timeline.html", "sources.html", "memberships.html"]


@pytest.mark.parametrize("name", CHARTED)
def test_no_chart_without_a_name_a_source_and_a_table(real: Built, name: str) -> None:
    page = BeautifulSoup(real.page(name), "html.parser")
    charts = page.select("svg:not(.brief-bar svg)")
    assert charts
    for svg in charts:
        figure = svg.find_parent("figure", class_="brief-chart")
        assert figure is not None
        name, caption = (figure.select(part)[0].get_text() for part in ("figcaption b", "figcaption"))
        assert name.strip(". ")
        assert len(caption.removeprefix(name).strip()) > 10
        assert figure.select("div[role=group][aria-label]")
        after = figure.find_next_sibling()
        assert after is not None
        assert after.select("table")


def test_bars_fit_the_narrowest_screen_whatever_the_labels(tmp_path: Path) -> None:
    for label in ("a", "a rather long name of a country or of a language"):
        assert svg_width(draw(bars([(label, 3), ("b", 186)], what="sources"), tmp_path)) <= NARROW + 1


def test_places_are_rounded_and_texts_are_not(tmp_path: Path) -> None:
    spec = {
        "data": {"values": [{"at": 1.23456, "href": "#x", "about": "87.1512% of <all>"}]},
        "mark": "point",
        "encoding": {
            "x": {"field": "at", "type": "quantitative"},
            "href": {"field": "href"},
            "description": {"field": "about"},
        },
    }
    svg = BeautifulSoup(draw(spec, tmp_path), "html.parser")
    assert [link["href"] for link in svg.select("a")] == ["#x"]
    assert [title.get_text() for title in svg.select("a title")] == ["87.1512% of <all>"]
    assert len(str(svg.select("a path")[0]["transform"])) < 20


def test_print_has_colours_of_its_own(tmp_path: Path) -> None:
    assert "var(" in draw(bars([("a", 1)], what="sources"), tmp_path)
    assert "var(" not in draw_for_print(bars([("a", 1)], what="sources"), tmp_path)


def test_years_come_in_their_order_and_can_be_chosen(real: Built) -> None:
    found = years(real.corpus)
    assert found[0] == "before 2010"
    assert found[-1] == "undated"
    assert found[1:-1] == sorted(found[1:-1])
    page = BeautifulSoup(real.page("sources.html"), "html.parser")
    label = next(label for label in page.select(".brief-filter label") if label.get_text().startswith("Year"))
    offered = [str(option["value"]) for option in label.select("option") if option["value"]]
    assert len(offered) == len(found)
    for source in real.corpus.sources:
        assert set(offered) & set(source_classes(source))
    early = page.select(".brief-source.year-before-2010")
    assert len(early) == sum(source.date[:4] < "2010" for source in real.corpus.sources if source.date)


def test_the_profile_of_the_whole_counts_every_note_once(real: Built) -> None:
    page = BeautifulSoup(real.page("sources.html"), "html.parser")
    assert page.select("#how-the-notes-rest-on-them figure svg")
    rows = page.select("#how-the-notes-rest-on-them tbody tr")
    numbers = [int(row.find_all("td")[-1].get_text()) for row in rows]
    assert sum(numbers) == len(real.corpus.annotations)


def test_the_bar_of_each_claim_counts_its_sources(real: Built) -> None:
    page = BeautifulSoup(real.page("briefs/reaffirming-balance/index.html"), "html.parser")
    for note in real.corpus.annotations:
        bars = page.select(f"#{note.id} .brief-line .brief-bar")
        sources = len({item.id for item in note.evidence})
        assert len(bars) == (1 if sources else 0), note.id
        for bar in bars:
            widths = [int(str(part["width"])) for part in bar.select("rect")]
            assert sum(width + 1 for width in widths) == sources * BOX
            assert sum(int(word) for word in bar.get_text().replace(",", "").split() if word.isdigit()) == sources


def test_nothing_is_said_of_addresses_that_nobody_has_asked(real: Built) -> None:
    assert real.corpus.links == ()
    page = BeautifulSoup(real.page("sources.html"), "html.parser")
    assert not page.select(".brief-source .word-not-checked")
    assert "international · international" not in page.get_text()


def test_a_drawing_is_kept_for_the_next_product(tmp_path: Path) -> None:
    spec = bars([("a", 1)], what="sources")
    draw(spec, tmp_path)
    (kept,) = (tmp_path / "charts").iterdir()
    kept.write_text(kept.read_text("utf-8").replace("</svg>", "<desc>kept</desc></svg>"), encoding="utf-8")
    assert "<desc>kept</desc>" in draw_for_print(spec, tmp_path)
    assert "kept" not in draw_for_print(bars([("a", 2)], what="sources"), tmp_path)
