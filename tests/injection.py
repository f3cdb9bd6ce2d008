"""Texts that would act if a writer took them for more than text, in every field that holds any.

What acts calls ``breach()`` or asks breach.test: a browser can be asked whether that happened.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from annotated_brief.exports.write import write_bytes, write_text
from conftest import HERE
from hostile import escaped

TEXTS = {
    "script": "<script>breach()</script>",
    "script in a script": "</script><script>breach()</script><!--",
    "handler": '"><img src=x onerror=breach()>',
    "handler in an attribute": "' onfocus='breach()' autofocus x=\"",
    "style": "</style><style>@import'//breach.test/a'</style>",
    "frame": "<iframe srcdoc='<script>breach()</script>'></iframe>",
    "form": "<form action=//breach.test><button>x</button></form>",
    "base": "<base href=//breach.test/><meta http-equiv=refresh>",
    "address": "javascript:breach()",
    "address with data": "data:text/html,<script>breach()</script>",
    "template": "{{ breach() }}{% include '/etc/passwd' %}${breach()}",
    "Typst": '#panic("breach") #read("/etc/passwd") $breach$ *b*',
    "LaTeX": r"\input{/etc/passwd}\write18{breach}\href{x}{y}$x^2$",
    "XML": "<!ENTITY b SYSTEM 'file:///etc/passwd'>&b;]]><?b b?>",
    "formula": '=HYPERLINK("https://breach.test","x")',
    "formula with a sign": "-2+3+cmd|' /C calc'!A0",
    "formula after a sign": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula after a tab": "\t=1+1",
    "line of a calendar": "a\r\nEND:VCALENDAR\r\nATTACH:https://breach.test",
    "line of RIS": "a\r\nER  - \r\nTY  - JOUR\r\nUR  - https://breach.test",
    "field of BibTeX": 'a}, url = {https://breach.test}, note = {"',
    "literal of Turtle": 'a""" . <urn:b> <urn:c> <urn:d> . """',
}
PLAIN = dict.fromkeys(TEXTS, "Words of no harm")

# Markup that an author, or whoever sent a pull request, may write into a page; the second of each pair is its plain like.
MARKUP = (
    ("<script>breach()</script>", "Words"),
    ("Words <b onclick=breach()>in bold</b>, <img src=x onerror=breach()>.", "Words"),
    ("<svg onload=breach()></svg>", "Words"),
    ("<iframe src='javascript:breach()'></iframe>", "Words"),
    ("<style>@import'//breach.test/a';</style>", "Words"),
    ("[a](javascript:breach\\(\\))", "[a](https://example.org)"),
    ("[a](<JaVaScRiPt:breach()>)", "[a](https://example.org)"),
    ("[a](&#106;avascript&colon;breach\\(\\))", "[a](https://example.org)"),
    ("[a](data:text/html,x)", "[a](https://example.org)"),
    ("<javascript:breach()>", "<https://example.org>"),
    ("[a][b]\n\n[b]: javascript:breach()", "[a][b]\n\n[b]: https://example.org"),
    ("[a](https://example.org){onclick='breach()' style='x'}", "[a](https://example.org)"),
    ("{onclick='breach()'}\nWords", "Words"),
    ("```{raw} html\n<script>breach()</script>\n```", "Words"),
    ('```{raw} typst\n#panic("breach")\n```', "Words"),
    ("```{image} dot.png\n:alt: a\n:target: javascript:breach()\n```", "```{image} dot.png\n:alt: a\n:target: https://example.org\n```"),
    ("{quote}`a <ledger1902; en\"onfocus=breach()>`", "{quote}`a <ledger1902; en>`"),
    ("{lang}`a <en\"onfocus=breach()>`", "{lang}`a <en>`"),
    (":::{quotation}\n:source: ledger1902\n:lang: en\"onfocus=breach()\n\nWords\n:::", ":::{quotation}\n:source: ledger1902\n\nWords\n:::"),
    ("```{eval-rst}\n`a <javascript:breach()>`_ and `b <data:text/html,x>`__\n```", "[a](https://example.org)"),
    ("```{eval-rst}\n.. _out: javascript:breach()\n\nout_\n```", "[a](https://example.org)"),
)  # fmt: skip


def value(text: str) -> str:
    """*text* as the value of an option."""
    return json.dumps(text, ensure_ascii=False)


def directive(kind: str, named: str, text: str, /, **options: str) -> str:
    """A directive with a body that says *text*."""
    lines = "".join(f":{option.replace('_', '-')}: {found}\n" for option, found in options.items())
    return f":::{{{kind}}} {named}\n{lines}\n{escaped(' '.join(text.split()))}\n:::\n\n"


def note(number: int, text: str) -> str:
    said = value(text)
    return directive(
        "annotation", f"note-{number}", text, headline=value(text[:60]), claim=said, source_words=value(text[:40]), prefix=said,
        verdict="corrected", evidence=value(f"hostile{number}, {text}"), as_of="1902", checked="2026-11-23", tags=said,
    )  # fmt: skip


def records(texts: list[str]) -> str:
    """Cards, parties, events, recommendations and memberships, each with one of *texts* in all its fields."""
    found = ""
    for number, text in enumerate(texts):
        said, cited = value(text), value(f"hostile{number}, {text}")
        found += directive(
            "term", f"card-{number}", text, name=said, abbreviation=said, kind="body", forms=said, name_ru=said,
            translit_ru=said, abbreviation_ru=said, sources=cited,
        )  # fmt: skip
        found += f":::{{actor}} actor-{number}\n:name: {said}\n:kind: group\n:lane: institutions\n:::\n\n"
        found += directive(
            "event", f"event-{number}", text, date="1901-05-04", actors=f"actor-{number}", sources=cited,
            annotations=f"note-{number}",
        )  # fmt: skip
        found += directive(
            "recommendation", f"advice-{number}", text, number=str(number + 1), headline=value(text[:60]), paragraph="1",
            addressee=said, attributed="article", outcome="done", as_of="1902", sources=cited, annotations=f"note-{number}",
        )  # fmt: skip
        found += directive(
            "membership", f"members-{number}", text, body=f"card-{number}", members="KZ 1901", sources=cited
        )
    return found


def bib(text: str) -> str:
    """*text* as it may stand in a field of BibTeX: on one line, with as many braces that open as close before."""
    depth, found = 0, ""
    for character in " ".join(text.split()).replace("\\%", "%").replace("%", "\\%"):
        depth += (character == "{") - (character == "}")
        found += "(" if depth < 0 else character
        depth = max(depth, 0)
    return found + "}" * depth


def source(number: int, text: str, address: str) -> str:
    said = bib(text)
    fields = dict.fromkeys(
        ("title", "journal", "publisher", "address", "volume", "number", "pages", "type", "note", "x-title-latin", "x-title-en"),
        said,
    )  # fmt: skip
    fields |= {
        "author": f"{{{said}}}",
        "editor": f"{{{said}}}",
        "url": address,
        "doi": bib(text),
        "year": "1902",
        "date": "1902",
    }
    fields |= {"langid": "en", "x-grade": "primary", "x-country": "GB", "x-owner": "state", "x-seen": "no"}
    return f"@article{{hostile{number},\n" + "".join(f"  {key} = {{{said}}},\n" for key, said in fields.items()) + "}\n"


ADDRESSES = (
    "javascript:breach()",
    "data:text/html,<script>breach()</script>",
    "//breach.test/x",
    'https://a.test/"><b>',
)


def files(conf: str, *, plain: bool = False) -> dict[str, str]:
    """The files of the base project with all of that in them, or with words of no harm; *conf* is its ``conf.py``."""
    texts = list((PLAIN if plain else TEXTS).values())
    work = json.dumps(" ".join(texts))
    urls = ["https://example.org/tale" if plain else 'https://a.test/"><script>breach()</script>']
    marks = " ".join(f"{{mark}}`words {number} <note-{number}>`" for number in range(len(texts)))
    lists = "\n\n".join(
        f":::{{collect}} {name}\n:::" for name in ("claims", "verdicts", "changes", "corrections", "withdrawn")
    )
    address = "https://example.org/page" if plain else ""
    stones = {f"old-{number}": {"date": "2026-01-01", "why": text} for number, text in enumerate(texts)}
    wrong = {f"note-{number}": [{"date": "2026-01-01", "wrong": text}] for number, text in enumerate(texts)}
    return {
        "docs/conf.py": f"{conf}\nextensions.append('sphinx_design')\nsmartquotes = False\nhtml_baseurl = 'https://example.org/e/'\n"
        f"author = release = copyright = {' '.join(texts)!r}\nproject = {texts[0]!r}\n"
        "brief_suggest = 'https://example.org/new?t={text}'\n",
        "docs/briefs/sample/index.md": f"# The harbour {escaped(' '.join(' '.join(texts).split()))}\n\n{{#p1}}\n"
        f"{escaped(' '.join(' '.join(texts).split()))} {marks}\n\n" + "".join(map(note, range(len(texts)), texts)),
        "docs/briefs/sample/work.yml": f"title: {work}\nauthor: {work}\nissued: '1902'\ncontainer: {work}\nurls: {json.dumps(urls)}\n"
        f"lang: en\nparagraphs: 1\n",
        "docs/glossary.md": f"# Glossary\n\n{records(texts)}",
        "docs/timeline.md": "# Timeline\n\n:::{collect} timeline 1890/1910\n:::\n",
        "docs/claims.md": f"# Claims\n\n{lists}\n",
        "docs/markup.md": "# Markup\n\n" + "\n\n".join(pair[plain] for pair in MARKUP) + "\n",
        "docs/index.md": "# Sample\n\n```{toctree}\nbriefs/sample/index\nglossary\ntimeline\nclaims\nsources\nmarkup\n"
        + ("a <https://example.org>\n" if plain else "a <javascript://%0abreach()>\n")
        + "```\n",
        "docs/data/withdrawn.yml": json.dumps(stones),
        "docs/data/corrections.yml": json.dumps(wrong),
        "refs.bib": "".join(
            source(number, text, address or ADDRESSES[number % len(ADDRESSES)]) for number, text in enumerate(texts)
        )
        + source(len(texts), "Accounts", "https://example.org/").replace(f"hostile{len(texts)}", "ledger1902"),
    }


def write(folder: Path, *, plain: bool = False) -> Path:
    """Write the edition into *folder*; return where it is."""
    project = folder / "project"
    shutil.copytree(HERE / "roots" / "base", project)
    for name, text in files((project / "docs/conf.py").read_text("utf-8"), plain=plain).items():
        write_text(project / name, text)
    write_bytes(project / "docs/dot.png", next((HERE / "browser" / "views").glob("*.png")).read_bytes())
    return project
