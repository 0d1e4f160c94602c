"""What each sample event makes happen in the cloud at its moment: every fact that comes and goes.

Read as a table: event, (facts that come), (facts that go), messages left in queues. The same table judges
the functions in this process and in a container.
"""

from collections import Counter
from dataclasses import dataclass

PCX, REJECTED, LONG_GONE = (f"pcx-0c0ffee0c0ffee00{n}" for n in (1, 2, 3))
MAIN, PRIVATE = "Seoul: rtb-0a39a39a39a39a391", "Seoul: rtb-0a39a39a39a39a392"
TOKYO_MAIN = "Tokyo: rtb-0b31b31b31b31b310"
SEOUL_ROUTE = f"{MAIN} sends 172.31.0.0/16 to {PCX}"
TOKYO_ROUTE = f"{TOKYO_MAIN} sends 10.39.0.0/16 to {PCX}"
ENDPOINT_ROUTE = f"{MAIN} sends a prefix list to vpce-0a39a39a39a39a391"
ROUTES = (SEOUL_ROUTE, TOKYO_ROUTE)
ACCEPTED = (f"Seoul: {PCX} accepted", f"Tokyo: {PCX} accepted")
PENDING = (f"Seoul: {PCX} pending-acceptance", f"Tokyo: {PCX} pending-acceptance")
SEOUL_NAMES, TOKYO_NAMES = (
    {flag: f"{vpc} DNS hostnames {flag}" for flag in ("on", "off")}
    for vpc in ("Seoul: vpc-0a39a39a39a39a391", "Tokyo: vpc-0b31b31b31b31b310")
)
SEOUL_IP, TOKYO_IP = (
    {flag: f"{subnet} public IP {flag}" for flag in ("on", "off")}
    for subnet in ("Seoul: subnet-0a39a39a39a39a391", "Tokyo: subnet-0b31b31b31b31b310")
)
# Seoul is the requester, and its VPC has no DNS hostnames yet: only Tokyo's option can be set.
TOKYO_RESOLVES = tuple(f"{city}: {PCX} accepter resolves names" for city in ("Seoul", "Tokyo"))
RESOLVES = tuple(
    f"{city}: {PCX} {side} resolves names"
    for city in ("Seoul", "Tokyo")
    for side in ("requester", "accepter")
)


@dataclass(frozen=True)
class Work:
    """What is different once every function that takes the event has run."""

    comes: frozenset[str]
    goes: frozenset[str]
    messages: Counter[str]


def _work(comes=(), goes=(), connect=0, clean=0, configure=0):
    queues = {"connect": connect, "clean": clean, "configure": configure}
    waiting = {f"peerkeeper-{name}": number for name, number in queues.items() if number}
    return Work(frozenset(comes), frozenset(goes), Counter(waiting))


def _on(*flags):
    return _work([flag["on"] for flag in flags], [flag["off"] for flag in flags])


# Every read of Tokyo's table shows the route of the peering long gone: clean_routes is to look again.
_REQUEST = _work([*ACCEPTED, *ROUTES], PENDING, connect=1, clean=1)
# A new subnet may use the main table, so its VPC's peerings are looked at: the request waits there.
_SUBNET = _work([*ACCEPTED, *ROUTES], PENDING, connect=1, clean=1, configure=1)
_ROUTED = _work([*ROUTES, *TOKYO_RESOLVES], clean=1)

WORK = {
    # A subnet is switched at the second look: the first leaves a message for it.
    "create-vpc": _work([SEOUL_NAMES["on"]], [SEOUL_NAMES["off"]], configure=1),
    "create-subnet": _SUBNET,
    "sqs-second-look": _on(SEOUL_IP),
    "create-route-table": _ROUTED,
    "create-route": _work(configure=1),
    # The one subnet has a table of its own now, so nothing uses the main one.
    "associate-route-table": _work(
        [TOKYO_ROUTE, f"{PRIVATE} sends 172.31.0.0/16 to {PCX}", *TOKYO_RESOLVES],
        clean=1,
        configure=1,
    ),
    "replace-route-table-association": _work([*ROUTES, *TOKYO_RESOLVES], clean=1, configure=1),
    "disassociate-route-table": _work(
        [*ROUTES, SEOUL_NAMES["on"]], [SEOUL_NAMES["off"]], clean=1, configure=1
    ),
    "modify-vpc-attribute": _work(
        [*ACCEPTED, *ROUTES, SEOUL_NAMES["on"]],
        [*PENDING, SEOUL_NAMES["off"]],
        connect=1,
        clean=1,
        configure=1,
    ),
    "modify-subnet-attribute": _work(configure=1),
    "create-default-vpc": _on(TOKYO_NAMES),
    "create-default-subnet": _SUBNET,
    "create-vpc-peering-connection": _REQUEST,
    "create-tags": _work(
        [*ACCEPTED, *ROUTES, TOKYO_NAMES["on"]], [*PENDING, TOKYO_NAMES["off"]], connect=1, clean=1
    ),
    "create-tags-approved": _REQUEST,
    "delete-tags": _work([TOKYO_NAMES["on"]], [TOKYO_NAMES["off"]], clean=1),
    "delete-tags-all": _work([TOKYO_NAMES["on"]], [TOKYO_NAMES["off"]], clean=1),
    "accept-vpc-peering-connection": _ROUTED,
    "accept-vpc-peering-connection-by-peerkeeper": _ROUTED,
    "modify-vpc-peering-connection-options": _work(RESOLVES, clean=1),
    "associate-vpc-cidr-block": _work(
        [f"{TOKYO_MAIN} sends 100.64.0.0/16 to {PCX}", *TOKYO_RESOLVES], clean=1
    ),
    # The route to the CIDR that went stays, and is reported.
    "disassociate-vpc-cidr-block": _work(TOKYO_RESOLVES, clean=1),
    "replace-route": _work([*ROUTES, *TOKYO_RESOLVES], clean=1, configure=1),
    "delete-route": _work([SEOUL_ROUTE, *TOKYO_RESOLVES], clean=1),
    "delete-route-to-internet": _work(
        [*ACCEPTED, *ROUTES], PENDING, connect=1, clean=1, configure=1
    ),
    "reject-vpc-peering-connection": _work(
        goes=[f"{TOKYO_MAIN} sends 10.41.0.0/16 to {REJECTED}"], connect=1
    ),  # for Seoul's side, which had no route
    "delete-vpc-peering-connection": _work(goes=ROUTES),
    "create-vpc-endpoint": _work([ENDPOINT_ROUTE]),
    "modify-vpc-endpoint": _work([ENDPOINT_ROUTE]),
    "scheduled-sweep": _work(connect=1, clean=1, configure=2),
    "fleet-sweep-location": _work(connect=1, clean=1),  # of Tokyo alone
    "sqs-batch": _work([*ACCEPTED, *ROUTES], PENDING, connect=1, clean=1),
    "sqs-hand-off": _work(goes=[f"{TOKYO_MAIN} sends 10.40.0.0/16 to {LONG_GONE}"]),
}
"""Samples that no rule takes are not here: they make nothing happen."""

FINDINGS = {
    "disassociate-vpc-cidr-block": {"surplus-route", "dns-off"},
    "delete-tags": {"routed-not-approved", "consent-withdrawn", "dns-off"},
}
"""What is reported of the samples whose point is that it is left alone."""
