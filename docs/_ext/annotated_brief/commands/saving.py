"""Files of the author that are written together: all of them or none, whatever ends the run.

Each is written beside the old one first. From before the first of these drafts until all are in their places, a list of
them lies in ``.tools``. Where a kill or a power cut leaves it there, the next run of whatever verb finishes the work, if
all drafts are whole, and else clears them away.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..drafting.source_file import SourceFile
from ..exports.write import draft_of, save_text, write_draft
from .project import Fault, Project, failure

PENDING = ".tools/pending.json"


def changed_file(project: Project, path: Path, text: str) -> SourceFile:
    """Return the file *path*, as it is, with *text* to be written."""
    before = path.read_bytes() if path.exists() else b""
    return SourceFile(path=path, shown=project.shorten(path), text=text, before=before)


def save_files(project: Project, changed: Sequence[SourceFile]) -> None:
    """Write all of the *changed* files, or none.

    Raises :class:`Fault` where one has been changed meanwhile, and what :func:`failure` gives where one cannot be written.
    """
    done: list[SourceFile] = []
    here = ".tools"
    try:
        with project.only_one_run("docs"):
            try:
                here = PENDING
                save_text(project.root / PENDING, _list_of(project, changed))
                for file in changed:
                    here = file.shown
                    if (file.path.read_bytes() if file.path.exists() else b"") != file.before:
                        raise Fault(f"{file.shown} was changed meanwhile; nothing was written; run again")
                    write_draft(file.path, file.content, lasting=True)
                for file in changed:
                    here = file.shown
                    draft_of(file.path).replace(file.path)
                    done.append(file)
            except OSError:
                restore(done)
                raise
            finally:
                sweep((file.path, bool(file.before)) for file in changed)
                (project.root / PENDING).unlink(missing_ok=True)
    except OSError as error:
        raise failure(error, f"{here} cannot be written ({error.strerror}); nothing was changed") from None


def sweep(files: Iterable[tuple[Path, bool]]) -> None:
    """Take away the drafts that are left of *files*, each with whether it was there before; and folders that were not."""
    for path, there in files:
        draft, folder = draft_of(path), path.parent
        if draft.is_file():
            draft.unlink()
        if not there and folder.exists() and not any(folder.iterdir()):
            folder.rmdir()


def restore(written: Iterable[SourceFile]) -> None:
    """Put back what stood in the files *written*; a file that is new goes again."""
    for file in written:
        if file.before:
            write_draft(file.path, file.before, lasting=True).replace(file.path)
        else:
            file.path.unlink()


def finish_pending(project: Project) -> str:
    """Put in place what a killed run has left, or clear it away, and return a line about it, if there was anything.

    It is cleared away where a draft is not whole, or a file has been changed since.
    """
    pending = project.root / PENDING
    if not pending.exists():
        return ""
    with project.only_one_run("docs"):
        files = {project.root / name: digests for name, digests in json.loads(pending.read_text("utf-8")).items()}
        whole = all(_can_finish(path, *digests) for path, digests in files.items())
        for path in files:
            if whole and draft_of(path).exists():
                draft_of(path).replace(path)
        sweep((path, before != _digest(b"")) for path, (before, _) in files.items())
        pending.unlink()
    told = "finished writing" if whole else "cleared away the unfinished drafts of"
    return f"{told} {', '.join(map(project.shorten, files))}, at which a run was interrupted"


def _list_of(project: Project, changed: Iterable[SourceFile]) -> str:
    """Return the text of the list: of each file what stood in it, and what shall stand there."""
    return json.dumps({project.shorten(file.path): [_digest(file.before), _digest(file.content)] for file in changed})


def _can_finish(path: Path, before: str, after: str) -> bool:
    """Say whether *path* is as the run has left it: done, or as before with a whole draft beside it."""
    now, draft = (_digest(one.read_bytes()) if one.exists() else "" for one in (path, draft_of(path)))
    return now == after if not draft else draft == after and (now or _digest(b"")) == before


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
