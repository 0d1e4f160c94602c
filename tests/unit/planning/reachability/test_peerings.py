"""The hop of the peering connection: each status, read and not read."""

from dataclasses import replace

import pytest
from peerkeeper.values.ec2 import PeeringStatus, Side
from peerkeeper.values.reachability import HopKind, State

from tests.builders import OLD_PCX, PCX, SEOUL, TOKYO, peering, route
from tests.hosts import hosts

LIVE = {
    "active": (State.PASSED, ""),
    "provisioning": (State.BLOCKED, "wait about a minute"),
    "pending-acceptance": (State.BLOCKED, f"accept {PCX} in 111122223333/ap-northeast-1"),
    "initiating-request": (State.BLOCKED, f"accept {PCX} in 111122223333/ap-northeast-1"),
    "unknown": (State.UNKNOWN, ""),
}


LED = (route("172.31.0.0/16", PCX),)


def hop(*, routes=LED, from_tokyo=False, **changed):
    answer = hosts(routes={SEOUL: routes}, **changed).ask(from_tokyo=from_tokyo)
    return next(hop for hop in answer.hops if hop.kind is HopKind.PEERING)


@pytest.mark.parametrize("status", PeeringStatus)
@pytest.mark.parametrize("from_tokyo", [False, True])
def test_only_an_active_peering_carries(status, from_tokyo):
    state, words = LIVE.get(status, (State.BLOCKED, "request a peering of "))
    found = hop(status=status, from_tokyo=from_tokyo)
    assert found.state is state
    assert (found.opening.words if found.opening else "").startswith(words)


def test_a_peering_that_waits_is_accepted_in_its_accepters_region():
    assert hop(status="pending-acceptance", from_tokyo=True).opening.command == (
        f"aws ec2 accept-vpc-peering-connection --region ap-northeast-1 --vpc-peering-connection-id {PCX}"
    )


def test_without_a_peering_one_is_to_be_requested():
    found = hop(status="", routes=())
    assert found.state is State.BLOCKED
    assert found.words == "no peering joins vpc-0a39a39a39a39a391 and vpc-0b31b31b31b31b310"
    assert found.opening.command == (
        "aws ec2 create-vpc-peering-connection --region ap-northeast-2 "
        "--vpc-id vpc-0a39a39a39a39a391 --peer-vpc-id vpc-0b31b31b31b31b310 "
        "--peer-owner-id 111122223333 --peer-region ap-northeast-1"
    )


@pytest.mark.parametrize(
    ("read_in", "state"),
    [((), State.UNKNOWN), ((SEOUL,), State.BLOCKED), ((TOKYO,), State.BLOCKED)],
)
def test_an_absent_peering_does_not_exist_where_either_side_was_read(read_in, state):
    found = hop(status="", routes=(), peerings_read_in=frozenset(read_in))
    assert found.state is state


def test_a_peering_of_other_vpcs_does_not_count():
    """A peering is not transitive."""
    theirs = replace(peering(SEOUL), requester=Side(SEOUL, "vpc-hub"))
    found = hop(peerings=(theirs,))
    assert found.state is State.BLOCKED
    assert not found.where


def test_where_the_route_may_lead_another_way_the_peering_is_not_to_blame():
    gateway = (route("0.0.0.0/0", "tgw-1"),)
    for status in ("", "pending-acceptance", "deleted"):
        found = hop(status=status, routes=gateway)
        assert found.state is State.UNKNOWN
        assert found.words.endswith("but the route may lead another way")
        assert found.opening is None
    assert hop(routes=gateway).state is State.PASSED


def test_a_status_that_this_version_does_not_know_is_shown():
    odd = replace(peering(SEOUL), status=PeeringStatus.UNKNOWN, status_text="hibernating")
    assert hop(peerings=(odd,)).words == (
        f"{PCX} has a status that this version does not know: hibernating"
    )


@pytest.mark.parametrize(
    ("statuses", "routes", "taken"),
    [
        (("active", "deleted"), (), PCX),
        (("deleted", "active"), (), OLD_PCX),
        (("pending-acceptance", "deleted"), (), PCX),
        (("provisioning", "pending-acceptance"), (), PCX),
        (("deleting", "pending-acceptance"), (), OLD_PCX),
        (("failed", "deleted"), (), OLD_PCX),
        # the route decides between two
        (("active", "active"), (route("172.31.0.0/16", OLD_PCX),), OLD_PCX),
        (("active", "active"), (route("172.31.0.0/16", PCX),), PCX),
        (("active", "deleted"), (route("172.31.0.0/16", OLD_PCX, blackhole=True),), OLD_PCX),
    ],
)
def test_of_several_peerings_the_route_takes_one_else_the_one_most_alive(statuses, routes, taken):
    both = [
        replace(peering(SEOUL, status), id=pcx_id)
        for pcx_id, status in zip((PCX, OLD_PCX), statuses, strict=True)
    ]
    for given in (both, both[::-1]):
        assert hop(routes=routes, peerings=tuple(given)).where == taken
