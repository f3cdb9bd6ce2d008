"""Small editions made in memory, with any text in every field that holds one."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from annotated_brief.exports.site import Site
from annotated_brief.model.corpus import Corpus
from annotated_brief.model.dates import parse_edtf
from annotated_brief.model.imprint import Imprint, PersonName
from annotated_brief.model.records import (
    Actor,
    Annotation,
    Brief,
    CitationItem,
    Event,
    Form,
    Location,
    Membership,
    Name,
    Paragraph,
    Recommendation,
    Source,
    Term,
    Work,
)
from annotated_brief.model.vocabulary import (
    ActorKind,
    Attribution,
    CardKind,
    Grade,
    Lane,
    Outcome,
    Owner,
    Verdict,
)

HERE = Location(path="docs/index.md", line=1)
PAGE = "briefs/one/index"
SITE = Site(name="An edition", base="https://example.org/")
NASTY = (
    "\"double\" 'single' `back` ‘curly’ “curly” «guillemets»",
    "<b>angle</b> & ampersand &amp; ]]> <!-- -->",
    "Қазақстан, Ыңғайлы; Ёлка – тире — …",
    "two\nlines\r\nand\ttabs\rand more",
    "emoji 😀 👩‍🔬 and 中文",
    "control \x00\x01\x07\x0b\x0c\x1b\x1f\x7f\x85\u2028\u2029\ufeff\ufffe end",
    "\\textbf{TeX} $x_1^2$ {open }close %100 #1 ~tilde @at a--b ,,c",
    "{{{ unbalanced",
    "}} unbalanced",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1+1",
    "\t=1+1",
    "TY  - JOUR",
    "ER  - ",
    "END:VCALENDAR",
    "\"\"\" ''' ^^<x> @en .",
    "*rst* `role` |sub| word_ :field: .. note::",
    ",;:|",
    "x",
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: bool(text.split()))


def edition(texts: Sequence[str]) -> Corpus:
    """Return an edition with a record of each kind for each of *texts*, which stands wherever a record holds text."""
    marks = [f"* {squeezed(text)} *" for text in texts]
    starts = [sum(map(len, marks[:index])) + 2 for index in range(len(marks))]
    paragraph = Paragraph(id="p1", number=1, label="1", docname=PAGE, text="".join(marks), location=HERE)
    work = Work(
        title=texts[0],
        author=texts[0],
        issued="2014-10-29",
        container=texts[0],
        urls=("https://example.org/article",),
        lang="en",
        paragraphs=1,
        regions=(),
        salt="",
        windows=frozenset(),
        exceptions=(),
        seals=(),
        location=HERE,
    )
    return Corpus(
        briefs=(Brief(slug="one", docname=PAGE, title=texts[0], work=work),),
        paragraphs=(paragraph,),
        annotations=tuple(
            note(index, text, paragraph, start) for index, (text, start) in enumerate(zip(texts, starts, strict=True))
        ),
        sources=tuple(source(index, text) for index, text in enumerate(texts)),
        terms=tuple(term(index, text) for index, text in enumerate(texts)),
        actors=tuple(actor(index, text) for index, text in enumerate(texts)),
        events=tuple(event(index, text) for index, text in enumerate(texts)),
        recommendations=tuple(advice(index, text) for index, text in enumerate(texts)),
        memberships=tuple(membership(index, text) for index, text in enumerate(texts)),
    )


def squeezed(text: str) -> str:
    """Return *text* on one line, as paragraphs and formats made of lines have it."""
    return " ".join(text.split())


def note(index: int, text: str, paragraph: Paragraph, start: int) -> Annotation:
    return Annotation(
        id=f"note-{index}",
        number=f"1.{index + 1}",
        docname=PAGE,
        paragraph=paragraph,
        headline=text,
        claim=text,
        source_words=text,
        mark=squeezed(text),
        start=start,
        verdict=Verdict.CORRECTED,
        evidence=(CitationItem(id=f"source{index}", locator=text),),
        as_of=parse_edtf("2014"),
        checked=parse_edtf("2026-11-23"),
        review_by=parse_edtf("2028-11-23"),
        see=("note-0",) if index else (),
        text=text,
        links=(f"term-{index}",),
        location=HERE,
    )


def source(index: int, text: str) -> Source:
    imprint = Imprint(
        authors=(PersonName(family=text, given=text), PersonName(family=text)),
        editors=(PersonName(family=text),),
        container=text,
        publisher=text,
        place=text,
        volume=text,
        number=text,
        pages=text,
        genre=text,
        title_en=text,
    )
    return Source(
        id=f"source{index}",
        type=("article", "online", "techreport", "phdthesis", "misc", "book", "incollection")[index % 7],
        label=f"Label {index}",
        title=text,
        title_latin=text,
        authors=(text,),
        publisher=text,
        date=("2014-08-29", "2014-08~", "2014", "")[index % 4],
        url="https://example.org/?a=1&b={2}|3",
        doi="10.1000/1_2",
        note=text,
        lang="ru",
        grade=Grade.PRESS,
        country="KZ",
        owner=Owner.PRIVATE,
        seen=True,
        read="2026-11",
        imprint=imprint,
        location=HERE,
    )


def term(index: int, text: str) -> Term:
    return Term(
        id=f"term-{index}",
        docname="glossary",
        name=text,
        abbreviation=text,
        kind=tuple(CardKind)[index % len(CardKind)],
        forms=(Form(text=text),),
        names=(
            Name(lang="ru", text=text, abbreviation=text, transliteration=text),
            Name(lang="kk", text=text),
        ),
        valid=parse_edtf("1992~/.."),
        successor="term-0" if index else "",
        sources=(CitationItem(id=f"source{index}"),),
        text=text,
        location=HERE,
    )


def actor(index: int, text: str) -> Actor:
    return Actor(
        id=f"actor-{index}",
        docname="timeline",
        name=text,
        kind=tuple(ActorKind)[index % len(ActorKind)],
        lane=Lane.RUSSIA,
        term="",
        location=HERE,
    )


DATES = ("2014-08-29", "2014-08", "2014~", "2014-08-29/2014-09-02", "1992/..", "../2012", "2012-04?/2013")


def event(index: int, text: str) -> Event:
    return Event(
        id=f"event-{index}",
        docname="timeline",
        date=parse_edtf(DATES[index % len(DATES)]),
        actors=(f"actor-{index}",),
        sources=(CitationItem(id=f"source{index}", locator=text),),
        annotations=(f"note-{index}",),
        text=text,
        location=HERE,
    )


def advice(index: int, text: str) -> Recommendation:
    return Recommendation(
        id=f"advice-{index}",
        docname="scorecard",
        number=index + 1,
        headline=text,
        paragraph=1,
        addressee=text,
        attributed=Attribution.ARTICLE,
        outcome=Outcome.DONE,
        as_of=parse_edtf("2025-04"),
        sources=(CitationItem(id=f"source{index}"),),
        annotations=(f"note-{index}",),
        text=text,
        location=HERE,
    )


def membership(index: int, text: str) -> Membership:
    return Membership(
        id=f"members-{index}",
        docname="memberships",
        body=f"term-{index}",
        members=(("KZ", parse_edtf("1992")), ("UZ", parse_edtf("../2012"))),
        sources=(CitationItem(id=f"source{index}"),),
        text=text,
        location=HERE,
    )
