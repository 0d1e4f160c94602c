"""What `peerkeeper explain` says of a peering of an estate, with the settings that are deployed there."""

from peerkeeper_cli.explain.explained import explained as explained_by
from peerkeeper_cli.reader.progress import Silent
from peerkeeper_cli.reader.threads import Threads
from tests.cli.in_process import opened_on


def told(estate, pcx):
    """The explanation with what it rests on, read with an operator's credentials."""
    opened = opened_on(estate, "explain")
    return explained_by(pcx, opened, Threads(opened.access, Silent()))


def explained(estate, pcx):
    """The explanation alone."""
    return told(estate, pcx).found
