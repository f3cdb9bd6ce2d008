"""Where the sources come from: their grades, owners, countries, languages and years, and what their addresses answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from docutils import nodes

from ..model.corpus import Corpus
from ..model.records import Source
from ..model.sourcing import Profile, author_of, evidence_of, profile_of
from ..model.vocabulary import Described, Grade, Light, Owner
from ..reading import nodes as n
from .build import Cell, CollectError, table, worded
from .charts import bars
from .names import country_name, language_name

_FIRST, _EARLIER, _UNDATED = "2010", "before 2010", "undated"
_MOST = 12  # bars of a chart; what is rarer is told together


def _words(words: type[Described], values: Iterable[str], heading: str) -> nodes.table:
    """Return a word list with the number of sources for each word."""
    found = Counter(values)
    rows = [[str(word), str(found[word]), word.definition] for word in words]
    return table((heading, "Sources", "Meaning"), rows)


def grades(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The evidence grades and the number of sources of each."""
    return [_words(Grade, (source.grade for source in corpus.sources), "Grade")]


def owners(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The kinds of owner and the number of sources of each."""
    return [_words(Owner, (source.owner for source in corpus.sources), "Owner")]


def lights(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """What became of the addresses of the sources, with the number of each."""
    addresses = {source.url for source in corpus.sources if source.url}
    found = Counter(
        corpus.link_by_url[url].light if url in corpus.link_by_url else Light.NOT_CHECKED for url in addresses
    )
    rows: list[list[Cell]] = [[worded(light), str(found[light]), light.definition] for light in Light]
    return [table(("Light", "Addresses", "Meaning"), rows)]


def source_chart(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The number of sources by *argument*: grade, country, language or year; as bars, and as a table."""
    if argument not in _FACETS:
        raise CollectError(f"sources have no ‘{argument}’; write {', '.join(_FACETS)}")
    of = _FACETS[argument]
    found = Counter(of(source) for source in corpus.sources)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    if argument == "year":
        ranked = [(year, found[year]) for year in years(corpus)]
    if argument == "grade":
        ranked = [(str(grade), found[str(grade)]) for grade in Grade]
    shown = ranked
    if argument in {"country", "language"} and len(ranked) > _MOST:
        rest = sum(number for _, number in ranked[_MOST:])
        shown = [*ranked[:_MOST], (f"{len(ranked) - _MOST} others", rest)]
    said = ", ".join(f"{label} {number}" for label, number in shown)
    rows: list[list[Cell]] = [[label, str(number)] for label, number in ranked]
    return [
        n.chart(
            "",
            spec=bars(shown, what="sources"),
            alt=f"Sources by {argument}: {said}",
            title=f"Sources by {argument}",
            origin="Counted from the list below.",
            classes=["brief-bars"],
        ),
        n.disclosure("", table((argument.capitalize(), "Sources"), rows), title=f"Sources by {argument} as a table"),
    ]


def _year(source: Source) -> str:
    """Return the year of *source*; those before 2010 and the undated ones are told together."""
    year = source.date[:4]
    if not year.isdigit():
        return _UNDATED
    return year if year >= _FIRST else _EARLIER


def years(corpus: Corpus) -> list[str]:
    """Return the years of the sources in their order: the early ones first, the undated ones last."""
    order = {_EARLIER: 0, _UNDATED: 2}
    return sorted({_year(source) for source in corpus.sources}, key=lambda year: (order.get(year, 1), year))


_FACETS: dict[str, Callable[[Source], str]] = {
    "grade": lambda source: str(source.grade),
    "country": lambda source: country_name(source.country),
    "language": lambda source: language_name(source.lang),
    "year": _year,
}


def sourcing(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """How the notes rest on their sources: how many on none, on one, on interested parties alone, on several voices.

    As bars, and as a table that says what each bar means.
    """
    profiles = [profile_of(evidence_of(corpus, note), author_of(corpus, note)) for note in corpus.annotations]
    counted = [(short, long, sum(map(holds, profiles))) for short, long, holds in _MAKE_UPS]
    return [
        n.chart(
            "",
            spec=bars([(short, number) for short, _, number in counted], what="notes"),
            alt="What the notes rest on: " + ", ".join(f"{long} {number}" for _, long, number in counted),
            title="What the notes rest on",
            origin=f"Counted from the evidence of the {len(profiles)} notes.",
        ),
        table(("Bar", "A note rests on", "Notes"), ([short, long, str(number)] for short, long, number in counted)),
    ]


_MAKE_UPS: tuple[tuple[str, str, Callable[[Profile], bool]], ...] = (
    (
        "independent voices",
        "several voices, one or more without a stake",
        lambda p: p.voices > 1 and p.disinterested > 0,
    ),
    ("interested voices", "several voices, all of them interested parties", lambda p: p.voices > 1 and p.is_interested),
    ("one voice", "one voice in more than one source", lambda p: p.voices == 1 and not p.hangs_on_one),
    ("one source", "one source alone", lambda p: p.hangs_on_one),
    ("no source", "no source found", lambda p: not p.sources),
)


def source_filter(corpus: Corpus, argument: str) -> list[nodes.Node]:
    """The form that narrows the bibliography by words, grade, country, language and year."""
    menus: list[tuple[str, list[tuple[str, str]]]] = [("Grade", [(f"grade-{grade}", str(grade)) for grade in Grade])]
    for label, prefix, values, name in (
        ("Country", "from", {source.country for source in corpus.sources}, country_name),
        ("Language", "in", {source.lang for source in corpus.sources}, language_name),
    ):
        menus.append(
            (label, sorted(((f"{prefix}-{value}", name(value)) for value in values), key=lambda item: item[1]))
        )
    menus.append(("Year", [(_year_class(year), year) for year in years(corpus)]))
    return [n.narrowing("", of=".brief-source", choices=menus)]


def _year_class(year: str) -> str:
    """Return the style class of the sources of a *year*."""
    return f"year-{year.replace(' ', '-')}"


def source_classes(source: Source) -> list[str]:
    """Return the style classes by which :func:`source_filter` finds *source*."""
    return [f"grade-{source.grade}", f"from-{source.country}", f"in-{source.lang}", _year_class(_year(source))]
