"""A side routes a part of its peer: what the tag and RouteScope bring about, and what people are told."""

import pytest

from peerkeeper_local.story.stage import FOREIGN_ACCOUNT, SEOUL, TOKYO
from tests.integration.pair import AGREED
from tests.reports.commands import commands, run
from tests.reports.explained import explained

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"
KEY = "peerkeeper:destinations"
SUBNETS = {"RouteScope": "subnets"}
BOTH = {"AllowedAccounts": f"111122223333,{FOREIGN_ACCOUNT}", **SUBNETS}


def routes(estate, vpc, pcx):
    return {
        route["DestinationCidrBlock"]
        for table in estate.tables(vpc)
        for route in table["Routes"]
        if route.get("VpcPeeringConnectionId") == pcx
    }


def test_a_wide_route_goes_by_hand_once_the_narrow_ones_are_there(estate):
    one, other, pcx = estate.peered(ONE, OTHER)
    estate.reports.clear()
    estate.tag(pcx, KEY, "10.1.7.0/24 10.2.5.0/24 10.2.64.0/18")
    estate.sweep(300)
    assert routes(estate, one, pcx) == {OTHER, "10.2.5.0/24", "10.2.64.0/18"}
    assert routes(estate, other, pcx) == {ONE, "10.1.7.0/24"}
    estate.reports.clear()
    estate.sweep()
    for command in commands(estate.found("wider-than-scope"), "delete-route"):
        run(estate, command)
    assert estate.is_quiet()
    assert routes(estate, one, pcx) == {"10.2.5.0/24", "10.2.64.0/18"}
    assert routes(estate, other, pcx) == {"10.1.7.0/24"}


def test_without_the_tag_the_whole_network_comes_back(estate):
    one, other = estate.agreed(ONE, OTHER)
    pcx = estate.ask(one, other, tags=[{"Key": KEY, "Value": "10.1.7.0/24 10.2.5.0/24"}])
    estate.pump.advance(120)
    assert routes(estate, one, pcx) == {"10.2.5.0/24"}
    estate.owner.delete_tags(Resources=[pcx], Tags=[{"Key": KEY}])
    estate.pump.advance(120)
    # The narrow route looks like a table that its owner keeps narrow, until RouteScope says more.
    estate.reports.clear()
    estate.sweep()
    assert {each["code"] for each in estate.findings()} == {"narrow-routes-kept"}
    estate.redeploy(RouteScope="vpc")
    assert estate.is_quiet()
    assert routes(estate, one, pcx) == {"10.2.5.0/24", OTHER}


def test_the_tag_of_the_command_widens_one_peering_and_may_go_after_that(estate):
    one, third = estate.agreed(ONE, "10.3.0.0/16")
    other = estate.vpc(OTHER, AGREED, TOKYO)
    part = {"Key": KEY, "Value": "10.2.5.0/24"}
    pcx = estate.ask(one, other, there=TOKYO, tags=[part])
    kept = estate.ask(one, third, tags=[{**part, "Value": "10.1.8.0/24 10.3.5.0/24"}])
    estate.pump.advance(120)
    estate.owner.delete_tags(Resources=[pcx, kept], Tags=[{"Key": KEY}])
    estate.reports.clear()
    estate.sweep(120)
    told = [each for each in estate.found("narrow-routes-kept") if pcx in each["message"]]
    (command,) = commands(told, "create-tags")
    run(estate, command)
    estate.pump.advance(120)
    assert routes(estate, one, pcx) == {OTHER, "10.2.5.0/24"}
    estate.owner.delete_tags(Resources=[pcx], Tags=[{"Key": KEY}])
    estate.reports.clear()
    estate.sweep(300)
    assert {kept in each["message"] for each in estate.findings()} == {True}
    assert routes(estate, one, pcx) == {OTHER, "10.2.5.0/24"}
    assert routes(estate, one, kept) == {"10.3.5.0/24"}


def test_a_tag_outside_the_peer_is_corrected(estate):
    one, other = estate.agreed(ONE, OTHER)
    pcx = estate.ask(one, other, tags=[{"Key": KEY, "Value": "10.1.7.0/24 10.9.0.0/24"}])
    estate.pump.advance(120)
    assert routes(estate, one, pcx) == set()
    found = [each["message"] for each in estate.found("scope-outside-peer")]
    assert any(f"the networks of {other} are {OTHER}" in message for message in found)
    estate.tag(pcx, KEY, "10.1.7.0/24 10.2.9.0/24")
    assert estate.is_quiet()
    assert routes(estate, one, pcx) == {"10.2.9.0/24"}


@pytest.mark.parametrize("estate", [SUBNETS], indirect=True, ids=["subnets"])
def test_a_new_subnet_of_the_peer_is_routed_by_its_event(estate):
    """The peer is in another Region, so the sweep of one Region has to look there."""
    there = estate.ec2(TOKYO)
    ours = estate.vpc(ONE, [{"Key": "peerkeeper:peers", "Value": "self"}])
    theirs = estate.vpc(OTHER, [{"Key": "peerkeeper:peers", "Value": "self"}], TOKYO)
    for cidr in ("10.2.0.0/24", "10.2.1.0/24", "10.2.5.0/24"):
        there.create_subnet(VpcId=theirs, CidrBlock=cidr)
    pcx = estate.ask(ours, theirs, there=TOKYO)
    estate.pump.advance(120)
    assert routes(estate, ours, pcx) == {"10.2.0.0/23", "10.2.5.0/24"}
    there.create_subnet(VpcId=theirs, CidrBlock="10.2.16.0/20")
    estate.pump.advance(60)
    assert routes(estate, ours, pcx) == {"10.2.0.0/23", "10.2.5.0/24", "10.2.16.0/20"}
    estate.unroute(ours, "10.2.5.0/24")
    estate.sweep(120)
    assert routes(estate, ours, pcx) == {"10.2.0.0/23", "10.2.5.0/24", "10.2.16.0/20"}
    assert estate.is_quiet()


@pytest.mark.parametrize("estate", [BOTH], indirect=True, ids=["another account"])
def test_subnets_that_are_out_of_reach_are_named_by_hand(estate):
    theirs = estate.ec2(SEOUL, FOREIGN_ACCOUNT)
    stranger = theirs.create_vpc(CidrBlock=OTHER)["Vpc"]["VpcId"]
    ours = estate.vpc(ONE, [{"Key": "peerkeeper:peers", "Value": FOREIGN_ACCOUNT}])
    pcx = theirs.create_vpc_peering_connection(
        VpcId=stranger, PeerVpcId=ours, PeerOwnerId="111122223333", PeerRegion=SEOUL
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    estate.pump.advance(120)
    assert estate.status(pcx) == "active"
    assert routes(estate, ours, pcx) == set()
    assert estate.found("scope-unreadable")
    estate.tag(pcx, KEY, "10.2.9.0/24")
    estate.pump.advance(60)
    assert routes(estate, ours, pcx) == {"10.2.9.0/24"}
    assert "scope-unreadable" not in {each["code"] for each in estate.findings()[-3:]}


def test_explain_says_what_is_wrong_with_the_tag_and_which_route_is_wider(estate):
    one, _, pcx = estate.peered(ONE, OTHER)
    estate.tag(pcx, KEY, "10.1.7.0/24 10.2.5.0/24 10.9.0.0/24")
    estate.sweep(300)
    said = [line.words for line in explained(estate, pcx).lines]
    wide = f"{estate.only_table(one)} routes {OTHER} to {pcx}"
    assert any(wide in words and "only 10.2.5.0/24" in words for words in said)
    assert any("names 10.9.0.0/24" in words for words in said)
