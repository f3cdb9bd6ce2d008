"""Lists, tables and numbers that are made from the records of the whole set.

Each function of ``COLLECTORS`` returns docutils nodes, so that every builder prints the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from ..diagnostics import Code, load_coverage
from ..model.corpus import Corpus
from ..model.records import Annotation
from ..model.vocabulary import MOTIVATIONS, RATINGS, Outcome, Verdict
from ..reading import nodes as n
from ..reading.directives import RECORD_DIRECTIVES
from ..reading.domain import brief_domain
from ..reading.links import cited, dated, reference
from ..reading.sources import TYPES
from .backlinks import add_where_used, list_sources
from .build import Cell, CollectError, joined, table, worded
from .cards import card_filter, card_index, card_indexes
from .changes import changes, corrections, withdrawn
from .locator import locator, short_name
from .names import country_name
from .others import notices, works_of_others
from .overview import briefs, findings, status, summary
from .sourcing import grades, lights, owners, source_chart, source_filter, sourcing
from .timeline import event_filter, timeline

logger = logging.getLogger(__name__)


def claims(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The ledger of annotations."""
    verdicts = [(f"word-{verdict}", str(verdict)) for verdict in Verdict]
    return [
        n.narrowing("", of=".brief-claims tbody tr", choices=[("Verdict", verdicts)]),
        table(
            ("Note", "Verdict", "Finding", "Holds", "Checked", "Sources"),
            (_claim_row(note) for note in corpus.annotations),
            title=f"{len(corpus.annotations)} annotations",
            classes=("brief-claims", "brief-sortable"),
        ),
    ]


def _claim_row(note: Annotation) -> list[Cell]:
    """Return one row of the ledger."""
    return [
        reference("annotation", note.id, note.number),
        worded(note.verdict),
        note.headline,
        dated(note.as_of),
        dated(note.checked),
        cited(note.evidence) or "none found",
    ]


