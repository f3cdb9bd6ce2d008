"""The addresses of sources lead somewhere, as far as ``brief links`` has seen."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.vocabulary import Light

_CODES = {Light.GONE: Code.LINK_GONE, Light.ARCHIVED: Code.LINK_ARCHIVED}


def check_lights(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield a finding for each source whose address was gone when it was last asked."""
    for source in corpus.sources:
        check = corpus.link_by_url.get(source.url)
        if check is None or check.light not in _CODES:
            continue
        copy = f"; a copy is at {check.archive}" if check.archive else ""
        yield Diagnostic(
            code=_CODES[check.light],
            message=f"‘{source.id}’: {source.url} was gone on {check.checked}{copy}",
            location=source.location,
            hint="give the entry an address that answers, then run ‘brief links’",
        )
