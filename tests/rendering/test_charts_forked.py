"""A chart is drawn in a copy of a process that has drawn before, as when one build follows another."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from annotated_brief.rendering.charts import bars, draw


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="NOT CHECKED: no fork on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_copied_process_draws_what_its_parent_draws(tmp_path: Path) -> None:
    spec = bars([("one", 1), ("two", 2)], what="sources")
    other = bars([("three", 3)], what="sources")
    draw(spec, tmp_path / "here")  # loads the engine here
    with multiprocessing.get_context("fork").Pool(1) as pool:
        drawn = pool.apply_async(draw, (other, tmp_path / "there")).get(timeout=60)
    assert drawn == draw(other, tmp_path / "here")
