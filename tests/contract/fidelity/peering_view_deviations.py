"""What plain moto does otherwise than EC2: who sees what of a peering."""

from tests.contract.fidelity.stage import Deviation, Stage, outcome

ERRORS = "EC2 errors"
API = "EC2 API"
LOST = "InvalidVpcPeeringConnectionID.NotFound"
WRONG_LOST = "InvalidVpcPeeringConnectionId.NotFound"
TEAM = [{"Key": "team", "Value": "b"}]
APPROVED = [{"Key": "peerkeeper:approved", "Value": "true"}]
BLOCKS = [{"CidrBlock": "10.1.0.0/16"}, {"CidrBlock": "10.4.0.0/16"}]
BARE = ["OwnerId", "Region", "VpcId"]
FULL = ["CidrBlock", "OwnerId", "PeeringOptions", "Region", "VpcId"]


def unknown_id(stage: Stage) -> str:
    return outcome(stage.seoul.accept_vpc_peering_connection, VpcPeeringConnectionId="pcx-0a1")


def describe_unknown(stage: Stage) -> str:
    call = stage.seoul.describe_vpc_peering_connections
    return outcome(call, VpcPeeringConnectionIds=["pcx-0a1"])


def status_filter(stage: Stage) -> int:
    stage.request()
    wanted = [{"Name": "status-code", "Values": ["active"]}]
    reply = stage.tokyo.describe_vpc_peering_connections(Filters=wanted)
    return len(reply["VpcPeeringConnections"])


def bogus_filter(stage: Stage) -> str:
    wanted = [{"Name": "colour", "Values": ["blue"]}]
    return outcome(stage.seoul.describe_vpc_peering_connections, Filters=wanted)


def pages(stage: Stage) -> list[int]:
    ours = stage.vpc(stage.seoul)
    for third in range(1, 8):
        stage.requested(ours, stage.vpc(stage.seoul, f"10.{third}.0.0/16"))
    pager = stage.seoul.get_paginator("describe_vpc_peering_connections")
    sizes = pager.paginate(PaginationConfig={"PageSize": 5})
    return [len(page["VpcPeeringConnections"]) for page in sizes]


def accepter_while_pending(stage: Stage) -> list[str]:
    return sorted(stage.shown(stage.tokyo, stage.request())["AccepterVpcInfo"])


def expiration(stage: Stage) -> tuple[bool, bool]:
    pcx = stage.request()
    pending = "ExpirationTime" in stage.shown(stage.seoul, pcx)
    stage.tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    return pending, "ExpirationTime" in stage.shown(stage.seoul, pcx)


def secondary_cidr(stage: Stage) -> object:
    pcx = stage.active()
    peer = stage.side(pcx, "AccepterVpcInfo")
    stage.tokyo.associate_vpc_cidr_block(VpcId=peer, CidrBlock="10.4.0.0/16")
    return stage.shown(stage.seoul, pcx)["AccepterVpcInfo"].get("CidrBlockSet")


def ipv6_block(stage: Stage) -> object:
    pcx = stage.active()
    for client, side in ((stage.seoul, "RequesterVpcInfo"), (stage.tokyo, "AccepterVpcInfo")):
        vpc = stage.side(pcx, side)
        client.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    stage.advance(5)
    shown = stage.shown(stage.seoul, pcx)
    sides = shown["RequesterVpcInfo"], shown["AccepterVpcInfo"]
    return [len(side.get("Ipv6CidrBlockSet", [])) for side in sides]


def cidr_taken_away(stage: Stage) -> object:
    pcx = stage.active()
    peer = stage.side(pcx, "AccepterVpcInfo")
    made = stage.tokyo.associate_vpc_cidr_block(VpcId=peer, CidrBlock="10.4.0.0/16")
    added = made["CidrBlockAssociation"]["AssociationId"]
    before = stage.shown(stage.seoul, pcx)["AccepterVpcInfo"].get("CidrBlockSet")
    stage.tokyo.disassociate_vpc_cidr_block(AssociationId=added)
    return before, stage.shown(stage.seoul, pcx)["AccepterVpcInfo"].get("CidrBlockSet")


def strangers_options(stage: Stage) -> bool:
    pcx = stage.with_stranger()
    stage.stranger.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    return "PeeringOptions" in stage.shown(stage.stranger, pcx)["RequesterVpcInfo"]


def creation_tags_on_the_other_side(stage: Stage) -> object:
    tags = [{"Key": "peerkeeper:approved", "Value": "true"}]
    kind = "vpc-peering-connection"
    pcx = stage.request(TagSpecifications=[{"ResourceType": kind, "Tags": tags}])
    return stage.shown(stage.tokyo, pcx)["Tags"]


def the_accepters_own_tags(stage: Stage) -> object:
    pcx = stage.request()
    stage.tokyo.create_tags(Resources=[pcx], Tags=[{"Key": "team", "Value": "b"}])
    return stage.shown(stage.tokyo, pcx)["Tags"], stage.shown(stage.seoul, pcx)["Tags"]


VIEWS = (
    Deviation("the error for an unknown id spells ID", ERRORS, unknown_id, LOST, WRONG_LOST),
    Deviation("describing an unknown id is an error", API, describe_unknown, LOST, "done"),
    Deviation("describe filters by status", API, status_filter, 0, 1),
    Deviation(
        "an unknown filter of peerings is refused",
        API,
        bogus_filter,
        "InvalidParameterValue",
        "done",
    ),
    Deviation("describe answers in pages", API, pages, [5, 2], [7]),
    Deviation(
        "the accepter's CIDRs are hidden while pending",
        "observed",
        accepter_while_pending,
        BARE,
        FULL,
    ),
    Deviation(
        "a pending request shows the time of its expiry",
        API,
        expiration,
        (True, False),
        (False, False),
    ),
    Deviation("a peering shows every CIDR of a VPC", API, secondary_cidr, BLOCKS, None),
    Deviation(
        "a peering no longer shows a CIDR that was removed",
        API,
        cidr_taken_away,
        (BLOCKS, BLOCKS[:1]),
        (None, None),
    ),
    Deviation("a peering shows IPv6 CIDRs", API, ipv6_block, [1, 1], [0, 0]),
    Deviation("another account's options are left out", "observed", strangers_options, False, True),
    Deviation(
        "the requester's tags are not the accepter's",
        "VPC Peering Guide, create",
        creation_tags_on_the_other_side,
        [],
        APPROVED,
    ),
    Deviation(
        "each location sees its own tags",
        "VPC Peering Guide, create",
        the_accepters_own_tags,
        (TEAM, []),
        ([], []),
    ),
)
