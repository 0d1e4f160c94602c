"""The end of a peering, its routes and its rules: a test for each row of the table."""

import pytest

from peerkeeper_cli.teardown.order.blocker import Blocker
from peerkeeper_cli.teardown.order.peering_steps import BY_PEERKEEPER, ends, routes, stale_rules
from peerkeeper_cli.teardown.order.step import Step
from peerkeeper_cli.teardown.seen.group import Group, GroupReference
from tests.builders import (
    FOREIGN,
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_VPC,
    THEM,
    TOKYO,
    TOKYO_VPC,
    US,
    route,
    table,
)
from tests.cli.teardown.seen import commands, own_vpc, pcx, seen_of_peering, seen_of_vpc

DELETE = f"aws ec2 delete-vpc-peering-connection --region {{}} --vpc-peering-connection-id {PCX}"
GROUP, OTHER = "sg-0a39a39a39a39a301", "sg-0b31b31b31b31b301"


def end(seen):
    found = [*ends(seen)]
    return found[0] if found else None


def test_an_active_peering_is_deleted_on_the_side_that_asked():
    step = end(seen_of_peering())
    assert commands([step]) == [DELETE.format("ap-northeast-2")]
    assert step.wait.waiter == "vpc-peering-connection-deleted"
    assert "InvalidVpcPeeringConnectionID.NotFound" in step.gone


def theirs(status):
    """Seoul's peering of another account, of which only Tokyo's side can be read."""
    one = pcx(status)
    asking = one.requester.__class__(SEOUL._replace(account_id=THEM), SEOUL_VPC)
    return seen_of_peering(peerings=(pcx(status, location=TOKYO, requester=asking),))


def test_an_active_peering_is_deleted_on_the_other_side_where_only_that_is_read():
    assert commands([end(theirs("active"))]) == [DELETE.format("ap-northeast-1")]


def test_a_request_is_deleted_by_its_requester():
    assert commands([end(seen_of_peering("pending-acceptance"))]) == [
        DELETE.format("ap-northeast-2")
    ]


def test_a_request_of_another_account_is_rejected():
    step = end(theirs("pending-acceptance"))
    assert commands([step]) == [
        "aws ec2 reject-vpc-peering-connection --region ap-northeast-1 "
        f"--vpc-peering-connection-id {PCX}"
    ]
    assert THEM in step.words
    assert step.wait is None


def test_a_peering_that_is_being_deleted_is_waited_for():
    step = end(seen_of_peering("deleting"))
    assert step.calls == ()
    assert step.wait.waiter == "vpc-peering-connection-deleted"


@pytest.mark.parametrize("status", ["initiating-request", "provisioning", "unknown"])
def test_a_status_in_which_nothing_can_be_deleted_blocks(status):
    found = end(seen_of_peering(status))
    assert isinstance(found, Blocker)
    assert found.resource == PCX


@pytest.mark.parametrize("status", ["deleted", "rejected", "failed", "expired"])
def test_one_that_ended_needs_no_step(status):
    assert end(seen_of_peering(status)) is None


def test_routes_of_both_sides_are_deleted_and_peerkeeper_does_it_too():
    tables = (
        table(SEOUL, routes=(route("172.31.0.0/16", PCX), route("10.1.0.0/16", OLD_PCX))),
        table(routes=(route("10.39.0.0/16", PCX), route("2001:db8::/56", PCX))),
    )
    found = [*routes(seen_of_peering(tables=tables))]
    assert [step.location for step in found] == [SEOUL, TOKYO, TOKYO]
    assert "--destination-cidr-block 172.31.0.0/16" in commands(found)[0]
    assert "--destination-ipv6-cidr-block 2001:db8::/56" in commands(found)[2]
    assert {step.by_itself for step in found} == {BY_PEERKEEPER}


def test_peerkeeper_leaves_an_exempt_table_and_a_prefix_list():
    exempt = table(routes=(route("10.39.0.0/16", PCX),), tags=(("peerkeeper:exempt", "true"),))
    listed = route("10.39.0.0/16", PCX)
    listed = listed.__class__(None, PCX, prefix_list="pl-0a39a39a39a39a301")
    found = [*routes(seen_of_peering(tables=(exempt, table(SEOUL, routes=(listed,)))))]
    assert {step.by_itself for step in found} == {""}
    assert "--destination-prefix-list-id pl-0a39a39a39a39a301" in commands(found)[1]


def test_routes_in_the_vpcs_own_tables_go_with_the_tables():
    tables = (table(SEOUL, routes=(route("172.31.0.0/16", PCX),)),)
    own = seen_of_vpc(peerings=(pcx(),), tables=tables)
    assert [*routes(own)] == []


def rule(**changed):
    whole = {"egress": False, "named": OTHER, "named_vpc": TOKYO_VPC, "pcx_id": PCX}
    return GroupReference(SEOUL, "sgr-0a39a39a39a39a301", GROUP, **{**whole, **changed})


def test_rules_that_go_stale_are_revoked_by_their_ids():
    groups = (Group(SEOUL, GROUP, SEOUL_VPC),)
    (step,) = stale_rules(seen_of_peering(groups=groups, rules=(rule(egress=True),)))
    assert commands([step]) == [
        f"aws ec2 revoke-security-group-egress --region ap-northeast-2 --group-id {GROUP} "
        "--security-group-rule-ids sgr-0a39a39a39a39a301"
    ]
    assert "comes alive again" in step.words


def test_rules_of_other_peerings_stay():
    assert [*stale_rules(seen_of_peering(rules=(rule(pcx_id=OLD_PCX), rule(pcx_id=""))))] == []


def test_rules_in_the_vpcs_own_groups_go_with_the_groups():
    groups = (Group(SEOUL, GROUP, SEOUL_VPC),)
    assert [*stale_rules(seen_of_vpc(peerings=(pcx(),), groups=groups, rules=(rule(),)))] == []


def test_rules_that_name_a_group_of_a_vpc_that_is_gone_are_stale():
    gone = seen_of_vpc(vpc=None)
    gone = gone.__class__(SEOUL_VPC, rules=(rule(named_vpc=SEOUL_VPC, pcx_id="pcx-1"),))
    (step,) = stale_rules(gone)
    assert isinstance(step, Step)


def test_accounts_of_the_fixtures_differ():
    assert own_vpc().owner == US != FOREIGN.account_id
