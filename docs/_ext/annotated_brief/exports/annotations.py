"""``annotations.jsonld``: the notes in the W3C Web Annotation Data Model, as a collection with one page.

A note has two targets: words of the article, at its own address, and words of the restatement, on our page. Its bodies
are its text, its finding, its verdict and tags, and the evidence with the place in it and the time at which it was read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..model.article import region_of
from ..model.citing import LICENCE
from ..model.corpus import Corpus
from ..model.dates import parse_edtf
from ..model.passages import Passage, passages_of
from ..model.records import Annotation, Brief, CitationItem, Source
from ..model.text import fold
from ..model.vocabulary import MOTIVATIONS
from .context import CONTEXT_FILE
from .csl import PUBLISHER
from .identifiers import canonical_of, file_of, note_of, page_of, source_of, uri, urn, work_of
from .site import Site

W3C = "http://www.w3.org/ns/anno.jsonld"
_HTML_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"
_TEXT = {"format": "text/plain", "language": "en"}
Json = dict[str, Any]


def to_annotations_jsonld(corpus: Corpus, brief: Brief, site: Site) -> str:
    """Return the notes of *brief* as an AnnotationCollection with one embedded AnnotationPage (JSON-LD)."""
    notes = corpus.annotations_of(brief.docname)
    collection = file_of(f"data/{brief.slug}/annotations.jsonld", site)
    page = f"{collection}#page-1"
    passages = own_passages(corpus, brief)
    items = [_annotation(corpus, note, brief, site, passages) for note in notes]
    return _dump(
        {
            "@context": context_of(site.base, depth=1),
            "id": collection,
            "type": "AnnotationCollection",
            "label": f"{site.name}: notes on {brief.work.title}",
            "creator": _creator(),
            "rights": LICENCE,
            "total": len(items),
            **({"first": {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": items}} if items else {}),
            **({"last": page} if items else {}),
        }
    )


def to_annotation_jsonld(
    corpus: Corpus, note: Annotation, brief: Brief, site: Site, passages: Callable[[], Mapping[str, Passage]]
) -> str:
    """Return one note as an Annotation in a document of its own (JSON-LD); *passages* gives those of :func:`own_passages`."""
    return _dump({"@context": context_of(site.base, depth=2), **_annotation(corpus, note, brief, site, passages())})


def own_passages(corpus: Corpus, brief: Brief) -> dict[str, Passage]:
    """Return the passages of *brief* by the ids of their paragraphs, which other briefs have, too."""
    own = corpus.paragraphs_of(brief.docname)
    return {found.paragraph.id: found for found in passages_of(own, corpus.annotations_of(brief.docname))}


def context_of(base: str, *, depth: int) -> list[str]:
    """Return the contexts of a file that stands *depth* folders below ``data``: the W3C’s and ours."""
    return [W3C, f"{base}{CONTEXT_FILE}" if base else "../" * depth + CONTEXT_FILE.rpartition("/")[2]]


def _annotation(corpus: Corpus, note: Annotation, brief: Brief, site: Site, passages: Mapping[str, Passage]) -> Json:
    """Return *note* as an Annotation."""
    seen = [corpus.annotation_by_id[name] for name in note.see if name in corpus.annotation_by_id]
    see = [note_of(other, corpus.brief_by_page[other.docname], site) for other in seen]
    created, modified = written(corpus, note)
    return {
        "id": note_of(note, brief, site),
        "type": "Annotation",
        "canonical": canonical_of(note, brief),
        "motivation": MOTIVATIONS[note.verdict],
        "created": created,
        "modified": modified,
        "creator": _creator(),
        "generator": {"id": urn("agent", "annotated-brief"), "type": "Software", "name": "annotated-brief"},
        "rights": LICENCE,
        "identifier": note.id,
        "number": note.number,
        "headline": note.headline,
        "claim": note.claim,
        "verdict": str(note.verdict),
        "asOf": note.as_of.source,
        "checked": note.checked.source,
        "reviewBy": note.review_by.source,
        **({"see": see} if see else {}),
        "body": list(_bodies(corpus, note)),
        "target": [_article(note, brief), *_restatement(note, brief, site, passages)],
    }


def written(corpus: Corpus, note: Annotation) -> tuple[str, str]:
    """Return when *note* was created and modified, as recorded from the repository; a new check modifies it, too."""
    checked = note.checked.first_day().isoformat()
    found = corpus.history_by_id.get(note.id)
    if found is None:
        return _moment(checked), _moment(checked)
    return _moment(found.created), _moment(max(found.modified, checked))


def _moment(day: str, time: str = "00:00:00") -> str:
    """Return an ISO 8601 *day* as the model wants it: date and time, in UTC."""
    return f"{day}T{time}Z"


def _creator() -> Json:
    """Return who wrote the notes."""
    return {"id": urn("agent", PUBLISHER), "type": "Organization", "name": PUBLISHER}


def _bodies(corpus: Corpus, note: Annotation) -> Iterator[Json]:
    """Yield the text of *note*, its finding, its verdict and tags, its evidence."""
    yield {"type": "TextualBody", "purpose": MOTIVATIONS[note.verdict], "value": body_text(note.text), **_TEXT}
    yield {"type": "TextualBody", "purpose": "describing", "value": note.headline, **_TEXT}
    for tag in (str(note.verdict), *note.tags):
        yield {"type": "TextualBody", "purpose": "tagging", "value": tag, **_TEXT}
    for item in note.evidence:
        source = corpus.source_by_id.get(item.id)
        if source is not None:
            yield _evidence(corpus, item, source)


def body_text(text: str) -> str:
    """Return *text* with its paragraphs as lines between empty lines."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _evidence(corpus: Corpus, item: CitationItem, source: Source) -> Json:
    """Return a cited source as a SpecificResource: with the place in it, and the state in which it was read."""
    described = {
        "id": source_of(source),
        "type": "Text",
        "language": source.lang,
        "citationKey": source.id,
        "title": source.title,
        "issued": source.date,
        "grade": str(source.grade),
    }
    check = corpus.link_by_url.get(source.url)
    state: Json = {}
    if source.read:
        read = parse_edtf(source.read)
        state = {
            "type": "TimeState",
            "sourceDateStart": _moment(read.first_day().isoformat()),
            "sourceDateEnd": _moment(read.last_day().isoformat(), "23:59:59"),
            **({"cached": uri(check.archive)} if check is not None and check.archive else {}),
        }
    return {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": {name: value for name, value in described.items() if value},
        **({"locator": item.locator} if item.locator else {}),
        **({"state": state} if state else {}),
    }


