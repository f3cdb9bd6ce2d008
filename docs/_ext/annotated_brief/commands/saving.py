"""Files of the author that are written together: all of them or none, whatever ends the run.

Each is written beside the old one first. From when all these drafts are whole until all are in their places, a list of
them lies in ``.tools``; where a kill or a power cut leaves it there, the next run of whatever verb finishes the work.
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
                for file in changed:
                    here = file.shown
                    if (file.path.read_bytes() if file.path.exists() else b"") != file.before:
                        raise Fault(f"{file.shown} was changed meanwhile; nothing was written; run again")
                    write_draft(file.path, file.content, lasting=True)
                if len(changed) > 1:
                    here = PENDING
                    save_text(project.root / PENDING, _list_of(project, changed))
                for file in changed:
                    here = file.shown
                    draft_of(file.path).replace(file.path)
                    done.append(file)
            except OSError:
                restore(done)
                raise
            finally:
                (project.root / PENDING).unlink(missing_ok=True)
                sweep(changed)
    except OSError as error:
        raise failure(error, f"{here} cannot be written ({error.strerror}); nothing was changed") from None


def sweep(changed: Iterable[SourceFile]) -> None:
    """Take away the drafts that are left, and those of the folders of new files that hold nothing."""
    for file in changed:
        draft, folder = draft_of(file.path), file.path.parent
        if draft.is_file():
            draft.unlink()
        if not file.before and folder.exists() and not any(folder.iterdir()):
            folder.rmdir()


def restore(written: Iterable[SourceFile]) -> None:
    """Put back what stood in the files *written*; a file that is new goes again."""
    for file in written:
        if file.before:
            write_draft(file.path, file.before, lasting=True).replace(file.path)
        else:
            file.path.unlink()


def finish_pending(project: Project) -> str:
    """Put in place what a killed run has left, and return a line about it, if there was anything.

    Where one of the files has been changed since, none of the others is: the drafts go.
    """
    pending = project.root / PENDING
    if not pending.exists():
        return ""
    with project.only_one_run("docs"):
        files = json.loads(pending.read_text("utf-8"))
        whole = all(_can_finish(project.root / name, *digests) for name, digests in files.items())
        for name in files:
            draft = draft_of(project.root / name)
            if whole and draft.exists():
                draft.replace(project.root / name)
            draft.unlink(missing_ok=True)
        pending.unlink()
    told = "finished what an interrupted run was writing" if whole else "changed since an interrupted run, and left so"
    return f"{told}: {', '.join(files)}"


def _list_of(project: Project, changed: Iterable[SourceFile]) -> str:
    """Return the text of the list: of each file what stood in it, and what shall stand there."""
    return json.dumps({project.shorten(file.path): [_digest(file.before), _digest(file.content)] for file in changed})


def _can_finish(path: Path, before: str, after: str) -> bool:
    """Say whether *path* is as the run has left it: done, or as before with a whole draft beside it."""
    now, draft = (_digest(one.read_bytes()) if one.exists() else "" for one in (path, draft_of(path)))
    return now == after if not draft else draft == after and (now or _digest(b"")) == before


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
