"""What plain moto does otherwise than EC2: the life of a peering, call by call."""

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import SEOUL, TOKYO, Deviation, Stage, outcome

GUIDE = "VPC Peering Guide, basics"
TRANSITION = "InvalidStateTransition"


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


def too_many_active(stage: Stage) -> str:
    """The second peering is one too many for the requester's VPC, not for the accepter's."""
    pcx = stage.active()
    peer = stage.vpc(stage.tokyo, "10.2.0.0/16")
    second = stage.requested(stage.side(pcx), peer, PeerRegion=TOKYO)
    return outcome(stage.tokyo.accept_vpc_peering_connection, VpcPeeringConnectionId=second)


def too_many_requests(stage: Stage) -> str:
    ours = stage.vpc(stage.seoul)
    for third in range(1, 9):
        stage.requested(ours, stage.vpc(stage.seoul, f"10.{third}.0.0/16"))
    sent = {"VpcId": ours, "PeerVpcId": stage.vpc(stage.seoul, "10.99.0.0/16")}
    return outcome(stage.seoul.create_vpc_peering_connection, **sent)


def peers_that_cannot_exist(stage: Stage) -> list[str]:
    sent = {"VpcId": stage.vpc(stage.seoul), "PeerVpcId": "vpc-0ff"}
    call = stage.seoul.create_vpc_peering_connection
    return [outcome(call, **sent, PeerRegion="nowhere-1"), outcome(call, **sent, PeerOwnerId="12")]


LIFE = (
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
    Deviation(
        "a peer's account and Region can exist",
        "assumed",
        peers_that_cannot_exist,
        ["InvalidParameterValue", "InvalidParameterValue"],
        ["KeyError", "InvalidVpcID.NotFound"],
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
    Deviation(
        "outstanding requests have a quota",
        "VPC Peering Guide, quotas",
        too_many_requests,
        "OutstandingVpcPeeringConnectionLimitExceeded",
        "done",
    ),
    Deviation(
        "active peerings have a quota, of both VPCs",
        "EC2 errors",
        too_many_active,
        "ActiveVpcPeeringConnectionPerVpcLimitExceeded",
        "done",
        limits=Limits(active_peerings_per_vpc=1),
    ),
)
