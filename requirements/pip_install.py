"""Install the package into an empty environment, as a user does, and try the command that it brings.

    python requirements/pip_install.py TARGET

In: the folder to make. Out: a virtual environment there and what was seen; exit code 1 where something is not
as promised. The times are printed and not judged, since machines differ.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINS = ROOT / "requirements/demo.txt"
UNWANTED = ("moto", "aws_lambda_powertools", "peerkeeper_local")
TRIES = 5


def installed(target: Path) -> Path:
    """Make the environment again with the package in it; return the folder of its commands."""
    print(f"installing the package into {target}", flush=True)  # noqa: T201
    venv.create(target, clear=True, with_pip=True)
    commands = target.absolute() / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [str(commands / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "-c", str(PINS), str(ROOT)], check=True)  # noqa: S603 - our own words
    return commands


def away(command: list[str], target: Path) -> subprocess.CompletedProcess[str]:
    """Run a command away from every clone: the folder is outside of it, and PYTHONPATH is not set."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(  # noqa: S603 - our own words
        command, cwd=target, env=environment, capture_output=True, text=True, check=False
    )


def seen(commands: Path) -> Iterator[tuple[str, bool]]:
    """Yield what was seen, in words, and whether it is as promised."""
    for words, wanted in (
        (["--version"], "peerkeeper "),
        (["explain", "--help"], "Usage: peerkeeper"),
    ):
        command = [str(commands / "peerkeeper"), *words]
        times = []
        for _ in range(TRIES):
            began = time.monotonic()
            done = away(command, commands)
            times.append(time.monotonic() - began)
        said = f"`peerkeeper {' '.join(words)}`: {min(times):.2f} s at best of {TRIES}"
        yield said, done.returncode == 0 and wanted in done.stdout
    for name in UNWANTED:
        command = [str(commands / "python"), "-c", f"import {name}"]
        absent = away(command, commands).returncode != 0
        yield f"{name} is {'absent' if absent else 'there'}", absent


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python requirements/pip_install.py TARGET")
    found = list(seen(installed(Path(sys.argv[1]))))
    for line, right in found:
        print(f"  {'ok' if right else 'NOT AS PROMISED'}: {line}")  # noqa: T201
    raise SystemExit(0 if all(right for _, right in found) else 1)
