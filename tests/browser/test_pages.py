"""Every page: accessible, narrow enough, quiet, and valid."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from browser.conftest import Open, judge, nu
from conftest import Built

WIDTHS = (320, 768, 1440)
Setting = dict[str, Any]
PLAIN: Setting = {"forced_colors": "none", "reduced_motion": "no-preference"}
# Each width and each setting at least once: axe takes long, and colours are the same at every width.
SETTINGS: list[tuple[int, Setting]] = [
    (320, {"color_scheme": "light", **PLAIN}),
    (1440, {"color_scheme": "dark", **PLAIN}),
    (768, {"color_scheme": "light", "forced_colors": "active", "reduced_motion": "reduce"}),
]


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(visit: Open, pages: list[str]) -> None:
    axe = judge("axe-core/axe.min.js").read_text("utf-8")
    found = []
    page = visit(pages[0])
    base = page.url.removesuffix(pages[0])
    for name in pages:
        page.goto(f"{base}{name}?q=kazakhstan" if name == "search.html" else base + name)
        page.evaluate(axe)
        page.evaluate("for (const note of document.querySelectorAll('details')) note.open = true")
        page.evaluate("document.querySelector('[popover]')?.showPopover()")
        # What is not drawn before it is scrolled to lies, to axe, over what follows it.
        page.evaluate(
            "for (const e of document.querySelectorAll('.brief-source')) e.style.contentVisibility = 'visible'"
        )
        for width, setting in SETTINGS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(**setting)
            rules = {"target-size": {"enabled": True}}
            result = page.evaluate("rules => axe.run({rules, preload: false, resultTypes: ['violations']})", rules)
            found += [
                f"{name}, {width} px, {setting}: {v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})"
                for v in result["violations"]
            ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "zoom"), [*product(WIDTHS, [1]), (768, 2), (1440, 2)])
def test_no_page_scrolls_sideways(visit: Open, pages: list[str], width: int, zoom: int) -> None:
    page = visit(pages[0], width=width)
    base = page.url.removesuffix(pages[0])
    wide = []
    for name in pages:
        page.goto(base + name)
        page.evaluate("for (const note of document.querySelectorAll('details')) note.open = true")
        page.evaluate("zoom => { document.documentElement.style.fontSize = `${18 * zoom}px` }", zoom)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(name)
    assert not wide, "\n".join(wide)


def test_the_nu_checker_finds_no_error(real: Built) -> None:
    assert nu(real.out) == ""
