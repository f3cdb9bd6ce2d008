"""Eight views of the site, as pictures that were looked at: a change of style or layout shows here, and is kept on purpose.

After such a change write them anew and look at each before it is committed:

    BRIEF_VIEWS=write .venv/bin/python -m pytest tests/browser/test_views.py

The typefaces are those of the site; what is left of a machine in a picture (the smoothing of letters) is within the
tolerance, as is a number that changes. A line that moves is not.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pixelmatch.contrib.PIL import pixelmatch

from browser.conftest import Open
from conftest import ROOT

KEPT = Path(__file__).resolve().parent / "views"
SEEN = ROOT / "build" / "test" / "views"
BRIEF = "briefs/reaffirming-balance/index.html"
VIEWS = {  # name: page, width and height in pixels, colours
    "front": ("index.html", 1440, 900, "light"),
    "front-phone": ("index.html", 390, 844, "dark"),
    "brief": (BRIEF, 1440, 900, "light"),
    "brief-phone": (BRIEF, 390, 844, "light"),
    "note": (f"{BRIEF}#seliger-date", 1440, 900, "dark"),
    "note-phone": (f"{BRIEF}#seliger-date", 390, 844, "light"),
    "ledger": ("claims.html", 1440, 900, "light"),
    "scorecard": ("scorecard.html", 768, 900, "dark"),
}
PIXELS = 190_000  # of a picture: enough to see a line move
BYTES = 40 * 1024
TOLERANCE = 0.004  # part of the pixels that may differ


def picture(screenshot: bytes) -> Image.Image:
    """The *screenshot*, made small."""
    image = Image.open(BytesIO(screenshot)).convert("RGB")
    scale = min(1.0, (PIXELS / (image.width * image.height)) ** 0.5)
    small = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    return small.quantize(32, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


@pytest.mark.parametrize("name", VIEWS)
def test_the_view_is_as_it_was_looked_at(visit: Open, name: str) -> None:
    path, width, height, theme = VIEWS[name]
    page = visit(path, width=width, height=height, color_scheme=theme)
    page.evaluate("document.fonts.ready.then(() => true)")
    now = picture(page.screenshot(animations="disabled"))
    kept = KEPT / f"{name}.png"
    if os.environ.get("BRIEF_VIEWS") == "write":
        KEPT.mkdir(exist_ok=True)
        now.save(kept, optimize=True)
        assert kept.stat().st_size <= BYTES
        return
    before = Image.open(kept)
    assert now.size == before.size
    difference = Image.new("RGBA", now.size)
    differing = pixelmatch(before.convert("RGBA"), now.convert("RGBA"), difference, threshold=0.2)
    if differing > TOLERANCE * now.width * now.height:
        SEEN.mkdir(parents=True, exist_ok=True)
        now.save(SEEN / f"{name}.png")
        difference.save(SEEN / f"{name}-difference.png")
        pytest.fail(f"{differing} pixels differ: look at {SEEN}/{name}.png and {name}-difference.png")


def test_no_picture_is_left_over() -> None:
    assert {file.name for file in KEPT.iterdir()} == {f"{name}.png" for name in VIEWS}
