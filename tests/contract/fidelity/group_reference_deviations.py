"""What plain moto does otherwise than EC2: groups of a peer VPC that rules name, and stale rules."""

from typing import Any

from tests.contract.fidelity.security_group_deviations import allow, group, naming, permissions
from tests.contract.fidelity.stage import THEIRS, Deviation, Stage, outcome

API, GUIDE = "EC2 API", "VPC Peering Guide, security groups"
DIFFERENT = "InvalidGroup.NotFound"
UNKNOWN = "NotImplementedError"


def peered(stage: Stage, *, stranger: bool = False) -> tuple[str, str, str]:
    """Peer two VPCs of Seoul; return the peering's id and a group in each of them."""
    far = stage.stranger if stranger else stage.seoul
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(far, "10.1.0.0/16")
    pcx = peer(stage, ours, theirs, stranger=stranger)
    return pcx, group(stage, ours), group(stage, theirs, client=far)


def peer(stage: Stage, ours: str, theirs: str, *, stranger: bool = False) -> str:
    owner = {"PeerOwnerId": THEIRS} if stranger else {}
    pcx = stage.requested(ours, theirs, **owner)
    far = stage.stranger if stranger else stage.seoul
    far.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    return pcx


def referenced(stage: Stage, *, stranger: bool = False) -> tuple[str, str, str]:
    """Let a rule of our group name the peer's; return the peering's id and both groups."""
    pcx, ours, theirs = peered(stage, stranger=stranger)
    named = naming(theirs, UserId=THEIRS) if stranger else naming(theirs)
    allow(stage, ours, **named)
    return pcx, ours, theirs


def vpc_of(stage: Stage, group_id: str) -> str:
    (found,) = stage.seoul.describe_security_groups(GroupIds=[group_id])["SecurityGroups"]
    return str(found["VpcId"])


def pair(stage: Stage, group_id: str) -> dict[str, Any]:
    return dict(permissions(stage, group_id)[0]["UserIdGroupPairs"][0])


def stale(stage: Stage, group_id: str) -> Any:
    """Return how many groups of the VPC of `group_id` have stale rules, or the error's code."""
    call, sent = stage.seoul.describe_stale_security_groups, {"VpcId": vpc_of(stage, group_id)}
    said = outcome(call, **sent)
    return len(call(**sent)["StaleSecurityGroupSet"]) if said == "done" else said


def delete(stage: Stage, pcx: str) -> None:
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)


def what_is_said_of_a_named_group(stage: Stage) -> list[bool]:
    pcx, ours, theirs = referenced(stage)
    said = pair(stage, ours)
    return [
        said.get("VpcId") == vpc_of(stage, theirs),
        said.get("VpcPeeringConnectionId") == pcx,
        said.get("PeeringStatus") == "active",
    ]


def group_of_another_account(stage: Stage) -> str:
    _, ours, theirs = peered(stage, stranger=True)
    return allow(stage, ours, **naming(theirs, UserId=THEIRS))


def peering_that_waits(stage: Stage) -> str:
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.seoul, "10.1.0.0/16")
    stage.requested(ours, theirs)
    return allow(stage, group(stage, ours), **naming(group(stage, theirs)))


def peering_that_is_deleted(stage: Stage) -> str:
    pcx, ours, theirs = peered(stage)
    delete(stage, pcx)
    return allow(stage, ours, **naming(theirs))


def status_after_the_peering(stage: Stage) -> Any:
    pcx, ours, _ = referenced(stage)
    delete(stage, pcx)
    return pair(stage, ours).get("PeeringStatus")


def stale_after_the_peering(stage: Stage) -> list[Any]:
    pcx, ours, theirs = referenced(stage)
    said = [stale(stage, ours)]
    delete(stage, pcx)
    said.append(stale(stage, ours))
    peer(stage, vpc_of(stage, theirs), vpc_of(stage, ours))
    return [*said, stale(stage, ours)]


def stale_after_the_group(stage: Stage) -> list[Any]:
    _, ours, theirs = referenced(stage)
    stage.seoul.delete_security_group(GroupId=theirs)
    return [stale(stage, ours), "UserId" in pair(stage, ours)]


def who_names_a_group(stage: Stage) -> Any:
    _, ours, theirs = referenced(stage)
    call = stage.seoul.describe_security_group_references
    said = outcome(call, GroupId=[theirs])
    if said != "done":
        return said
    found = call(GroupId=[theirs])["SecurityGroupReferenceSet"]
    return [each["ReferencingVpcId"] == vpc_of(stage, ours) for each in found]


def stale_rule_revoked(stage: Stage) -> str:
    pcx, ours, theirs = referenced(stage)
    delete(stage, pcx)
    stage.seoul.delete_security_group(GroupId=theirs)
    sent = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, **naming(theirs)}
    return outcome(stage.seoul.revoke_security_group_ingress, GroupId=ours, IpPermissions=[sent])


GROUP_REFERENCES = (
    Deviation(
        "a named group is shown with its VPC, the peering, and its status",
        API,
        what_is_said_of_a_named_group,
        [True, True, True],
        [False, False, False],
    ),
    Deviation(
        "a group of another account's peer VPC can be named",
        GUIDE,
        group_of_another_account,
        "done",
        DIFFERENT,
    ),
    Deviation(
        "a group cannot be named over a request", GUIDE, peering_that_waits, DIFFERENT, "done"
    ),
    Deviation(
        "a group cannot be named over a deleted peering",
        GUIDE,
        peering_that_is_deleted,
        DIFFERENT,
        "done",
    ),
    Deviation(
        "the status of a named group's peering follows the peering",
        API,
        status_after_the_peering,
        "deleted",
        None,
    ),
    Deviation(
        "a rule is stale without its peering, and valid again with a new peering",
        GUIDE,
        stale_after_the_peering,
        [0, 1, 0],
        [UNKNOWN, UNKNOWN, UNKNOWN],
    ),
    Deviation(
        "a rule without its group is stale, and no longer shows the group's account",
        API,
        stale_after_the_group,
        [1, False],
        [UNKNOWN, True],
    ),
    Deviation("a group says which peer VPCs name it", API, who_names_a_group, [True], UNKNOWN),
    Deviation("a stale rule can be revoked", GUIDE, stale_rule_revoked, "done", DIFFERENT),
)
