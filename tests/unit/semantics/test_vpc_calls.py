"""What a VPC takes: networks, an end."""

from dataclasses import replace

import pytest

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.vpc_calls import (
    check_delete_vpc,
    check_new_cidr,
    check_room,
    peered,
)
from tests.unit.semantics.peerings import ACTIVE, FOREIGN, active, at, request


def test_a_network_in_use_is_refused():
    check_new_cidr("10.3.0.0/16", ["10.1.0.0/16", "10.2.0.0/16"])
    with pytest.raises(Refusal) as refused:
        check_new_cidr("10.2.128.0/17", ["10.1.0.0/16", "10.2.0.0/16"])
    assert refused.value.code == "InvalidVpc.Range"


def test_only_accepted_peerings_tie_a_vpc():
    pending, live = request(), active(pcx_id="pcx-2")
    gone = replace(live, id="pcx-3", deleted=ACTIVE)
    assert peered("vpc-seoul", [pending, live, gone], at(ACTIVE + 60)) == [live]
    assert peered("vpc-other", [live], at(ACTIVE)) == []


@pytest.mark.parametrize(
    ("peering", "vpc", "held"),
    [
        (active(), "vpc-seoul", True),
        (active(), "vpc-tokyo", True),
        (active(), "vpc-other", False),
        (request(), "vpc-tokyo", False),
        (request(requester=FOREIGN), "vpc-tokyo", True),
        (request(accepter=FOREIGN), "vpc-seoul", False),
        (replace(active(), deleted=ACTIVE), "vpc-seoul", False),
    ],
)
def test_a_vpc_that_a_peering_holds_stays(peering, vpc, held):
    if not held:
        check_delete_vpc(vpc, [peering], at(ACTIVE + 60))
        return
    with pytest.raises(Refusal) as refused:
        check_delete_vpc(vpc, [peering], at(ACTIVE + 60))
    assert refused.value.code == "DependencyViolation"


def test_a_region_has_room_for_its_quota():
    check_room(4, Limits(vpcs_per_region=5))
    with pytest.raises(Refusal, match="maximum number of VPCs") as refused:
        check_room(5, Limits(vpcs_per_region=5))
    assert refused.value.code == "VpcLimitExceeded"
