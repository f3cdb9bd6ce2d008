"""The map: its outlines are those of the package, it names who belongs to what, and it takes no side on Crimea."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
from types import ModuleType
from typing import Any

import pytest
from bs4 import BeautifulSoup

from annotated_brief.model.corpus import Corpus
from annotated_brief.reading.data import ATLAS
from annotated_brief.rendering.locator import locator
from annotated_brief.rendering.names import country_name
from browser.conftest import judge
from conftest import ROOT, Build, Built

FILE = ROOT / "docs" / "data" / ATLAS
LARGEST = 60_000  # bytes


@pytest.fixture(scope="module")
def refresh_map() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("refresh_map", str(ROOT / "scripts" / "refresh-map"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    states = json.loads(FILE.read_text("utf-8"))["objects"]["states"]["geometries"]
    return {shape["id"]: shape for shape in states if shape["id"]}


def stands_in(refresh_map: ModuleType, arcs: list[Any], shape: dict[str, Any], place: Any) -> bool:
    """Whether a place lies in one of the polygons of a shape, in the plane of the drawing."""
    rings = [[refresh_map.project(found) for found in refresh_map.ring_of(arcs, rings[0])] for rings in shape["arcs"]]
    return any(refresh_map.holds(ring, refresh_map.project(place)) for ring in rings)


def test_the_outlines_are_those_of_the_package(refresh_map: ModuleType) -> None:
    package = json.loads(judge("world-atlas/countries-50m.json").read_text("utf-8"))
    version = json.loads(judge("world-atlas/package.json").read_text("utf-8"))["version"]
    assert FILE.read_text("utf-8") == refresh_map.make_atlas(package)
    assert f"world-atlas {version}" in json.loads(FILE.read_text("utf-8"))["source"]


def test_the_outlines_are_small() -> None:
    assert FILE.stat().st_size <= LARGEST


def test_places_go_through_the_projection_and_back(refresh_map: ModuleType) -> None:
    for place in ((67.0, 48.1), (30.0, 55.0), (100.0, 35.0)):
        assert refresh_map.unproject(refresh_map.project(place)) == pytest.approx(place)


def test_crimea_is_a_shape_of_its_own(refresh_map: ModuleType, shapes: dict[str, Any]) -> None:
    atlas = json.loads(FILE.read_text("utf-8"))
    arcs = refresh_map.read_arcs(atlas)
    around = {name for name, shape in shapes.items() if stands_in(refresh_map, arcs, shape, refresh_map.CRIMEA)}
    assert around == {"crimea"}


def test_each_name_stands_in_its_state(refresh_map: ModuleType, shapes: dict[str, Any]) -> None:
    arcs = refresh_map.read_arcs(json.loads(FILE.read_text("utf-8")))
    for name, shape in shapes.items():
        assert stands_in(refresh_map, arcs, shape, shape["properties"]["at"]), name


def test_the_map_names_the_states_and_the_table_their_bodies(real: Built, shapes: dict[str, Any]) -> None:
    page = BeautifulSoup(real.page("memberships.html"), "html.parser")
    figure = page.select(".brief-locator")[0]
    caption = figure.select("figcaption")[0].get_text()
    assert "Natural Earth" in caption
    assert "public domain" in caption
    members = {code for body in real.corpus.memberships for code, _ in body.members}
    drawn = {text.get_text() for text in figure.select("svg text")}
    rows = {row.find_all("td")[1].get_text(): row for row in page.select(".brief-locator + details tbody tr")}
    assert set(rows) >= members & set(shapes)
    assert next(iter(rows)) == "KZ"
    for code, row in rows.items():
        assert {code, country_name(code)} <= drawn
        belongs = row.find_all("td")[2]
        assert len(belongs.find_all("a")) == sum(code in dict(body.members) for body in real.corpus.memberships)
    said = {str(shape.get("aria-label", "")) for shape in figure.select("svg path")}
    assert any(label.startswith("Kazakhstan: CIS") for label in said)


def test_the_matrix_begins_with_kazakhstan_and_its_region(real: Built) -> None:
    page = BeautifulSoup(real.page("memberships.html"), "html.parser")
    states = [head.get_text() for head in page.select(".brief-matrix tbody th")]
    assert states[:5] == ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]
    assert sorted(states) == sorted(
        {country_name(code) for body in real.corpus.memberships for code, _ in body.members}
    )
    dates = page.select(".brief-matrix td:has(time, [data-edtf])")
    assert len(dates) == sum(len(body.members) for body in real.corpus.memberships)


def test_without_outlines_there_is_no_map() -> None:
    assert locator(Corpus(), "KZ") == []


def test_outlines_of_another_making_are_refused(build: Build) -> None:
    built = build({f"docs/data/{ATLAS}": "{}\n"})
    assert built.found() == [f"docs/data/{ATLAS}:1: brief.bad-data  it is not as ‘scripts/refresh-map’ writes it"]
