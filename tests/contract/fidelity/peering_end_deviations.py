"""What plain moto does otherwise than EC2: how a peering ends, and who still sees it then."""

from tests.contract.fidelity.stage import TOKYO, Deviation, Stage, outcome

GUIDE = "VPC Peering Guide, basics"
TRANSITION = "InvalidStateTransition"
HOURS, DAYS = 3600, 86400


def _seen(stage: Stage) -> tuple[int, int]:
    """How many peerings Seoul and the stranger see."""
    clients = (stage.seoul, stage.stranger)
    ours, theirs = (
        len(client.describe_vpc_peering_connections()["VpcPeeringConnections"])
        for client in clients
    )
    return ours, theirs


def _later(stage: Stage) -> list[tuple[int, int]]:
    """What is seen at once, after two hours, and after two days."""
    seen = []
    for seconds in (10, 2 * HOURS, 2 * DAYS):
        stage.advance(seconds)
        seen.append(_seen(stage))
    return seen


def after_two_hours(stage: Stage) -> int:
    pcx = stage.active()
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(2 * HOURS + 5)
    return len(stage.seoul.describe_vpc_peering_connections()["VpcPeeringConnections"])


def deleted_between_accounts(stage: Stage) -> list[tuple[int, int]]:
    pcx = stage.with_stranger()
    stage.stranger.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    return _later(stage)


def rejected_between_accounts(stage: Stage) -> list[tuple[int, int]]:
    stage.stranger.reject_vpc_peering_connection(VpcPeeringConnectionId=stage.with_stranger())
    return _later(stage)


def expired(stage: Stage) -> list[tuple[int, int]]:
    stage.with_stranger()
    stage.advance(7 * DAYS)
    return _later(stage)


def withdrawn_between_regions(stage: Stage) -> list[str]:
    """Return its state at once, what accepting and deleting it says then, and its state later."""
    pcx = stage.request()
    named = {"VpcPeeringConnectionId": pcx}
    stage.seoul.delete_vpc_peering_connection(**named)
    seen = [
        stage.code(stage.seoul, pcx),
        outcome(stage.tokyo.accept_vpc_peering_connection, **named),
        outcome(stage.seoul.delete_vpc_peering_connection, **named),
    ]
    stage.advance(10)
    return [*seen, stage.code(stage.seoul, pcx)]


def failed(stage: Stage) -> list[tuple[int, int]]:
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.stranger, "10.0.0.0/20")
    stage.requested(ours, theirs, PeerOwnerId="444455556666")
    return _later(stage)


def delete_failed(stage: Stage) -> str:
    pcx = stage.requested(stage.vpc(stage.seoul), stage.vpc(stage.tokyo), PeerRegion=TOKYO)
    return outcome(stage.seoul.delete_vpc_peering_connection, VpcPeeringConnectionId=pcx)


def delete_by_the_accepter(stage: Stage) -> str:
    call = stage.tokyo.delete_vpc_peering_connection
    return outcome(call, VpcPeeringConnectionId=stage.request())


def reject_message(stage: Stage) -> str:
    pcx = stage.request()
    stage.tokyo.reject_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    return str(stage.shown(stage.tokyo, pcx)["Status"]["Message"])


FOREVER = [(1, 1)] * 3
ENDS = (
    Deviation("a deleted peering vanishes after two hours", GUIDE, after_two_hours, 0, 1),
    Deviation(
        "the account that deleted sees a peering for two hours, the other account for two days",
        GUIDE,
        deleted_between_accounts,
        [(1, 1), (0, 1), (0, 0)],
        FOREVER,
    ),
    Deviation(
        "the account that rejected sees a peering for two hours, the other account for two days",
        GUIDE,
        rejected_between_accounts,
        [(1, 1), (1, 0), (0, 0)],
        FOREVER,
    ),
    Deviation(
        "both accounts see an expired request for two days",
        GUIDE,
        expired,
        [(1, 1), (1, 1), (0, 0)],
        FOREVER,
    ),
    Deviation(
        "only the requester sees a failed request, for two hours",
        GUIDE,
        failed,
        [(1, 0), (0, 0), (0, 0)],
        FOREVER,
    ),
    Deviation("a failed request cannot be deleted", GUIDE, delete_failed, TRANSITION, "done"),
    Deviation(
        "only the requester can delete a request",
        GUIDE,
        delete_by_the_accepter,
        "OperationNotPermitted",
        "done",
    ),
    Deviation(
        "a rejection says who rejected",
        "observed",
        reject_message,
        "Rejected by 111122223333",
        "Inactive",
    ),
    Deviation(
        "a withdrawn request between Regions still seems to wait",
        "observed; codes assumed",
        withdrawn_between_regions,
        ["pending-acceptance", TRANSITION, TRANSITION, "deleted"],
        ["deleted", TRANSITION, "done", "deleted"],
    ),
)
