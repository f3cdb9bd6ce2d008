"""The brief, its claims and its glossary for schema.org; that each property fits is for its own types to judge."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.exports.schema_org import to_page_jsonld, to_schema_jsonld
from annotated_brief.exports.site import Site
from annotated_brief.model.vocabulary import RATINGS, Verdict
from conftest import Build, Built

BASE = "https://example.org/edition/"


def of_kind(text: str, kind: str) -> list[dict[str, Any]]:
    return [node for node in json.loads(text)["@graph"] if node["@type"] == kind]


def test_each_claim_is_reviewed_with_its_verdict(real: Built) -> None:
    text = real.page("data/reaffirming-balance/schema.jsonld")
    reviews = {review["identifier"]: review for review in of_kind(text, "ClaimReview")}
    assert set(reviews) == {note.id for note in real.corpus.annotations}
    for note in real.corpus.annotations:
        rating = reviews[note.id]["reviewRating"]
        assert rating["alternateName"] == note.verdict
        assert rating["ratingExplanation"] == note.verdict.definition
        assert rating.get("ratingValue") == RATINGS.get(note.verdict)
        assert (rating["worstRating"], rating["bestRating"]) == (1, 5)
    assert set(Verdict) - set(RATINGS) == {Verdict.UNVERIFIED}
    defined = {source["@id"] for source in of_kind(text, "CreativeWork")}
    assert {cited["@id"] for review in reviews.values() for cited in review.get("citation", ())} == defined


def test_the_glossary_is_a_set_of_terms(build: Build) -> None:
    text = build().page("data/sample/schema.jsonld")
    (glossary,) = of_kind(text, "DefinedTermSet")
    terms = of_kind(text, "DefinedTerm")
    assert [term["termCode"] for term in terms] == [term.id for term in build().corpus.terms]
    assert {term["inDefinedTermSet"]["@id"] for term in terms} == {glossary["@id"]}


def test_the_facing_edition_says_nothing_to_machines(build: Build) -> None:
    built = build()
    assert "application/ld+json" in built.page("briefs/sample/index.html")
    config = (built.app.srcdir / "conf.py").read_text("utf-8")
    again = build({"docs/conf.py": f'{config}\nbrief_facing = "."\n'}, fresh=True)
    page = again.page("briefs/sample/index.html")
    assert "application/ld+json" not in page
    assert "citation_title" not in page


TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\n<>/!-&\"'«»\\🙂Ж\u2028\x00"))


@given(claim=TEXTS, title=TEXTS)
def test_any_text_survives_in_the_file_and_in_the_head(real: Built, claim: str, title: str) -> None:
    brief = dataclasses.replace(real.corpus.briefs[0], title=f"</script><!--{title}")
    note = dataclasses.replace(real.corpus.annotations[0], claim=claim)
    corpus = dataclasses.replace(real.corpus, briefs=(brief,), annotations=(note,), terms=())
    (review,) = of_kind(to_schema_jsonld(corpus, brief, Site(name="Sample", base=BASE)), "ClaimReview")
    assert review["claimReviewed"] == review["itemReviewed"]["text"] == claim
    head = to_page_jsonld(corpus, brief.docname, Site(name="Sample", base=BASE))
    page = BeautifulSoup(f'<script type="application/ld+json">{head}</script><p>rest</p>', "html.parser")
    assert page.script is not None
    assert page.p is not None
    assert of_kind(page.script.string or "", "ScholarlyArticle")[0]["headline"] == brief.title
    assert of_kind(page.script.string or "", "ClaimReview")[0]["claimReviewed"] == claim
