"""`brief links --inside`: the links of the built site, and Sphinx's own linkcheck as a second opinion."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from sphinx.application import Sphinx

from ..reading.domain import brief_domain
from .findings import WRITERS, Finding, Format
from .progress import Progress
from .project import Project, Refusal
from .site_links import find_dead_links
from .sphinx_app import Request, sphinx_app

ANSWERED = {"working": "answers", "redirected": "answers from another address"}
DEAD = {"broken": "links.broken", "timeout": "links.timeout", "rate-limited": "links.rate-limited"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of the links: the dead ones, and how many fared how."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]


def check_built(project: Project, site: Path, form: Format, *, online: bool) -> bool:
    """Check the links of the built *site*, write what was found, and return whether all is well."""
    progress = Progress()
    folder = project.root / site
    if not (folder / "index.html").is_file():
        raise Refusal(f"no site in {project.shorten(folder)}: run `brief build` first")
    progress.begin("links in the site")
    inner = find_dead_links(folder, project.shorten(folder))
    progress.end(f"{len(inner)} dead", good=not inner)
    progress.begin("links to other sites")
    outer = check_external(project, progress, online=online)
    progress.end(f"{len(outer.findings)} dead" if online else "not checked: offline", good=not outer.findings)
    findings = [*inner, *outer.findings]
    typer.echo(WRITERS[form](findings))
    for outcome, number in sorted(outer.counts.items()):
        typer.echo(f"links to other sites: {number} {outcome}", err=form is not Format.TEXT)
    return not findings


def check_external(project: Project, progress: Progress, *, online: bool) -> Report:
    """Run Sphinx's linkcheck; offline it lists the links and asks no one, and none of them counts as good."""
    out = project.build / "links"
    settings: dict[str, Any] = {} if online else {"linkcheck_ignore": [r"https?:"]}
    # What the reading warns of is said by `build` and `check`.
    request = Request(builder="linkcheck", out=out / "out", doctrees=out / "doctrees", settings=settings, warn=False)
    with sphinx_app(project, request, progress) as app:
        app.build(force_all=True)  # a link of an unchanged page can have died, too
        places = find_source_places(app)
    lines = (out / "out" / "output.json").read_text(encoding="utf-8").splitlines()
    return judge([json.loads(line) for line in lines], places, online=online)


def judge(results: list[dict[str, Any]], places: dict[str, tuple[str, int]], *, online: bool) -> Report:
    """Sort linkcheck's results into findings and counts; what was not asked is never called good."""
    findings = []
    counts: Counter[str] = Counter()
    for result in results:
        uri, status, info = result["uri"], result["status"], result["info"]
        if not uri.startswith(("http:", "https:")):
            if status == "broken":
                findings.append(make_finding(result, places, "links.broken", "no such file"))
        elif status in DEAD:
            findings.append(make_finding(result, places, DEAD[status], info))
            counts["dead"] += 1
        elif status in ANSWERED:
            counts[ANSWERED[status]] += 1
        else:
            counts[f"not checked: {(info or 'left out by conf.py') if online else 'offline'}"] += 1
    return Report(findings=tuple(sorted(findings)), counts=dict(counts))


def make_finding(result: dict[str, Any], places: dict[str, tuple[str, int]], code: str, why: str) -> Finding:
    """Return a finding at the entry of refs.bib that holds the address or, for other links, in the document."""
    path, line = places.get(result["uri"], (f"docs/{result['filename']}", result["lineno"]))
    return Finding(path=path, line=line or 0, code=code, message=f"{result['uri']}: {why}")


def find_source_places(app: Sphinx) -> dict[str, tuple[str, int]]:
    """Return where each source's address stands: linkcheck itself knows only the page that prints it."""
    sources = brief_domain(app.env).corpus().sources
    return {source.url: (source.location.path, source.location.line) for source in sources if source.url}
