"""Seoul's VPC, Tokyo's, and a neighbour of Seoul's in the same location; a group in each of the two."""

from __future__ import annotations

from typing import Any

from peerkeeper_local.story.stage import SEOUL
from tests.integration.pair import AGREED, Invocation, Pair


class Neighbours(Pair):
    """A pair between Regions, and a pair within Seoul."""

    def set_up(self) -> None:
        super().set_up()
        seoul = self.ec2(SEOUL)
        self.names["neighbour"] = seoul.create_vpc(CidrBlock="10.40.0.0/16")["Vpc"]["VpcId"]
        for name in ("seoul", "neighbour"):
            made = seoul.create_security_group(
                GroupName=name, Description=name, VpcId=self.id(name)
            )
            self.names[f"group-{name}"] = made["GroupId"]
        self.agree("seoul")
        seoul.create_tags(Resources=[self.id("neighbour")], Tags=AGREED)
        self.settle()

    def join(self) -> None:
        """Peer Seoul and its neighbour."""
        reply = self.ec2(SEOUL).create_vpc_peering_connection(
            VpcId=self.id("seoul"), PeerVpcId=self.id("neighbour")
        )
        self.names["pcx"] = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self.settle()

    def part(self) -> None:
        """End that peering."""
        self.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=self.id("pcx"))
        self.settle()

    def swept(self) -> Invocation:
        """Sweep, with calls held abreast so that waves show; return the sweep's run."""
        self.runs.clear()
        self.reports.clear()
        with self.cloud.waves.abreast():
            self.pump.sweep()
        return next(one for one in self.runs if one.function == "Sweep")

    def found(self, *codes: str) -> list[dict[str, Any]]:
        """Sweep; return the findings of these codes."""
        return [one for one in self.swept().report["findings"] if one["code"] in codes]
