"""The commands of a clone: for the operator, and for the local cloud. All work without AWS.

In: the command line. Out: text. Exit code 0, or 1 if something went wrong, 2 for a wrong command
line; commands that read have 3 and 4 as well.
"""

from __future__ import annotations

import typer

from peerkeeper_cli.app import operator_app
from peerkeeper_local.commands import options
from peerkeeper_local.commands.demo import demo
from peerkeeper_local.commands.invoke import invoke
from peerkeeper_local.commands.ping import ping
from peerkeeper_local.commands.serve import serve
from peerkeeper_local.commands.served_cloud import client, dump

ABOUT = "Hands-off VPC peering on AWS, and a local cloud to try it on: no AWS account, no network."


def main() -> None:
    """Run the command of the clone, under the name that the user typed."""
    typed = options.typed()
    _app(typed)(prog_name=typed)


def _app(typed: str) -> typer.Typer:
    app = operator_app(typed, ABOUT)
    for command, example in (
        (demo, "demo --pace 0"),
        (serve, "serve --seed story --set Mode=add-only --set RouteScope=vpc"),
        (invoke, "invoke events/create-subnet.json"),
        (ping, "ping seoul tokyo"),
        (dump, "dump > cloud.json"),
        (client, 'eval "$({typed} client)"'),
    ):
        shown = example.format(typed=typed) if "{" in example else f"{typed} {example}"
        app.command(epilog=f"Example: {shown}")(command)
    return app
