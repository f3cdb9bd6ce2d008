#!/usr/bin/env python3
"""Kill verbs, fill disks, run things at once: ``.venv/bin/python scripts/faults.py --points 50 --seed 1``.

The parts are in ``scripts/benchmarks/faults/``; docs/contributing/performance.md tells what is tried and shows what happened.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    parts = os.pathsep.join(str(ROOT / folder) for folder in ("scripts/benchmarks", "tests"))
    command = [sys.executable, "-P", "-m", "faults", *sys.argv[1:]]  # without this folder, where faults is this file
    sys.exit(subprocess.call(command, env={**os.environ, "PYTHONPATH": parts}))
