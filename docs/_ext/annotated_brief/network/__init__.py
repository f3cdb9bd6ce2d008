"""Asking other people's servers, and only when told to: what the addresses of the sources answer.

Nothing here is used by a build or a check; ``brief links`` is the one caller.
"""

from __future__ import annotations
