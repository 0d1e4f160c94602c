"""Build from a clone what a release consists of, and look at it.

In: a clean clone. Out: what was seen, in words, and faults.
"""

from __future__ import annotations

import os
import sys
import tarfile
import zipfile
from pathlib import Path

from release import version
from release.application import Publisher, Refused
from release.package import NOT_NAMED, package
from release.program import ran

Seen = tuple[str, list[str]]
LARGEST_TEMPLATE = 1_000_000
"""Bytes of a template in a bucket. Source: CloudFormation User Guide, quotas."""
BUILT = Path("build/packed/sam")


def distributions(clone: Path, out: Path) -> Seen:
    """Build the sdist and the wheel into `out`. Raises RuntimeError where one is not built."""
    ran([sys.executable, "-m", "hatchling", "build", "-d", str(out)], clone)
    now, faults = version.said(clone), []
    for path in sorted([*out.glob("*.whl"), *out.glob("*.tar.gz")]):
        faults += [f"{path.name}: {one}" for one in _wrong_metadata(_metadata(path), now)]
    names = [path.name for path in sorted(out.iterdir())]
    return ", ".join(names), faults if len(names) == 2 else [*faults, f"built {names}"]


def _metadata(path: Path) -> bytes:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            (name,) = (one for one in wheel.namelist() if one.endswith(".dist-info/METADATA"))
            return wheel.read(name)
    with tarfile.open(path) as sdist:
        (member,) = (one for one in sdist.getmembers() if one.name.endswith("/PKG-INFO"))
        found = sdist.extractfile(member)
        return found.read() if found else b""


def _wrong_metadata(text: bytes, now: str) -> list[str]:
    """Return the faults of a distribution's metadata. Source: core metadata, packaging.python.org."""
    from packaging.metadata import Metadata  # noqa: PLC0415

    try:
        said = Metadata.from_email(text, validate=True)
    except ExceptionGroup as group:
        return [str(one) for one in group.exceptions]
    faults = [] if str(said.version) == now else [f"is of {said.version}, not of {now}"]
    return faults if said.license_expression else [*faults, "names no licence"]


def templates(clone: Path, out: Path) -> Seen:
    """Package the templates as `make package` does. Raises RuntimeError where sam builds nothing."""
    del out
    sam = os.environ.get("SAM", "sam")
    quiet = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    ran([sam, "build", "--template", "template.yaml", "--build-dir", str(BUILT)], clone, quiet)
    folder = clone / "build/package"
    try:
        package(clone / BUILT / "template.yaml", folder, NOT_NAMED, "peerkeeper", Publisher())
    except Refused as error:
        return "", [str(error)]
    files = {path.name: path.stat().st_size for path in folder.iterdir()}
    large = [name for name in ("template.yaml", "spoke.yaml") if files[name] > LARGEST_TEMPLATE]
    faults = [f"{name} has {files[name]:,} bytes, over {LARGEST_TEMPLATE:,}" for name in large]
    return f"{len(files)} files, template.yaml of {files['template.yaml']:,} bytes", faults


def compiled(clone: Path) -> list[str]:
    """Return the fault where the layer that was built holds only sources."""
    layer = clone / BUILT / "PeerkeeperLayer"
    return [] if any(layer.rglob("*.pyc")) else ["the layer holds sources only"]
