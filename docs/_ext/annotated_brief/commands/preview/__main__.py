"""``python -m annotated_brief.commands.preview ROOT OUT [fresh]``: the worker of the preview; see :mod:`.worker`."""

import sys
from pathlib import Path

from .worker import main

main(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin, fresh="fresh" in sys.argv[3:])
