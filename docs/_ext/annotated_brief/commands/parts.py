"""A part of an edition, for whoever builds one on several machines: which there are, and the folder that holds one.

`brief build --only SLUG` leaves such a folder below ``build/parts/``; `brief join` lays all of them together.
"""

import hashlib
import json
import shutil
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import typer
from sphinx.application import Sphinx

from ..config import today_of
from ..exports.index import PATH as INDEX
from ..model.holdings import Whole, holdings_of
from ..model.part import SHARED, Part, owner
from ..model.records import Location
from ..model.text import digest
from ..reading.domain import brief_domain
from ..reading.work import brief_folders
from ..rendering.faithful import REPORT
from .products import TARGETS, WORK, Product, sources_of
from .project import Fault, Project, Refusal, find_project

FOLDER = "parts"  # below build/: a folder for each part, and the one that Sphinx works in
RECORD = "part.json"  # in the folder of a part: what it is
RESERVED = (
    *Product,
    SHARED,
    WORK,
    "doctrees",
    "html",
    "out",
)  # no name for a brief: they stand for products and folders
COUNTED = {INDEX, REPORT}  # files of a site that each part has for itself, and `brief join` makes whole
_USED = {"_images", "_downloads"}  # folders of a site with what pages of any part show
_LONG = 100  # characters of a name for a folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a part is: its names, then what it knows of the edition, the same in all parts, and what a whole one holds."""

    names: tuple[str, ...]
    slugs: tuple[str, ...]  # in the order of the edition
    products: tuple[Product, ...]
    state: dict[str, str]  # from which the edition is made
    whole: Whole = field(default_factory=dict)  # of the shared part alone

    def to_text(self) -> str:
        """Return the record as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_record(project: Project, path: Path) -> Record:
    """Return the record that stands in *path*; raises :class:`Fault` where it is none."""
    try:
        said = json.loads(path.read_text("utf-8"))
        whole = {
            kind: {name: Location(**place) for name, place in places.items()} for kind, places in said["whole"].items()
        }
        return Record(
            names=tuple(said["names"]),
            slugs=tuple(said["slugs"]),
            products=tuple(map(Product, said["products"])),
            state=dict(said["state"]),
            whole=whole,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Fault(f"{project.shorten(path)} is no record of a part ({error}); build the part again") from None


def offered() -> list[str]:
    """Return what a shell may offer to complete."""
    with suppress(Refusal):
        return [*Product, SHARED, *brief_folders(find_project().docs).values()]
    return [*Product, SHARED]


def choose(project: Project, only: Sequence[str]) -> tuple[list[Product], Part]:
    """Return the products and the part of the edition that *only* names; raises for a name that is neither."""
    slugs = list(brief_folders(project.docs).values())
    wanted = set(Product).intersection(only)
    names = [name for name in only if name not in wanted]
    for name in names:
        if name not in {SHARED, *slugs}:
            listed = ", ".join(slugs) or "none"
            raise typer.BadParameter(
                f"there is no brief ‘{name}’; there is {listed}. Besides slugs: {', '.join((*Product, SHARED))}"
            )
    if names and (taken := set(slugs).intersection(RESERVED)):
        raise Fault(f"docs/briefs/{min(taken)}: ‘{min(taken)}’ means something else; rename the folder")
    products = [product for product in Product if not wanted or product in wanted]
    return products, Part(frozenset(names))


def made_in(part: Part, products: Collection[Product]) -> list[Product]:
    """Return which of the *products* of an edition *part* has something of: the EPUB, one book, is shared."""
    found = [product for product in products if part.has(SHARED) or product is not Product.EPUB]
    if not found:
        raise typer.BadParameter(f"the EPUB holds all briefs: build it with ‘--only {SHARED}’")
    return found


def pages_of(app: Sphinx, project: Project, part: Part) -> list[Path]:
    """Return the sources of the pages that *part* writes."""
    folders = brief_folders(project.docs)
    app.env.find_files(app.config, app.builder)
    return [Path(app.env.doc2path(name)) for name in sorted(app.env.found_docs) if part.has(owner(name, folders))]


def text_of(project: Project) -> str:
    """Return what tells one state of the text, and of the program, from every other."""
    files = ((path.relative_to(project.root).as_posix(), path.read_bytes()) for path in sources_of(project))
    return digest(*(f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in files))


def name_of(part: Part) -> str:
    """Return a name for the folder of *part*."""
    name = "+".join(sorted(part.names))
    return name if len(name) <= _LONG else digest(name)[:16]


def record_of(app: Sphinx, project: Project, part: Part, products: Collection[Product]) -> Record:
    """Return the record of *part*, which *app* has built, of an edition with these *products*."""
    corpus = brief_domain(app.env).corpus()
    return Record(
        names=tuple(sorted(part.names)),
        slugs=tuple(dict.fromkeys([*(brief.slug for brief in corpus.briefs), *brief_folders(project.docs).values()])),
        products=tuple(products),
        state={
            "text": text_of(project),
            "commit": app.config.brief_commit,
            "day": today_of(app.config.brief_today).isoformat(),
            "address": app.config.html_baseurl,
        },
        whole=holdings_of(corpus) if part.has(SHARED) else {},
    )


def gather(project: Project, work: Path, record: Record) -> str:
    """Move what the part of *record* has in the *work* folder into a folder of its own there; return its name."""
    for old in work.glob(f"*/{RECORD}"):
        shutil.rmtree(old.parent)
    part = Part(frozenset(record.names))
    target = work / name_of(part)
    target.mkdir()
    site = TARGETS[Product.SITE].folder
    places = {
        f"{above}{path}": slug for path, slug in brief_folders(project.docs).items() for above in ("", "_sources/")
    }
    places |= {f"data/{slug}": slug for slug in places.values()}
    for path in sorted(path for path in (work / site).rglob("*") if path.is_file()):
        inner = path.relative_to(work / site)
        if part.has(owner(inner.as_posix(), places)) or inner.parts[0] in _USED or inner.as_posix() in COUNTED:
            (target / site / inner).parent.mkdir(parents=True, exist_ok=True)
            path.rename(target / site / inner)
    shutil.rmtree(work / site, ignore_errors=True)
    for product in set(Product) - {Product.SITE}:
        if (work / TARGETS[product].folder).exists():
            (work / TARGETS[product].folder).rename(target / TARGETS[product].folder)
    (target / RECORD).write_text(record.to_text(), encoding="utf-8", newline="\n")
    return target.name
