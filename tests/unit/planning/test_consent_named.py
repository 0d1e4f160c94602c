"""Which tag agreed, and to how much: the narrowest consent that holds is named."""

from dataclasses import replace

import pytest
from peerkeeper.planning.agreement import consent
from peerkeeper.planning.plan import plan
from peerkeeper.values.changes import AcceptPeering, CreateRoute, to_dict
from peerkeeper.values.consents import Breadth

from tests.builders import (
    FOREIGN,
    PCX,
    SEOUL_VPC,
    TOKYO,
    TOKYO_VPC,
    US,
    peering,
    settings,
    snapshot,
    table,
    vpc,
)

PEERS = "peerkeeper:peers"
ALONE = (("peerkeeper:approved", "true"),)


def named(said, pcx_tags=(), peer=None, *, accepting=False):
    pcx = peering(tags=pcx_tags)
    own, other = pcx.accepter, peer or pcx.requester
    return consent(pcx, own, other, vpc(tags=said), accepting=accepting)


@pytest.mark.parametrize(
    ("said", "pcx_tags", "expected"),
    [
        (((PEERS, f"self {US} {SEOUL_VPC}"),), ALONE, (PCX, "true", Breadth.PEERING)),
        (((PEERS, f"self {US} {SEOUL_VPC}"),), (), (TOKYO_VPC, SEOUL_VPC, Breadth.VPC)),
        (((PEERS, f"self {US}"),), (), (TOKYO_VPC, US, Breadth.ACCOUNT)),
        (((PEERS, "self"),), (), (TOKYO_VPC, "self", Breadth.SELF)),
    ],
)
def test_the_narrowest_that_holds_is_named(said, pcx_tags, expected):
    found = named(said, pcx_tags)
    assert (found.resource, found.word, found.breadth) == expected


def test_the_key_is_the_one_that_holds_the_word():
    found = named(((PEERS, "444455556666"), (f"{PEERS}-lab", SEOUL_VPC)))
    assert found.key == f"{PEERS}-lab"


def test_self_does_not_hold_for_another_account_and_no_tag_is_no_consent():
    other = replace(peering().requester, location=FOREIGN, vpc_id="vpc-0e0e0e0e0e0e0e0e0")
    assert named(((PEERS, "self"),), peer=other) is None
    assert named(()) is None


def test_in_one_location_the_peerings_own_tag_does_not_count_for_accepting():
    near = replace(peering().requester, location=TOKYO)
    assert named((), ALONE, near, accepting=True) is None
    assert named((), ALONE, near).breadth is Breadth.PEERING


def test_accepting_and_routing_carry_it_into_the_report():
    pending = plan(snapshot(peering(status="pending-acceptance"), vpc()), settings())
    routed = plan(snapshot(peering(), vpc(), table()), settings())
    changes = [*pending.changes, *routed.changes]
    told = {type(one): to_dict(one)["consent"] for one in changes if hasattr(one, "consent")}
    assert set(told) == {AcceptPeering, CreateRoute}
    assert told[CreateRoute] == {
        "resource": TOKYO_VPC,
        "key": PEERS,
        "word": "self",
        "breadth": "self",
    }
