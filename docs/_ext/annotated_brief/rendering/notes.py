"""What the whole set adds to each annotation: where its evidence is from, and how to cite it."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..model.citing import FORMS, citation_file, short_form
from ..model.corpus import Corpus
from ..model.records import Annotation
from ..model.sourcing import author_of, evidence_of, profile_of
from ..reading import nodes as n
from ..reading.domain import SITES, brief_domain
from ..reading.links import labelled
from .addresses import cited_base
from .names import country_name, language_name


class ProfileTransform(SphinxPostTransform):
    """Add to each annotation, below its evidence, where that is from."""

    default_priority = 7

    def run(self, **kwargs: object) -> None:
        """Fill the document."""
        corpus = brief_domain(self.env).corpus()
        for node in list(self.document.findall(n.annotation)):
            note = corpus.annotation_by_id.get(node["fields"]["id"])
            line = profile_line(corpus, note) if note is not None else None
            if line is not None:
                body = next(iter(node.findall(n.annotation_body)))
                kinds = [child["kind"] if isinstance(child, n.labelled) else "" for child in body.children]
                body.insert(kinds.index("evidence") + 1, line)


class CitingTransform(SphinxPostTransform):
    """Add to each annotation of a site how to cite it, with files for reference managers."""

    default_priority = 7
    builders = SITES

    def run(self, **kwargs: object) -> None:
        """Fill the document."""
        if self.config.brief_facing:
            return
        corpus, base = brief_domain(self.env).corpus(), cited_base(self.env)
        for node in list(self.document.findall(n.annotation)):
            note = corpus.annotation_by_id.get(node["fields"]["id"])
            brief = corpus.brief_by_page.get(note.docname) if note is not None else None
            if note is not None and brief is not None:
                files = [(title, citation_file(note, brief, ending)) for ending, title in FORMS.items()]
                text = nodes.paragraph("", short_form(note, brief, str(self.config.project)))
                place = n.citing("", text, files=files, base=base, note=note.id)
                next(iter(node.findall(n.annotation_body))).append(place)


def profile_line(corpus: Corpus, note: Annotation) -> n.labelled | None:
    """Return the line that tells how many voices the evidence has, from where and of which grade; None without any."""
    profile = profile_of(evidence_of(corpus, note), author_of(corpus, note))
    if not profile.sources:
        return None
    said = [_voices(profile.sources, profile.voices)]
    if profile.is_interested:
        said.append("interested parties only")
    elif profile.disinterested < profile.voices:
        said.append(f"{profile.disinterested} without a stake")
    said.append(", ".join(country_name(code) for code, _ in profile.countries))
    others = [language_name(tag) for tag, _ in profile.languages if not tag.startswith("en")]
    if others:
        said.append(f"partly in {', '.join(others)}" if len(others) < len(profile.languages) else ", ".join(others))
    grades = n.bar("", ", ".join(f"{number} {grade}" for grade, number in profile.grades), parts=profile.grades)
    return labelled("profile", "Rests on:", grades, nodes.Text(f" · {' · '.join(said)}"))


def _voices(sources: int, voices: int) -> str:
    """Return how many voices speak, in words; a single source is said to be one."""
    if sources == 1:
        return "one source alone"
    return "one voice" if voices == 1 else f"{voices} voices"
