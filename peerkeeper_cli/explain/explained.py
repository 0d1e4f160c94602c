"""Explain one peering, from a served cloud or a real account. In: ids and names. Out: `Explanation`."""

from __future__ import annotations

import time
from collections.abc import Sequence

from peerkeeper_cli.explain.explanation import Explanation, explain
from peerkeeper_cli.explain.read_peering import read
from peerkeeper_cli.explain.sources import ExplainError, deployed, served

__all__ = ["ExplainError", "explained"]


def explained(
    pcx_id: str, endpoint: str | None, profiles: Sequence[str], region: str | None
) -> Explanation:
    """Read what bears on the peering and explain it. Raises ExplainError where nothing can be said."""
    if endpoint:
        settings, reach, now = served(endpoint)
    else:
        (settings, reach), now = deployed(profiles, region), time.time()
    found = explain(pcx_id, read(pcx_id, reach.locations, settings, reach, now), settings)
    if not found.lines:
        places = ", ".join(map(str, sorted(reach.locations)))
        raise ExplainError(
            f"{pcx_id} is not there, and no route leads to it, in {places}; nothing else was read"
        )
    return found
