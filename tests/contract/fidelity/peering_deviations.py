"""What plain moto does otherwise than EC2: peerings. One function a scene, one row a deviation."""

from typing import Any

from tests.contract.fidelity.stage import SEOUL, TOKYO, Deviation, Stage, outcome

GUIDE, ERRORS, API = "VPC Peering Guide, basics", "EC2 errors", "EC2 API"
DNS = {"AllowDnsResolutionFromRemoteVpc": True}


def unknown_id(stage: Stage) -> str:
    return outcome(stage.seoul.accept_vpc_peering_connection, VpcPeeringConnectionId="pcx-0a1")


def malformed_id(stage: Stage) -> str:
    return outcome(stage.seoul.delete_vpc_peering_connection, VpcPeeringConnectionId="peering")


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


def state_after_create(stage: Stage) -> str:
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.tokyo, "10.1.0.0/16")
    made = stage.seoul.create_vpc_peering_connection(VpcId=ours, PeerVpcId=theirs, PeerRegion=TOKYO)
    return stage.code(stage.seoul, made["VpcPeeringConnection"]["VpcPeeringConnectionId"])


def state_after_accept(stage: Stage) -> tuple[str, str]:
    pcx = stage.request()
    reply = stage.tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    return reply["VpcPeeringConnection"]["Status"]["Code"], stage.code(stage.tokyo, pcx)


def state_after_delete(stage: Stage) -> str:
    pcx = stage.active()
    stage.tokyo.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    return stage.code(stage.seoul, pcx)


def unanswered_for_a_week(stage: Stage) -> str:
    pcx = stage.request()
    stage.advance(7 * 86400)
    return stage.code(stage.seoul, pcx)


def overlapping(stage: Stage) -> str:
    pcx = stage.requested(
        stage.vpc(stage.seoul), stage.vpc(stage.tokyo, "10.0.128.0/20"), PeerRegion=TOKYO
    )
    return stage.code(stage.seoul, pcx)


def with_itself(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    return stage.code(stage.seoul, stage.requested(vpc, vpc))


def unknown_peer(stage: Stage) -> str:
    sent = {"VpcId": stage.vpc(stage.seoul), "PeerVpcId": "vpc-0ff", "PeerRegion": TOKYO}
    return outcome(stage.seoul.create_vpc_peering_connection, **sent)


def asked_twice(stage: Stage) -> bool:
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.tokyo, "10.1.0.0/16")
    first = stage.requested(ours, theirs, PeerRegion=TOKYO)
    return first == stage.requested(ours, theirs, PeerRegion=TOKYO)


def reversed_twin(stage: Stage) -> str:
    pcx = stage.active()
    ours, theirs = stage.side(pcx), stage.side(pcx, "AccepterVpcInfo")
    made = stage.tokyo.create_vpc_peering_connection(
        VpcId=theirs, PeerVpcId=ours, PeerRegion=SEOUL
    )["VpcPeeringConnection"]
    stage.advance(2)
    twin = made["VpcPeeringConnectionId"]
    return outcome(stage.seoul.accept_vpc_peering_connection, VpcPeeringConnectionId=twin)


def delete_rejected(stage: Stage) -> str:
    pcx = stage.request()
    stage.tokyo.reject_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    return outcome(stage.seoul.delete_vpc_peering_connection, VpcPeeringConnectionId=pcx)


def delete_twice(stage: Stage) -> str:
    pcx = stage.active()
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    return outcome(stage.seoul.delete_vpc_peering_connection, VpcPeeringConnectionId=pcx)


def after_two_hours(stage: Stage) -> int:
    pcx = stage.active()
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(2 * 3600 + 5)
    return len(stage.seoul.describe_vpc_peering_connections()["VpcPeeringConnections"])


def reject_message(stage: Stage) -> str:
    pcx = stage.request()
    stage.tokyo.reject_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    return str(stage.shown(stage.tokyo, pcx)["Status"]["Message"])


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


def strangers_options(stage: Stage) -> bool:
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.stranger, "10.1.0.0/16")
    pcx = stage.requested(ours, theirs, PeerOwnerId="444455556666")
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


def _options(stage: Stage, pcx: str, **sides: Any) -> str:
    call = stage.seoul.modify_vpc_peering_connection_options
    sent = {f"{side.capitalize()}PeeringConnectionOptions": each for side, each in sides.items()}
    return outcome(call, VpcPeeringConnectionId=pcx, **sent)


def options_while_pending(stage: Stage) -> str:
    return _options(stage, stage.request(), requester=DNS)


def options_of_the_other_region(stage: Stage) -> str:
    return _options(stage, stage.active(), accepter=DNS)


def options_without_dns(stage: Stage) -> str:
    return _options(stage, stage.active(), requester=DNS)


