"""Asking other people's servers, and only when told to: what the addresses of the sources answer.

Nothing here is used by a build or a check; ``brief links`` and ``brief new source`` alone call it.
"""

from __future__ import annotations
