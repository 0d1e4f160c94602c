"""A file that only its owner may read. In: a path and text. Out: the file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from peerkeeper_cli.map.mermaid import MARK

OURS = ("<!-- peerkeeper map -->", MARK)
"""How a map begins."""


class MapFileError(Exception):
    """The file cannot be written; the message says what to do."""


def write_private(path: Path, text: str, *, force: bool = False) -> None:
    """Write the text with mode 0600.

    there is                        without --force     with --force
    nothing, or a map of ours       written             written
    another file                    refused             written
    a folder, a device, a link      refused             refused

    Errors: MapFileError. It is written beside the path and then renamed, so that no reader sees half of it
    and a failure leaves what was there. Source: rename(2).
    """
    fault_of(path, force=force)
    try:
        # mkstemp makes the file with mode 0600 before a byte is in it.
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise MapFileError(f"{path} cannot be written: {error.strerror or error}") from error


def fault_of(path: Path | None, *, force: bool) -> None:
    """Raise MapFileError where the file cannot be written: to be asked before AWS is read."""
    try:
        fault = _fault(path, force) if path else ""
    except OSError as error:
        raise MapFileError(f"{path} cannot be written: {error.strerror or error}") from error
    if fault:
        raise MapFileError(fault)


def _fault(path: Path, force: bool) -> str:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return f"{path} is a link, a folder or a device: name another file with --out"
    if not path.parent.is_dir():
        return f"{path.parent} is no folder: make it first, or name another file with --out"
    if path.exists() and not force and not _is_map(path):
        return f"{path} is there and no map: name another file with --out, or write over it with --force"
    return ""


def _is_map(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            beginning = file.read(200)
            return any(mark in beginning for mark in OURS)
    except OSError:
        return False
