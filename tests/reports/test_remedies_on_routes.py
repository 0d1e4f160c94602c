"""What findings tell people to do with routes and route tables: done, it ends the finding."""

import re
from dataclasses import replace

import pytest

from tests.integration.pair import AGREED
from tests.reports.commands import run

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"
PART, ELSEWHERE = "10.2.5.0/24", "10.99.0.0/16"


def test_what_is_taken_away_by_hand_ends_its_finding(estate):
    one, other, pcx = estate.peered(ONE, OTHER)
    estate.route(one, PART)
    estate.route(other, ELSEWHERE, pcx)
    third, fourth = estate.agreed("10.3.0.0/16", "10.4.0.0/16")
    estate.route(third, "10.4.0.0/16")
    estate.tag(fourth, "peerkeeper:exempt", "true")
    second = estate.ask(third, fourth)
    estate.sweep(300)
    assert {"diverted", "surplus-route", "held-exempt"} <= {f["code"] for f in estate.findings()}
    estate.unroute(one, PART)
    estate.unroute(other, ELSEWHERE)
    estate.owner.delete_tags(Resources=[fourth], Tags=[{"Key": "peerkeeper:exempt"}])
    estate.sweep(300)
    assert estate.found("route-conflict")
    estate.unroute(third, "10.4.0.0/16")
    assert estate.is_quiet()
    assert estate.targets(third, "10.4.0.0/16") == [second]


@pytest.mark.parametrize("taken", [OTHER, "10.2.0.0/15"])
def test_the_command_that_deletes_the_route_in_the_way_makes_room(estate, taken):
    one, other = estate.agreed(ONE, OTHER)
    estate.route(one, taken)
    pcx = estate.ask(one, other)
    estate.sweep(300)
    (message,) = {finding["message"] for finding in estate.found("route-conflict")}
    cut, command = re.search(
        r"its traffic to ([\w-]+)\b.*; to delete that route: (aws ec2 [^;]+)$", message
    ).groups()
    assert estate.targets(one, taken) == [cut]
    run(estate, command)
    assert estate.is_quiet()
    assert estate.targets(one, OTHER) == [pcx]


@pytest.mark.parametrize("by_tag", [False, True])
def test_the_owner_of_a_table_that_is_only_reported_on_adds_the_route(estate, by_tag):
    """Else a side that carries nothing would be a side about which nobody is told."""
    one, other = estate.agreed(ONE, OTHER)
    tables = [each["RouteTableId"] for each in estate.tables(one)]
    for table in tables:
        estate.tag(table, "peerkeeper:routes", "report")
    pcx = estate.ask(one, other)
    estate.sweep(300)
    found = {one["subject"]: one["message"] for one in estate.found("route-left-to-owner")}
    assert found.keys() <= {*tables}
    assert (len(found) > 0, estate.targets(one, OTHER)) == (True, [])
    for table, message in found.items():
        if by_tag:
            estate.tag(table, "peerkeeper:routes", "none")
        else:
            run(estate, re.search(r"add the route: (aws ec2 [^;]+)$", message)[1])
    assert {*estate.targets(one, OTHER)} == (set() if by_tag else {pcx})
    assert estate.is_quiet()


@pytest.mark.parametrize("same_network", [False, True])
def test_a_tag_on_the_table_ends_its_finding(estate, same_network):
    hub, peer = estate.agreed(ONE, OTHER)
    second = estate.vpc(OTHER, AGREED)
    if same_network:
        holder = estate.ask(hub, second)
        estate.pump.advance(120)
    else:
        estate.route(hub, OTHER)
    estate.ask(hub, peer)
    estate.sweep(300)
    (finding,) = {f["message"] for f in estate.findings() if f["subject"] == estate.only_table(hub)}
    table, value = re.search(
        r"tag (rtb-\w+) peerkeeper:routes(=none| with the ids)", finding
    ).groups()
    estate.tag(table, "peerkeeper:routes", holder if same_network else value[1:])
    assert value == (" with the ids" if same_network else "=none")
    assert estate.is_quiet()


@pytest.mark.parametrize("named", ["pcx", "vpc"])
def test_a_table_that_is_to_route_the_later_claimant_does_once_the_holders_route_is_deleted(
    estate, named
):
    hub, first, peer = estate.agreed(ONE, OTHER, OTHER)
    holder = estate.ask(hub, first)
    estate.pump.advance(120)
    later = estate.ask(hub, peer)
    estate.sweep(300)
    (message,) = {finding["message"] for finding in estate.found("claimed-twice")}
    assert message.endswith(f". If they leave {holder} out, its route stays until you delete it")
    table = estate.only_table(hub)
    estate.tag(table, "peerkeeper:routes", later if named == "pcx" else peer)
    estate.reports.clear()
    estate.sweep(300)
    (message,) = {finding["message"] for finding in estate.found("claimed-twice")}
    assert f"{holder}, a live peering that its tag peerkeeper:routes leaves out. So" in message
    assert estate.targets(hub, OTHER) == [holder]
    run(
        estate,
        re.search(
            rf"its traffic to {holder}; to delete that route: (aws ec2 [^;]+)$",
            message,
        )[1],
    )
    assert estate.is_quiet()
    assert estate.targets(hub, OTHER) == [later]


