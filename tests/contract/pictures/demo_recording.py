"""The demo as a recording for the README, played in a terminal of 80 columns. Out: docs/pictures/demo.svg.

python -m tests.contract.pictures.demo_recording
"""

from __future__ import annotations

import os
import pty
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

from tests.contract.pictures.terminal import recording

PICTURE = Path(__file__).parents[3] / "docs/pictures/demo.svg"
COLUMNS, ROWS = 80, 30
UP, ERASE = "\x1b[1A", "\x1b[2K"


def lines_of_the_demo() -> list[str]:
    """Play the demo in a terminal of its own; return its lines, with their colours."""
    ours, its = pty.openpty()
    ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    command = [sys.executable, "-m", "peerkeeper_local", "demo"]
    said = b""
    with subprocess.Popen(command, stdout=its, stdin=its, env={**os.environ, **looks}) as demo:
        os.close(its)
        while piece := _read(ours):
            said += piece
    os.close(ours)
    if demo.returncode:
        raise SystemExit(said.decode())
    return _left_standing(said.decode().replace("\r\n", "\n").rstrip("\n").split("\n"))


def _left_standing(lines: list[str]) -> list[str]:
    """Return the lines without those that the demo erased: its progress."""
    kept: list[str] = []
    for line in lines:
        *before, rest = line.split(ERASE)
        if before and UP in before[0]:
            kept.pop()
        kept.append(rest)
    return kept


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65536)
    except OSError:  # on Linux a terminal whose program has ended says so
        return b""


if __name__ == "__main__":
    prompt = "\x1b[1m$ make demo\x1b[0m"
    PICTURE.write_text(recording([prompt, *lines_of_the_demo()], "make demo", COLUMNS, ROWS))
