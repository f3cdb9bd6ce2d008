"""Reading the edition as a revision had it, from git's objects: neither the working tree nor `.git` is touched."""

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

import typer

from ..model.corpus import Corpus
from .lock_work import read_corpus
from .progress import Progress
from .project import Fault, Project, Refusal


def read_revision(project: Project, revision: str, progress: Progress) -> Corpus:
    """Return the records of *revision*, as the reader of today reads them."""
    commit = find_commit(project, revision)
    with tempfile.TemporaryDirectory(prefix="brief-diff-") as name:
        folder = Path(name)
        unpack(project, commit, folder)
        if not (folder / "docs" / "conf.py").is_file():
            raise Fault(f"{revision} cannot be read: it has no docs/conf.py")
        progress.begin(f"reading {revision}")
        try:
            corpus = read_corpus(Project(root=folder), progress)
        except Fault as fault:
            raise Fault(f"{revision} cannot be read: {str(fault).replace(f'{folder}/', '')}") from None
        except Exception as error:  # noqa: BLE001  (the reader of today promises nothing for the text of another day)
            progress.end("failed", good=False)
            raise Fault(f"{revision} cannot be read: {type(error).__name__}: {error}") from None
        progress.end()
    return corpus


def find_commit(project: Project, revision: str) -> str:
    """Return the hash of the commit that *revision* names."""
    if run_git(project, "rev-parse", "--is-inside-work-tree").returncode:
        raise Refusal("this folder is in no git repository, so there is no revision to compare with")
    done = run_git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode == 0:
        return done.stdout.decode().strip()
    if run_git(project, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        raise Refusal(f"‘{revision}’ is not in this shallow clone: run `git fetch --unshallow`, and again")
    raise typer.BadParameter(f"there is no revision ‘{revision}’")


def unpack(project: Project, commit: str, folder: Path) -> None:
    """Write the sources of *commit* into *folder*: `docs/` without the program, and the bibliographies."""
    done = run_git(project, "archive", "--format=tar", commit)
    if done.returncode:
        raise Refusal(f"git cannot read {commit[:12]}: {' '.join(done.stderr.decode(errors='replace').split())}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            path = Path(member.name)
            is_source = path.parts[0] == "docs" and path.parts[1:2] != ("_ext",)
            if not member.isfile() or ".." in path.parts or not (is_source or path.suffix == ".bib"):
                continue
            content = archive.extractfile(member)
            assert content is not None, "it is a file"
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.read())


def run_git(project: Project, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in the folder of the project, and return what it said."""
    argv = ["git", *arguments]
    try:
        return subprocess.run(argv, cwd=project.root, capture_output=True, check=False)
    except FileNotFoundError:
        raise Refusal("git is not installed, so there is no revision to compare with") from None
