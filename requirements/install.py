"""Set up one environment from its pins, and show how far it is.

    python requirements/install.py SET TARGET

In: the name of a set (requirements/SET.txt) and the folder to make. Out: a virtual environment there, or the
end of pip's own words and exit code 1. Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
WIDTH = 78


def install(name: str, target: Path) -> int:
    """Make the environment again; return pip's exit code."""
    pins = HERE / f"{name}.txt"
    packages = sum("==" in line for line in pins.read_text().splitlines())
    say(f"setting up {target} (once; up to {packages} packages)")
    venv.create(target, clear=True, with_pip=True)
    python = target / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "-r", str(pins)]
    said: list[str] = []
    began = time.monotonic()
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            show(progress(said, packages, time.monotonic() - began))
    show("")
    if pip.returncode:
        say("".join(said[-20:]))
    else:
        say(f"  {target} is ready after {time.monotonic() - began:.0f} s")
    return pip.returncode


def progress(said: list[str], packages: int, passed: float) -> str:
    """Return one line: packages collected, and the seconds left at this pace; then that pip installs them."""
    if any(line.startswith("Installing collected") for line in said[-3:]):
        return "  all collected; installing them"
    count = sum(line.startswith("Collecting") for line in said)
    if not count:
        return ""
    left = passed / count * max(0, packages - count)
    return f"  {count} of {packages} collected, about {left:.0f} s left"


def show(line: str) -> None:
    """Replace the line on a terminal; elsewhere say nothing, so that logs stay short."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r{line:<{WIDTH}}" if line else "\r" + " " * WIDTH + "\r")
        sys.stdout.flush()


def say(line: str) -> None:
    """Write a line that stays."""
    sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.flush()


def arguments(words: list[str]) -> Iterator[str]:
    """Yield the set and the target; raises SystemExit with what is right where they are wrong."""
    sets = sorted(path.stem for path in HERE.glob("*.txt"))
    if len(words) != 2 or words[0] not in sets:
        raise SystemExit(f"usage: python requirements/install.py {{{','.join(sets)}}} TARGET")
    yield from words


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - it is this script that says so
        raise SystemExit("Peerkeeper needs Python 3.11 or newer: make PYTHON=python3.13 ...")
    wanted, where = arguments(sys.argv[1:])
    raise SystemExit(install(wanted, Path(where)))
