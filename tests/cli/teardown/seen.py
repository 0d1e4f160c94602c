"""What a teardown has read, for tests of its steps: Seoul's VPC, Tokyo's VPC, and their peering."""

from dataclasses import replace

from peerkeeper.values.ec2 import PeeringStatus

from peerkeeper_cli.teardown.seen.contents import Contents
from peerkeeper_cli.teardown.seen.seen import OwnVpc, Seen
from tests.builders import PCX, SEOUL, SEOUL_CIDR, SEOUL_VPC, TOKYO_CIDR, TOKYO_VPC, US, peering


def pcx(status="active", **changed):
    return replace(peering(SEOUL, "active"), status=PeeringStatus(status), **changed)


def seen_of_peering(status="active", **changed):
    networks = ((SEOUL_VPC, (SEOUL_CIDR,)), (TOKYO_VPC, (TOKYO_CIDR,)))
    whole = {"peerings": (pcx(status),), "readable": frozenset({US}), "networks": networks}
    return Seen(PCX, **{**whole, **changed})


def own_vpc(**contents):
    return OwnVpc(SEOUL, SEOUL_VPC, US, False, Contents(**contents))


def seen_of_vpc(vpc=None, **changed):
    whole = {"vpc": vpc or own_vpc(), "readable": frozenset({US})}
    return Seen(SEOUL_VPC, **{**whole, **changed})


def commands(steps):
    return [call.command() for step in steps for call in step.calls]
