"""A synthetic edition as the files of each tool: one function a tool, from an edition to texts by path.

For ours the pages that every edition has are there; the peers get the same briefs, glossary and sources, in the markup that
each has for notes, links to terms, and links to sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotated_brief.commands.lock_work import lock_of, to_yaml
from annotated_brief.drafting.brief import work_facts
from annotated_brief.model.article import find_words
from annotated_brief.model.records import Seal
from annotated_brief.model.text import digest, fold, seal
from synthetic import Brief, Card, Edition, Note, Source, cited_in, numbered

Files = dict[str, str]
AS_OF, CHECKED = "1980-05-04", "2026-11-23"
SALT = "Synthetic"  # the locks of a set share it

OUR_CONF = """\
project = "Synthetic"
author = copyright = "Nobody"
extensions = ["annotated_brief"]
exclude_patterns = ["_ext"]
primary_domain = "brief"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
smartquotes = False
bibtex_bibfiles = ["../refs.bib"]
bibtex_default_style = bibtex_reference_style = "brief"
bibtex_cite_id = "source-{key}"
bibtex_tooltips = False
html_theme = "annotated-brief"
html_copy_source = False
html_use_index = False
brief_records = False
"""
PLAIN_CONF = """\
project = "Synthetic"
author = copyright = "Nobody"
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
smartquotes = False
html_theme = "alabaster"
html_copy_source = False
html_use_index = False
"""
NEEDS_CONF = (
    PLAIN_CONF.replace('["myst_parser"]', '["myst_parser", "sphinx_needs"]')
    + """\
needs_id_regex = "^[a-z][a-z0-9-]*$"
needs_types = [{"directive": "claim", "title": "Claim", "prefix": "", "color": "#ffffff", "style": "node"}]
needs_fields = {name: {"schema": {"type": "string"}} for name in ("claim", "source_words", "as_of", "checked")}
"""
)
MKDOCS_CONF = """\
site_name: Synthetic
theme:
  name: material
  font: false
markdown_extensions: [admonition, attr_list]
plugins: [search]
"""
MYST_CONF = """\
version: 1
project:
  title: Synthetic
site:
  template: ./theme
