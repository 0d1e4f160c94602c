"""What people and tools do to the estate. In: the estate, and which time it is. Out: the estate, changed."""

from __future__ import annotations

from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.integration.alarmed.estate import Estate


def comings_and_goings(estate: Estate, hour: int) -> None:
    """What people do on any day: VPCs and peerings come and go, tags change."""
    match hour % 4:
        case 0:
            estate.guest(SEOUL)
        case 1:
            estate.end("hub-peer")
        case 2:
            estate.ask("hub", "peer", SEOUL)
        case _:
            value = "leave" if hour % 8 == 3 else "enforce"
            tag = {"Key": "peerkeeper:dns", "Value": value}
            estate.ec2(TOKYO).create_tags(Resources=[estate.id("far")], Tags=[tag])


def office_hours(estate: Estate, nth: int) -> None:
    """What people do in a week, eight things a day; what goes wrong elsewhere is left alone by them."""
    match nth % 4:
        case 0:
            estate.guest(SEOUL if nth % 8 else TOKYO)
        case 1:
            estate.ask("peer", "far", TOKYO)
        case 2:
            value = "leave" if nth % 8 == 2 else "enforce"
            tag = {"Key": "peerkeeper:dns", "Value": value}
            estate.ec2(TOKYO).create_tags(Resources=[estate.id("far")], Tags=[tag])
        case _:
            estate.end("peer-far")


def nothing(_estate: Estate, _hour: int) -> None:
    """A quiet hour."""


def guests_in_seoul(estate: Estate, _hour: int) -> None:
    estate.guest(SEOUL)


def guests_in_tokyo(estate: Estate, _hour: int) -> None:
    estate.guest(TOKYO)


def guests_everywhere(estate: Estate, hour: int) -> None:
    estate.guest(TOKYO)
    comings_and_goings(estate, hour)


def lose_route(estate: Estate) -> None:
    estate.ec2(SEOUL).delete_route(
        RouteTableId=estate.tables_of["hub"], DestinationCidrBlock="10.2.0.0/16"
    )


def a_tool_takes_routes(estate: Estate, _hour: int) -> None:
    for _ in range(4):
        lose_route(estate)
        estate.pump.advance(60)


def a_tool_turns_addresses_on(estate: Estate, _hour: int) -> None:
    for _ in range(4):
        estate.ec2(SEOUL).modify_subnet_attribute(
            SubnetId=estate.id("hub-subnet"), MapPublicIpOnLaunch={"Value": True}
        )
        estate.pump.advance(420)
