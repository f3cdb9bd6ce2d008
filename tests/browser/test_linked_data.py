"""What other programs make of our pages and data: Recogito, Hypothesis, schema.org, reference managers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from annotated_brief.exports.hypothesis import to_hypothesis_json
from annotated_brief.exports.schema_org import to_page_jsonld, to_schema_jsonld
from annotated_brief.exports.site import Site
from browser.conftest import HERE, Open, judge
from conftest import Built, need, run_sphinx

BRIEF = "briefs/reaffirming-balance/index.html"
BASE = "https://example.org/edition/"
RECOGITO = """async () => {
  const data = await (await fetch("../../data/reaffirming-balance/annotations.jsonld")).json();
  const faults = [];
  let anchored = 0;
  for (const passage of document.querySelectorAll(".brief-passage")) {
    const { W3CTextFormat, createTextAnnotator } = RecogitoJS;
    const format = W3CTextFormat(location.href, passage);
    // Recogito knows one page and no `refinedBy`: it is given the target on this page, inside the passage.
    const inside = (note) => {
      const selector = note.target[1].selector.find((found) => found.value === passage.id);
      return selector && { ...note, target: { source: location.href, selector: selector.refinedBy } };
    };
    const notes = data.first.items.map(inside).filter(Boolean);
    const annotator = createTextAnnotator(passage, { adapter: format, annotatingEnabled: false });
    annotator.setAnnotations(notes);
    for (const note of notes) {
      const { parsed, error } = format.parse(note);
      const found = annotator.state.store.getAnnotation(note.id);
      const [selector] = found ? found.target.selector : [];
      const words = selector && selector.range.toString().replace(/\\s+/g, " ");
      if (error || words !== selector.quote || parsed.target.selector[0].start !== selector.start)
        faults.push(`${note.identifier}: ${error || words}`);
      else anchored += 1;
    }
    annotator.destroy();
  }
  return { anchored, faults };
}"""


def test_recogito_anchors_every_note_in_the_page(visit: Open, real: Built) -> None:
    script = judge("@recogito/text-annotator/dist/text-annotator.umd.js")
    page = visit(BRIEF, bypass_csp=True)
    page.evaluate("globalThis.process = { env: {} }")  # a bundler would have filled it in
    page.add_script_tag(path=script)
    found = page.evaluate(RECOGITO)
    assert found == {"anchored": len(real.corpus.annotations), "faults": []}


@pytest.fixture(scope="module")
def client() -> str:
    """Functions of the Hypothesis client, as a script."""
    judge("hypothesis/package.json")
    done = subprocess.run(["node", HERE / "hypothesis.cjs"], check=True, capture_output=True, text=True)
    return done.stdout


def test_hypothesis_takes_in_the_notes_and_finds_their_words(visit: Open, real: Built, client: str) -> None:
    page = visit(BRIEF)
    page.evaluate(client)
    exported = to_hypothesis_json(real.corpus, real.corpus.briefs[0], Site(name="", base=BASE))
    read = page.evaluate("text => hypothesisClient.readExportFile(new File([text], 'export.json'))", exported)
    assert read == json.loads(exported)["annotations"]
    found = page.evaluate(
        """notes => {
          const text = document.body.textContent.replace(/\\s/g, " ");
          return notes.map(({target: [{selector: [{exact, prefix, suffix}]}]}) => {
            const {start, end} = hypothesisClient.matchQuote(text, exact, {prefix, suffix});
            return text.slice(start - prefix.length, end) === prefix + exact;
          });
        }""",
        read,
    )
    assert found == [True] * len(real.corpus.annotations)
    with pytest.raises(Exception, match="Not a valid Hypothesis JSON file"):
        page.evaluate("hypothesisClient.readExportFile(new File(['{}'], 'x.json'))")


def test_the_policy_lets_the_data_in_the_head_stand(visit: Open) -> None:
    for name, kind in ((BRIEF, "ScholarlyArticle"), ("glossary.html", "DefinedTermSet")):
        page = visit(name)  # the fixture fails where the browser complains of the policy
        script = page.locator("head script[type='application/ld+json']")
        assert json.loads(script.text_content() or "")["@graph"][0]["@type"] == kind
    page.goto(page.url.replace("glossary", "method"))
    assert page.locator("script[type='application/ld+json']").count() == 0


BAD: tuple[dict[str, Any], ...] = (
    {"@type": "ClaimReview", "verdict": "corrected"},
    {"@type": "ClaimReview", "itemReviewed": {"@type": "Claim", "ratingValue": 1}},
    {"@type": "ClaimReview", "reviewRating": {"@type": "Person", "name": "x"}},
    {"@type": "DefinedTermSet", "hasDefinedTerm": {"@type": "Rating"}},
)


def test_schema_org_knows_each_property_in_its_place(real: Built, tmp_path: Path) -> None:
    """The types that the vocabulary of schema.org gives, checked by the TypeScript compiler."""
    compiler, types = judge("typescript/bin/tsc"), judge("schema-dts/dist/schema.d.ts")
    brief = real.corpus.briefs[0]
    data = to_schema_jsonld(real.corpus, brief, Site(name="Sample", base=BASE))
    head = to_page_jsonld(real.corpus, brief.docname, Site(name="Sample", base=BASE))
    wrong = "".join(f"// @ts-expect-error\nexport const bad{n}: Thing = {json.dumps(x)};\n" for n, x in enumerate(BAD))
    (tmp_path / "data.ts").write_text(
        f'import type {{ Graph, Thing }} from "schema-dts";\nexport const data: Graph = {data};\n'
        f"export const head: Graph = {head};\n{wrong}",
        "utf-8",
    )
    settings = {"noEmit": True, "strict": True, "skipLibCheck": True, "target": "es2022", "types": []}
    settings |= {"module": "esnext", "moduleResolution": "bundler", "paths": {"schema-dts": [str(types)]}}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": settings, "files": ["data.ts"]}), "utf-8")
    done = subprocess.run(["node", compiler, "-p", tmp_path], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout[:2000]) == (0, "")


READER = """
const cheerio = require("cheerio");
const metadata = require("html-metadata");
const page = cheerio.load(require("fs").readFileSync(process.argv[2], "utf-8"));
metadata.parseAll(page).then((found) => console.log(JSON.stringify(found)));
"""


def test_reference_managers_find_the_item(project: Path) -> None:
    """Read by the library with which Wikimedia's Citoid reads pages, as Zotero's translators do."""
    judge("html-metadata/package.json")
    node = need("/usr/bin/env", "env")
    with (project / "docs/conf.py").open("a", encoding="utf-8") as settings:
        settings.write(f'author = "The sample’s writers"\nhtml_baseurl = "{BASE}"\n')
    built = run_sphinx(project)
    page = built.out / "briefs/sample/index.html"
    done = subprocess.run([node, "node", "-e", READER, "-", page], check=True, capture_output=True, text=True, cwd=HERE)
    found = json.loads(done.stdout)
    address = f"{BASE}briefs/sample/index.html"
    assert found["highwirePress"] == {
        "title": "The harbour, restated",
        "author": "The sample’s writers",
        "publication_date": "2026/11/23",
        "inbook_title": "Sample",
        "language": "en",
        "public_url": address,
        "fulltext_html_url": address,
    }
    assert found["dublinCore"]["identifier"] == address
    assert found["dublinCore"]["source"] == "https://example.org/tale"
    kinds = [node["@type"] for node in found["jsonLd"]["@graph"]]
    assert kinds[:3] == ["ScholarlyArticle", "Article", "Organization"]
    assert kinds.count("ClaimReview") == 3
