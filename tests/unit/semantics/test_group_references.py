"""Groups of a peer VPC: who may name them, and when a rule is stale."""

from dataclasses import replace

import pytest

from peerkeeper_local.semantics.group_references import Link, check_reference, link, stale
from peerkeeper_local.semantics.refusal import Refusal
from tests.unit.semantics.peerings import (
    ACTIVE,
    ASKED,
    AT_HOME,
    FOREIGN,
    PENDING,
    active,
    at,
    request,
)

LIVE, DEAD = Link("pcx-1", "active"), Link("pcx-1", "deleted")
NEAR = active(accepter=AT_HOME)


@pytest.mark.parametrize(
    ("peerings", "now", "expected"),
    [
        ([], ACTIVE, None),
        ([request(accepter=AT_HOME)], PENDING, None),
        ([NEAR], ACTIVE, LIVE),
        ([NEAR], 21.0, Link("pcx-1", "provisioning")),
        ([replace(NEAR, deleted=40.0)], 50.0, DEAD),
        ([active(accepter=FOREIGN)], ACTIVE, None),
    ],
)
def test_the_link_is_the_peering_of_the_two_vpcs(peerings, now, expected):
    assert link("vpc-seoul", "vpc-second", peerings, at(now)) == expected
    assert link("vpc-second", "vpc-seoul", peerings, at(now)) == expected


def test_the_link_is_the_new_peering_once_that_is_active():
    old = replace(NEAR, deleted=40.0)
    new = replace(active(accepter=AT_HOME, pcx_id="pcx-2"), accepted=60.0)
    asked = replace(new, accepted=None)
    assert link("vpc-seoul", "vpc-second", [old, asked], at(70.0)) == DEAD
    for peerings in ([old, new], [new, old]):
        assert link("vpc-seoul", "vpc-second", peerings, at(70.0)) == Link("pcx-2", "active")


def test_another_region_is_no_link():
    far = active(accepter=ASKED)
    assert link("vpc-seoul", "vpc-tokyo", [far], at(ACTIVE)) is None


@pytest.mark.parametrize(
    ("vpc", "joined", "allowed"),
    [
        ("vpc-seoul", None, True),
        ("vpc-second", LIVE, True),
        ("vpc-second", DEAD, False),
        ("vpc-second", Link("pcx-1", "provisioning"), False),
        ("vpc-second", None, False),
        (None, None, False),
    ],
)
def test_a_group_may_be_named_in_its_vpc_and_over_an_active_peering(vpc, joined, allowed):
    if allowed:
        check_reference("vpc-seoul", "sg-1", vpc, joined)
        return
    with pytest.raises(Refusal) as refused:
        check_reference("vpc-seoul", "sg-1", vpc, joined)
    assert refused.value.code == "InvalidGroup.NotFound"
    assert ("different networks" in refused.value.message) == (vpc is not None)


@pytest.mark.parametrize(
    ("same_vpc", "there", "joined", "expected"),
    [
        (True, True, None, False),
        (False, True, LIVE, False),
        (False, False, LIVE, True),
        (False, True, DEAD, True),
        (False, True, None, True),
    ],
)
def test_a_rule_is_stale_without_its_group_or_its_peering(same_vpc, there, joined, expected):
    assert stale(same_vpc, there, joined) == expected
