"""Charts: Vega-Lite specifications drawn as SVG when the page is written, by vl-convert, without a network.

Colours are the custom properties of ``tokens.css``, so that one drawing serves a light and a dark page; for print they
become the light ones. A link is written as ``#…`` and stays within the page.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..model.text import digest
from .tokens import colours

VEGA_LITE = "5.20"
FONT = "Source Sans Pro"  # as its package calls it; the subsets of site and EPUB have a name of their own
WIDTH = 1200  # pixels of a wide drawing
NARROW = 280  # pixels of a drawing that the narrowest screen shows whole
_SUBSET = "Brief Sans, sans-serif"
_ARIA = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_LINK = re.compile(r"</?a\b[^>]*>")
_UNSEEN = re.compile(r'<text [^>]*opacity="0"[^>]*>[^<]*</text>')
_BASE = "https://vega.github.io/vega-datasets/"  # what vl-convert puts before a link; nothing is fetched
_LINKED = re.compile(r'<a xlink:href="([^"]*)"><(\w+) ([^>]*)aria-label="([^"]*)"([^>]*)/></a>')
_PLACES = re.compile(r'(?<= )(?:d|transform|x|y|x1|x2|y1|y2)="[^"]*"')
_CONFIG: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "domainColor": "var(--rule)",
        "gridColor": "var(--rule)",
        "tickColor": "var(--rule)",
        "labelFontSize": 13,
        "labelPadding": 6,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelLimit": 320,
    },
    "text": {"color": "var(--ink)", "fontSize": 13},
}


_LOADED: set[int] = set()  # the processes that have loaded the script engine
_APART = (
    "import sys; from annotated_brief.rendering.charts import draw_here; sys.stdout.write(draw_here(sys.stdin.read()))"
)


def _draw_apart(spec: str) -> str:
    """Return the drawing of a specification, made by another process.

    The engine runs threads, which a fork does not copy: in a copy of a process that has loaded it, it never answers.
    """
    argv = [sys.executable, "-c", _APART]
    return subprocess.run(argv, input=spec, capture_output=True, check=True, encoding="utf-8").stdout


@cache
def draw_here(spec: str) -> str:
    """Return the drawing of a specification in JSON."""
    if _LOADED and os.getpid() not in _LOADED:
        return _draw_apart(spec)
    # A script engine of some 30 MB: loaded where a chart is drawn.
    import vl_convert  # noqa: PLC0415

    _LOADED.add(os.getpid())
    vl_convert.register_font_directory(str(files("font_source_sans_pro") / "files"))
    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))


def _draw(spec: dict[str, Any], folder: Path) -> str:
    """Return the drawing of *spec*; it is kept in *folder*, beside the doctrees, for the products that show it, too."""
    text = json.dumps({**spec, "config": _CONFIG}, sort_keys=True)
    file = folder / "charts" / f"{digest(VEGA_LITE, version('vl-convert-python'), text)}.svg"
    if not file.exists():
        drawn = draw_here(text)
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.stem}.{os.getpid()}")
        draft.write_text(drawn, encoding="utf-8", newline="")
        draft.replace(file)
    return file.read_text("utf-8")


def draw(spec: dict[str, Any], folder: Path) -> str:
    """Return the Vega-Lite *spec* as an SVG element with the colours of the site's style sheet.

    What is linked shows its name to the pointer; the keyboard passes it by, since a list or table beside it has the
    same links.
    """
    svg = _draw(spec, folder).replace(' version="1.1" class="marks"', "")
    svg = _LINKED.sub(r'<a href="\1" tabindex="-1"><\2 \3\5><title>\4</title></\2></a>', svg)
    svg = _PLACES.sub(lambda found: re.sub(r"(\.\d)\d+", r"\1", found[0]), svg.replace(f'href="{_BASE}#', 'href="#'))
    return svg.replace(f'font-family="{FONT}"', f'font-family="{_SUBSET}"')


def draw_for_print(spec: dict[str, Any], folder: Path) -> str:
    """Return the Vega-Lite *spec* as an SVG element with the light colours, for a program without style sheets.

    Words that a style sheet would show on a narrow screen are left out: unseen, they would still be read and copied.
    """
    svg = _UNSEEN.sub("", _draw(spec, folder))
    return re.sub(r"var\(--([a-z]+)\)", lambda found: colours()[found[1]][0], svg)


def draw_for_book(spec: dict[str, Any], alt: str, folder: Path) -> str:
    """Return the Vega-Lite *spec* as an SVG element that is one picture, named *alt*: without links, in the light colours."""
    svg = _LINK.sub("", _ARIA.sub("", draw_for_print(spec, folder)))
    svg = svg.replace(f'font-family="{FONT}"', f'font-family="{_SUBSET}"')
    return svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(alt)}" ', 1)


def svg_width(svg: str) -> int:
    """Return the width of a drawing in pixels."""
    found = re.search(r'width="(\d+)', svg)
    assert found is not None, "vl-convert gives every drawing a width"
    return int(found[1])


def bars(rows: list[tuple[str, int]], *, what: str, colour: str = "var(--link)") -> dict[str, Any]:
    """Return the specification of horizontal bars: a label and a number a row, in the order given."""
    values = [{"label": label, "number": number} for label, number in rows]
    place = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"ticks": False, "domain": False, "labelLimit": NARROW / 2},
    }
    longest = max((number for _, number in rows), default=0) or 1
    room = {"domain": [0, 1.25 * longest]}  # for the number at the end of the longest bar
    length = {"field": "number", "type": "quantitative", "title": what, "axis": None, "scale": room}
    return {
        "width": NARROW,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": {"step": 24},
        "data": {"values": values},
        "encoding": {"y": place, "x": length},
        "layer": [
            {"mark": {"type": "bar", "color": colour, "height": 14}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"text": {"field": "number", "type": "quantitative"}},
            },
        ],
    }
