"""The glossary as SKOS: read by rdflib, judged by skosify."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import skosify
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, RDF, SKOS

from annotated_brief.exports.skos import to_skos
from annotated_brief.model.text import visible
from conftest import Built
from exports.corpora import NASTY, SITE, TEXTS, edition

PLACE = "https://example.org/data/one/terms.ttl"


def read(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle", publicID=PLACE)


def complaints(graph: Graph, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What skosify warns of, or would change."""
    before = Graph()
    for triple in graph:
        before.add(triple)
    with caplog.at_level(logging.WARNING):
        after = skosify.skosify(graph)
    found = [record.getMessage() for record in caplog.records]
    return found if isomorphic(before, after) else [*found, "skosify changed the graph"]


def test_the_real_glossary_is_sound_skos(real: Built, caplog: pytest.LogCaptureFixture) -> None:
    graph = read((real.out / "data/reaffirming-balance/terms.ttl").read_text("utf-8"))
    assert complaints(graph, caplog) == []
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == len(real.corpus.terms)
    assert all(graph.value(concept, SKOS.inScheme) for concept in concepts)
    languages = {label.language for label in graph.objects(None, SKOS.prefLabel) if isinstance(label, Literal)}
    assert {"en", "ru", "kk"} <= languages


def test_the_judge_finds_faults(caplog: pytest.LogCaptureFixture) -> None:
    graph = read(to_skos(edition(["x"]), edition(["x"]).briefs[0], SITE))
    concept = next(iter(graph.subjects(RDF.type, SKOS.Concept)))
    graph.add((concept, SKOS.prefLabel, Literal("another name", lang="en")))
    assert complaints(graph, caplog)


def test_a_concept_is_the_card_on_the_page(real: Built) -> None:
    graph = read((real.out / "data/reaffirming-balance/terms.ttl").read_text("utf-8"))
    page = real.page("glossary.html")
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        address, _, anchor = str(concept).partition("#")
        assert address == "https://example.org/glossary.html"
        assert f'id="{anchor}"' in page
    csto = URIRef("https://example.org/glossary.html#csto")
    labels = {
        (str(label), label.language) for label in graph.objects(csto, SKOS.altLabel) if isinstance(label, Literal)
    }
    assert ("CSTO", "en") in labels
    assert ("ОДКБ", "ru") in labels
    assert str(graph.value(csto, DCTERMS.temporal)) == "2002-05-14/.."


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(list(NASTY))
def test_any_text_survives_turtle(texts: list[str]) -> None:
    corpus = edition(texts)
    graph = read(to_skos(corpus, corpus.briefs[0], SITE))
    for term in corpus.terms:
        concept = URIRef(f"https://example.org/glossary.html#{term.id}")
        assert graph.value(concept, SKOS.definition) == Literal(visible(term.text), lang="en")
        for lang in ("en", "ru", "kk"):
            assert (concept, SKOS.prefLabel, Literal(visible(term.name), lang=lang)) in graph
        assert (concept, SKOS.altLabel, Literal(visible(term.name), lang="ru-Latn")) in graph


def test_the_file_is_at_home_wherever_the_site_is(real: Built, tmp_path: Path) -> None:
    text = (real.out / "data/reaffirming-balance/terms.ttl").read_text("utf-8")
    assert "<../../glossary.html#csto>" in text
    moved = Graph().parse(data=text, format="turtle", publicID="https://elsewhere.example/x/data/a/terms.ttl")
    assert (URIRef("https://elsewhere.example/x/glossary.html#csto"), RDF.type, SKOS.Concept) in moved
