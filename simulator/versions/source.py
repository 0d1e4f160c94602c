"""The source of another version: out of git, into its own folder.

In: this clone's history. Out: a folder with the version's functions, its template and its package. There the
package is called `peerkeeper_before`, in import lines too, so that two versions live in one process.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = ROOT / "build" / "versions"
PACKAGE = "peerkeeper_before"
STAND_IN = "e292aba9f5e448c80cce4886fc8a57ff64d889ec"
"""Stands for a released version while no tag is there. It is the last commit whose hand-offs have no `acts`.
It has no `keep_endpoints`, no `peerkeeper:destinations`, and no QuotaCheck either."""
LAYER = Path("layers", "peerkeeper", "peerkeeper")
IMPORT = re.compile(r"^(\s*(?:from|import) )peerkeeper(?=[. ])", re.MULTILINE)


class NoHistory(Exception):
    """No other version is available here."""


@dataclass(frozen=True, slots=True)
class Source:
    """Another version. `name`: its tag, or the first characters of the stand-in's commit."""

    name: str
    folder: Path

    @property
    def is_stand_in(self) -> bool:
        """Whether no version is released yet."""
        return STAND_IN.startswith(self.name)


@cache
def other_version() -> Source:
    """Return the version that was released last, or the stand-in. Raises NoHistory."""
    tags = _git("tag", "--list", "v*", "--sort=-version:refname", "--merged", "HEAD").split()
    name = tags[0] if tags else STAND_IN[:7]
    commit = _commit(name if tags else STAND_IN)
    folder = MADE / commit
    if not folder.exists():
        _make(commit, folder)
    return Source(name, folder)


def renamed(text: str) -> str:
    """Return the source with the package's other name in its import lines, and nowhere else."""
    return IMPORT.sub(rf"\1{PACKAGE}", text)


def _commit(name: str) -> str:
    try:
        return _git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
    except NoHistory:
        raise NoHistory(f"this clone has no commit {name}: git fetch --unshallow --tags") from None


def _make(commit: str, folder: Path) -> None:
    """Fill the folder. It gets its name last, so that one with this name is whole."""
    MADE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MADE) as held:
        made = Path(held, "whole")
        archive = _git_bytes("archive", commit, LAYER.as_posix(), "functions", "template.yaml")
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(made, filter="data")
        shutil.move(made / LAYER, made / PACKAGE)
        for path in made.rglob("*.py"):
            path.write_text(renamed(path.read_text()))
        try:
            made.rename(folder)
        except OSError:
            if not folder.exists():  # another process was first, or there is a fault
                raise


def _git(*words: str) -> str:
    return _git_bytes(*words).decode()


def _git_bytes(*words: str) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name[:4] != "GIT_"}
    try:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, env=environment, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoHistory(f"git {words[0]} says nothing here: {error}") from error
    return done.stdout
