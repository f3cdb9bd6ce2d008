"""What the W3C Web Annotation Data Model demands, for tests: terms of its context, and its MUSTs as JSON Schemas.

Both are written from the Recommendations of 23 February 2017 (Web Annotation Data Model; Web Annotation Vocabulary,
appendix A). The names of the schemas are those of the assertions of the W3C’s own test suite (annotation-model in
web-platform-tests), so that each can be looked up there. An IRI of the ontology that is misspelt here is found out by
comparison with the ontology itself.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from jsonschema import Draft4Validator, FormatChecker

Json = dict[str, Any]
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"
MOTIVATIONS = ("assessing", "describing", "editing", "linking", "tagging")
CLASSES = (
    "Annotation",
    "FragmentSelector",
    "SpecificResource",
    "TextPositionSelector",
    "TextQuoteSelector",
    "TextualBody",
    "TimeState",
)


def _link(iri: str, kind: str = "@id") -> Json:
    return {"@id": iri, "@type": kind}


# The terms that the export uses; a term that stands in neither context vanishes, and a test says so.
CONTEXT: Json = {
    "id": "@id",
    "type": "@type",
    **{name: f"{OA}{name}" for name in (*MOTIVATIONS, *CLASSES, "exact", "prefix", "suffix")},
    **{name: _link(f"{OA}{name}", f"{XSD}nonNegativeInteger") for name in ("start", "end")},
    **{name: _link(f"{OA}{name}", f"{XSD}dateTime") for name in ("sourceDateStart", "sourceDateEnd")},
    "body": _link(f"{OA}hasBody"),
    "target": _link(f"{OA}hasTarget"),
    "source": _link(f"{OA}hasSource"),
    "selector": _link(f"{OA}hasSelector"),
    "state": _link(f"{OA}hasState"),
    "refinedBy": _link(f"{OA}refinedBy"),
    "canonical": _link(f"{OA}canonical"),
    "cached": _link(f"{OA}cachedSource"),
    "motivation": _link(f"{OA}motivatedBy", "@vocab"),
    "purpose": _link(f"{OA}hasPurpose", "@vocab"),
    "created": _link(f"{DCTERMS}created", f"{XSD}dateTime"),
    "modified": _link(f"{DCTERMS}modified", f"{XSD}dateTime"),
    "creator": _link(f"{DCTERMS}creator"),
    "rights": _link(f"{DCTERMS}rights"),
    "conformsTo": _link(f"{DCTERMS}conformsTo"),
    "generator": _link(f"{AS}generator"),
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "http://xmlns.com/foaf/0.1/name",
    "Organization": "http://xmlns.com/foaf/0.1/Organization",
    "Software": f"{AS}Application",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "total": _link(f"{AS}totalItems", f"{XSD}nonNegativeInteger"),
    "startIndex": _link(f"{AS}startIndex", f"{XSD}nonNegativeInteger"),
    "first": _link(f"{AS}first"),
    "last": _link(f"{AS}last"),
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
}

_IRI = {"type": "string", "format": "uri"}
_ONE_IRI = {"anyOf": [_IRI, {"type": "array", "minItems": 1, "maxItems": 1, "items": _IRI}]}
_MOMENT = {"type": "string", "format": "date-time"}
_NAMED = {"type": "object", "required": ["id"], "properties": {"id": _ONE_IRI}}


def _holding(value: str) -> Json:
    """A text, or a list that has it."""
    return {"anyOf": [{"enum": [value]}, {"type": "array", "not": {"items": {"not": {"enum": [value]}}}}]}


def _typed(kind: str, required: list[str], **properties: Json) -> Json:
    """An object of one type."""
    known = {"type": {"enum": [kind]}, **properties}
    return {"type": "object", "required": ["type", *required], "properties": known}


def _some(*forms: Json) -> Json:
    """One of *forms*, an IRI, or a list of such."""
    one = {"anyOf": [_IRI, *forms]}
    return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


_TEXT = {"type": "string"}
_PLACE = {"type": "integer", "minimum": 0}
_SELECTORS = (
    _typed("FragmentSelector", ["value"], value=_TEXT, conformsTo=_IRI),
    _typed("CssSelector", ["value"], value=_TEXT),
    _typed("XPathSelector", ["value"], value=_TEXT),
    _typed("TextQuoteSelector", ["exact"], exact=_TEXT, prefix=_TEXT, suffix=_TEXT),
    _typed("TextPositionSelector", ["start", "end"], start=_PLACE, end=_PLACE),
    _typed("DataPositionSelector", ["start", "end"], start=_PLACE, end=_PLACE),
    _typed("SvgSelector", []),
    _typed("RangeSelector", ["startSelector", "endSelector"]),
)
_STATES = (
    {
        **_typed("TimeState", [], sourceDate=_MOMENT, sourceDateStart=_MOMENT, sourceDateEnd=_MOMENT, cached=_IRI),
        "oneOf": [{"required": ["sourceDate"]}, {"required": ["sourceDateStart", "sourceDateEnd"]}],
    },
    _typed("HttpRequestState", ["value"], value=_TEXT),
)
_REFINED = {"properties": {"refinedBy": _some(_NAMED, *_SELECTORS, *_STATES)}}


def _refined(*forms: Json) -> Json:
    """One of *forms* that, if it is refined at all, is refined by a selector or state."""
    return _some(*({"allOf": [form, _REFINED]} for form in forms))


_EXTERNAL = {**_NAMED, "not": {"anyOf": [{"required": [name]} for name in ("value", "source", "target")]}}
_SPECIFIC = {
    "type": "object",
    "required": ["source"],
    "anyOf": [{"required": [name]} for name in ("purpose", "selector", "state", "styleClass", "renderedVia", "scope")],
    "properties": {
        "source": {"anyOf": [_IRI, _EXTERNAL]},
        "selector": _refined(_NAMED, *_SELECTORS),
        "state": _refined(_NAMED, *_STATES),
    },
}
_EMBEDDED = {"type": "object", "required": ["value"], "properties": {"value": _TEXT}, "not": {"required": ["source"]}}
_OPTIONAL = {
    "created": _MOMENT,
    "modified": _MOMENT,
    "generated": _MOMENT,
    "rights": _some(),
    "canonical": _ONE_IRI,
    "via": _some(),
    "textDirection": {"enum": ["ltr", "rtl", "auto"]},
}
_BODY = {"allOf": [{"oneOf": [_EXTERNAL, _SPECIFIC, _EMBEDDED]}, {"properties": _OPTIONAL}]}
_TARGET = {"allOf": [{"oneOf": [_EXTERNAL, _SPECIFIC]}, {"properties": _OPTIONAL}]}

CONTEXT_MUST: Json = {
    "required": ["@context"],
    "properties": {"@context": _holding("http://www.w3.org/ns/anno.jsonld")},
}
ANNOTATION: dict[str, Json] = {
    "3.1-annotationIdValidated": {"required": ["id"], "properties": {"id": _ONE_IRI}},
    "3.1-annotationTypeValidated": {"required": ["type"], "properties": {"type": _holding("Annotation")}},
    "3.1-targetKeyFound": {"required": ["target"]},
    "3.2-targetObjectsRecognized": {"properties": {"target": _some(_TARGET)}},
    "3.2-bodyObjectsRecognized": {"properties": {"body": _some(_BODY)}},
    "3.2.5-notBodyBodyValue": {"not": {"required": ["body", "bodyValue"]}},
    "3.3 created, modified, generated, rights, canonical, via": {"properties": _OPTIONAL},
}
COLLECTION: dict[str, Json] = {
    "5.1-collectionIdValidated": {"required": ["id"], "properties": {"id": _ONE_IRI}},
    "5.1-collectionTypeValidated": {"required": ["type"], "properties": {"type": _holding("AnnotationCollection")}},
    "5.1-collectionLabelValidated": {"properties": {"label": _TEXT}},
    "5.1-collectionTotalValidated": {"properties": {"total": _PLACE}},
    "5.1-collectionFirstValidated": {
        "required": ["first"],
        "properties": {"first": {"anyOf": [_IRI, _typed("AnnotationPage", [])]}},
    },
    "5.1-collectionLastValidated": {"properties": {"last": _ONE_IRI}},
    "3.3 created, modified, rights": {"properties": _OPTIONAL},
}
PAGE: dict[str, Json] = {
    "5.2-pageIdValidated": {"required": ["id"], "properties": {"id": _ONE_IRI}},
    "5.2-pageTypeValidated": {"required": ["type"], "properties": {"type": _holding("AnnotationPage")}},
    "5.2-pageItemsValidated": {"required": ["items"], "properties": {"items": {"type": "array"}}},
    "5.2-pagePartOfValidated, next, prev": {
        "properties": {"partOf": {"anyOf": [_ONE_IRI, _NAMED]}, "next": _ONE_IRI, "prev": _ONE_IRI}
    },
    "5.2-pageStartIndexValidated": {"properties": {"startIndex": _PLACE}},
}
FORMATS = FormatChecker([])


@FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    """Whether a text is a URI with a scheme (RFC 3986)."""
    pattern = r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
    return not isinstance(value, str) or re.fullmatch(pattern, value) is not None


@FORMATS.checks("date-time")
def _is_moment(value: object) -> bool:
    """Whether a text is a date and time with an offset (RFC 3339)."""
    if not isinstance(value, str):
        return True
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None and "T" in value
    except ValueError:
        return False


def broken(value: Json, musts: dict[str, Json]) -> list[str]:
    """The names of those *musts* that *value* does not keep."""
    return [
        name for name, schema in musts.items() if not Draft4Validator(schema, format_checker=FORMATS).is_valid(value)
    ]
