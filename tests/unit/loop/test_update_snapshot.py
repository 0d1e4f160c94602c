"""What a run has seen and done is what the next plan rests on: no more, and nothing older."""

from dataclasses import replace

import pytest
from peerkeeper.loop.update_snapshot import with_observed, with_outcomes
from peerkeeper.values.changes import AllowRemoteDnsResolution, DeleteRoute
from peerkeeper.values.outcomes import Observed, Outcome, Result
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    FOREIGN,
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    TOKYO,
    TOKYO_TABLE,
    peering,
    route,
    snapshot,
    table,
)


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("provisioning", "pending-acceptance", "provisioning"),
        ("active", "provisioning", "active"),
        ("deleted", "active", "deleted"),
        ("pending-acceptance", "active", "active"),
        ("active", "deleting", "deleting"),
        ("active", "active", "active"),
        ("active", "unknown", "unknown"),
        ("unknown", "pending-acceptance", "pending-acceptance"),
    ],
)
def test_the_later_status_in_a_peerings_life_is_kept(first, then, kept):
    seen = with_observed(
        snapshot(peering(status=first)), [Observed((), peerings=(peering(status=then),))]
    )
    assert seen.peerings[TOKYO, PCX].status.value == kept


def after(seen, change):
    return with_outcomes(seen, [Outcome(change, Result.APPLIED)])


def test_a_delete_takes_the_static_route_and_leaves_a_lists_and_a_propagated_one():
    listed = route(str(SEOUL_CIDR), OLD_PCX, static=False, prefix_list="pl-0000000a")
    propagated = route(str(SEOUL_CIDR), "vgw-1", static=False)
    held = table(TOKYO, route(str(SEOUL_CIDR), OLD_PCX), listed, propagated)
    gone = DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, OLD_PCX, reason="")
    left = after(snapshot(held), gone).route_tables[TOKYO, TOKYO_TABLE].routes
    assert left[1:] == (listed, propagated)


@pytest.mark.parametrize("where", [SEOUL, FOREIGN])
def test_an_option_is_shown_to_its_own_account_alone(where):
    requester = replace(peering().requester, location=where)
    views = [peering(at, requester=requester) for at in (where, TOKYO)]
    change = AllowRemoteDnsResolution(TOKYO, PCX, requester_side=False, reason="")
    seen = after(snapshot(*views), change)
    assert seen.peerings[TOKYO, PCX].accepter.allows_remote_dns
    assert seen.peerings[where, PCX].accepter.allows_remote_dns is (where == SEOUL)
    assert not seen.peerings[TOKYO, PCX].requester.allows_remote_dns


def test_a_read_that_failed_and_then_answered_is_read():
    read = Read(TOKYO, Describe.PEERINGS, By.PEERING, PCX)
    slow = Trouble(Meaning.PASSING, "RequestLimitExceeded", "", "DescribeVpcPeeringConnections")
    failed = with_observed(snapshot(), [Observed((read,), trouble=slow)])
    assert failed.unread == {read: slow}
    answered = with_observed(failed, [Observed((read,), peerings=(peering(),))])
    assert (answered.unread, read in answered.done) == ({}, True)
