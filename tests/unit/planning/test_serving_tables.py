"""Does a subnet use the main table? What was not read concludes nothing; a role without the right does."""

from dataclasses import replace

import pytest
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.planning.serving_tables import (
    knows_serving,
    may_not_read_subnets,
    may_serve,
    serves,
)
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.connectivity import Upshot
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.tag_keys import STATUS
from peerkeeper.values.trouble import ASSUME_ROLE, Meaning, Trouble

from tests.builders import (
    PCX,
    SEOUL,
    THEM,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    subnet,
    table,
    vpc,
)

OWN = "rtb-0b31b31b31b31b3ff"
SUBNET = "subnet-0b31b31b31b31b311"
MAIN = table()
USED = table(TOKYO, id=OWN, main=False, subnet_ids=(SUBNET,))
ITS_SUBNET = subnet(location=TOKYO, id=SUBNET, vpc_id=TOKYO_VPC)
OF_VPC = Read(TOKYO, Describe.SUBNETS, By.VPC, TOKYO_VPC)
OF_ANOTHER = Read(TOKYO, Describe.SUBNETS, By.VPC, "vpc-0ffffffffffffffff")
PASSING = Trouble(Meaning.PASSING, "RequestLimitExceeded", "slow down", "DescribeSubnets")
DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeSubnets")
REFUSED = Trouble(Meaning.REFUSED, "Unheard", "no", "DescribeSubnets")
NO_ROLE = Trouble(Meaning.DENIED, "AccessDenied", "no", ASSUME_ROLE)


def unread_with(*resources, unread, pcx=None, subnets_read=False, **changed):
    """Tokyo with these resources, read whole but for its subnets, and with these troubles."""
    seen = snapshot(pcx or peering(), vpc(), *resources, unread=unread, **changed)
    whole = Read(TOKYO, Describe.SUBNETS)
    return seen if subnets_read else replace(seen, done=seen.done - {whole})


def test_a_right_is_not_missing_where_the_subnets_were_read():
    """As after the right was given: an older trouble of a whole read counts no more."""
    seen = snapshot(vpc(), MAIN, ITS_SUBNET, unread={Read(TOKYO, Describe.SUBNETS): DENIED})
    assert not may_not_read_subnets(seen, TOKYO, TOKYO_VPC)


def routed(seen):
    made, verdicts = judged(plan(seen, settings()), seen, settings())
    tables = {one.route_table_id for one in made.changes if isinstance(one, CreateRoute)}
    return tables, made, verdicts


@pytest.mark.parametrize(
    ("unread", "uses"),
    [
        ({}, None),
        ({OF_VPC: PASSING}, None),
        ({OF_VPC: REFUSED}, None),
        ({OF_VPC: NO_ROLE}, None),
        ({OF_ANOTHER: DENIED}, None),
        ({OF_VPC._replace(location=SEOUL): DENIED}, None),
        ({OF_VPC: DENIED}, True),
        ({OF_VPC.whole: DENIED}, True),
    ],
)
def test_a_main_table_serves_without_a_read_only_if_our_role_lacks_the_right(unread, uses):
    seen = unread_with(MAIN, USED, unread=unread)
    assert (serves(MAIN, seen), may_serve(MAIN, seen)) == (uses is True, True)
    assert knows_serving(seen, TOKYO, TOKYO_VPC) is (uses is not None)
    assert (serves(USED, seen), may_serve(USED, seen)) == (True, True)


@pytest.mark.parametrize("trouble", [PASSING, DENIED])
@pytest.mark.parametrize("read", [OF_VPC, OF_ANOTHER])
def test_subnets_that_were_read_decide_whatever_else_failed(read, trouble):
    seen = unread_with(MAIN, USED, ITS_SUBNET, unread={read: trouble}, subnets_read=True)
    assert (serves(MAIN, seen), may_serve(MAIN, seen)) == (False, False)
    assert knows_serving(seen, TOKYO, TOKYO_VPC)
    assert routed(seen)[0] == {OWN}


@pytest.mark.parametrize(
    "changed",
    [
        {"main": False},
        {"gateway_ids": ("igw-0b31b31b31b31b310",)},
        {"owner_id": THEM},
        {"tags": (("peerkeeper:routes", "none"),)},
    ],
)
def test_a_table_that_cannot_be_ours_to_route_is_known_without_the_subnets(changed):
    one = table(**changed)
    seen = unread_with(one, unread={OF_VPC: PASSING})
    assert (serves(one, seen), may_serve(one, seen)) == (False, False)
    assert knows_serving(seen, TOKYO, TOKYO_VPC)


def test_while_the_subnets_are_unread_the_main_table_gets_no_route_and_the_verdict_is_unknown():
    """Else the verdict would count the other tables only, and might say that all is well."""
    carried = replace(USED, routes=(*USED.routes, route("10.39.0.0/16", PCX)))
    told = peering(tags=((STATUS, "not-carrying"),))
    for used, tables in ((USED, {OWN}), (carried, set())):
        found, made, (verdict,) = routed(
            unread_with(MAIN, used, unread={OF_VPC: PASSING}, pcx=told)
        )
        assert (found, verdict.upshot, verdict.unread) == (tables, Upshot.UNKNOWN, True)
        assert not any(hasattr(one, "status") for one in made.changes)


def test_a_role_without_the_right_writes_the_main_table_as_before():
    found, _, (verdict,) = routed(unread_with(MAIN, unread={OF_VPC: DENIED}))
    assert (found, verdict.upshot) == ({TOKYO_TABLE}, Upshot.NOTHING)


def test_a_main_table_that_may_serve_and_routes_is_not_said_to_route_nothing():
    held = table(TOKYO, route("10.39.0.0/16", PCX))
    for one, codes in ((held, set()), (table(), {Code.NOT_APPROVED})):
        seen = snapshot(peering(), vpc(tags=()), one, unread={OF_VPC: PASSING})
        seen = replace(seen, done=seen.done - {OF_VPC.whole})
        found = {one.code for one in plan(seen, settings()).findings}
        assert found & {Code.NOT_APPROVED} == codes