def classic_link_between_regions(stage: Stage) -> str:
    flag = {"AllowEgressFromLocalClassicLinkToRemoteVpc": False}
    return _options(stage, stage.active(), requester=flag)


def too_many_requests(stage: Stage) -> str:
    ours = stage.vpc(stage.seoul)
    for third in range(1, 9):
        stage.requested(ours, stage.vpc(stage.seoul, f"10.{third}.0.0/16"))
    sent = {"VpcId": ours, "PeerVpcId": stage.vpc(stage.seoul, "10.99.0.0/16")}
    return outcome(stage.seoul.create_vpc_peering_connection, **sent)


TRANSITION, NOT_PERMITTED = "InvalidStateTransition", "OperationNotPermitted"
LOST = "InvalidVpcPeeringConnectionID.NotFound"
WRONG_LOST = "InvalidVpcPeeringConnectionId.NotFound"
TEAM = [{"Key": "team", "Value": "b"}]
APPROVED = [{"Key": "peerkeeper:approved", "Value": "true"}]
BLOCKS = [{"CidrBlock": "10.1.0.0/16"}, {"CidrBlock": "10.4.0.0/16"}]
BARE = ["OwnerId", "Region", "VpcId"]
FULL = ["CidrBlock", "OwnerId", "PeeringOptions", "Region", "VpcId"]

PEERINGS = (
    Deviation("an unknown id is spelt ID", ERRORS, unknown_id, LOST, WRONG_LOST),
    Deviation(
        "a malformed id is told from an unknown one",
        ERRORS,
        malformed_id,
        "InvalidVpcPeeringConnectionId.Malformed",
        WRONG_LOST,
    ),
    Deviation("describing an unknown id is an error", API, describe_unknown, LOST, "done"),
    Deviation("describe filters by status", API, status_filter, 0, 1),
    Deviation("an unknown filter is refused", API, bogus_filter, "InvalidParameterValue", "done"),
    Deviation("describe answers in pages", API, pages, [5, 2], [7]),
    Deviation(
        "a request is initiating first",
        GUIDE,
        state_after_create,
        "initiating-request",
        "pending-acceptance",
    ),
    Deviation(
        "an accepted peering is provisioning first",
        GUIDE,
        state_after_accept,
        ("provisioning", "provisioning"),
        ("active", "active"),
    ),
    Deviation(
        "a deletion between Regions takes a while", GUIDE, state_after_delete, "deleting", "deleted"
    ),
    Deviation(
        "a request expires after a week",
        GUIDE,
        unanswered_for_a_week,
        "expired",
        "pending-acceptance",
    ),
    Deviation("overlapping CIDRs fail", GUIDE, overlapping, "failed", "pending-acceptance"),
    Deviation("a VPC cannot peer with itself", GUIDE, with_itself, "failed", "pending-acceptance"),
    Deviation(
        "an unknown peer VPC fails later, not at once",
        GUIDE,
        unknown_peer,
        "done",
        "InvalidVpcID.NotFound",
    ),
    Deviation("asking twice returns the same peering", "observed", asked_twice, True, False),
    Deviation(
        "the reversed twin cannot be accepted",
        "observed",
        reversed_twin,
        "VpcPeeringConnectionAlreadyExists",
        "done",
    ),
    Deviation("a rejected request cannot be deleted", GUIDE, delete_rejected, TRANSITION, "done"),
    Deviation("a peering is deleted once", GUIDE, delete_twice, TRANSITION, "done"),
    Deviation("a deleted peering vanishes after two hours", GUIDE, after_two_hours, 0, 1),
    Deviation(
        "a rejection says by whom",
        "observed",
        reject_message,
        "Rejected by 111122223333",
        "Inactive",
    ),
    Deviation(
        "the accepter's CIDRs are hidden while pending",
        "observed",
        accepter_while_pending,
        BARE,
        FULL,
    ),
    Deviation(
        "the time of expiry is told while pending", API, expiration, (True, False), (False, False)
    ),
    Deviation("every CIDR of a VPC is on the peering", API, secondary_cidr, BLOCKS, None),
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
    Deviation(
        "options wait until active", "observed", options_while_pending, NOT_PERMITTED, "done"
    ),
    Deviation(
        "the other Region's options are set there",
        "observed",
        options_of_the_other_region,
        NOT_PERMITTED,
        "done",
    ),
    Deviation(
        "DNS resolution needs DNS in both VPCs",
        ERRORS,
        options_without_dns,
        "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled",
        "done",
    ),
    Deviation(
        "ClassicLink flags are refused between Regions",
        "observed",
        classic_link_between_regions,
        NOT_PERMITTED,
        "done",
    ),
    Deviation(
        "outstanding requests have a quota",
        "VPC Peering Guide, quotas",
        too_many_requests,
        "OutstandingVpcPeeringConnectionLimitExceeded",
        "done",
    ),
)
