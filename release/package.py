"""Package the templates: a folder to upload as it is, from which CloudFormation deploys by address.

    python -m release.package BUILT OUT --bucket my-bucket

In: the template that `sam build` made, and where it will lie. Out: the folder OUT:

| file | what it is |
|---|---|
| `template.yaml` | the hub, its code named by bucket, prefix and digest; metadata of the application |
| `spoke.yaml` | the spoke, as it is: it has no code |
| the others, named by a digest | the layer, the functions, the state machine, licence and readme |
| `SHA256SUMS` | the digest of every file, for `sha256sum --check` |

`sam package` does the packing, against a bucket on this machine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tomllib
from pathlib import Path

import yaml

from release.application import KEY, Publisher, Refused, application
from release.bucket import Bucket, bucket
from release.program import ran
from release.version import ROOT, said

TO_READ = ("LICENSE", "README.md")
NOT_NAMED = "amzn-s3-demo-bucket"
"""The name of a bucket that AWS keeps for examples: what is packaged for it can be deployed nowhere."""


def described(built: Path, publisher: Publisher) -> str:
    """Return the built template with the metadata of this release. Raises Refused or OSError."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    try:
        template = yaml.safe_load(built.read_text())
    except yaml.constructor.ConstructorError as error:  # a short form such as !Ref
        raise Refused(f"{built} is not what sam build writes: use `make package`") from error
    template.setdefault("Metadata", {})[KEY] = application(project, said(), publisher)
    return str(yaml.safe_dump(template, sort_keys=False, width=120))


def packed(text: str, beside: Path, where: Bucket, prefix: str) -> str:
    """Upload what the template names, relative to `beside`; return the template that names the objects.

    Raises RuntimeError with sam's words where it does not pack.
    """
    template, made = beside / "described.yaml", beside / "packaged.yaml"
    template.write_text(text)
    for name in TO_READ:
        shutil.copy(ROOT / name, beside)
    words = ["--s3-bucket", where.name, "--s3-prefix", prefix, "--no-progressbar"]
    files = ["--template-file", str(template), "--output-template-file", str(made)]
    sam = os.environ.get("SAM", "sam")
    try:
        ran([sam, "package", *files, *words], env=where.variables())
    except RuntimeError as error:
        raise RuntimeError(f"sam package failed:\n{error}") from error
    return made.read_text()


def package(built: Path, out: Path, name: str, prefix: str, publisher: Publisher) -> None:
    """Make the folder again, from nothing. Raises Refused, RuntimeError or OSError."""
    text = described(built, publisher)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with bucket(name) as where:
        (out / "template.yaml").write_text(packed(text, built.parent, where, prefix))
        for key, content in where.objects():
            (out / key.removeprefix(f"{prefix}/")).write_bytes(content)
    shutil.copy(ROOT / "spoke.yaml", out)
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}
    lines = (f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (out / "SHA256SUMS").write_text("".join(lines))


def next_steps(out: Path, name: str, prefix: str) -> str:
    """Return what to do with the folder, in commands."""
    if name == NOT_NAMED:
        return "To deploy it, name your bucket, in the hub's Region: make package BUCKET=my-bucket"
    return (
        f"aws s3 sync {out} s3://{name}/{prefix}/\n"
        f"Its address: https://{name}.s3.REGION.amazonaws.com/{prefix}/template.yaml"
    )


def arguments() -> argparse.ArgumentParser:
    """Return what the command line may say; what is empty counts as left out."""
    parser = argparse.ArgumentParser(prog="python -m release.package")
    parser.add_argument("built", type=Path)
    parser.add_argument("out", type=Path)
    for name in ("bucket", "prefix", "author", "home", "source"):
        parser.add_argument(f"--{name}", default="")
    return parser


def main(words: list[str]) -> int:
    """Package as the words say; return the exit code."""
    given = arguments().parse_args(words)
    name = given.bucket or NOT_NAMED
    prefix = (given.prefix or f"peerkeeper/{said()}").strip("/")
    publisher = Publisher(given.author, given.home, given.source)
    try:
        package(given.built, given.out, name, prefix, publisher)
    except (Refused, RuntimeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    sizes = [path.stat().st_size for path in given.out.iterdir()]
    print(f"{given.out}: version {said()}, {len(sizes)} files, {sum(sizes) / 2**20:.1f} MiB")
    print(next_steps(given.out, name, prefix))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
