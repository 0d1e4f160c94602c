"""What goes wrong in the estate. In: the estate. Out: the estate, in trouble."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from peerkeeper_local.pump import Logs
from peerkeeper_local.story.stage import SEOUL
from tests.integration.alarmed.deeds import lose_route
from tests.integration.alarmed.estate import Estate

PARTNER = "444455556666"


def well(_estate: Estate) -> None:
    """Nothing is wrong."""


def trail(logs: Logs, *regions: str) -> Callable[[Estate], Any]:
    return lambda estate: estate.pump.log(logs, *regions)


def full_table(estate: Estate) -> None:
    """The quota of routes is reached, and one of ours is lost."""
    limits = estate.cloud.world.limits
    lose_route(estate)
    estate.cloud.world.limits = replace(limits, routes_per_table=1)


def denied_role(estate: Estate) -> None:
    lose_route(estate)
    estate.cloud.outages.fail("CreateRoute", "UnauthorizedOperation", times=10_000)


def denied_tags(estate: Estate) -> None:
    """A request waits for a person, and our role may not note that it was told."""
    theirs = estate.vpc(SEOUL, "10.8.0.0/16", {}, PARTNER)
    estate.ec2(SEOUL, PARTNER).create_vpc_peering_connection(
        VpcId=theirs, PeerVpcId=estate.id("hub"), PeerOwnerId="111122223333"
    )

    def refused(_at: object, action: str, params: Mapping[str, Any]) -> tuple[str, str] | None:
        ours = action == "CreateTags" and "peerkeeper:status" in str(params)
        return ("UnauthorizedOperation", "A fault was ordered.") if ours else None

    estate.cloud.outages.add(refused)


def raised_quota(estate: Estate) -> None:
    limits = estate.cloud.world.limits
    estate.cloud.world.limits = replace(limits, routes_per_table=100)


def allowed_role(estate: Estate) -> None:
    estate.cloud.outages.clear()


def partner_without_dns(estate: Estate) -> None:
    """A partner's VPC has DNS off, so that EC2 refuses our side's option at each look."""
    theirs = estate.vpc(SEOUL, "10.7.0.0/16", {}, PARTNER)
    pcx = estate.ec2(SEOUL).create_vpc_peering_connection(
        VpcId=estate.id("hub"), PeerVpcId=theirs, PeerOwnerId=PARTNER
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    tag = {"Key": "peerkeeper:approved", "Value": "true"}
    estate.ec2(SEOUL).create_tags(Resources=[pcx], Tags=[tag])
    estate.ec2(SEOUL, PARTNER).accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