def verdict_counts(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The verdicts with their tests and the number of annotations that carry each."""
    rows: list[list[Cell]] = [
        [worded(verdict), str(count), verdict.definition] for verdict, count in corpus.verdicts().items()
    ]
    return [table(("Verdict", "Notes", "The test it must pass"), rows)]


def verdict_terms(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The verdicts in the words of the vocabularies of others."""
    rows: list[list[Cell]] = [
        [worded(verdict), nodes.literal("", MOTIVATIONS[verdict]), str(RATINGS.get(verdict, "–"))]
        for verdict in Verdict
    ]
    return [table(("Verdict", "Motivation (W3C)", "Rating (schema.org)"), rows)]


def paragraph_counts(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The number of annotations by paragraph and verdict."""
    rows: list[list[Cell]] = []
    counted: dict[tuple[str, str], Counter[Verdict]] = defaultdict(Counter)
    for note in corpus.annotations:
        if note.paragraph is not None:
            counted[note.docname, note.paragraph.id][note.verdict] += 1
    for paragraph in corpus.paragraphs:
        found = counted[paragraph.docname, paragraph.id]
        rows.append(
            [paragraph.name.capitalize(), *(str(found[verdict] or "–") for verdict in Verdict), str(found.total())]
        )
    return [table(("Part", *(str(v) for v in Verdict), "all"), rows)]


def outcome_bar(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The recommendations by outcome, as a bar."""
    found = Counter(advice.outcome for advice in corpus.recommendations)
    parts = tuple((outcome, found[outcome]) for outcome in Outcome if found[outcome])
    said = ", ".join(f"{number} {outcome.shown}" for outcome, number in parts)
    bar = n.bar("", f"{len(corpus.recommendations)} recommendations: {said}.", parts=parts, wide=True)
    return [nodes.paragraph("", "", bar, classes=["brief-summary"])]


def outcomes(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The recommendations at a glance."""
    rows: list[list[Cell]] = [
        [
            str(advice.number),
            worded(advice.outcome),
            reference("recommendation", advice.id, advice.headline),
            advice.addressee,
            dated(advice.as_of),
        ]
        for advice in sorted(corpus.recommendations, key=lambda found: found.number)
    ]
    header = ("No.", "Outcome", "Recommendation", "For", "Latest source")
    return [table(header, rows, title="The recommendations at a glance", classes=("brief-outcomes", "brief-sortable"))]


def outcome_words(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The outcomes with their meaning and number."""
    found = Counter(advice.outcome for advice in corpus.recommendations)
    rows: list[list[Cell]] = [[worded(word), str(found[word]), word.definition] for word in Outcome]
    return [table(("Outcome", "Number", "Meaning"), rows)]


def codes(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The rules: code and level, what must hold, for whose sake, and an example of each side."""
    listing = nodes.definition_list()
    for code in Code:
        rule = code.rule
        term = nodes.term("", "", nodes.literal("", str(code)), nodes.Text(f" – {rule.level}"))
        body = nodes.definition("", nodes.paragraph("", f"{rule.title} {rule.why}"))
        for verb, example in (("Fails:", rule.bad), ("Passes:", rule.good)):
            body += nodes.paragraph("", verb)
            body += nodes.literal_block("", example.strip(), language="none")
        listing += nodes.definition_list_item("", term, body, ids=[f"rule-{code}"])
    return [listing]


def coverage(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """What is checked by which rule, and what is left to people."""
    rows: list[list[Cell]] = [
        [row.what, joined(nodes.literal("", str(code)) for code in row.rules), row.people] for row in load_coverage()
    ]
    return [table(("What holds", "Checked by the rules", "Checked by no machine"), rows)]


def options(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The options of the directive that *argument* names."""
    if argument not in RECORD_DIRECTIVES:
        raise CollectError(f"there is no directive ‘{argument}’; there are {', '.join(RECORD_DIRECTIVES)}")
    spec = RECORD_DIRECTIVES[argument].spec
    rows: list[list[Cell]] = [
        [nodes.literal("", f":{name}:"), "yes" if option.required else "", option.help] for name, option in spec.items()
    ]
    return [table((f"Option of {argument}", "Needed", "Value"), rows)]


def entry_types(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The closed list of entry types of ``refs.bib``."""
    return [nodes.paragraph("", "", *joined(nodes.literal("", f"@{kind}") for kind in TYPES))]


def membership_matrix(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """Who belongs to what, and since when: a row a state, a column a body.

    The states of *argument* (ISO 3166-1 codes) come first, in its order; the others follow by name.
    """
    bodies = corpus.memberships
    found = {code for body in bodies for code, _ in body.members}
    first = [code for code in argument.split() if code in found]
    states = [*first, *sorted(found - set(first), key=country_name)]
    rows: list[list[Cell]] = []
    for state in states:
        dates = [dict(body.members).get(state) for body in bodies]
        rows.append([country_name(state), *(dated(date) if date else "" for date in dates)])
    header: list[Cell] = ["State", *(reference("membership", body.id, short_name(corpus, body)) for body in bodies)]
    return [table(header, rows, title="Members and dates", classes=["brief-matrix"], stub=True)]


COLLECTORS: dict[str, Callable[[Corpus, str], list[nodes.Node]]] = {
    "status": status,
    "summary": summary,
    "briefs": briefs,
    "findings": findings,
    "timeline": timeline,
    "source-chart": source_chart,
    "sourcing": sourcing,
    "index": card_index,
    "indexes": card_indexes,
    "card-filter": card_filter,
    "source-filter": source_filter,
    "event-filter": event_filter,
    "outcome-bar": outcome_bar,
    "memberships": membership_matrix,
    "map": locator,
    "claims": claims,
    "verdicts": verdict_counts,
    "verdict-terms": verdict_terms,
    "paragraphs": paragraph_counts,
    "grades": grades,
    "owners": owners,
    "outcomes": outcomes,
    "outcome-words": outcome_words,
    "codes": codes,
    "coverage": coverage,
    "entry-types": entry_types,
    "lights": lights,
    "changes": changes,
    "corrections": corrections,
    "withdrawn": withdrawn,
    "options": options,
    "others": works_of_others,
    "notices": notices,
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
            try:
                place += COLLECTORS[name](corpus, argument)
            except CollectError as error:
                logger.warning("no list ‘%s’ can be made: %s", name, error, location=place, type="brief")
        for number in list(self.document.findall(n.count)):
            value = count_of(corpus, number["of"])
            if value is None:
                logger.warning("nothing counts ‘%s’", number["of"], location=number, type="brief")
            number.clear()
            number += nodes.Text("?" if value is None else f"{value:,}")
        add_where_used(self.document, corpus)
        list_sources(self.document, corpus)
