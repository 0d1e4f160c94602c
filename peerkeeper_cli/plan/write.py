"""One write that Peerkeeper would make, in words. In: a change. Out: `Write`.

A plan lists each under its subject:

    change                        sign    done to
    accept                        +       the peering
    route, DNS option             +       the peering's side
    stale route                   -       the peering that ended
    DNS of a VPC                  +       the VPC
    public IP of a subnet         ~       its VPC
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    SetMapPublicIpOnLaunch,
    TagStatus,
    to_dict,
)
from peerkeeper.values.consents import Consent
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.estate.names import Names

KINDS: dict[type[Change], str] = {
    AcceptPeering: "accept",
    CreateRoute: "route",
    DeleteRoute: "stale route",
    AllowRemoteDnsResolution: "peering DNS",
    EnableDnsSupport: "VPC DNS",
    EnableDnsHostnames: "VPC DNS",
    SetMapPublicIpOnLaunch: "public IP",
}
"""How totals call each kind, in the order in which they are shown."""


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
            return Write(change, "+", "DNS host names on", vpc, later)
        case SetMapPublicIpOnLaunch(subnet_id=subnet, value=value):
            words = f"public IPv4 on launch {'on' if value else 'off'}: {names.said(where, subnet)}"
            return Write(change, "~", words, seen.subnets[where, subnet].vpc_id, later)
        case TagStatus():  # what people were told is no write of a plan
            raise AssertionError(change)
