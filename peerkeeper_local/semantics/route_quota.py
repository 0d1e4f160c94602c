"""How many routes a table may have.

In: destinations, and what prefix lists count for. Out: nothing, a number, or a Refusal.
"""

from collections.abc import Collection, Mapping

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal

Weights = Mapping[str, tuple[int, int]]
"""Of each prefix list that a table names: the IP version (4 or 6), and how many routes it counts for."""
NO_LISTS: Weights = {}


def check_room(
    table_id: str,
    present: Collection[str],
    destination: str,
    limits: Limits,
    weights: Weights = NO_LISTS,
) -> None:
    """Raise Refusal unless the quota of a table has room for a route to `destination`.

    `present`: the destinations that count already. IPv4 and IPv6 are counted apart, a prefix list
    by its weight. Sources: EC2 errors, Service Quotas L-93826ACB; VPC User Guide, prefix lists.
    """
    if not weights and len(present) < limits.routes_per_table:
        return
    version, weight = _counted(destination, weights)
    if routes_used(present, version, weights) + weight > limits.routes_per_table:
        raise Refusal(
            "RouteLimitExceeded", f"The maximum number of routes has been reached for {table_id}."
        )


def routes_used(present: Collection[str], version: int, weights: Weights) -> int:
    """Return how many routes of an IP version (4 or 6) the destinations count for."""
    counted = (_counted(destination, weights) for destination in present)
    return sum(weight for of, weight in counted if of == version)


def _counted(destination: str, weights: Weights) -> tuple[int, int]:
    if destination.startswith("pl-"):
        return weights.get(destination, (4, 1))
    return (6 if ":" in destination else 4), 1
