"""The stage: a local cloud with Peerkeeper deployed in it, and an operator's hands.

In: the mode. Out: EC2 clients, the pump, and what the functions reported. One stage at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from peerkeeper_local.cloud import Call, Delays, LocalCloud
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import Delivery, FunctionReturned, KeptLog, Pump, Step

ROOT = Path(__file__).parents[2]
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
FOREIGN_ACCOUNT = "444455556666"
EVERYWHERE = {"EnforceIn": "all", "SubnetPublicIp": "match-internet-route"}
"""Parameters of the sample events: settings reach every VPC, and there is much to see."""
PLAYED = {**EVERYWHERE, "Endpoints": "keep"}
"""Parameters of the story: endpoints, too."""
DELAYS = Delays(initiating=4.0, provisioning=12.0, deleting=20.0)


class Stage:
    """A local cloud of two regions, Peerkeeper in `mode`, and names for what the operator makes."""

    regions: tuple[str, ...] = (SEOUL, TOKYO)
    accounts: tuple[str, ...] = ()
    """The managed accounts other than the hub's."""

    def __init__(
        self,
        mode: str = "full",
        delays: Delays = DELAYS,
        delivery: Delivery | None = None,
        **parameters: str,
    ) -> None:
        """`parameters`: template.yaml's, except Mode and Regions."""
        self.parameters = {"Mode": mode, **parameters}
        self.delivery = delivery
        self.cloud = LocalCloud(regions=self.regions, delays=delays, accounts=self.accounts)
        self.names: dict[str, str] = {}
        """Resource id by the operator's name for it."""
        self.reports: list[dict[str, Any]] = []
        self._open = ExitStack()
        self._watchers: list[Callable[[], None]] = []

    def __enter__(self) -> Self:
        with self._open:  # what cannot be set up leaves no cloud open
            self._open.enter_context(self.cloud)
            self.pump = Pump(self.cloud, Deployment(ROOT), self.parameters, self.delivery)
            self.log = KeptLog(self.cloud.clock.now())
            self.pump.on_step(self.log.hear)
            self.pump.on_step(self._note)
            self.set_up()
            self._open = self._open.pop_all()
        return self

    def set_up(self) -> None:
        """Make what is there at first: nothing here."""

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def on_moment(self, watch: Callable[[], None]) -> None:
        """Let `watch` look at the network whenever a scene says that now is the time."""
        self._watchers.append(watch)

    def moment(self) -> None:
        """Say that the network is worth a look as it stands now, in the middle of a scene or at its end."""
        for watch in self._watchers:
            watch()

    def _note(self, step: Step) -> None:
        if isinstance(step, FunctionReturned):
            if step.error:
                raise RuntimeError(f"{step.function} raised:\n{step.error}")
            self.reports += [line["report"] for line in step.logs if "report" in line]

    def ec2(self, region: str, account: str | None = None) -> Any:  # noqa: ANN401 - made at run time
        """Return the operator's EC2 client."""
        return self.cloud.client("ec2", region, account=account)

    def id(self, name: str) -> str:
        """Return the id of what the operator calls `name`."""
        return self.names[name]

    def findings(self) -> list[dict[str, str]]:
        """Return what the functions reported since the last call, and forget it."""
        found = [finding for report in self.reports for finding in report["findings"]]
        self.reports.clear()
        return found

    def name_main_table(self, region: str, vpc: str) -> None:
        """Call the main route table of that VPC `<vpc>-main`."""
        for table in self.tables(region, vpc):
            if any(item.get("Main") for item in table["Associations"]):
                self.names[f"{vpc}-main"] = table["RouteTableId"]

    def tables(self, region: str, name: str) -> list[dict[str, Any]]:
        """Return the route tables of the VPC called `name`."""
        filters = [{"Name": "vpc-id", "Values": [self.id(name)]}]
        found: list[dict[str, Any]] = self.ec2(region).describe_route_tables(Filters=filters)[
            "RouteTables"
        ]
        return found

    def routes(self) -> set[tuple[str, str, str]]:
        """Return every route of both regions as (table, destination, target)."""
        return {
            (table["RouteTableId"], route.get("DestinationCidrBlock", ""), target_of(route))
            for region in (SEOUL, TOKYO)
            for page in self.ec2(region).get_paginator("describe_route_tables").paginate()
            for table in page["RouteTables"]
            for route in table["Routes"]
        }

    def peering(self, region: str, name: str = "seoul-tokyo") -> dict[str, Any]:
        """Return the peering connection called `name` as `region` sees it; empty if it is not there."""
        filters = [{"Name": "vpc-peering-connection-id", "Values": [self.id(name)]}]
        reply = self.ec2(region).describe_vpc_peering_connections(Filters=filters)
        return next(iter(reply["VpcPeeringConnections"]), {})

    def writes(self) -> Iterator[Call]:
        """Yield every EC2 call of Peerkeeper's own roles that is not a read."""
        for call in self.cloud.calls:
            ours = "role/peerkeeper-" in call.principal
            if ours and not call.action.startswith(("Describe", "Get")):
                yield call


def target_of(route: dict[str, Any]) -> str:
    """Return the id of a route's target, of any kind."""
    keys = ("VpcPeeringConnectionId", "NatGatewayId", "GatewayId", "TransitGatewayId")
    return next((str(route[key]) for key in keys if route.get(key)), "")
