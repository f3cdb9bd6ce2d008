"""The domain ``brief``: the one store of records, keyed by docname."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from ..checks import check_corpus
from ..config import today_of, version_of
from ..diagnostics import Code, Diagnostic, Level
from ..model.changes import unreleased
from ..model.corpus import Corpus
from ..model.records import Brief, Location, Source
from ..model.states import Change
from ..model.text import one_line
from .collect import Document, collect_document
from .data import load_recorded
from .directives import DIRECTIVES
from .menu import listed
from .roles import ROLES
from .sources import load_sources
from .targets import add_labels, objects, targets
from .work import FILE_NAME, WorkError, load_work

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain

logger = logging.getLogger(__name__)

SITES = ("html", "dirhtml")  # the builders of sites, beside whose pages the data files are published
_PARTS = [
    "briefs",
    "paragraphs",
    "annotations",
    "terms",
    "actors",
    "events",
    "recommendations",
    "memberships",
    "quotations",
    "uses",
]


class BriefDomain(Domain):
    """Paragraphs, annotations, terms, actors, events and recommendations of an edition."""

    name = "brief"
    label = "Annotated brief"
    data_version = 6
    initial_data: ClassVar[dict[str, Any]] = {"documents": {}}
    directives: ClassVar[dict[str, Any]] = dict(DIRECTIVES)
    roles: ClassVar[dict[str, Any]] = dict(ROLES)
    object_types: ClassVar[dict[str, ObjType]] = {
        "annotation": ObjType("annotation", "annotation"),
        "term": ObjType("term", "term"),
        "event": ObjType("event", "event"),
        "recommendation": ObjType("recommendation", "recommendation"),
        "membership": ObjType("membership", "membership"),
        "actor": ObjType("actor", "actor"),
        "source": ObjType("source", "source"),
        "paragraph": ObjType("paragraph"),
    }

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._corpus: Corpus | None = None
        self._sources: tuple[tuple[Source, ...], tuple[Diagnostic, ...]] | None = None
        self._data: tuple[dict[str, Any], tuple[Diagnostic, ...]] | None = None
        self._targets: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._anchors: dict[str, tuple[tuple[str, str], str]] = {}
        self._found: tuple[Diagnostic, ...] | None = None
        self._menu: dict[str, str] | None = None
        self._unreleased: tuple[Change, ...] | None = None
        self.shown: Mapping[str, str] = {}  # digests of what pages show of records, see reading/shown.py
        self.shown_before: Mapping[str, str] = {}  # those of the last build

    @property
    def documents(self) -> dict[str, Document]:
        """What each document adds, by docname."""
        return cast("dict[str, Document]", self.data["documents"])

    def forget(self) -> None:
        """Drop what was read from files that are no documents, and all that was derived."""
        self._sources, self._data = None, None
        self._derive_again()

    def _derive_again(self) -> None:
        """Drop what was derived from the documents."""
        self._corpus, self._targets, self._anchors, self._found = None, {}, {}, None
        self._menu, self._unreleased = None, None

    def clear_doc(self, docname: str) -> None:
        """Forget a document that is read again or gone."""
        self.documents.pop(docname, None)
        self._derive_again()

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over the documents that another process has read."""
        self.documents.update({name: found for name, found in otherdata["documents"].items() if name in docnames})
        self._derive_again()

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
        add_labels(self.env.domains.standard_domain, found)
        self._derive_again()

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
        folder, _, slug = docname.removesuffix("/index").rpartition("/")
        if folder != "briefs":
            problem = Diagnostic(
                code=Code.BAD_WORK,
                message=f"{docname}.md is no place for a brief",
                location=Location(path=shown, line=1),
                hint="move both to docs/briefs/SLUG/, where SLUG is its name in addresses",
            )
            return (), (problem,)
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

    def recorded(self) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
        """Return the parts of the corpus that commands write into ``docs/data/``, and what is wrong with the files."""
        if self._data is None:
            self._data = load_recorded(Path(self.env.srcdir), self._shown, required=self.env.config.brief_records)
        return self._data

    def corpus(self) -> Corpus:
        """Return everything that the edition says, ordered by docname and place."""
        if self._corpus is None:
            ordered = [self.documents[name] for name in sorted(self.documents)]
            parts: dict[str, Any] = {
                part: tuple(record for found in ordered for record in getattr(found, part)) for part in _PARTS
            }
            parts["events"] = tuple(sorted(parts["events"], key=lambda event: (event.date.sort_key(), event.id)))
            today = today_of(self.env.config.brief_today)
            self._corpus = Corpus(sources=self.sources()[0], today=today, **parts, **self.recorded()[0])
        return self._corpus

    def menu(self) -> dict[str, str]:
        """Return the titles of what every page names in its menu, by docname or address."""
        if self._menu is None:
            self._menu = listed(self.env, self.corpus().brief_by_page)
        return self._menu

    def unreleased(self) -> tuple[Change, ...]:
        """Return what has changed since the last release; nothing where there is none."""
        if self._unreleased is None:
            self._unreleased = unreleased(self.corpus())
        return self._unreleased

    def is_release(self) -> bool:
        """Return whether the edition says what the last release says, and has its version."""
        releases = self.corpus().releases
        return bool(releases) and releases[-1].version == version_of(self.env.config) and not self.unreleased()

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return all findings in the set, ordered by place: from the markup, the sources and the rules."""
        if self._found is not None:
            return self._found
        found = [problem for document in self.documents.values() for problem in document.problems]
        found += self.sources()[1]
        found += self.recorded()[1]
        found += check_corpus(self.corpus())
        self._found = tuple(sorted(set(found), key=lambda item: (item.location, item.code, item.message)))
        return self._found

    def check_consistency(self) -> None:
        """Report every error as a warning of the build; what is less grave is for ``brief check``."""
        root = Path(self.env.srcdir).parent
        for item in self.diagnostics():
            if item.code.level is not Level.ERROR:
                continue
            logger.warning(
                "%s",
                one_line(f"{item.message}; {item.hint}"),
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
        if not self._targets:
            self._targets = targets(self.corpus(), self.bibliography())
        return self._targets

    def anchors(self) -> dict[str, tuple[tuple[str, str], str]]:
        """Return kind and id, and the docname, of what has an anchor, by anchor."""
        if not self._anchors:
            self._anchors = {anchor: (key, docname) for key, (docname, anchor, _) in self.targets().items() if anchor}
        return self._anchors

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
        """Return the link; a target that does not exist stays plain text and is reported by the checks.

        A data file is linked to by the site, beside which it is published, and named by all else; whether it is there,
        ``brief links --inside`` says.
        """
        if typ == "data":
            if builder.name not in SITES:
                return cast("nodes.reference", contnode)
            uri = relative_uri(builder.get_target_uri(fromdocname), f"data/{target}")
            return nodes.reference("", "", contnode, refuri=uri, internal=True)
        known = self.targets()
        near = known.get((typ, f"{fromdocname}#{target}"))  # a paragraph of the same page goes first
        docname, anchor, text = near or known.get((typ, target), ("", "", ""))
        if not docname:
            return cast("nodes.reference", contnode)
        shown = nodes.Text(contnode.astext() if node["refexplicit"] else text)
        link = make_refnode(builder, fromdocname, docname, anchor, shown)
        link["classes"].append(f"to-{typ}")
        link["brief"] = (typ, anchor if typ == "paragraph" else target)
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
        """Yield the records for ``objects.inv``, by which other projects link to them."""
        yield from objects(self.corpus(), self.bibliography())


def brief_domain(env: BuildEnvironment) -> BriefDomain:
    """Return the domain of *env*, typed."""
    return cast("BriefDomain", env.get_domain("brief"))
