"""The page of changes: what each release changed, what we corrected, what was withdrawn and where it had stood."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..model.changes import unreleased
from ..model.corpus import Corpus
from ..model.records import Tombstone
from ..model.states import Change, State
from ..model.telling import counted, kind_and_label, known_states, told
from ..reading.domain import SITES, brief_domain
from ..reading.links import reference
from .build import Cell, table


def changes(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """What changed since the last release, and in each release, the newest first."""
    living = {(kind, name) for (kind, name), _ in corpus.identified()}
    found: list[nodes.Node] = []
    if not corpus.releases:
        return [nodes.paragraph("", "Nothing has been released yet.")]
    since = unreleased(corpus)
    if since:
        found.append(_changes_table("Since the last release", since, living))
    for release in reversed(corpus.releases):
        title = f"{release.version} of {release.on}"
        found.append(nodes.paragraph("", "", nodes.strong("", title), nodes.Text(f": {counted(release.counts)}.")))
        if release.changes:
            found.append(_changes_table(f"Changes in {release.version}", release.changes, living))
    return found


def _changes_table(title: str, found: tuple[Change, ...], living: set[tuple[str, str]]) -> nodes.table:
    """Return a table of changes; *living* are the records that can be linked to."""
    rows: list[list[Cell]] = [[_record(change, living), change.title, told(change)] for change in found]
    return table(("Record", "Of", "What became of it"), rows, title=title)


def _record(record: Change | State, living: set[tuple[str, str]]) -> Cell:
    """Return a record by kind and label, as a link if it is still there."""
    shown = kind_and_label(record)
    return reference(record.kind, record.id, shown) if (record.kind, record.id) in living else shown


def corrections(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """What was wrong in our own text, the newest first."""
    if not corpus.corrections:
        return [nodes.paragraph("", "Nothing had to be corrected yet.")]
    living = {(kind, name) for (kind, name), _ in corpus.identified()}
    states = known_states(corpus)
    rows: list[list[Cell]] = []
    for correction in reversed(corpus.corrections):
        state = states.get(correction.id)
        record: Cell = _record(state, living) if state is not None else nodes.literal("", correction.id)
        rows.append([record, correction.date, correction.wrong])
    return [table(("Record", "On", "What was wrong"), rows)]


def withdrawn(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The withdrawn records: what is left of each, so that an old citation finds it."""
    if not corpus.tombstones:
        return [nodes.paragraph("", "Nothing has been withdrawn.")]
    rows: list[list[Cell]] = []
    for stone in corpus.tombstones:
        name = nodes.literal("", stone.id, ids=[f"withdrawn-{stone.id}"])
        rows.append([name, stone.date, stone.why, _instead(corpus, stone) or "–"])
    return [table(("Withdrawn", "On", "Why", "Instead"), rows)]


def _instead(corpus: Corpus, stone: Tombstone) -> nodes.Node | None:
    """Return the record that took the place of a withdrawn one, as a link if it is there, or None."""
    if not stone.instead:
        return None
    kinds = {name: kind for (kind, name), _ in corpus.identified()}
    kind = kinds.get(stone.instead, "")
    return reference(kind, stone.instead, stone.instead) if kind else nodes.Text(stone.instead)


class TombstoneTransform(SphinxPostTransform):
    """Append to each page of a site what was withdrawn from it, under the old ids: their addresses were cited."""

    default_priority = 8  # before links are resolved (10)
    builders = SITES

    def run(self, **kwargs: object) -> None:
        """Append the list."""
        corpus, docname = brief_domain(self.env).corpus(), self.env.current_document.docname
        stones = corpus.withdrawn_from(docname)
        if not stones:
            return
        section: nodes.Element = next(iter(self.document.findall(nodes.section)), self.document)
        section += nodes.rubric("", "Withdrawn from this page")
        for stone in stones:
            said = f" was withdrawn on {stone.date}: {stone.why.rstrip('.')}."
            line = nodes.paragraph("", "", nodes.literal("", stone.id), nodes.Text(said), ids=[stone.id])
            instead = _instead(corpus, stone)
            line += [nodes.Text(" Instead: "), instead, nodes.Text(".")] if instead is not None else []
            section += line
