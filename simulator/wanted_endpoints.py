"""What the owners of VPC endpoints ask for by tag, from the true state: a second reading.

In: a place, its location, a moment. Out: tables to add, endpoints whose private DNS is to be on. Written from
the design: it imports nothing of Peerkeeper.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper_local.semantics.endpoints import Endpoint, state_of
from peerkeeper_local.semantics.limits import Moment
from simulator import policy as say
from simulator.rows import Place, Table
from simulator.serving import serves

TABLES, PRIVATE_DNS = "peerkeeper:endpoint-tables", "peerkeeper:private-dns"


def lacking_tables(place: Place, moment: Moment) -> Iterator[tuple[Endpoint, Table]]:
    """Yield each table that exactly one tagged endpoint wants, and that no endpoint of its service has."""
    for endpoint in place.endpoints.values():
        for table in _wanted(place, endpoint, moment):
            rivals = [one for one in _alike(place, endpoint) if one.gateway]
            held = any(table.id in one.tables for one in (endpoint, *rivals))
            contested = any(table in _wanted(place, one, moment) for one in rivals)
            if not held and not contested:
                yield endpoint, table


def lacking_dns(place: Place, moment: Moment) -> Iterator[Endpoint]:
    """Yield each interface endpoint whose tag asks for private DNS, that can have it, and has it not."""
    for endpoint in place.endpoints.values():
        vpc = place.vpcs[endpoint.vpc_id]
        rivals = _alike(place, endpoint)
        taken = any(one.private_dns or _asks(place, one, moment) for one in rivals)
        on = vpc.dns_support and vpc.dns_hostnames
        if _asks(place, endpoint, moment) and on and not taken and not endpoint.private_dns:
            yield endpoint


def _asks(place: Place, endpoint: Endpoint, moment: Moment) -> bool:
    """Whether private DNS is asked for, of an endpoint that is available and not out of every rule."""
    return not endpoint.gateway and _said(place, endpoint, moment, PRIVATE_DNS) == "on"


def _wanted(place: Place, endpoint: Endpoint, moment: Moment) -> list[Table]:
    said = _said(place, endpoint, moment, TABLES) if endpoint.gateway else ""
    return [
        table
        for table in place.tables.values()
        if table.vpc_id == endpoint.vpc_id
        and said in ("private", "all")
        and serves(place, table)
        and say.takes_routes(place.tags.get(table.id, {}))
        and (said == "all" or not any(one.target.id.startswith("igw-") for one in table.routes))
    ]


def _said(place: Place, endpoint: Endpoint, moment: Moment, key: str) -> str:
    tags = place.tags.get(endpoint.id, {})
    exempt = say.exempt(place.tags.get(endpoint.vpc_id, {}))
    alone = len(say.meant(tags, key)) == 1 and key in tags
    available = state_of(endpoint, moment) == "available"
    return tags[key] if alone and available and not exempt else ""


def _alike(place: Place, endpoint: Endpoint) -> list[Endpoint]:
    """Return the other endpoints of the same service in the VPC."""
    return [
        one
        for one in place.endpoints.values()
        if one.id != endpoint.id
        and (one.vpc_id, one.service) == (endpoint.vpc_id, endpoint.service)
    ]
