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


class source_list(nodes.bullet_list):
    """The bibliography, as a real list."""


class source_item(nodes.list_item):
    """One source with its grade and the notes that use it; ``key`` is its key in refs.bib."""


class problem(nodes.Invisible, nodes.Element):
    """Carries a :class:`~annotated_brief.diagnostics.Diagnostic` from the markup to the domain."""


NODES: tuple[type[nodes.Element], ...] = (
    passage,
    passage_number,
    mark,
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
    quotation,
    quotation_block,
    foreign,
    key_points,
    collected,
    count,
    source_list,
    source_item,
)
