"""Asking for peerings, and ending them. In: hands, rows. Out: peerings and their ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from peerkeeper_local.seeds.estate.hands import Hands, tagged
from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.names import PEERINGS
from peerkeeper_local.seeds.estate.row import Row
from peerkeeper_local.seeds.estate.vpc import Vpc

NOBODYS = "vpc-0123456789abcdef0"
"""A VPC that no account has."""
CHARGED: dict[str, Any] = {"RequesterPeeringConnectionOptions": {"AllowMultipathResilience": True}}


class Peerings:
    """The peerings asked for so far, by row and by kind."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.ids: dict[Row, str] = {}
        self.kinds: dict[Kind, list[str]] = defaultdict(list)
        self.resolving: list[str] = []
        """The peerings with DNS resolution on, once for each side."""

    def sides(self, row: Row) -> tuple[Vpc, Vpc]:
        """Return the requester's VPC and the accepter's."""
        return self.hands.vpcs[row.one], self.hands.vpcs[row.other]

    def ask(self, rows: Iterable[Row]) -> None:
        """Ask for each of them; the first six that are routed by hand get names that are hard to show."""
        for row in rows:
            one, other = self.sides(row)
            hand = self.kinds[Kind.HAND]
            odd = row.kind is Kind.HAND and len(hand) < len(PEERINGS)
            name = PEERINGS[len(hand)] if odd else f"{row.one}-to-{row.other}"
            tags = {"Name": name, "estate-kind": row.kind.value}
            reply = self.hands.of(row.one).create_vpc_peering_connection(
                VpcId=one.id,
                PeerVpcId=NOBODYS if row.kind is Kind.FAILED_WRONG_ID else other.id,
                PeerOwnerId=other.plan.account,
                PeerRegion=other.plan.region,
                TagSpecifications=tagged("vpc-peering-connection", tags),
                **(CHARGED if row.kind is Kind.PENDING_CHARGES else {}),
            )
            self.ids[row] = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
            self.kinds[row.kind].append(self.ids[row])
        self.hands.wait(60)

    def accept(self, rows: Iterable[Row]) -> None:
        """Accept each of them, and wait until they are active."""
        for row in rows:
            ec2 = self.hands.of(row.other)
            ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=self.ids[row])
        self.hands.wait(60)

    def reject(self, rows: Iterable[Row]) -> None:
        """Reject each of them."""
        for row in rows:
            ec2 = self.hands.of(row.other)
            ec2.reject_vpc_peering_connection(VpcPeeringConnectionId=self.ids[row])

    def end(self, rows: Iterable[Row]) -> None:
        """Delete each of them, by the accepter's side, and wait until they are deleted."""
        for row in rows:
            ec2 = self.hands.of(row.other)
            ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=self.ids[row])
        self.hands.wait(60)
