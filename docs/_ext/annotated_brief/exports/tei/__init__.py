"""TEI P5: the restatement, with notes, sources, names and events that stand off from it."""

from __future__ import annotations

from lxml import etree

from ...model.corpus import Corpus
from ...model.holdings import holdings_of
from ...model.records import Brief
from ..site import Site
from .elements import NAMESPACE, el, xml_id
from .header import header
from .standoff import stand_off
from .text import body

_KINDS = {"annotation": "note"} | {
    kind: kind for kind in ("source", "term", "event", "paragraph")
}  # kind, and in an XML id
_MODELS = (  # the schemas that the file claims to fit
    '<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"'
    ' type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
)


def to_tei(corpus: Corpus, brief: Brief, site: Site) -> str:
    """Return the edition of *brief* as a TEI document (TEI All)."""
    root = el("TEI", header(brief, site), stand_off(corpus, brief), body(corpus, brief), lang="en")
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    assert NAMESPACE in text, "every element is in the namespace of TEI"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_MODELS}{text}'


def tei_held(corpus: Corpus, text: str) -> dict[str, list[str]]:
    """Return the ids of the records that the document *text* has, by kind; an actor with a card stands there as a term."""
    written = {str(found) for found in etree.fromstring(text.encode()).xpath("//@xml:id")}
    whole = holdings_of(corpus)
    return {
        kind: [name for name in whole[kind] if xml_id(word, name.rpartition("#")[2]) in written]
        for kind, word in _KINDS.items()
    }
