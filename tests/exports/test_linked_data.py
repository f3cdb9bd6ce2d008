"""The linked data as a program of the semantic web reads it: nothing vanishes, and every word means what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from annotated_brief.exports.annotations import W3C, to_annotations_jsonld
from annotated_brief.exports.context import CONTEXT_FILE, to_context_jsonld
from annotated_brief.exports.site import Site
from browser.conftest import judge
from conftest import Built
from exports.web_annotation import CONTEXT, OA

BASE = "https://example.org/edition/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SUBCLASS = f"{RDFS}subClassOf"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
Json = dict[str, Any]


def load(address: str, options: object = None) -> Json:
    """Give the two contexts, and ask nobody for anything else."""
    known = {W3C: {"@context": CONTEXT}, f"{BASE}{CONTEXT_FILE}": json.loads(to_context_jsonld())}
    return {
        "document": known[address],
        "documentUrl": address,
        "contextUrl": None,
        "contentType": "application/ld+json",
    }


@pytest.fixture(scope="module")
def collection(real: Built) -> Json:
    found: Json = json.loads(to_annotations_jsonld(real.corpus, real.corpus.briefs[0], Site(name="Sample", base=BASE)))
    return found


@pytest.fixture(scope="module")
def expanded(collection: Json) -> list[Json]:
    found: list[Json] = jsonld.expand(collection, {"documentLoader": load})
    return found


def keys(value: Any) -> Iterator[str]:
    """Every key of every object, but for identity, type and context."""
    if isinstance(value, list):
        for item in value:
            yield from keys(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name == "@list":
                yield from keys(inner)
            elif name not in {"id", "type", "@context"} and not name.startswith("@"):
                yield name
                yield from keys(inner)


def test_no_key_vanishes(collection: Json, expanded: list[Json]) -> None:
    before, after = list(keys(collection)), list(keys(expanded))
    assert len(before) > 5000
    assert len(before) == len(after)
    assert all(":" in name for name in after), "each is an IRI"


def test_a_key_that_no_context_has_would_be_missed(collection: Json) -> None:
    more = {**collection, "flavour": "x"}
    assert len(list(keys(jsonld.expand(more, {"documentLoader": load})))) < len(list(keys(more)))


def test_words_become_what_they_stand_for(expanded: list[Json]) -> None:
    first = next(iter(expanded[0]["http://www.w3.org/ns/activitystreams#first"]))
    note = first["http://www.w3.org/ns/activitystreams#items"][0]["@list"][0]
    verdict = next(value for name, value in note.items() if name.endswith("#verdict"))
    assert verdict[0]["@id"].startswith("urn:uuid:")
    assert verdict[0]["@id"].endswith("#clarified")
    assert note[f"{OA}motivatedBy"] == [{"@id": f"{OA}describing"}]
    assert note["@id"] == f"{BASE}briefs/reaffirming-balance/index.html#strategy-label"


def test_our_own_words_are_explained() -> None:
    published = json.loads(to_context_jsonld())
    own = {value if isinstance(value, str) else value["@id"] for value in published["@context"].values()}
    own = {word for word in own if word.startswith("brief:")}
    explained = {word["@id"] for word in published["@graph"] if word["rdfs:comment"]}
    assert own <= explained


@pytest.fixture(scope="module")
def ontology() -> dict[str, list[tuple[str, str]]]:
    """The Web Annotation Ontology and what we add to it: by property, pairs of subject and object."""
    parsed = jsonld.JsonLdProcessor.parse_nquads(judge("@vocabulary/oa/oa.nq").read_text("utf-8"))
    found: dict[str, list[tuple[str, str]]] = {}
    for graph in parsed.values():
        for triple in graph:
            pair = (triple["subject"]["value"], triple["object"]["value"])
            found.setdefault(triple["predicate"]["value"], []).append(pair)
    for word in jsonld.expand(json.loads(to_context_jsonld())):
        found[SUBCLASS] += [(word["@id"], upper["@id"]) for upper in word.get(SUBCLASS, ())]
    return found


def unfit(nodes: list[Json], ontology: dict[str, list[tuple[str, str]]]) -> set[str]:
    """What the ontology does not know, or knows for things of other classes."""
    known = {subject for subject, _ in ontology[RDF_TYPE]}
    above = ontology[SUBCLASS]
    types = {node["@id"]: set(node.get("@type", ())) for node in nodes}
    for classes in types.values():
        classes |= {upper for kind in list(classes) for lower, upper in above if lower == kind}
    faults = {kind for classes in types.values() for kind in classes if kind.startswith(OA) and kind not in known}
    for node in nodes:
        for name, values in node.items():
            if not name.startswith(OA):
                continue
            faults |= set() if name in known else {name}
            for subject, wanted in ontology[f"{RDFS}domain"]:
                if subject == name and wanted.startswith(OA) and wanted not in types[node["@id"]]:
                    faults.add(f"{name} on {sorted(types[node['@id']])}")
            for subject, wanted in ontology[f"{RDFS}range"]:
                for value in values:
                    classes = types.get(value.get("@id", ""), set())
                    if subject == name and wanted.startswith(OA) and wanted not in classes | known_by(value, ontology):
                        faults.add(f"{name} to {sorted(classes) or value}")
    return faults


def known_by(value: Json, ontology: dict[str, list[tuple[str, str]]]) -> set[str]:
    """The classes that the ontology itself gives a value."""
    return {kind for subject, kind in ontology[RDF_TYPE] if subject == value.get("@id")}


def test_the_ontology_knows_each_word_in_its_place(
    collection: Json, ontology: dict[str, list[tuple[str, str]]]
) -> None:
    options = {"documentLoader": load}
    assert unfit(jsonld.flatten(collection, None, options), ontology) == set()
    note = json.loads(json.dumps(collection["first"]["items"][0]))
    note["target"][1]["selector"][0]["state"] = note["target"][1]["selector"][1]
    note["motivation"] = "TextQuoteSelector"
    wrong = {**collection, "first": {**collection["first"], "items": [note]}}
    faults = unfit(jsonld.flatten(wrong, None, options), ontology)
    assert sorted(fault.removeprefix(OA)[:14] for fault in faults) == [
        "hasState on ['",
        "hasState to ['",
        "motivatedBy to",
    ]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\n<>&\"'«»\\🙂Ж")))
def test_any_text_survives_expansion(text: str) -> None:
    body = {"@context": [W3C, f"{BASE}{CONTEXT_FILE}"], "id": "urn:x:1", "type": "TextualBody", "value": text}
    (found,) = jsonld.expand(json.loads(json.dumps({**body, "claim": text})), {"documentLoader": load})
    assert found["http://schema.org/claimReviewed"] == [{"@value": text}]
    assert found["http://www.w3.org/1999/02/22-rdf-syntax-ns#value"] == [{"@value": text}]