@pytest.fixture
def both_new(estate):
    """Two peers of one network, both accepted before our side agrees to either."""
    hub, peers = estate.vpc(ONE), estate.agreed(OTHER, OTHER)
    asked = [estate.ask(hub, peer) for peer in peers]
    estate.pump.advance(120)
    estate.reports.clear()
    estate.tag(hub, "peerkeeper:peers", " ".join(peers))
    estate.sweep(300)
    messages = {finding["message"] for finding in estate.found("route-conflict")}
    assert len(messages) == 2
    assert all("remove the tag of one peer, or create the route" in message for message in messages)
    assert estate.targets(hub, OTHER) == []
    return hub, peers, asked


def test_of_two_new_peers_with_one_network_the_one_whose_tag_is_left_is_routed(estate, both_new):
    hub, peers, asked = both_new
    estate.tag(hub, "peerkeeper:peers", peers[0])
    estate.sweep(300)
    estate.reports.clear()
    estate.sweep(300)
    assert estate.targets(hub, OTHER) == asked[:1]
    assert {finding["code"] for finding in estate.findings()} == {"not-approved"}


def test_of_two_new_peers_with_one_network_the_route_made_by_hand_is_kept(estate, both_new):
    hub, _, asked = both_new
    estate.route(hub, OTHER, asked[1])
    estate.sweep(300)
    estate.reports.clear()
    estate.sweep(300)
    codes = {f["code"]: f["message"] for f in estate.findings() if f["subject"].startswith("rtb-")}
    assert set(codes) == {"claimed-twice"}  # who has it is settled; the other is told on its own
    assert estate.targets(hub, OTHER) == asked[1:]


def test_a_quota_that_is_raised_lets_the_route_be_written(estate):
    one, other = estate.agreed(ONE, OTHER)
    usual = estate.cloud.world.limits
    estate.cloud.world.limits = replace(usual, routes_per_table=0)
    pcx = estate.ask(one, other)
    estate.sweep(300)
    assert all(
        "raise the quota in Service Quotas" in f["message"] for f in estate.found("quota-reached")
    )
    estate.cloud.world.limits = usual
    assert estate.is_quiet()
    assert estate.targets(one, OTHER) == [pcx]


@pytest.mark.parametrize("estate", [{"QuotaCheck": "hold"}], indirect=True)
def test_of_three_requests_as_many_are_accepted_as_there_is_room_for(estate):
    hub, peers = estate.vpc(ONE), estate.agreed("10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16")
    usual = estate.cloud.world.limits
    estate.cloud.world.limits = replace(usual, routes_per_table=3)  # one of them is the local route
    asked = []
    for peer in peers:
        asked.append(estate.ask(peer, hub))
        estate.pump.advance(60)
    estate.tag(hub, "peerkeeper:peers", "self")  # now all three may come, in one run
    estate.sweep(300)
    states = [estate.status(pcx) for pcx in asked]
    assert states == ["active", "active", "pending-acceptance"]
    assert {finding["subject"] for finding in estate.found("held-no-room")} == {asked[2]}
    assert not estate.found("quota-reached")
    assert [estate.targets(hub, f"10.{n}.0.0/16") for n in (2, 3, 4)] == [
        [asked[0]],
        [asked[1]],
        [],
    ]
    estate.cloud.world.limits = usual
    assert estate.is_quiet()
    assert estate.targets(hub, "10.4.0.0/16") == asked[2:]


def test_an_entry_that_two_lists_send_apart_is_taken_out_of_all_but_one(estate):
    one, other, pcx = estate.peered(ONE, OTHER)
    estate.unroute(one, OTHER)
    wrong, _ = [
        listed(estate, one, GatewayId=estate.internet_gateway(one)),
        listed(estate, one, VpcPeeringConnectionId=pcx),
    ]
    estate.sweep(300)
    messages = {finding["message"] for finding in estate.found("prefix-list-conflict")}
    assert any(message.endswith("keep the entry in one list only") for message in messages)
    estate.owner.modify_managed_prefix_list(
        PrefixListId=wrong, CurrentVersion=1, RemoveEntries=[{"Cidr": OTHER}]
    )
    assert estate.is_quiet()
    assert estate.targets(other, ONE) == [pcx]


def listed(estate, vpc, **target):
    """A prefix list with the other's network, and a route to it in the table of the VPC."""
    made = estate.owner.create_managed_prefix_list(
        PrefixListName="offices", MaxEntries=1, AddressFamily="IPv4", Entries=[{"Cidr": OTHER}]
    )["PrefixList"]["PrefixListId"]
    table = estate.only_table(vpc)
    estate.owner.create_route(RouteTableId=table, DestinationPrefixListId=made, **target)
    return made
