"""The log of a served local cloud. In: its URL, a peering, a time. Out: `Past`."""

from __future__ import annotations

from urllib.parse import urlencode

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.history.log_line import LogLine
from peerkeeper_cli.history.past import Past
from peerkeeper_cli.served_cloud.ask import ask
from peerkeeper_cli.served_cloud.errors import InvocationError


def local_past(url: str, pcx: str, since: float, now: float) -> Past:
    """Return what the cloud's functions logged of the peering. Raises ReadError where it does not say."""
    try:
        said = ask(url, f"log?{urlencode({'about': pcx})}")
    except InvocationError as error:
        raise ReadError(str(error)) from error
    lines = [LogLine(float(one["at"]), one["line"]) for one in said["lines"]]
    kept = tuple(line for line in lines if line.at >= since)
    return Past(kept, since, float(said["since"]), now, f"the log of the local cloud at {url}")
