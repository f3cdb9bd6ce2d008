#!/usr/bin/env python3
"""Compare this project with its peers on synthetic editions: ``.venv/bin/python scripts/bench.py run 1 5 20``.

The parts are in ``scripts/benchmarks/``; docs/contributing/performance.md tells what is measured and shows the results.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).resolve().parent / "benchmarks" / "scale.py"

if __name__ == "__main__":
    sys.exit(subprocess.call([sys.executable, BENCHMARK, *sys.argv[1:]]))