"""


def to_ours(edition: Edition) -> Files:
    """Return the edition as this project writes it, each brief with the lock of its article."""
    contents = "\n".join(f"briefs/{brief.slug}/index" for brief in edition.briefs)
    listed = ":::{collect} briefs\n:::\n\n" if len(edition.briefs) > 1 else ""
    files = {
        "pyproject.toml": "",  # what `brief` knows a project by
        "docs/conf.py": OUR_CONF,
        "docs/index.md": "# Synthetic\n\n{count}`annotations` notes.\n\n"
        f"{listed}```{{toctree}}\n{contents}\nclaims\nglossary\nsources\n```\n",
        "docs/claims.md": "# Claims\n\n:::{collect} verdicts\n:::\n\n:::{collect} claims\n:::\n",
        "docs/glossary.md": "# Glossary\n\n" + "\n".join(map(_our_card, edition.cards)),
        "docs/sources.md": "# Sources\n\n```{bibliography}\n:all:\n```\n",
        "refs.bib": "".join(map(_entry, edition.sources)),
    }
    for brief in edition.briefs:
        files[f"docs/briefs/{brief.slug}/index.md"] = _our_brief(brief, names_of(edition))
        files[f"docs/briefs/{brief.slug}/work.yml"] = _lock(brief)
    return files


def names_of(edition: Edition) -> dict[str, str]:
    """Return the name of each card by its id."""
    return {card.id: card.name for card in edition.cards}


def _our_card(card: Card) -> str:
    return (
        f":::{{term}} {card.id}\n:name: {card.name}\n:kind: body\n:forms: {card.name}\n:sources: {card.source}\n\n"
        f"{card.text}\n:::\n"
    )


def _entry(source: Source) -> str:
    return (
        f"@book{{{source.key}, title = {{{source.title}}}, author = {{{source.author}, A.}}, year = {{{source.year}}}, "
        f"date = {{{source.year}}}, publisher = {{Press}}, url = {{https://example.org/{source.key}}}, langid = {{en}}, "
        "x-grade = {primary}, x-country = {GB}, x-owner = {private}, x-seen = {no}}\n"
    )


def _our_brief(brief: Brief, names: dict[str, str]) -> str:
    parts = [f"# {brief.title}\n"]
    for paragraph, notes in numbered(brief):
        body = restated(paragraph.sentences, [(note.mark, note.id) for _, note in notes], "{{mark}}`{0} <{1}>`")
        parts.append(f"{{#{paragraph.id}}}\n{body}\n{linked(paragraph.cards, names, '{{term}}`{0} <{1}>`')}\n")
        parts += [_our_note(place, note) for place, note in notes]
    return "\n".join(parts)


def restated(sentences: Iterable[str], marks: Iterable[tuple[str, str]], pattern: str) -> str:
    """Return the sentences, each begun by a mark, which *pattern* writes."""
    pairs = zip(marks, sentences, strict=True)
    return "\n".join(f"{pattern.format(*mark)} {sentence}" for mark, sentence in pairs)


def linked(cards: Iterable[str], names: dict[str, str], pattern: str) -> str:
    """Return the names of *cards* in a row, each as *pattern* writes a link."""
    return ", ".join(pattern.format(names[card], card) for card in cards) + "."


def _our_note(place: int, note: Note) -> str:
    cited = cited_in(place, note)
    more = f" {{source}}`{cited}, p. 2`" if cited else ""
    return (
        f":::{{annotation}} {note.id}\n:headline: {note.headline}\n:claim: {note.claim}\n:source-words: {note.source_words}\n"
        f":verdict: {note.verdict}\n:evidence: {'; '.join(note.evidence)}\n:as-of: {AS_OF}\n:checked: {CHECKED}\n"
        f":see: {note.see}\n\n{note.text}{more}\n:::\n"
    )


def _lock(brief: Brief) -> str:
    """Return the work lock of the brief: the regions of its article, and a seal for each note."""
    regions = {paragraph.id: fold(paragraph.article) for paragraph in brief.paragraphs} | {"outside": fold(brief.title)}
    data = {**work_facts(brief.title, "Nobody", "1980", "", "https://example.org/", "en", len(brief.paragraphs))}
    data["container"] = "Synthetic"
    seals: dict[str, Seal] = {}
    for paragraph in brief.paragraphs:
        for note in paragraph.notes:
            text = regions[paragraph.id]
            (offset,) = find_words(text, note.source_words)
            hashed = seal(digest(text), offset, note.source_words)
            seals[note.id] = Seal(region=paragraph.id, offset=offset, hash=hashed)
    lock = lock_of(regions, SALT, ())
    lock["seals"] = {key: {"region": one.region, "offset": one.offset, "hash": one.hash} for key, one in seals.items()}
    return to_yaml({**data, "lock": lock})


def facts(place: int, note: Note, to_source: str, to_note: str) -> list[str]:
    """Return what stands in a note of a tool that has no fields for it, line by line; the patterns write links."""
    evidence = "; ".join(to_source.format(key) for key in note.evidence)
    cited = cited_in(place, note)
    return [
        f"The article says: {note.claim}. Its words: {note.source_words}. Verdict: {note.verdict}.",
        "",
        note.text + (f" {to_source.format(cited)}, p. 2" if cited else ""),
        "",
        f"Sources: {evidence}. See also: {to_note.format(note.see)}. As of {AS_OF}, checked {CHECKED}.",
    ]


def _peer_myst(
    edition: Edition,
    conf: tuple[str, str],
    note: Callable[[int, Note], str],
    *,
    mark: str = "[{0}](#{1})",
    listed: bool = True,
) -> Files:
    """Return the edition in MyST; *conf* is path and text of the settings, *note* and *mark* write one of each."""
    names = names_of(edition)
    pages = [f"briefs/{brief.slug}/index" for brief in edition.briefs]
    contents = "```{toctree}\n" + "\n".join([*pages, "glossary", "sources"]) + "\n```\n" if listed else ""
    cards = "".join(f"({card.id})=\n## {card.name}\n\n{card.text} [](#{card.source})\n\n" for card in edition.cards)
    files = {
        conf[0]: conf[1],
        "index.md": f"# Synthetic\n\n{contents}",
        "glossary.md": f"# Glossary\n\n{cards}",
        "sources.md": "# Sources\n\n" + "".join(map(_plain_source, edition.sources)),
    }
    for brief in edition.briefs:
        parts = [f"# {brief.title}\n"]
        for paragraph, notes in numbered(brief):
            marks = [(one.mark, one.id) for _, one in notes]
            body = restated(paragraph.sentences, marks, mark)
            parts.append(f"({brief.slug}-{paragraph.id})=\n{body}\n{linked(paragraph.cards, names, '[{0}](#{1})')}\n")
            parts += [note(place, one) for place, one in notes]
        files[f"briefs/{brief.slug}/index.md"] = "\n".join(parts)
    return files


def _plain_source(source: Source) -> str:
    return (
        f"({source.key})=\n## {source.author} {source.year}\n\n{source.author}, A. *{source.title}*. Press, {source.year}. "
        f"<https://example.org/{source.key}>\n\n"
    )


def _boxed(place: int, note: Note) -> str:
    body = "\n".join(facts(place, note, "[{0}](#{0})", "[see](#{0})"))
    return f":::{{admonition}} {note.headline}\n:name: {note.id}\n\n{body}\n:::\n"


def to_plain(edition: Edition) -> Files:
    """Return the edition for Sphinx and MyST without any extension: notes are admonitions, links are links."""
    return _peer_myst(edition, ("conf.py", PLAIN_CONF), _boxed)


def _need(place: int, note: Note) -> str:
    evidence = "; ".join(f"[{key}](#{key})" for key in note.evidence)
    cited = cited_in(place, note)
    more = f" [{cited}](#{cited}), p. 2" if cited else ""
    return (
        f":::{{claim}} {note.headline}\n:id: {note.id}\n:status: {note.verdict}\n:links: {note.see}\n:claim: {note.claim}\n"
        f":source_words: {note.source_words}\n:as_of: {AS_OF}\n:checked: {CHECKED}\n\n{note.text}{more}\n\n"
        f"Sources: {evidence}\n:::\n"
    )


def to_needs(edition: Edition) -> Files:
    """Return the edition for Sphinx and sphinx-needs: one need a note."""
    return _peer_myst(edition, ("conf.py", NEEDS_CONF), _need, mark="{{need}}`{0} <{1}>`")


def to_mystmd(edition: Edition) -> Files:
    """Return the edition for mystmd, with a theme that is empty: its own are fetched from a server, not a registry."""
    theme = {
        "theme/template.yml": "jtex: v1\ntitle: none\n",
        "theme/package.json": '{"name": "none", "version": "1.0.0"}',
    }
    return _peer_myst(edition, ("myst.yml", MYST_CONF), _boxed, listed=False) | theme


def to_mkdocs(edition: Edition) -> Files:
    """Return the edition for Material for MkDocs: notes are admonitions, links go to anchors of pages."""
    names = names_of(edition)
    files = {
        "mkdocs.yml": MKDOCS_CONF,
        "docs/index.md": "# Synthetic\n",
        "docs/glossary.md": "# Glossary\n\n"
        + "".join(
            f"## {card.name} {{#{card.id}}}\n\n{card.text} [source](sources.md#{card.source})\n\n"
            for card in edition.cards
        ),
        "docs/sources.md": "# Sources\n\n"
        + "".join(
            f"## {source.author} {source.year} {{#{source.key}}}\n\n{source.author}, A. *{source.title}*. Press, "
            f"{source.year}. <https://example.org/{source.key}>\n\n"
            for source in edition.sources
        ),
    }
    for brief in edition.briefs:
        parts = [f"# {brief.title}\n"]
        for paragraph, notes in numbered(brief):
            body = restated(paragraph.sentences, [(one.mark, one.id) for _, one in notes], "[{0}](#{1})")
            cards = linked(paragraph.cards, names, "[{0}](../../glossary.md#{1})")
            parts.append(f"{body}\n{cards}\n{{#{paragraph.id}}}\n")
            for place, one in notes:
                lines = facts(place, one, "[{0}](../../sources.md#{0})", "[see](#{0})")
                indented = "\n".join(f"    {line}".rstrip() for line in lines)
                parts.append(f'<a id="{one.id}"></a>\n\n!!! note "{one.headline}"\n\n{indented}\n')
        files[f"docs/briefs/{brief.slug}/index.md"] = "\n".join(parts)
    return files
