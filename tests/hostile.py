"""Bad input for writers: text that means something to XML, CSS, URLs, Markdown or Typst, and far too much of everything."""

from __future__ import annotations

import re

TEXTS = {
    "XML": "</p></body><!-- --> <![CDATA[ ]]> &amp; &lt; & < > ' \" <?x ?> &#0; &nbsp;",
    "Typst": "#panic() $x$ *b* _i_ <label> @ref \\ `raw` // comment /* this */ ~ -- --- = + - 1.",
    "templates": "{{ config }} {% raw %} {# no #} ${x} %(name)s %s",
    "right to left": "שלום עולם – السلام عليكم \u200f(123)\u200f",
    "emoji": "👩‍👩‍👧‍👦 🇰🇿 ☂️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "other planes": "𓅓 𝔸 𠀀 ﷽",
    "one word": "Q" + "a" * 398 + "z",
    "blanks": "a\N{NO-BREAK SPACE}b\N{ZERO WIDTH SPACE}c\N{SOFT HYPHEN}d\N{WORD JOINER}e",
    "controls": "bell\x07 escape\x1b del\x7f no\ufffe",
}


def escaped(text: str) -> str:
    """*text* as Markdown that says just that."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def quoted(text: str) -> str:
    """*text* as the value of an option."""
    return "'" + text.replace("'", "''") + "'"


def annotation(name: str, text: str, headline: str = "A finding") -> str:
    """An annotation with *text* in every field that takes words."""
    return (
        f":::{{annotation}} {name}\n:headline: {quoted(headline)}\n:claim: {quoted(text)}\n:source-words: {quoted(text)}\n"
        f":verdict: unverified\n:as-of: 1902\n:checked: 2026-11-23\n\n{escaped(text)}\n:::\n"
    )


def card(name: str, text: str) -> str:
    """A card with *text* in every field that takes words."""
    return (
        f":::{{term}} {name}\n:name: {quoted(text)}\n:abbreviation: {quoted(text)}\n:kind: body\n:name-ru: {quoted(text)}\n"
        f":translit-ru: {quoted(text)}\n\n{escaped(text)}\n:::\n"
    )


def event(name: str, text: str) -> str:
    """An event that says *text*."""
    return f":::{{event}} {name}\n:date: 1901-05-04\n:sources: ledger1902\n\n{escaped(text)}\n:::\n"


def source(name: str, text: str) -> str:
    """A source with *text* in its fields; braces, backslashes and per cent signs belong to BibTeX."""
    plain = re.sub(r"[{}\\%#$~^]", "", text)
    fields = {"title": plain, "publisher": plain, "note": plain, "year": "1902", "date": "1902", "langid": "en"}
    fields |= {"x-grade": "primary", "x-country": "GB", "x-owner": "state", "x-seen": "no"}
    return f"@book{{{name},\n" + "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items()) + "}\n"


def brief() -> str:
    """A brief with all of that in every field, 200 notes on one paragraph, one of 3,000 words, and a table of 24 columns."""
    names = [f"note-{number}" for number in range(200)]
    notes = dict.fromkeys(names, "Words.")
    notes |= dict(zip(names, TEXTS.values(), strict=False))
    notes["note-199"] = " ".join(f"word{number}" for number in range(3000))
    marks = " ".join(f"{{mark}}`words {number} <{name}>`" for number, name in enumerate(names))
    cells = [f"column{number}" for number in range(24)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (cells, ["---"] * 24, [f"{cell}cell" for cell in cells]))
    return (
        f"# The harbour {escaped(TEXTS['XML'])}\n\n{{#p1}}\nA paragraph: {marks}\n\n"
        + "\n".join(annotation(name, text) for name, text in notes.items())
        + f"\n{table}\n"
    )


def files(conf: str) -> dict[str, str]:
    """The files of the base project with all of that in them; *conf* is its ``conf.py``."""
    sources = {f"hostile{number}": text for number, text in enumerate(TEXTS.values())}
    return {
        "docs/conf.py": f"{conf}smartquotes = False\nauthor = copyright = release = {' '.join(TEXTS.values())!r}\n",
        "docs/briefs/sample/index.md": brief(),
        "docs/glossary.md": "# Glossary\n\n"
        + "\n".join(card(f"card-{number}", text) for number, text in enumerate(TEXTS.values()))
        + card("port-board", "Port"),
        "docs/timeline.md": "# Timeline\n\n"
        + "\n".join(event(f"event-{number}", text) for number, text in enumerate(TEXTS.values()))
        + ":::{collect} timeline 1890/1910\n:::\n",
        "refs.bib": "".join(source(name, text) for name, text in sources.items()) + source("ledger1902", "Accounts"),
    }
