"""Quotations stand in the sources that they name, word for word, where copies of the sources are held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..diagnostics import Code, Diagnostic
from ..model.corpus import Corpus
from ..model.quotes import QuoteVerdict, check_quote

_CODES = {
    QuoteVerdict.NOT_IN_SOURCE: Code.QUOTE_LOST,
    QuoteVerdict.ELSEWHERE: Code.QUOTE_ELSEWHERE,
    QuoteVerdict.NOT_HELD: Code.QUOTE_NOT_HELD,
}
_HINTS = {
    QuoteVerdict.NOT_IN_SOURCE: "copy the words from the source as they stand",
    QuoteVerdict.ELSEWHERE: "name the source in which they stand",
    QuoteVerdict.NOT_HELD: "attach a copy with ‘brief attach FILE --source {key}’",
}


def check_quote_lock(corpus: Corpus, held: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a finding for each quotation that is not verified; *held* is the text of each attached source, by key."""
    names = {form.text: [other.text for other in term.forms] for term in corpus.terms for form in term.forms}
    for quotation in corpus.quotations:
        key = quotation.item.id
        result = check_quote(quotation.text, key, held, names)
        if result.verdict is QuoteVerdict.VERIFIED:
            continue
        where = f" ({', '.join(result.found_in)})" if result.found_in else ""
        reason = f": {result.reason}" if result.reason else ""
        yield Diagnostic(
            code=_CODES[result.verdict],
            message=f"‘{quotation.text}’, ‘{key}’: {result.verdict}{where}{reason}",
            location=quotation.location,
            hint=_HINTS[result.verdict].format(key=key),
        )
