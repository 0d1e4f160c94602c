"""Two VPCs in two regions, both agreed, ready to be peered; and every invocation with its calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peerkeeper_local.cloud import Call, Delays, depth
from peerkeeper_local.pump import FunctionInvoked, FunctionReturned
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

AGREED = [{"Key": "peerkeeper:peers", "Value": "self"}]


@dataclass
class Invocation:
    """One run of a function: its EC2 calls and its report."""

    function: str
    records: int
    calls: list[Call]
    reply: Any
    report: dict[str, Any]
    logs: tuple[dict[str, Any], ...]

    @property
    def writes(self) -> list[Call]:
        return [call for call in self.calls if not call.action.startswith(("Describe", "Get"))]

    @property
    def depth(self) -> int:
        return depth(self.calls)


class Pair(Stage):
    """Seoul's 10.39.0.0/16 and Tokyo's default VPC."""

    def set_up(self) -> None:
        super().set_up()
        self.runs: list[Invocation] = []
        self._from = 0
        self.pump.on_step(self._watch)
        vpc = self.ec2(SEOUL).create_vpc(CidrBlock="10.39.0.0/16")["Vpc"]["VpcId"]
        (default,) = self.ec2(TOKYO).describe_vpcs()["Vpcs"]
        self.names.update({"seoul": vpc, "tokyo": default["VpcId"]})
        self.name_main_table(SEOUL, "seoul")
        self.name_main_table(TOKYO, "tokyo")
        self.settle()

    def _watch(self, step: object) -> None:
        if isinstance(step, FunctionInvoked):
            self._from = len(self.cloud.calls)
            self._records = len(step.records)
        if isinstance(step, FunctionReturned):
            reports = [line["report"] for line in step.logs if "report" in line]
            calls = self.cloud.calls[self._from :]
            self.runs.append(
                Invocation(step.function, self._records, calls, step.reply, *reports[:1], step.logs)
            )

    def settle(self) -> None:
        """Let everything that is due within a minute happen, and forget it."""
        self.pump.advance(60)
        self.runs.clear()
        self.reports.clear()

    def agree(self, *names: str) -> None:
        for name in names or ("seoul", "tokyo"):
            region = SEOUL if name == "seoul" else TOKYO
            self.ec2(region).create_tags(Resources=[self.id(name)], Tags=AGREED)

    def ask(self) -> str:
        reply = self.ec2(SEOUL).create_vpc_peering_connection(
            VpcId=self.id("seoul"), PeerVpcId=self.id("tokyo"), PeerRegion=TOKYO
        )
        self.names["pcx"] = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        return self.names["pcx"]

    def peer(self) -> None:
        """Peer the two, routes, DNS and all, and let it settle."""
        self.agree()
        self.ask()
        self.settle()

    def react(self, seconds: float = 10) -> list[Invocation]:
        """Let the functions react, their calls held abreast, so that waves show; return the runs."""
        self.runs.clear()
        with self.cloud.waves.abreast():
            self.pump.run(max_seconds=seconds)
        return list(self.runs)

    def to_peering(self) -> set[tuple[str, str]]:
        return {(t, d) for t, d, target in self.routes() if target == self.names.get("pcx")}


QUICK = Delays(initiating=0.0, provisioning=12.0, deleting=0.0)
