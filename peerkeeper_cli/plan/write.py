"""One write that Peerkeeper would make, in words. In: a change. Out: `Write`.

A plan lists each under its subject:

    change                        sign    done to
    accept                        +       the peering
    route, DNS option             +       the peering's side
    stale route                   -       the peering that ended
    DNS of a VPC                  +       the VPC
    public IP of a subnet         ~       its VPC
    table, DNS of an endpoint     +       the endpoint's VPC
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.settings import Endpoints, Settings
from peerkeeper.values.changes import (
    AcceptPeering,
    AddEndpointTable,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    EnablePrivateDns,
    SetMapPublicIpOnLaunch,
    TagStatus,
    to_dict,
)
from peerkeeper.values.consents import Consent
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.estate.names import Names

ENDPOINT = "endpoint"
KINDS: dict[type[Change], str] = {
    AcceptPeering: "accept",
    CreateRoute: "route",
    DeleteRoute: "stale route",
    AllowRemoteDnsResolution: "peering DNS",
    EnableDnsSupport: "VPC DNS",
    EnableDnsHostnames: "VPC DNS",
    SetMapPublicIpOnLaunch: "public IP",
    AddEndpointTable: ENDPOINT,
    EnablePrivateDns: ENDPOINT,
}
"""How totals call each kind, in the order in which they are shown."""


def kinds(settings: Settings) -> list[str]:
    """Return the kinds that totals show. The kind `endpoint` is there only with Endpoints=keep."""
    keeps = settings.endpoints is Endpoints.KEEP
    return [one for one in dict.fromkeys(KINDS.values()) if keeps or one != ENDPOINT]


@dataclass(frozen=True, slots=True)
class Write:
    """One call that would change something."""

    change: Change
    sign: str
    words: str
    subject: str
    """The peering or the VPC that it is listed under."""
    later: bool
    consent: Consent | None = None

    @property
    def kind(self) -> str:
        """How totals call it."""
        return KINDS[type(self.change)]

    def to_dict(self) -> dict[str, object]:
        """Return it as plain JSON values."""
        return {**to_dict(self.change), "when": "later" if self.later else "now"}


def write_of(change: Change, seen: Snapshot, names: Names, *, later: bool) -> Write:
    """Return the change as people see it. `seen`: the estate as it would be."""
    where = change.location
    match change:
        case AcceptPeering(pcx_id=pcx, consent=consent):
            return Write(change, "+", "accept the request", pcx, later, consent)
        case CreateRoute(pcx_id=pcx, route_table_id=table, destination=to, consent=consent):
            words = f"route {to} in {names.said(where, table)}"
            return Write(change, "+", words, pcx, later, consent)
        case DeleteRoute(pcx_id=pcx, route_table_id=table, destination=to):
            return Write(change, "-", f"route {to} in {names.said(where, table)}", pcx, later)
        case AllowRemoteDnsResolution(pcx_id=pcx, requester_side=requester):
            side = "requester" if requester else "accepter"
            words = f"DNS: the peer resolves names of the {side} VPC to private addresses"
            return Write(change, "+", words, pcx, later)
        case EnableDnsSupport(vpc_id=vpc):
            return Write(change, "+", "DNS support on", vpc, later)
        case EnableDnsHostnames(vpc_id=vpc):
            return Write(change, "+", "DNS hostnames on", vpc, later)
        case SetMapPublicIpOnLaunch(subnet_id=subnet, value=value):
            words = f"public IPv4 on launch {'on' if value else 'off'}: {names.said(where, subnet)}"
            return Write(change, "~", words, seen.subnets[where, subnet].vpc_id, later)
        case AddEndpointTable(endpoint_id=endpoint, route_table_id=table):
            words = f"endpoint {endpoint} in {names.said(where, table)}"
            return Write(change, "+", words, seen.vpc_endpoints[where, endpoint].vpc_id, later)
        case EnablePrivateDns(endpoint_id=endpoint):
            words = f"private DNS of endpoint {endpoint} on"
            return Write(change, "+", words, seen.vpc_endpoints[where, endpoint].vpc_id, later)
        case TagStatus():  # what people were told is no write of a plan
            raise AssertionError(change)
