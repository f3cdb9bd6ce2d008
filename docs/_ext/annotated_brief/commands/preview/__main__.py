"""``python -m annotated_brief.commands.preview ROOT [fresh]``: the worker of the preview; see :mod:`.worker`."""

import sys
from pathlib import Path

from .worker import main

main(Path(sys.argv[1]), sys.stdin, fresh="fresh" in sys.argv[2:])
