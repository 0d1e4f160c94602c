"""From an event to routes on both sides, in two accounts and regions: `make deployed
ENGINE=localstack`, whose EC2 is moto.

That engine enforces no IAM, and checks neither rules nor allowed values of parameters: the other
one does. Its state machines know no express children, so that the sweep is the direct one.
"""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.deployed.deploy import EVERYTHING_ON, RIGHTS, deploy_hub, deploy_spoke
from tests.deployed.engine import Engine
from tests.deployed.places import HUB, OTHER, ROOT, SEOUL, TOKYO
from tests.served import until

LEFT_OUT = ("FleetSweep", "PermissionsBoundary")
DIRECT = {name: value for name, value in EVERYTHING_ON.items() if name not in LEFT_OUT}
SPOKE = {name: value for name, value in RIGHTS.items() if name not in LEFT_OUT}


@pytest.fixture(scope="module")
def deployed(engine: Engine) -> Engine:
    hub = deploy_hub(engine, DIRECT)
    deploy_spoke(engine, hub.ours, OTHER, TOKYO, {**SPOKE, "RoleRegion": TOKYO})
    return engine


class Side:
    """A VPC of its own in an account and region, tagged for a peer, with one route table."""

    def __init__(self, engine: Engine, account: str, region: str, cidr: str, peer: str) -> None:
        self.account, self.region = account, region
        self.ec2 = engine.client("ec2", region, account)
        self.events = engine.client("events", region, account)
        tags = [{"Key": "peerkeeper:peers", "Value": peer}]
        wanted = [{"ResourceType": "vpc", "Tags": tags}]
        made = self.ec2.create_vpc(CidrBlock=cidr, TagSpecifications=wanted)
        self.vpc = made["Vpc"]["VpcId"]
        of_the_vpc = [{"Name": "vpc-id", "Values": [self.vpc]}]
        (table,) = self.ec2.describe_route_tables(Filters=of_the_vpc)["RouteTables"]
        self.table = table["RouteTableId"]

    def routes(self, peering: str) -> list[str]:
        """Return the networks that are routed to the peering."""
        (table,) = self.ec2.describe_route_tables(RouteTableIds=[self.table])["RouteTables"]
        return [
            route["DestinationCidrBlock"]
            for route in table["Routes"]
            if route.get("VpcPeeringConnectionId") == peering
        ]

    def say(self, sample: str, **parameters: Any) -> None:
        """Put the sample event on the default bus here, as a trail of this account does after a call."""
        event = json.loads((ROOT / "events" / f"{sample}.json").read_text())
        detail = event["detail"]
        detail["requestParameters"].update(parameters)
        detail.update(recipientAccountId=self.account, awsRegion=self.region)
        detail["userIdentity"]["accountId"] = self.account
        entry = {"Source": event["source"], "DetailType": event["detail-type"]}
        done = self.events.put_events(Entries=[{**entry, "Detail": json.dumps(detail)}])
        assert done["FailedEntryCount"] == 0, done


def test_a_request_between_two_accounts_is_routed_and_its_end_is_cleaned_up(
    deployed: Engine, figure: Callable[[str], None]
) -> None:
    here = Side(deployed, HUB, SEOUL, "10.39.0.0/16", OTHER)
    there = Side(deployed, OTHER, TOKYO, "10.50.0.0/16", HUB)
    asked = here.ec2.create_vpc_peering_connection(
        VpcId=here.vpc, PeerVpcId=there.vpc, PeerRegion=TOKYO, PeerOwnerId=OTHER
    )
    peering = asked["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    began = time.monotonic()
    there.say("create-tags", resourcesSet={"items": [{"resourceId": there.vpc}]})
    assert until(
        lambda: (
            (here.routes(peering), there.routes(peering)) == (["10.50.0.0/16"], ["10.39.0.0/16"])
        ),
        0.5,
    )
    (found,) = there.ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[peering])[
        "VpcPeeringConnections"
    ]
    assert found["Status"]["Code"] == "active"
    routed = time.monotonic() - began
    here.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    began = time.monotonic()
    here.say("delete-vpc-peering-connection", vpcPeeringConnectionId=peering)
    assert until(lambda: not here.routes(peering) and not there.routes(peering), 0.5)
    gone = time.monotonic() - began
    figure(
        f"a request routed in two accounts after {routed:.0f} s, its routes gone after {gone:.0f} s"
    )
