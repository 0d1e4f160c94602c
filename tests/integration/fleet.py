"""Three accounts in three regions: the hub's, and two others that hold its roles. One VPC in each."""

from __future__ import annotations

from typing import Any

from peerkeeper_local.cloud import Call
from peerkeeper_local.pump import FunctionInvoked, FunctionReturned, Step
from peerkeeper_local.story.stage import DELAYS, EVERYWHERE, SEOUL, TOKYO, Stage, target_of

HUB, APPS, DATA = "111122223333", "222233334444", "444455556666"
STRAY = "777788889999"
SINGAPORE = "ap-southeast-1"
ORGANIZATION = "o-fleet0fleet0"
EXTERNAL_ID = "3f1c9a5e-0d6b-4c57-9d55-6d0f8b5f7a10"
PLACES = {"hub": (HUB, SINGAPORE), "apps": (APPS, SEOUL), "data": (DATA, TOKYO)}
CIDRS = {"hub": "10.1.0.0/16", "apps": "10.2.0.0/16", "data": "10.3.0.0/16"}
FUNCTIONS = ("connect-peerings", "clean-routes", "configure-vpcs", "sweep")
BY_EXTERNAL_ID = {"ExternalId": EXTERNAL_ID}


def hub_role(function: str) -> str:
    return f"arn:aws:iam::{HUB}:role/peerkeeper-{function}"


def spoke_role(account: str, function: str) -> str:
    return f"arn:aws:iam::{account}:role/peerkeeper-spoke-{function}"


class Fleet(Stage):
    """The stage with two more accounts, each with a spoke in every region."""

    regions = (SEOUL, TOKYO, SINGAPORE)
    accounts = (APPS, DATA)

    def __init__(
        self,
        mode: str = "full",
        without: tuple[str, ...] = (),
        withheld: tuple[tuple[str, str], ...] = (),
        **parameters: str,
    ) -> None:
        """`without`: ARNs of spoke roles that were never made. `withheld`: (role ARN, action) not granted."""
        said = {
            "AllowedAccounts": ",".join((HUB, APPS, DATA)),
            **BY_EXTERNAL_ID,
            **EVERYWHERE,
            **parameters,
        }
        super().__init__(mode, DELAYS, None, **said)
        self.steps: list[Step] = []
        self.without, self.withheld = without, withheld

    def set_up(self) -> None:
        super().set_up()
        self.pump.on_step(self.steps.append)
        for arn in self.without:
            self.cloud.authority.remove(arn)
        for right in self.withheld:
            self._open.enter_context(self.cloud.authority.without(*right))
        self.build(CIDRS)
        self.settle()

    def build(self, cidrs: dict[str, str]) -> None:
        """Make a VPC in each place; from now on the names stand for these."""
        for name, cidr in cidrs.items():
            self.names[name] = self.of(name).create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]

    def settle(self, seconds: float = 60) -> None:
        """Let everything that is due happen, and forget it."""
        self.pump.advance(seconds)
        self.forget()

    def forget(self) -> None:
        self.reports.clear()
        self.steps.clear()
        self.cloud.authority.assumptions.clear()

    def of(self, name: str) -> Any:
        """The operator's client where that VPC is."""
        account, region = PLACES[name]
        return self.ec2(region, account)

    def agree(self, name: str, peers: str) -> None:
        tag = {"Key": "peerkeeper:peers", "Value": peers}
        self.of(name).create_tags(Resources=[self.id(name)], Tags=[tag])

    def ask(self, requester: str, accepter: str, tags: dict[str, str] | None = None) -> str:
        account, region = PLACES[accepter]
        born = [{"Key": key, "Value": value} for key, value in (tags or {}).items()]
        reply = self.of(requester).create_vpc_peering_connection(
            VpcId=self.id(requester),
            PeerVpcId=self.id(accepter),
            PeerOwnerId=account,
            PeerRegion=region,
            TagSpecifications=[{"ResourceType": "vpc-peering-connection", "Tags": born}]
            if born
            else [],
        )
        pcx: str = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self.names[f"{requester}-{accepter}"] = pcx
        return pcx

    def peer(self, requester: str, accepter: str) -> str:
        """Peer the two, agreed on both sides, and let it settle."""
        self.agree(requester, PLACES[accepter][0])
        self.agree(accepter, PLACES[requester][0])
        pcx = self.ask(requester, accepter)
        self.pump.advance(60)
        return pcx

    def status(self, name: str, pcx: str) -> str:
        shown = self.of(name).describe_vpc_peering_connections(
            Filters=[{"Name": "vpc-peering-connection-id", "Values": [pcx]}]
        )["VpcPeeringConnections"]
        return str(shown[0]["Status"]["Code"]) if shown else ""

    def routed(self, name: str, pcx: str) -> set[str]:
        """Destinations that the VPC's tables send to the peering."""
        tables = self.of(name).describe_route_tables(
            Filters=[{"Name": "vpc-id", "Values": [self.id(name)]}]
        )["RouteTables"]
        return {
            route["DestinationCidrBlock"]
            for table in tables
            for route in table["Routes"]
            if target_of(route) == pcx
        }

    def resolves(self, name: str, pcx: str) -> bool:
        """Whether that side lets the other resolve its names."""
        (shown,) = self.of(name).describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])[
            "VpcPeeringConnections"
        ]
        sides = (shown["RequesterVpcInfo"], shown["AccepterVpcInfo"])
        (own,) = [side for side in sides if side["VpcId"] == self.id(name)]
        return bool(own["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"])

    def codes(self, location: str | None = None) -> set[str]:
        """The codes found so far, in one location or anywhere."""
        return {
            finding["code"]
            for report in self.reports
            for finding in report["findings"]
            if location in (None, finding["location"])
        }

    def found(self, code: str) -> list[dict[str, str]]:
        found = {
            tuple(sorted(finding.items()))
            for report in self.reports
            for finding in report["findings"]
            if finding["code"] == code
        }
        return [dict(one) for one in sorted(found)]

    def ours(self) -> list[Call]:
        """Calls that Peerkeeper's roles made."""
        return [call for call in self.cloud.calls if ":assumed-role/peerkeeper-" in call.principal]

    def runs(self) -> list[FunctionInvoked]:
        return [step for step in self.steps if isinstance(step, FunctionInvoked)]

    def replies(self) -> list[Any]:
        return [step.reply for step in self.steps if isinstance(step, FunctionReturned)]
