"""`brief lock-work`: write what can be recorded of the article, from a copy of it."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from ..exports.write import save_text
from ..model.article import OUTSIDE, ArticleError, lock_regions, lock_seals, lock_windows, split_article
from ..model.copies import Likeness, take_apart
from ..model.corpus import Corpus
from ..model.records import Annotation, Location
from ..reading.copies import CopyError, read_copy
from ..reading.domain import brief_domain
from ..reading.work import WorkError, find_lock, read_facts, to_work
from .attach import CopyArgument
from .check import Records
from .progress import Progress
from .project import Fault, Project, failure, find_project
from .sphinx_app import Request, sphinx_app

HEADER = """\
# yaml-language-server: $schema=../../_ext/annotated_brief/schemas/work.schema.json
# Facts about the article that this brief restates. No sentence of it stands here.
# The part under `lock` is written by `brief lock-work` from a copy of the article: digests of its paragraphs, hashes
# of its eight-word windows, and a seal for the source words of each annotation.
"""


class Block(str):
    """A text that YAML shows line by line."""

    __slots__ = ()


yaml.SafeDumper.add_representer(
    Block, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", str(data), style="|")
)


def lock_work(
    file: CopyArgument,
    slug: Annotated[str, typer.Option("--work", metavar="SLUG", help="The brief that restates it.")] = "",
) -> None:
    """Write the work lock of a brief from a copy of the article.

    For maintainers who hold the article; the copy itself is not kept.
    """
    project, progress = find_project(), Progress()
    progress.begin("reading")
    corpus = read_corpus(project, progress)
    progress.end("done")
    try:
        path = find_lock(project.docs, slug)
        text = read_copy(file)
        data = read_facts(path)
        data["lock"] = lock(corpus, f"briefs/{path.parent.name}/index", text, data)
        save_text(path, to_yaml(data))
    except OSError as error:
        raise failure(error, f"the lock was not written: {error}") from None
    except (WorkError, CopyError, ArticleError) as error:
        raise Fault(f"the lock was not written: {error}") from None
    typer.echo(f"{project.shorten(path)}: {count_lock(data['lock'])}")


def count_lock(found: dict[str, Any]) -> str:
    """Return in words what the part `lock` records, for the maintainer to compare with the article."""
    sizes = {region: facts["words"] for region, facts in found["regions"].items()}
    outside = sizes.pop(OUTSIDE)
    words = ", ".join(f"{region} {size}" for region, size in sizes.items())
    return f"{len(sizes)} paragraphs (words: {words}; outside them {outside}), {len(found['seals'])} seals"


def read_corpus(project: Project, progress: Progress) -> Corpus:
    """Return the records of a fresh reading."""
    with tempfile.TemporaryDirectory(prefix="brief-lock-") as folder:
        out = Path(folder)
        request = Request(builder="dummy", out=out / "out", doctrees=out / "doctrees", fresh=True)
        with sphinx_app(project, request, progress) as app:
            Records(app)  # what is wrong is the business of `brief check`
            app.build()
            return brief_domain(app.env).corpus()


def lock(corpus: Corpus, docname: str, text: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the part `lock` for the article *text*; *data* is the work lock as it is."""
    regions = known_regions(text, data) or split_article(text, data["paragraphs"])
    before = data.get("lock")
    salt = str((before.get("salt") if isinstance(before, dict) else "") or salt_of(data, corpus))
    return lock_of(regions, salt, [note for note in corpus.annotations if note.docname == docname])


def known_regions(text: str, data: dict[str, Any]) -> dict[str, str]:
    """Return the folded regions of *text* where it has all paragraphs that the lock in *data* records, else nothing.

    So a text whose paragraphs do not follow each other, but have headings and tables between them, keeps its regions.
    """
    try:
        work = to_work(data, Location(path="", line=1))
    except WorkError:
        return {}
    parts = take_apart(text, work).parts
    whole = len(parts) == data["paragraphs"] + 1 and all(
        part.likeness is Likeness.SAME for part in parts if part.id != OUTSIDE
    )
    return {part.id: part.text for part in parts} if whole else {}


def salt_of(data: Mapping[str, Any], corpus: Corpus) -> str:
    """Return the salt of a new lock: that of the set, so that all texts are hashed once for all its briefs."""
    return next((brief.work.salt for brief in corpus.briefs if brief.work.salt), f"{data['title']}, {data['issued']}")


def lock_of(regions: dict[str, str], salt: str, notes: Iterable[Annotation]) -> dict[str, Any]:
    """Return the part `lock` for the folded *regions* of a text and the *notes* on it."""
    hashes = lock_windows(regions, salt)
    rows = [" ".join(hashes[i : i + 6]) for i in range(0, len(hashes), 6)]
    return {
        "salt": salt,
        "regions": {r.id: {"sha256": r.sha256, "words": r.word_count} for r in lock_regions(regions)},
        "windows": Block("\n".join(rows) + "\n"),
        "seals": {
            key: {"region": seal.region, "offset": seal.offset, "hash": seal.hash}
            for key, seal in lock_seals(notes, regions).items()
        },
    }


def to_yaml(data: Mapping[str, Any]) -> str:
    """Return the text of a work lock."""
    return HEADER + yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=110)
