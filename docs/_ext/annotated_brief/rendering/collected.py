"""Lists, tables and numbers that are made from the records of the whole set.

Each function of ``COLLECTORS`` returns docutils nodes, so that every builder prints the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from ..diagnostics import Code
from ..model.records import Annotation, Corpus
from ..model.vocabulary import Described, Grade, Outcome, Owner, Verdict
from ..reading import nodes as n
from ..reading.directives import RECORD_DIRECTIVES
from ..reading.domain import brief_domain
from ..reading.links import cited, dated, labelled, reference
from ..reading.sources import TYPES
from .build import Cell, joined, links, table

logger = logging.getLogger(__name__)


def _verdict(word: Described) -> n.verdict_label:
    """Return a verdict or outcome as symbol and word."""
    return n.verdict_label("", str(word), verdict=word)


def claims(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The ledger of annotations, of one verdict where *argument* names it."""
    notes = [note for note in corpus.annotations if not argument or note.verdict == argument]
    return [
        table(
            ("Note", "Finding", "Verdict", "Holds", "Checked", "Sources"),
            (_claim_row(note) for note in notes),
            title=f"{len(notes)} {argument or 'annotations'}",
            classes=("brief-claims",),
        )
    ]


def _claim_row(note: Annotation) -> list[Cell]:
    """Return one row of the ledger."""
    return [
        reference("annotation", note.id, note.number),
        note.headline,
        _verdict(note.verdict),
        dated(note.as_of) if note.as_of else "–",
        dated(note.checked),
        cited(note.evidence) or "none found",
    ]


