"""The domain ``brief``: the one store of records, keyed by docname."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from ..checks import check_corpus
from ..diagnostics import Code, Diagnostic
from ..model.records import Brief, Corpus, Location, Source
from ..model.text import digest
from .collect import Document, collect_document
from .directives import DIRECTIVES
from .roles import ROLES
from .sources import load_sources
from .work import FILE_NAME, WorkError, load_work

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain

logger = logging.getLogger(__name__)

_PARTS = ["briefs", "paragraphs", "annotations", "terms", "actors", "events", "recommendations", "quotations", "uses"]


class BriefDomain(Domain):
    """Paragraphs, annotations, terms, actors, events and recommendations of an edition."""

    name = "brief"
    label = "Annotated brief"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"documents": {}, "digests": {}}
    directives: ClassVar[dict[str, Any]] = dict(DIRECTIVES)
    roles: ClassVar[dict[str, Any]] = dict(ROLES)
    object_types: ClassVar[dict[str, ObjType]] = {
        "annotation": ObjType("annotation", "annotation"),
        "term": ObjType("term", "term"),
        "event": ObjType("event", "event"),
        "recommendation": ObjType("recommendation", "recommendation"),
        "actor": ObjType("actor", "actor"),
        "source": ObjType("source", "source"),
        "paragraph": ObjType("paragraph"),
    }

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._corpus: Corpus | None = None
        self._sources: tuple[tuple[Source, ...], tuple[Diagnostic, ...]] | None = None
        self._targets: dict[tuple[str, str], tuple[str, str, str]] = {}

    @property
    def documents(self) -> dict[str, Document]:
        """What each document adds, by docname."""
        return cast("dict[str, Document]", self.data["documents"])

    def _forget(self) -> None:
        """Drop what was derived from the documents."""
        self._corpus, self._targets = None, {}

    def clear_doc(self, docname: str) -> None:
        """Forget a document that is read again or gone."""
        self.documents.pop(docname, None)
        self._forget()

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over the documents that another process has read."""
        self.documents.update({name: found for name, found in otherdata["documents"].items() if name in docnames})
        self._forget()

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Collect the records of a finished doctree."""
        path = env.doc2path(docname)
        found = collect_document(document, docname, self._shown(path))
        briefs, problems = self._brief(docname, document)
        self.documents[docname] = Document(
            **{part: getattr(found, part) for part in _PARTS if part != "briefs"},
            briefs=briefs,
            problems=found.problems + problems,
            collects=found.collects,
        )
        self._forget()

    def _shown(self, path: Path | str) -> str:
        """Return *path* relative to the project, as messages print it."""
        root = Path(self.env.srcdir).parent
        path = Path(path)
        return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()

    def _brief(self, docname: str, document: nodes.document) -> tuple[tuple[Brief, ...], tuple[Diagnostic, ...]]:
        """Return the brief that *docname* is, if a work lock stands beside it, and what is wrong with it."""
        lock = Path(self.env.doc2path(docname)).parent / FILE_NAME
        if docname.rpartition("/")[2] != "index" or not lock.exists():
            return (), ()
        self.env.note_dependency(str(lock), docname=docname)
        shown = self._shown(lock)
        try:
            work = load_work(lock, shown)
        except WorkError as error:
            problem = Diagnostic(
                code=Code.BAD_WORK,
                message=str(error),
                location=Location(path=shown, line=1),
                hint="write it again with ‘brief lock-work’",
            )
            return (), (problem,)
        title = next((node.astext() for node in document.findall(nodes.title)), work.title)
        slug = docname.split("/")[-2] if "/" in docname else docname
        return (Brief(slug=slug, docname=docname, title=title, work=work),), ()

    def sources(self) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
        """Return the records of the bibliography, as sphinxcontrib-bibtex has read it, and its faults."""
        if self._sources is not None:
            return self._sources
        cite = cast("BibtexDomain", self.env.get_domain("cite"))
        sources: list[Source] = []
        problems: list[Diagnostic] = []
        for path, bibfile in cite.bibdata.bibfiles.items():
            entries = {key: cite.bibdata.data.entries[key] for key in bibfile.keys}
            found = load_sources(entries, Path(path), self._shown(Path(path).resolve()))
            sources += found[0]
            problems += found[1]
        self._sources = tuple(sources), tuple(problems)
        return self._sources

    def corpus(self) -> Corpus:
        """Return everything that the edition says, ordered by docname and place."""
        if self._corpus is None:
            ordered = [self.documents[name] for name in sorted(self.documents)]
            parts = {part: tuple(record for found in ordered for record in getattr(found, part)) for part in _PARTS}
            parts["events"] = tuple(sorted(parts["events"], key=lambda event: (event.date.sort_key(), event.id)))
            self._corpus = Corpus(sources=self.sources()[0], **parts)
        return self._corpus

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return all findings in the set, ordered by place: from the markup, the sources and the rules."""
        found = [problem for document in self.documents.values() for problem in document.problems]
        found += self.sources()[1]
        found += check_corpus(self.corpus())
        return tuple(sorted(set(found), key=lambda item: (item.location, item.code, item.message)))

    def check_consistency(self) -> None:
        """Report every finding as a warning of the build."""
        root = Path(self.env.srcdir).parent
        for item in self.diagnostics():
            logger.warning(
                "%s; %s",
                item.message,
                item.hint,
                location=f"{root / item.location.path}:{item.location.line}",
                type="brief",
                subtype=str(item.code),
            )

    def bibliography(self) -> str:
        """Return the document that shows the bibliography, or an empty string."""
        cite = cast("BibtexDomain", self.env.get_domain("cite"))
        return min((key.docname for key in cite.bibliographies), default="")

    def targets(self) -> dict[tuple[str, str], tuple[str, str, str]]:
        """Return docname, anchor and text to show for each ``(kind, id)`` that can be linked to."""
        corpus = self.corpus()
        found: dict[tuple[str, str], tuple[str, str, str]] = {}
        for paragraph in corpus.paragraphs:
            shown = f"¶{paragraph.number}" if paragraph.number else paragraph.id
            found["paragraph", paragraph.id] = (paragraph.docname, paragraph.id, shown)
        for note in corpus.annotations:
            found["annotation", note.id] = (note.docname, note.id, f"note {note.number}")
        for term in corpus.terms:
            found["term", term.id] = (term.docname, term.id, term.abbreviation or term.name)
        for actor in corpus.actors:
            card = corpus.term_by_id.get(actor.term)
            place = (card.docname, card.id) if card else (actor.docname, actor.id)
            found["actor", actor.id] = (*place, actor.name)
        for event in corpus.events:
            found["event", event.id] = (event.docname, event.id, event.date.text())
        for advice in corpus.recommendations:
            found["recommendation", advice.id] = (advice.docname, advice.id, advice.headline)
        page = self.bibliography()
        for source in corpus.sources:
            found["source", source.id] = (page, nodes.make_id(f"source-{source.id}"), source.label)
        return found

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return the link; a target that does not exist stays plain text and is reported by the checks."""
        if not self._targets:
            self._targets = self.targets()
        docname, anchor, text = self._targets.get((typ, target), ("", "", ""))
        if not docname:
            return cast("nodes.reference", contnode)
        if not node["refexplicit"]:
            contnode = nodes.inline("", text, classes=contnode["classes"])
        link = make_refnode(builder, fromdocname, docname, anchor, contnode)
        link["classes"].append(f"to-{typ}")
        link["brief"] = (typ, target)
        return link

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return nothing: ids are short words that ``any`` must not claim."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the records for the search and for ``objects.inv``."""
        corpus = self.corpus()
        for note in corpus.annotations:
            yield note.id, note.headline, "annotation", note.docname, note.id, 1
        for term in corpus.terms:
            yield term.id, term.name, "term", term.docname, term.id, 1
        for event in corpus.events:
            title = f"{event.date.text()}: {event.text}"
            yield event.id, title, "event", event.docname, event.id, 2
        for advice in corpus.recommendations:
            yield advice.id, advice.headline, "recommendation", advice.docname, advice.id, 2
        page = self.bibliography()
        if page:
            for source in corpus.sources:
                yield source.id, source.label, "source", page, nodes.make_id(f"source-{source.id}"), -1

    def updated_dependents(self) -> Iterable[str]:
        """Return the documents to write again because a record that they show has changed.

        A page depends on the records that it links to; a page that collects depends on all. What the last build
        saw is kept as one digest a record.
        """
        corpus = self.corpus()
        now = {
            f"{part}:{record.id}": digest(repr(record))
            for part in ("annotations", "sources", "terms", "actors", "events", "recommendations")
            for record in getattr(corpus, part)
        }
        now["uses"] = digest(repr(corpus.uses))
        before = self.data["digests"]
        if before == now:
            return []
        self.data["digests"] = now
        changed = {key.partition(":")[2] for key in now.keys() | before.keys() if now.get(key) != before.get(key)}
        users = {use.docname for use in corpus.uses if use.id in changed}
        collecting = {name for name, found in self.documents.items() if found.collects}
        return sorted(users | collecting | {page for page in [self.bibliography()] if page})


def brief_domain(env: BuildEnvironment) -> BriefDomain:
    """Return the domain of *env*, typed."""
    return cast("BriefDomain", env.get_domain("brief"))
