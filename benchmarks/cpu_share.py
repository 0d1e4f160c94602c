"""A share of one processor, as a function of Lambda has it: by a quota of Linux's control groups.

In: MB of memory. Out: the words that begin a program in such a group, or why that cannot be done here. Lambda
gives more than the share while a function starts; that is not imitated.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

A_PROCESSOR = 1769
"""MB that buy one whole processor. Source: Lambda developer guide, configure function memory."""
PERIOD = 100_000
"""Microseconds in which a quota counts; the kernel's default."""
GROUPS = Path("/sys/fs/cgroup")
NAME = "peerkeeper-bench"
ENTER = 'echo $$ > "$0" && exec "$@"'


class NoShare(Exception):
    """This machine lets us set no quota."""


def quota(megabytes: int) -> int:
    """Return the microseconds of one processor in each period."""
    return PERIOD * megabytes // A_PROCESSOR


@contextmanager
def share_of(megabytes: int, groups: Path = GROUPS) -> Iterator[tuple[str, ...]]:
    """Make the group; yield what stands before a program's words. Raises NoShare where it may not be made."""
    second = "cpu" in _text(groups / "cgroup.subtree_control").split()
    group = (groups if second else groups / "cpu") / f"{NAME}-{os.getpid()}"
    try:
        group.mkdir()
        if second:
            (group / "cpu.max").write_text(f"{quota(megabytes)} {PERIOD}")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(quota(megabytes)))
    except OSError as error:
        _remove(group)
        raise NoShare(f"no quota of a processor can be set here: {error.strerror}") from error
    try:
        yield ("/bin/sh", "-c", ENTER, str(group / "cgroup.procs"))
    finally:
        _remove(group)


def _remove(group: Path) -> None:
    if group.is_dir():
        group.rmdir()


def _text(path: Path) -> str:
    return path.read_text() if path.is_file() else ""
