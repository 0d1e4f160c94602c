"""The commands of a page, run as they are written: in one bash, kept open, beside a served cloud."""

import fcntl
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.served import HANGS, ROOT, environment

AWS = os.environ.get("AWS", "")
DONE = "--done--"
TURN = Path(tempfile.gettempdir()) / "peerkeeper-pages.lock"


def blocks(page: Path) -> list[str]:
    """Return the shell blocks of a page, in order."""
    return re.findall(r"```sh\n(.*?)```", page.read_text(), re.DOTALL)


class Shell:
    """Runs commands one after the other; what one exports, the next one has."""

    def __init__(self, variables: dict[str, str], folder: Path) -> None:
        self._bash = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            env=variables,
            cwd=folder,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, commands: str) -> str:
        """Run commands; return what they printed. Fails if the last one does, or any before it."""
        assert self._bash.stdin
        assert self._bash.stdout
        self._bash.stdin.write(f"(exit 0)\n{{ {_checked(commands)}; }} </dev/null\n")
        self._bash.stdin.write(f'printf "\\n%s %s\\n" {DONE} "$?"\n')
        self._bash.stdin.flush()
        said = []
        for line in self._bash.stdout:
            if line.startswith(DONE):
                assert line.split() == [DONE, "0"], "".join(said)
                return "".join(said)
            said.append(line)
        raise AssertionError("".join(said))

    def close(self) -> None:
        """End the bash."""
        self._bash.communicate("exit\n", timeout=HANGS)


def _checked(commands: str) -> str:
    """Join the commands so that the first one that fails is the last that runs."""
    whole = commands.strip().replace("\\\n", " ")
    return " &&\n".join(whole.splitlines())


def variables() -> dict[str, str]:
    """The environment of a user on whose PATH aws and sam are, as far as they are set up."""
    found = [str(Path(os.environ[name]).parent) for name in ("AWS", "SAM") if name in os.environ]
    path = os.pathsep.join([*found, os.environ["PATH"]])
    return {**environment(), "PATH": path, "VENV": str(Path(sys.executable).parents[2])}


@contextmanager
def serving(command: str) -> Iterator[None]:
    """Run the page's `serve` line as a user does. Every page has one port, so the pages take turns."""
    with TURN.open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with _served(command):
            yield


@contextmanager
def _served(command: str) -> Iterator[None]:
    """Run the line until it listens; interrupt it in the end."""
    with subprocess.Popen(
        command.split(), env=variables(), cwd=ROOT, text=True, stdout=subprocess.PIPE
    ) as served:
        try:
            assert served.stdout
            for line in served.stdout:
                if line.startswith("#"):
                    break
            yield
        finally:
            served.send_signal(signal.SIGINT)
            served.communicate(timeout=HANGS)
    assert served.returncode == 0
