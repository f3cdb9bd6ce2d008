"""What `brief test` runs, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One judge.

    The first word of the command is a program of .venv, `python` meaning .venv's own; {out} stands for the folder
    of the tests, {slow} for pytest's choice of tests, {online} for that of links; a word with * for the files it names.
    """

    name: str
    finds: str
    command: str


SPHINX = "python -m sphinx --fail-on-warning --quiet --jobs auto --doctree-dir {out}/doctrees"

STEPS = (
    Step(name="lint", finds="faults in the code", command="ruff check"),
    Step(name="format", finds="code that the formatter would change", command="ruff format --check"),
    Step(name="types", finds="types that do not fit", command="python -m mypy"),
    Step(name="imports", finds="imports against the layers", command="lint-imports"),
    Step(name="spelling", finds="common misspellings", command="codespell"),
    Step(name="check", finds="errors in the text", command="python -m annotated_brief check"),
    Step(
        name="site", finds="warnings in the site", command=f"{SPHINX} --fresh-env --nitpicky -b html docs {{out}}/html"
    ),
    Step(name="pdf", finds="warnings in the PDF", command=f"{SPHINX} --nitpicky -b brief-pdf docs {{out}}/pdf"),
    Step(name="epub", finds="warnings in the EPUB", command=f"{SPHINX} --nitpicky -b brief-epub docs {{out}}/epub"),
    Step(
        name="doctest",
        finds="numbers and examples that no longer hold",
        command=f"{SPHINX} -b doctest docs {{out}}/doctest",
    ),
    Step(
        name="links", finds="dead links", command="python -m annotated_brief links --inside --site {out}/html {online}"
    ),
    Step(
        name="workflows",
        finds="workflows that GitHub would refuse",
        command="check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml",
    ),
    Step(
        name="forms",
        finds="issue forms that GitHub would refuse",  # config.yml is none, and alone ends in g
        command="check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/*[!g].yml",
    ),
    Step(
        name="readthedocs",
        finds="settings that Read the Docs would refuse",
        command="check-jsonschema --builtin-schema vendor.readthedocs .readthedocs.yaml",
    ),
    Step(
        name="citation",
        finds="a citation file that is none",
        command="check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff",
    ),
    Step(
        name="zizmor",
        finds="weak spots in the workflows",
        command="zizmor --offline --pedantic --quiet .github/workflows",
    ),
    Step(
        name="pytest",
        finds="behaviour that changed",
        command="python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --durations 25 {slow}",
    ),
)
