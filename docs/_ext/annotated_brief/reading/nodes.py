"""Document nodes of the edition.

Each subclasses the nearest docutils node, so that a builder which knows nothing of the edition still prints
all the text. ``NODES`` lists them with the name under which writers find their visitors.
"""

from __future__ import annotations

from docutils import nodes


class passage(nodes.container):
    """A restated paragraph with the annotations that belong to it, in this order."""


class passage_number(nodes.inline):
    """The number of a restated paragraph, first child of the paragraph."""


class mark(nodes.inline):
    """Words of ours that an annotation hangs on; ``annotation`` is its id."""


class original(nodes.container):
    """The author's paragraph beside its restatement, in the facing edition alone; ``lang`` is its language."""


class original_words(nodes.inline):
    """Words of the author that an annotation is about; ``annotation`` is its id."""


class annotation_group(nodes.container):
    """The annotations of one passage."""


class annotation(nodes.container):
    """One annotation: head, claim, note, evidence and dates; ``fields`` holds its record."""


class annotation_head(nodes.paragraph):
    """Number, verdict and headline of an annotation."""


class annotation_body(nodes.container):
    """What opens when an annotation is opened: claim, note, evidence and dates."""


class annotation_number(nodes.inline):
    """The number of an annotation, filled in by pairing."""


class verdict_label(nodes.inline):
    """A verdict as symbol and word; ``verdict`` is the word."""


class headline(nodes.strong):
    """A headline: the finding in a few words."""


class labelled(nodes.paragraph):
    """A line that begins with a small label: claim, evidence, dates, where used; ``kind`` names it."""


class line_label(nodes.inline):
    """The small label at the start of a line."""


class card(nodes.container):
    """A card of the glossary."""


class card_head(nodes.paragraph):
    """Name and abbreviation on a card."""


class card_names(nodes.paragraph):
    """Names of a card in other languages."""


class actor(nodes.container):
    """A party to events of the timeline."""


class event(nodes.container):
    """A dated event."""


class event_date(nodes.inline):
    """A date in words; ``edtf`` holds it for machines."""


class recommendation(nodes.container):
    """A recommendation and its outcome."""


class membership(nodes.container):
    """What the sources say of the members of a body."""


class quotation(nodes.inline):
    """Words quoted from a source, in its language, without quotation marks."""


class quotation_block(nodes.block_quote):
    """A displayed quotation with language and source."""


class foreign(nodes.inline):
    """A word or name in another language (``lang``)."""


class key_points(nodes.container):
    """The box of key points."""


class collected(nodes.container):
    """A place that is filled from the records of the whole set; ``collect`` says with what."""


class count(nodes.inline):
    """A number that is computed from the records; ``of`` says which."""


class bar(nodes.inline):
    """A bar of words and their numbers; ``parts`` holds the pairs, the text says the same; ``wide`` takes all room."""


class overview(nodes.container):
    """The map of a brief and what its reader may choose to see; a site folds it where the screen is narrow."""


class modes(nodes.comment):
    """The reader's choice of what a site shows: reading modes and verdicts; ``verdicts`` holds their numbers."""


class narrowing(nodes.comment):
    """A form that narrows a list of a site.

    ``of`` selects the items (CSS); ``choices`` holds a label and pairs of style class and title for each menu.
    """


class chart(nodes.container):
    """A chart, as a Vega-Lite specification (``spec``).

    ``title`` names it, ``origin`` says in a sentence where it is from, ``alt`` what it shows.
    """


class disclosure(nodes.container):
    """What opens on demand on a screen and is left out on paper: a table of what a chart shows; ``title`` names it."""


class citing(nodes.container):
    """How to cite the ``note``, for the site.

    ``files`` holds title and path, below the site, of each form; ``base`` the address below which pages are cited.
    """


class preview(nodes.container):
    """What a site shows beside a link before it is followed."""


class preview_name(nodes.inline):
    """The first line of a preview, a link to ``uri``."""


class source_list(nodes.bullet_list):
    """The bibliography, as a real list."""


class source_item(nodes.list_item):
    """One source with its grade and the notes that use it; ``key`` is its key in refs.bib."""


class problem(nodes.Invisible, nodes.Element):
    """Carries a :class:`~annotated_brief.diagnostics.Diagnostic` from the markup to the domain."""


RECORDS: dict[type[nodes.Element], str] = {  # the nodes that show a record, and its kind
    passage: "paragraph",
    annotation: "annotation",
    card: "term",
    actor: "actor",
    event: "event",
    recommendation: "recommendation",
    membership: "membership",
    source_item: "source",
}

NODES: tuple[type[nodes.Element], ...] = (
    passage,
    passage_number,
    mark,
    original,
    original_words,
    annotation_group,
    annotation,
    annotation_head,
    annotation_body,
    annotation_number,
    verdict_label,
    headline,
    labelled,
    line_label,
    card,
    card_head,
    card_names,
    actor,
    event,
    event_date,
    recommendation,
    membership,
    quotation,
    quotation_block,
    foreign,
    key_points,
    collected,
    count,
    bar,
    overview,
    modes,
    narrowing,
    chart,
    disclosure,
    citing,
    preview,
    preview_name,
    source_list,
    source_item,
)


def record_of(node: nodes.Node) -> tuple[str, str] | None:
    """Return kind and id of the record that *node* shows, or None; the id of a paragraph with its page, for each brief has a ¶1."""
    if not isinstance(node, nodes.Element) or type(node) not in RECORDS:
        return None
    kind = RECORDS[type(node)]
    if kind == "paragraph":
        return kind, f"{node['docname']}#{node['ids'][0]}"
    return kind, str(node["key"] if kind == "source" else node["ids"][0])