def verdict_counts(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The verdicts with their tests and the number of annotations that carry each."""
    rows: list[list[Cell]] = [
        [_verdict(verdict), str(count), verdict.definition] for verdict, count in corpus.verdicts().items()
    ]
    return [table(("Verdict", "Notes", "The test it must pass"), rows, classes=("brief-counts",))]


def paragraph_counts(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The number of annotations by paragraph and verdict."""
    rows: list[list[Cell]] = []
    for paragraph in corpus.paragraphs:
        found = Counter(
            note.verdict
            for note in corpus.annotations
            if note.paragraph is not None and note.paragraph.id == paragraph.id
        )
        label = f"¶{paragraph.number}" if paragraph.number else paragraph.id.capitalize()
        rows.append([label, *(str(found[verdict] or "–") for verdict in Verdict), str(found.total())])
    return [table(("Part", *(str(v) for v in Verdict), "all"), rows, classes=("brief-counts",))]


def _words(words: type[Described], values: Iterable[str], heading: str) -> nodes.table:
    """Return a word list with the number of sources for each word."""
    found = Counter(values)
    rows = [[str(word), str(found[word]), word.definition] for word in words]
    return table((heading, "Sources", "Meaning"), rows, classes=("brief-counts",))


def grades(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The evidence grades and the number of sources of each."""
    return [_words(Grade, (source.grade for source in corpus.sources), "Grade")]


def owners(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The kinds of owner and the number of sources of each."""
    return [_words(Owner, (source.owner for source in corpus.sources), "Owner")]


def mix(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """Where the sources come from: the countries, and the languages, most frequent first."""
    found: list[nodes.Node] = []
    for heading, values in (
        ("Country", [source.country for source in corpus.sources]),
        ("Language", [source.lang for source in corpus.sources]),
    ):
        ranked = sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
        rows = [[value, str(count)] for value, count in ranked]
        found.append(table((heading, "Sources"), rows, classes=("brief-counts",)))
    return found


def outcomes(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The recommendations at a glance."""
    rows: list[list[Cell]] = [
        [
            str(advice.number),
            reference("recommendation", advice.id, advice.headline),
            advice.addressee,
            _verdict(advice.outcome),
            dated(advice.as_of),
        ]
        for advice in sorted(corpus.recommendations, key=lambda found: found.number)
    ]
    header = ("No.", "Recommendation", "For", "Outcome", "Latest source")
    return [table(header, rows, classes=("brief-outcomes",))]


def outcome_words(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The outcomes with their meaning and number."""
    found = Counter(advice.outcome for advice in corpus.recommendations)
    rows: list[list[Cell]] = [[_verdict(word), str(found[word]), word.definition] for word in Outcome]
    return [table(("Outcome", "Number", "Meaning"), rows, classes=("brief-counts",))]


def codes(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The diagnostic codes and the rule that each guards."""
    rows: list[list[Cell]] = [[nodes.literal("", f"brief.{code}"), code.rule] for code in Code]
    return [table(("Code", "What must hold"), rows, classes=("brief-codes",))]


def options(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The options of the directive that *argument* names."""
    spec = RECORD_DIRECTIVES[argument].spec
    rows: list[list[Cell]] = [
        [nodes.literal("", f":{name}:"), "yes" if option.required else "", option.help] for name, option in spec.items()
    ]
    return [table((f"Option of {argument}", "Needed", "Value"), rows, classes=("brief-codes",))]


def entry_types(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The closed list of entry types of ``refs.bib``."""
    return [nodes.paragraph("", "", *joined(nodes.literal("", f"@{kind}") for kind in TYPES))]


COLLECTORS: dict[str, Callable[[Corpus, str], list[nodes.Node]]] = {
    "claims": claims,
    "verdicts": verdict_counts,
    "paragraphs": paragraph_counts,
    "grades": grades,
    "owners": owners,
    "mix": mix,
    "outcomes": outcomes,
    "outcome-words": outcome_words,
    "codes": codes,
    "entry-types": entry_types,
    "options": options,
}


def count_of(corpus: Corpus, of: str) -> int | None:
    """Return the number that *of* asks for: ``annotations``, ``annotations verdict=corrected`` and so on.

    None stands for a question that the records do not answer.
    """
    part, _, condition = of.partition(" ")
    records = getattr(corpus, part, None)
    if not isinstance(records, tuple):
        return None
    name, _, value = condition.partition("=")
    if not name:
        return len(records)
    if not all(hasattr(record, name) for record in records):
        return None
    return sum(str(getattr(record, name)) == value for record in records)


class CollectTransform(SphinxPostTransform):
    """Fill the places for lists and numbers, and add *where used* to cards and sources."""

    default_priority = 7  # after the bibliography (5), before links are resolved (10)

    def run(self, **kwargs: object) -> None:
        """Fill the document."""
        corpus = brief_domain(self.env).corpus()
        for place in list(self.document.findall(n.collected)):
            name, _, argument = place["collect"].partition(" ")
            if name not in COLLECTORS:
                logger.warning("there is no list ‘%s’", name, location=place, type="brief")
                continue
            place += COLLECTORS[name](corpus, argument)
        for number in list(self.document.findall(n.count)):
            value = count_of(corpus, number["of"])
            if value is None:
                logger.warning("nothing counts ‘%s’", number["of"], location=number, type="brief")
            number.clear()
            number += nodes.Text("?" if value is None else f"{value:,}")
        self._cards(corpus)
        self._citations(corpus)

    def _cards(self, corpus: Corpus) -> None:
        """Add *where used* to each card of the document."""
        cards = list(self.document.findall(n.card))
        if not cards:
            return
        used: dict[str, dict[str, None]] = {}
        for use in corpus.uses:
            if use.kind == "term" and use.within != use.id:
                used.setdefault(use.id, {})[use.within] = None
        for card in cards:
            line = self._where_used(corpus, used.get(card["fields"]["id"], {}))
            if line:
                card += line

    @staticmethod
    def _where_used(corpus: Corpus, places: Iterable[str]) -> n.labelled | None:
        """Return the line with links back to paragraphs and annotations, or None."""
        places = set(places)
        notes = [note.id for note in corpus.annotations if note.id in places]
        paragraphs = [reference("paragraph", p.id) for p in corpus.paragraphs if p.id in places]
        found = joined([*paragraphs, *(reference("annotation", note) for note in notes)])
        return labelled("used", "Where used:", *found) if found else None

    def _citations(self, corpus: Corpus) -> None:
        """Turn the citations of the bibliography into list items with grade and *cited in*."""
        citations = list(self.document.findall(nodes.citation))
        if not citations:
            return
        users: dict[str, dict[str, None]] = {}
        for use in corpus.uses:
            if use.kind == "source" and use.within:
                users.setdefault(use.id, {})[use.within] = None
        by_anchor = {nodes.make_id(f"source-{source.id}"): source for source in corpus.sources}
        container = citations[0].parent
        listing = n.source_list()
        for citation in citations:
            source = by_anchor[citation["ids"][0]]
            item = n.source_item("", ids=citation["ids"], key=source.id)
            head = n.card_head("", "", n.headline("", source.label))
            text = next(iter(citation.findall(nodes.paragraph)))
            text["lang"] = source.lang
            facts = [str(source.grade), source.lang, source.country, str(source.owner)]
            facts.append(f"read {source.read}" if source.seen else "text not seen")
            item += [head, text, labelled("grade", "Grade:", nodes.Text(" · ".join(facts)))]
            places = users.get(source.id, {})
            notes = [note.id for note in corpus.annotations if note.id in places]
            if notes:
                item += labelled("used", "Notes:", *links("annotation", notes))
            item += self._other_uses(corpus, places)
            listing += item
        container.replace_self(listing)

    @staticmethod
    def _other_uses(corpus: Corpus, places: Iterable[str]) -> list[nodes.Node]:
        """Return the line with the cards and events that cite a source, if any do."""
        places = set(places)
        found = [
            *(reference("term", term.id) for term in corpus.terms if term.id in places),
            *(reference("event", event.id) for event in corpus.events if event.id in places),
            *(reference("recommendation", advice.id) for advice in corpus.recommendations if advice.id in places),
        ]
        return [labelled("used", "Elsewhere:", *joined(found))] if found else []
