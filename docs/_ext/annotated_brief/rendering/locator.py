"""The map: where the states lie that the edition speaks of, and to which bodies they belong.

The outlines come from ``docs/data/atlas.json``, which ``scripts/refresh-map`` writes; the memberships from the records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes

from ..model.corpus import Corpus
from ..model.records import Membership
from ..model.vocabulary import ActorKind
from ..reading import nodes as n
from ..reading.links import dated, reference
from .build import Cell, CollectError, joined, table
from .names import country_code, country_name

HOME, MEMBER, OTHER, DISPUTED = "home", "member", "other", "disputed"
_FILLS = {HOME: "var(--link)", MEMBER: "var(--rule)", OTHER: "var(--raised)", DISPUTED: "var(--raised)"}
_INKS = {HOME: "var(--paper)", MEMBER: "var(--ink)", OTHER: "var(--soft)"}
_ASIDE = {"AM": (-18, 12), "AZ": (26, 2), "MD": (-4, 12), "KG": (6, 2), "TJ": (-20, 2), "UZ": (-4, 0)}  # pixels


def locator(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The states around the first of *argument* (ISO 3166-1 codes), as a map and as a table.

    Named are those that belong to a body or act in the timeline, and the others of *argument*.
    """
    home, *others = argument.split() or [""]
    if not home:
        raise CollectError("it names no state; write the code of the one in the middle first, as KZ")
    if not corpus.atlas:
        return []
    atlas = json.loads(corpus.atlas)
    geometries = atlas["objects"]["states"]["geometries"]
    spoken_of = {code for body in corpus.memberships for code, _ in body.members}
    spoken_of |= set(others) | {country_code(actor.name) for actor in corpus.actors if actor.kind is ActorKind.STATE}
    named = {shape["id"] for shape in geometries if shape["id"] in spoken_of}
    bodies = {code: [body for body in corpus.memberships if code in dict(body.members)] for code in named}
    for shape in geometries:
        shape["properties"].update(_properties(corpus, shape["id"], bodies, home))
    states = sorted(named, key=lambda code: (code != home, country_name(code)))
    return [
        n.chart(
            "",
            spec=_spec(atlas),
            alt=f"Map of the states around {country_name(home)}. Named are: {', '.join(map(country_name, states))}.",
            classes=["brief-locator"],
            title=f"{country_name(home)} among the states of these bodies and of the timeline",
            origin=f"Outlines: {atlas['source']}. Memberships: from the sources below.",
        ),
        n.disclosure(
            "",
            table(
                ("State", "Code", "Belongs to"),
                ([country_name(code), code, _belongs(corpus, bodies[code], code)] for code in states),
                title="The states of the map",
            ),
            title="The map as a table",
        ),
    ]


def short_name(corpus: Corpus, body: Membership) -> str:
    """Return the abbreviation of a body, or else its name."""
    card = corpus.term_by_id.get(body.body)
    return (card.abbreviation or card.name) if card else body.body


def _belongs(corpus: Corpus, bodies: Iterable[Membership], state: str) -> Cell:
    """Return the bodies that a state belongs to, each with the date."""
    parts = [
        nodes.inline(
            "",
            "",
            reference("membership", body.id, short_name(corpus, body)),
            nodes.Text(" ("),
            dated(dict(body.members)[state]),
            nodes.Text(")"),
        )
        for body in bodies
    ]
    return joined(parts) or "–"


def _properties(corpus: Corpus, code: str, bodies: dict[str, list[Membership]], home: str) -> dict[str, Any]:
    """Return what the map says of a shape."""
    if code not in bodies:
        return {"kind": OTHER if len(code) in {0, 2} else DISPUTED}
    kind = HOME if code == home else MEMBER if bodies[code] else OTHER
    said = ", ".join(short_name(corpus, body) for body in bodies[code])
    about = f"{country_name(code)}: {said}" if said else country_name(code)
    return {"kind": kind, "name": country_name(code), "code": code, "about": about}


def _spec(atlas: dict[str, Any]) -> dict[str, Any]:
    """Return the Vega-Lite specification of the map."""
    view = atlas["view"]
    shapes = atlas["objects"]["states"]["geometries"]
    outlines = {"values": atlas, "format": {"type": "topojson", "feature": "states"}}
    layers = [_shapes(outlines, "!datum.properties.name && datum.properties.kind === 'other'", OTHER, named=False)]
    layers += [
        _shapes(outlines, f"datum.properties.name && datum.properties.kind === '{kind}'", kind) for kind in _INKS
    ]
    layers.append(_shapes(outlines, f"datum.properties.kind === '{DISPUTED}'", DISPUTED, named=False))
    named = [shape["properties"] for shape in shapes if "name" in shape["properties"]]
    layers += _labels(named)
    (longitude, latitude), width, height = view["middle"], view["width"], view["height"]
    return {
        "width": width,
        "height": height,
        "projection": {
            "type": "azimuthalEqualArea",
            "rotate": [-longitude, -latitude],
            "scale": view["scale"],
            "translate": [width / 2, height / 2],
            "clipExtent": [[0, 0], [width, height]],
        },
        "layer": layers,
    }


def _shapes(outlines: dict[str, Any], test: str, kind: str, *, named: bool = True) -> dict[str, Any]:
    """Return the layer with the shapes that pass *test*; what is not *named* is hidden from those who do not see it."""
    mark: dict[str, Any] = {"type": "geoshape", "fill": _FILLS[kind], "stroke": "var(--soft)", "strokeWidth": 0.6}
    if kind == DISPUTED:
        mark["strokeDash"] = [2, 2]
    layer: dict[str, Any] = {"data": {**outlines, "name": "outlines"}, "transform": [{"filter": test}]}
    if named:
        return {**layer, "mark": mark, "encoding": {"description": {"field": "properties.about"}}}
    return {**layer, "mark": {**mark, "aria": False}}


def _labels(named: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the layers with the names of states, and with their codes, unseen, for narrow screens."""
    for shape in named:
        across, down = _ASIDE.get(shape["code"], (0, 0))
        home = shape["kind"] == HOME
        for field, size, opacity in (("name", 16 if home else 13, 1), ("code", 30, 0)):
            yield {
                "data": {"values": [{"at": shape["at"], "said": shape[field]}]},
                "mark": {
                    "type": "text",
                    "fontSize": size,
                    "fontWeight": 600 if home else 400,
                    "color": _INKS[shape["kind"]],
                    "opacity": opacity,
                    "dx": across,
                    "dy": down,
                    "aria": False,
                },
                "encoding": {
                    "longitude": {"field": "at[0]", "type": "quantitative"},
                    "latitude": {"field": "at[1]", "type": "quantitative"},
                    "text": {"field": "said"},
                },
            }
