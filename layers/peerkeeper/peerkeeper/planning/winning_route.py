"""Which route of a table takes the traffic to a whole network, as EC2 chooses.

In: a route table, a network. Out: a route; in words, that EC2 chooses at random. Never decides to write.

    of the routes that hold the whole network
    the longest prefix wins
    of two alike, a static one wins over a prefix list's, and that over a propagated one
    of two prefix lists alike, with unlike targets, EC2 chooses one

Source: VPC User Guide, route priority.
"""

from __future__ import annotations

from peerkeeper.values.ec2 import Network, PeeringConnection, Route, RouteTable


def winning(table: RouteTable, destination: Network) -> Route | None:
    """Return the route that the table takes for the whole destination; None where it has none."""
    return max(
        table.holding(destination),
        key=lambda route: (
            route.destination.prefixlen if route.destination else -1,
            route.static,
            bool(route.prefix_list),
        ),
        default=None,
    )


def undecided(table: RouteTable, winner: Route, pcx: PeeringConnection) -> str:
    """Return, in words, that EC2 itself chooses between this peering and another target; else nothing.

    Source: VPC User Guide, route priority: of prefix lists that overlap, it chooses one at random.
    """
    entry = winner.destination
    if not winner.prefix_list or not entry:
        return ""
    alike = [
        other for other in table.holding(entry) if other.prefix_list and other.destination == entry
    ]
    targets = {other.target for other in alike}
    if len(targets) < 2 or pcx.id not in targets:
        return ""
    lists = " and ".join(sorted({other.prefix_list for other in alike}))
    return (
        f"{table.id} has {entry} in {lists}, with different targets, and EC2 chooses one of them; "
        "keep the entry in one list only"
    )


def routed_by_list(table: RouteTable, pcx: PeeringConnection, destination: Network) -> bool:
    """Tell whether a prefix list sends the whole network to this peering, or may do so as EC2 chooses."""
    if not table.prefix_lists:  # as most have none
        return False
    winner = winning(table, destination)
    if not winner or not winner.prefix_list:
        return False
    return winner.target == pcx.id or bool(undecided(table, winner, pcx))
