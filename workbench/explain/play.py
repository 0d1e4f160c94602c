"""Explain one peering, from a served cloud or a real account. In: ids and names. Out: `Explanation`."""

from __future__ import annotations

import time

from workbench.explain.explanation import Explanation, explain
from workbench.explain.reading import read
from workbench.explain.sources import ExplainError, deployed, served

__all__ = ["ExplainError", "explained"]


def explained(
    pcx_id: str, endpoint: str | None, profile: str | None, region: str | None
) -> Explanation:
    """Read what bears on the peering and explain it. Raises ExplainError where nothing can be said."""
    if endpoint:
        settings, edge, now = served(endpoint)
    else:
        (settings, edge), now = deployed(profile, region), time.time()
    found = explain(pcx_id, read(pcx_id, settings, edge, now), settings)
    if not found.lines:
        places = ", ".join(map(str, sorted(settings.locations)))
        raise ExplainError(f"{pcx_id} is not there, and no route leads to it, in {places}")
    return found