def _article(note: Annotation, brief: Brief) -> Json:
    """Return the words of the article: by themselves, and by their place in its paragraph where that is sealed."""
    quote = {"type": "TextQuoteSelector", "exact": note.source_words}
    quote |= {"prefix": f"{note.prefix} "} if note.prefix else {}
    selectors: list[Json] = [quote]
    seal = dict(brief.work.seals).get(note.id)
    if note.paragraph is not None and note.paragraph.number:
        refined: list[Json] = [quote]
        if seal is not None and seal.region == region_of(note):
            end = seal.offset + len(fold(note.source_words))
            refined.append({"type": "TextPositionSelector", "start": seal.offset, "end": end})
        selectors.append(
            {
                "id": f"{canonical_of(note, brief)}#paragraph",
                "type": "ParagraphSelector",
                "paragraph": note.paragraph.number,
                "refinedBy": refined,
            }
        )
    return {"type": "SpecificResource", "source": work_of(brief), "selector": selectors}


def _restatement(note: Annotation, brief: Brief, site: Site, passages: Mapping[str, Passage]) -> Iterator[Json]:
    """Yield the marked words on our page, if the note has a mark: in their paragraph, and by themselves."""
    passage = passages.get(note.paragraph.id) if note.paragraph is not None else None
    mark = next((found for found in passage.marks if found.annotation == note.id), None) if passage else None
    if passage is None or mark is None:
        return
    prefix, suffix = passage.around(mark.start, mark.end)
    quote = {"type": "TextQuoteSelector", "exact": passage.text[mark.start : mark.end]}
    quote |= {"prefix": prefix, "suffix": suffix}
    position = {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}
    fragment = {
        "type": "FragmentSelector",
        "value": passage.paragraph.id,
        "conformsTo": _HTML_FRAGMENTS,
        "refinedBy": [quote, position],
    }
    yield {"type": "SpecificResource", "source": _page(brief, site), "selector": [fragment, quote]}


def _page(brief: Brief, site: Site) -> str | Json:
    """Return our page: its address, or a name for it with the way there from the data, where it has none yet."""
    if site.base:
        return page_of(brief, site)
    way = f"../../{site.page(brief.docname)}"
    return {"id": page_of(brief, site), "type": "Text", "format": "text/html", "language": "en", "page": way}


def _dump(value: Any) -> str:
    """Return *value* as indented JSON with a final newline."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n"
