"""Write the list of components of this project (SBOM, in the form of CycloneDX): ``scripts/supply/sbom.py [FILE]``.

Run it with ``.venv/bin/python``, after `brief test` has installed the tools. It holds each package of the locks with its hashes,
its licence and what it needs. What only the tests use is marked as left out of the products. The same locks and the same
SOURCE_DATE_EPOCH, without which no time is told, give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import tomllib
import uuid
from collections.abc import Iterable
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from licences import UndecidedError, licence_of
from locks import BUILD, ROOT, TEST, Pin, read_lock


def purl_of(name: str, version: str) -> PackageURL:
    """Return the address of a package on no server in particular."""
    return PackageURL("pypi", None, name, version)


def component_of(pin: Pin, *, shipped: bool) -> Component:
    """Return a pin as a component; the condition under which it is installed is a property."""
    purl = purl_of(pin.name, pin.version)
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        scope=ComponentScope.REQUIRED if shipped else ComponentScope.EXCLUDED,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=found) for found in pin.hashes],
        licenses=[LicenseExpression(licence_of(pin.name))],
        properties=[Property(name="annotated-brief:marker", value=pin.marker)] if pin.marker else [],
    )


def make_bom(build: Iterable[Pin], test: Iterable[Pin], project: dict[str, str]) -> Bom:
    """Return the components of the *project* and how they need each other."""
    shipped = {(pin.name, pin.version) for pin in build}
    root = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=str(purl_of(project["name"], project["version"])),
        purl=purl_of(project["name"], project["version"]),
        licenses=[LicenseExpression(project["license"])],
    )
    pins = sorted(test, key=lambda pin: (pin.name, pin.version))  # the test lock holds every pin of the other
    components = {pin: component_of(pin, shipped=(pin.name, pin.version) in shipped) for pin in pins}
    bom = Bom(components=components.values(), metadata=BomMetaData(component=root, timestamp=None))
    bom.metadata.timestamp = moment()  # type: ignore[assignment]  # which the library would take from the clock
    needs: dict[str, list[Component]] = {}
    for pin, component in components.items():
        for name in pin.needed_by:
            needs.setdefault(name, []).append(component)
    bom.register_dependency(root, needs.get(root.name, []))
    for pin, component in components.items():
        bom.register_dependency(component, needs.get(pin.name, []))
    return bom


def moment() -> dt.datetime | None:
    """Return the time that SOURCE_DATE_EPOCH tells, if it does."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdigit() else None


def to_json(bom: Bom) -> str:
    """Return the list as JSON; its serial number is that of its content."""
    found = json.loads(JsonV1Dot6(bom).output_as_string())
    del found["serialNumber"]
    content = json.dumps(found, sort_keys=True)
    found["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, content).urn
    return json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the list to the file that is named, or show it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    try:
        text = to_json(make_bom(read_lock(BUILD), read_lock(TEST), project))
    except (UndecidedError, ValueError) as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
