"""`brief new source`: an entry of refs.bib, from a catalogue or from its fields."""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from babel import Locale, UnknownLocaleError

from ..diagnostics import Code
from ..drafting.bibtex import KEY, key_from, place_entry, to_entry
from ..drafting.source_file import SourceFile, load_file
from ..model.address import is_web_address
from ..model.corpus import Corpus
from ..model.records import Source
from ..model.vocabulary import Grade, Owner
from ..network.catalogue import WebCatalogue
from ..network.client import open_client
from ..network.limits import Hosts, Limits
from ..reading.catalogue import Facts, facts_of_book, facts_of_page, facts_of_work
from ..reading.options import edtf, word
from ..reading.sources import TYPES, entry_lines
from .asking import Answers, anything, described
from .progress import Progress
from .project import find_project
from .trial import drafted, finish, open_trial

LATER = {Code.UNUSED_SOURCE: "cite it, as evidence of a note or in a text"}
FILE = "refs.bib"


def new_source(
    *,
    doi: Annotated[str | None, typer.Option(help="Its DOI; what is registered is looked up.")] = None,
    isbn: Annotated[str | None, typer.Option(help="The ISBN of a book; what is known of it is looked up.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address; with --look-up the page says the rest.")] = None,
    look_up: Annotated[
        bool, typer.Option("--look-up/--no-look-up", help="Ask the network about DOI, ISBN or address.")
    ] = True,
    key: Annotated[str | None, typer.Option(help="Its key; by default author, year and a word of the title.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help=f"Type of entry: {', '.join(TYPES)}.")] = None,
    author: Annotated[str | None, typer.Option(help="Family, Given; Family, Given; or an organisation.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title, in its own language.")] = None,
    container: Annotated[str | None, typer.Option(help="The journal, or the book it is in.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who publishes it.")] = None,
    date: Annotated[str | None, typer.Option(help="EDTF date of publication; empty where it bears none.")] = None,
    volume: Annotated[str, typer.Option(help="Volume.")] = "",
    number: Annotated[str, typer.Option(help="Number, or issue.")] = "",
    pages: Annotated[str, typer.Option(help="Pages: 3--19.")] = "",
    lang: Annotated[str | None, typer.Option(help="BCP 47 tag of the language of the text.")] = None,
    grade: Annotated[str | None, typer.Option(help=Grade.words())] = None,
    country: Annotated[
        str | None, typer.Option(help="ISO 3166-1 code of the issuer’s country, EU, INT or unknown.")
    ] = None,
    owner: Annotated[str | None, typer.Option(help=Owner.words())] = None,
    seen: Annotated[str | None, typer.Option(help="yes where a copy of the text itself was read, else no.")] = None,
    read: Annotated[str | None, typer.Option(help="Month in which it was read; by default this one.")] = None,
    title_latin: Annotated[str, typer.Option(help="Transliteration of the title.")] = "",
    title_en: Annotated[str, typer.Option(help="Our translation of the title.")] = "",
    note: Annotated[str, typer.Option(help="What readers must know of the copy.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the change; write nothing.")] = False,
) -> None:
    """Write an entry of refs.bib.

    A DOI, an ISBN or an address is looked up where there is a network; what is given as an option goes before what is
    found. Every other byte of the file stays, and no key is used twice.
    """
    answers = Answers()
    judged = {"grade": grade, "country": country, "owner": owner, "seen": seen}
    answers.require(judged)
    facts = find(doi, isbn, url) if look_up and (doi or isbn or url) else {}
    given: dict[str, str | None] = {"type": kind, "author": author, "title": title, "container": container}
    given |= {"publisher": publisher, "date": date, "url": url, "doi": bare_doi(doi) if doi else None, "lang": lang}
    answers.require({name: given[name] or facts.get(name) for name in ("type", "title", "lang")})
    project, progress = find_project(), Progress()
    with open_trial(project, progress) as trial:
        file: SourceFile = drafted(lambda: load_file(project.root / FILE, FILE))
        fields = ask_fields(answers, given, facts)
        more = {"volume": volume, "number": number, "pages": pages}
        fields |= {name: value or facts.get(name, "") for name, value in more.items()}
        fields |= {"title-latin": title_latin, "title-en": title_en, "note": note}
        fields |= ask_judgements(answers, judged, trial.corpus)
        fields["read"] = ask_read(answers, read, trial.corpus) if fields["seen"] == "yes" else ""
        chosen = ask_key(answers, file, key, key_from(fields))
        entry = drafted(lambda: to_entry(fields["type"], chosen, fields))
        changed: SourceFile = drafted(lambda: place_entry(file, chosen, entry))
        finish(
            trial,
            [changed],
            lambda after: differs(after, chosen, fields),
            dry_run=dry_run,
            later=LATER,
            told=f"{FILE}:{entry_lines(changed.text)[chosen]}",
        )


def find(doi: str | None, isbn: str | None, url: str | None) -> Facts:
    """Return what catalogues, or the page itself, say; nothing, and a line that says so, where nobody answers."""
    name, value = next((name, value) for name, value in (("doi", doi), ("isbn", isbn), ("url", url)) if value)
    if name == "doi":
        value = bare_doi(value)
    elif name == "isbn":
        value = bare_isbn(value)
    elif not is_web_address(value):
        raise typer.BadParameter(f"--url: ‘{value}’ is not an address of the web; write https://, host and path")
    try:
        facts = look(name, value)
    except (OSError, ValueError) as error:
        typer.echo(f"{name} {value}: nothing was found ({error}); the fields must be given", err=True)
        return {}
    typer.echo("\n".join(f"found {key}: {said}" for key, said in facts.items()), err=True)
    return facts


def look(name: str, value: str) -> Facts:
    """Ask the network; raises OSError or ValueError."""

    async def run() -> Facts:
        limits = Limits()
        async with open_client(limits, Hosts(limits)) as client:
            catalogue = WebCatalogue(client)
            if name == "doi":
                return facts_of_work(await catalogue.work(value))
            if name == "isbn":
                return facts_of_book(await catalogue.book(value))
            return facts_of_page(await catalogue.page(value), value)

    return asyncio.run(run())


def bare_doi(text: str) -> str:
    """Return a DOI without the address or scheme before it."""
    found = re.fullmatch(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", text.strip(), re.IGNORECASE)
    if found is None:
        raise typer.BadParameter(f"--doi: ‘{text}’ is no DOI; write it as 10.1000/182")
    return found[1]


def bare_isbn(text: str) -> str:
    """Return the digits of an ISBN whose check digit is right."""
    digits = re.sub(r"[\s-]", "", text).upper()
    good = False
    if re.fullmatch(r"\d{9}[\dX]", digits):
        good = sum((10 - at) * (10 if d == "X" else int(d)) for at, d in enumerate(digits)) % 11 == 0
    elif re.fullmatch(r"\d{13}", digits):
        good = sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10 == 0
    if not good:
        raise typer.BadParameter(f"--isbn: ‘{text}’ is no ISBN: its digits do not add up; copy it again")
    return digits


def ask_fields(answers: Answers, given: Mapping[str, str | None], facts: Facts) -> dict[str, str]:
    """Return the fields that describe the source; what was found is offered on a terminal, and else taken."""
    readers: dict[str, Callable[[str], Any]] = {"type": read_type, "date": edtf, "url": read_url, "lang": read_lang}
    fields = {}
    for name, value in given.items():
        found = facts.get(name, "")
        value = value if value is not None or answers.asks else found
        required = name in {"type", "title", "lang"}
        choices = dict.fromkeys(TYPES, "") if name == "type" else None
        reader = readers.get(name, anything)
        fields[name] = answers.ask(name, value, name, reader, required=required, choices=choices, preset=found)
    return fields


def ask_judgements(answers: Answers, given: Mapping[str, str | None], corpus: Corpus) -> dict[str, str]:
    """Return grade, country, owner, and whether the text was read: what no catalogue knows."""
    countries = dict.fromkeys(sorted({source.country for source in corpus.sources} | {"EU", "INT", "unknown"}), "")
    readers: dict[str, tuple[Callable[[str], Any], Mapping[str, str]]] = {
        "grade": (word(Grade), described(Grade)),
        "country": (read_country, countries),
        "owner": (word(Owner), described(Owner)),
        "seen": (read_seen, {"yes": "the text itself was read", "no": ""}),
    }
    return {
        name: answers.ask(name, given[name], name, read, required=True, choices=choices)
        for name, (read, choices) in readers.items()
    }


def ask_read(answers: Answers, given: str | None, corpus: Corpus) -> str:
    """Return the month in which the source was read."""
    month = f"{corpus.today:%Y-%m}"
    value = given if given is not None or answers.asks else month
    return answers.ask("read", value, "month of reading", edtf, required=True, preset=month)


def ask_key(answers: Answers, file: SourceFile, given: str | None, suggested: str) -> str:
    """Return a key that no entry has, whatever its case."""
    taken = {name.casefold(): line for name, line in entry_lines(file.text.replace("\r\n", "\n")).items()}
    free = (suggested + letter for letter in ("", *"bcdefghijklmnopqrstuvwxyz") if suggested)
    suggested = next((name for name in free if name.casefold() not in taken), "")

    def read(name: str) -> str:
        if not KEY.fullmatch(name):
            raise ValueError(f"‘{name}’ is no key; use Latin letters, digits, hyphens and underscores")
        if name.casefold() in taken:
            raise ValueError(f"the key ‘{name}’ is used at {file.shown}:{taken[name.casefold()]}; choose another")
        return name

    value = given if given is not None or answers.asks else suggested
    if value == "":
        raise typer.BadParameter("no key can be made of these fields; give one with --key")
    return answers.ask("key", value, "key", read, required=True, preset=suggested)


def read_type(text: str) -> str:
    """Return a type of entry."""
    if text not in TYPES:
        raise ValueError(f"‘{text}’ is not in the list; use one of {', '.join(TYPES)}")
    return text


def read_url(text: str) -> str:
    """Return an address of the web."""
    if not is_web_address(text) or re.search(r"[\s{}\\]", text):
        raise ValueError(f"‘{text}’ is not an address of the web; give it as a browser shows it")
    return text


def read_lang(text: str) -> str:
    """Return the tag of a language."""
    try:
        Locale.parse(text, sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        raise ValueError(f"‘{text}’ is no tag of a language; write it as en, ru, kk or zh-Hans") from None
    return text


def read_country(text: str) -> str:
    """Return the code of a country."""
    if (text not in {"EU", "INT", "unknown"} and text not in Locale("en").territories) or text.isdigit():
        raise ValueError(f"‘{text}’ is no code of a country; write KZ, EU, INT or unknown")
    return text


def read_seen(text: str) -> str:
    """Return yes or no."""
    if text not in {"yes", "no"}:
        raise ValueError(f"‘{text}’: say yes where a copy of the text itself was read, else no")
    return text


def differs(after: Corpus, key: str, given: Mapping[str, str]) -> str:
    """Return what of the new source reads otherwise than it was *given*, or nothing."""
    source: Source | None = after.source_by_id.get(key)
    if source is None:
        return "the entry does not read back as a source"
    found = {
        "type": source.type,
        "title": source.title,
        "date": source.date,
        "url": source.url,
        "doi": source.doi,
        "lang": source.lang,
        "grade": source.grade,
        "country": source.country,
        "owner": source.owner,
        "note": source.note,
        "read": source.read,
        "seen": "yes" if source.seen else "no",
    }
    for name, value in found.items():
        if " ".join(str(value).split()) != " ".join(given.get(name, "").split()):
            return f"--{name} reads back as ‘{value}’"
    return ""
