"""The aws CLI, started once for many commands: each is answered by a fork of one process.

A command of the CLI spends a second of CPU on its imports and on EC2's model before it does anything.
Here a process does that once; the `aws` that a shell finds hands it arguments, variables and open
files, and ends with its exit code. What answers is the CLI's own `main`.

As a program (in the CLI's own Python): `serve SOCKET`, or `ask SOCKET ARGUMENT...`.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY = "ready"
DATA = "AWS_DATA_PATH"
"""Where the CLI's import says that its own data are."""
HEAD = 8
"""Bytes that say how long a request is."""


@contextmanager
def started_once(cli: str, folder: Path) -> Iterator[Path]:
    """Yield a folder with an `aws` for a PATH, while the process behind it runs.

    `cli`: the installed `aws`; its first line names the Python that it runs in.
    """
    python = Path(cli).read_text().splitlines()[0].removeprefix("#!").strip()
    path, stand_in = folder / "socket", folder / "aws"
    ask = f'exec {python} -IS {__file__} ask {path} "$@"\n'
    stand_in.write_text(f"#!/bin/sh\n{ask}")
    stand_in.chmod(0o755)
    command = [python, __file__, "serve", str(path)]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().strip() == READY
            yield folder
        finally:
            process.terminate()


def serve(path: str) -> None:
    """Warm up, then answer each request in a fork, until terminated."""
    main = _warmed_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
        while True:
            asking, _ = listener.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listener.close()
                _answer(asking, main)
            asking.close()


def _warmed_up():
    """Return the CLI's main; every session of it shares one loader, which knows EC2's model."""
    import awscli.clidriver
    import botocore.session  # the CLI's own, put in place by its import

    loader = botocore.session.create_loader(os.environ[DATA])
    botocore.session.create_loader = lambda _search_path=None: loader
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    botocore.session.Session().create_client("ec2", region_name="us-east-1", **keys)
    for name in ("paginators-1", "waiters-2"):
        loader.load_service_model("ec2", name)
    return awscli.clidriver.main


def _answer(asking, main) -> None:
    """Run one command as its caller would have, say its exit code, and end."""
    head, files, _, _ = socket.recv_fds(asking, HEAD, 3)
    left, body = int(head), b""
    while len(body) < left:
        body += asking.recv(left - len(body))
    request = json.loads(body)
    for mine, theirs in enumerate(files):
        os.dup2(theirs, mine)
    data = os.environ[DATA]
    os.environ.clear()
    os.environ.update({**request["variables"], DATA: data})
    os.chdir(request["folder"])
    sys.argv = ["aws", *request["arguments"]]
    try:
        code = main()
    except SystemExit as ended:
        code = ended.code
    sys.stdout.flush()
    sys.stderr.flush()
    asking.sendall(str(int(code or 0)).encode())
    os._exit(0)


def ask(path: str, *arguments: str) -> int:
    """Have one command answered; return its exit code, 1 if there was no answer."""
    request = {"arguments": arguments, "variables": dict(os.environ), "folder": str(Path.cwd())}
    body = json.dumps(request).encode()
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(path)
        socket.send_fds(asked, [f"{len(body):{HEAD}}".encode()], [0, 1, 2])
        asked.sendall(body)
        return int(asked.recv(HEAD) or 1)


if __name__ == "__main__":
    role, *words = sys.argv[1:]
    sys.exit(serve(*words) if role == "serve" else ask(*words))
