"""The commands of the local cloud, where only the package is installed: a line that says how to get them."""

from __future__ import annotations

from collections.abc import Callable

import typer

from peerkeeper_cli.commands.failure import fail

LOCAL = {
    "demo": "Play the whole story on a local cloud.",
    "serve": "Serve a local cloud for boto3, the aws CLI and sam local.",
    "invoke": "Run one event file through the functions.",
    "ping": "Say whether hosts of a served cloud would ping each other.",
    "dump": "Print all that a served cloud holds.",
    "client": "Print the lines that lead AWS's clients to a served cloud.",
}
"""The commands that `peerkeeper_local` has; a test holds the list to it."""


def add_absent(app: typer.Typer) -> None:
    """Add each of these commands to the app. With any arguments it only says how to get it."""
    for name, does in LOCAL.items():
        app.command(
            name,
            help=f"{does} Only in a clone.",
            epilog=f"Example: in a clone, ./peerkeeper {name}",
            context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
        )(_absent(name))


def _absent(name: str) -> Callable[[], None]:
    def absent() -> None:
        fail(
            f"{name} needs the local cloud, and the package does not contain it: in a clone of the "
            f"repository, run `make demo` once, then `./peerkeeper {name}`"
        )

    return absent
