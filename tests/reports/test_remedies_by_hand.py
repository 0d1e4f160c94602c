"""What findings tell people to do with tags, routes, requests, quotas: done, it ends the finding."""

import re
from dataclasses import replace

import pytest

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.story.stage import ROOT
from tests.integration.fleet import BY_EXTERNAL_ID, DATA, Fleet, spoke_role
from tests.integration.pair import AGREED
from tests.reports.commands import commands, run
from tests.reports.estate import Estate, with_a_topic
from tests.reports.explained import explained

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"
PART, ELSEWHERE = "10.2.5.0/24", "10.99.0.0/16"


def peered(estate, *cidrs):
    """Two VPCs that agree, and their live peering."""
    one, other = estate.agreed(*cidrs)
    pcx = estate.ask(one, other)
    estate.pump.advance(120)
    return one, other, pcx


def test_what_is_taken_away_by_hand_ends_its_finding(estate):
    one, other, pcx = peered(estate, ONE, OTHER)
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


def test_a_request_is_accepted_once_its_live_twin_is_deleted(estate):
    one, other, live = peered(estate, ONE, OTHER)
    twin = estate.ask(other, one)
    estate.sweep(300)
    (message,) = {finding["message"] for finding in estate.found("held-twin")}
    assert f"delete {live} first" in message
    estate.delete(live)
    estate.sweep(600)
    assert estate.status(twin) == "active"
    assert estate.targets(one, OTHER) == estate.targets(other, ONE) == [twin]


def test_a_request_that_failed_or_expired_is_asked_again(estate):
    one, same = estate.agreed(ONE, ONE)
    failed = estate.ask(one, same)
    mine, yours = estate.vpc("10.5.0.0/16"), estate.vpc("10.6.0.0/16", AGREED)
    expired = estate.ask(yours, mine)
    estate.sweep(300)
    assert any(failed in finding["subject"] for finding in estate.found("request-failed"))
    estate.pump.advance(7 * 86_400)
    estate.sweep()
    assert any(expired in finding["subject"] for finding in estate.found("request-expired"))
    right = estate.vpc(OTHER, AGREED)
    estate.tag(mine, "peerkeeper:peers", yours)
    again = [estate.ask(one, right), estate.ask(yours, mine)]
    estate.pump.advance(300)
    assert [estate.status(pcx) for pcx in again] == ["active", "active"]
    assert estate.targets(one, OTHER) == again[:1]


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
    assert all("withdraw one peer's tag, or make the route" in message for message in messages)
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


def test_host_names_turned_on_by_hand_let_the_peers_resolve():
    with Estate(VpcDns="leave") as estate:
        one, other, pcx = peered(estate, ONE, OTHER)
        estate.turn_on_dns(one)
        estate.sweep()
        assert {"dns-off", "peer-dns-off"} <= {finding["code"] for finding in estate.findings()}
        estate.turn_on_dns(other)
        assert estate.is_quiet()
        (shown,) = estate.owner.describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])[
            "VpcPeeringConnections"
        ]
        for side in ("RequesterVpcInfo", "AccepterVpcInfo"):
            assert shown[side]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"]


FAULTS = [
    # the tag as set, and what the finding says to do with it
    ("peerkeeper:Peers", "self", r"; write (?P<key>\S+), and take '(?P<old>.+)' away$"),
    ("peerkeeper:peer", "self", r"; if it is meant so, write (?P<key>\S+) in its place$"),
    ("peerkeeper:peers", "me", r"; allowed are 12-digit account ids, vpc ids and (?P<value>self),"),
    ("peerkeeper:dns", "on", r"; allowed: (?P<value>enforce), leave$"),
    ("peerkeeper:colour", "red", r"is no tag of Peerkeeper's; it knows (?P<known>.+)$"),
]


def test_a_tag_corrected_as_its_fault_says_has_none(estate):
    vpcs = [
        estate.vpc(f"10.{n}.0.0/16", [{"Key": f[0], "Value": f[1]}]) for n, f in enumerate(FAULTS)
    ]
    estate.sweep()
    said = {f["subject"]: f["message"] for f in estate.found("tag-fault")}
    for vpc, (key, value, words) in zip(vpcs, FAULTS, strict=True):
        told = re.search(words, said[vpc]).groupdict()
        if "value" not in told:
            estate.owner.delete_tags(Resources=[vpc], Tags=[{"Key": told.get("old", key)}])
        if "known" not in told:
            estate.tag(vpc, told.get("key", key), told.get("value", value))
    assert estate.is_quiet()
    assert [estate.has_host_names(vpc) for vpc in vpcs] == [True] * 4 + [False]


@with_a_topic
def test_people_are_told_once_there_is_room_for_the_tag(estate):
    full = [{"Key": f"k{number}", "Value": "v"} for number in range(50)]
    pcx = estate.ask(estate.vpc(ONE), estate.vpc(OTHER), tags=full)
    estate.sweep(300)
    assert any("a resource takes 50 tags" in f["message"] for f in estate.found("cannot-remember"))
    assert estate.mails == []
    estate.owner.delete_tags(Resources=[pcx], Tags=[{"Key": "k0"}])
    estate.sweep(300)
    estate.reports.clear()
    estate.sweep(300)
    assert {finding["code"] for finding in estate.findings()} == {"held-not-approved"}
    assert len(estate.mails) == 1


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


def test_explain_names_the_tag_that_agrees(estate):
    one, other, pcx = peered(estate, ONE, OTHER)
    for vpc in (one, other):
        estate.owner.delete_tags(Resources=[vpc], Tags=[{"Key": "peerkeeper:peers"}])
    estate.sweep(300)
    assert len(estate.found("routed-not-approved")) >= 2
    said = [{"message": line.words} for line in explained(estate, pcx).lines]
    run(estate, commands(said, "create-tags")[0])
    assert estate.is_quiet()


def test_a_spoke_deployed_again_grants_the_right():
    """First it is not there, then it allows less than the hub wants, then it is as the findings say."""
    with Fleet(
        without=tuple(spoke_role(DATA, name) for name in ("connect-peerings", "sweep"))
    ) as fleet:
        pcx = fleet.peer("hub", "data")
        (shut,) = {one["message"] for one in fleet.found("account-unreachable")}
        assert (
            f"deploy spoke.yaml there (docs/fleet.md), which makes {spoke_role(DATA, '')}" in shut
        )
        deploy_spoke(fleet, Mode="observe")
        fleet.pump.sweep()
        fleet.pump.advance(120)
        denied = [one["message"] for one in fleet.found("denied")]
        assert denied
        assert all("deploy spoke.yaml of this version again" in message for message in denied)
        assert all("and the hub's Mode" in message for message in denied)
        deploy_spoke(fleet)
        fleet.pump.sweep()
        fleet.pump.advance(300)
        assert fleet.status("data", pcx) == "active"
        assert fleet.routed("data", pcx) == {"10.1.0.0/16"}


def deploy_spoke(fleet, **parameters):
    """Deploy spoke.yaml in DATA's home region, with the hub's parameters but for these."""
    given = {
        "RoleRegion": fleet.regions[0],
        "Regions": ",".join(fleet.regions),
        **fleet.parameters,
        **BY_EXTERNAL_ID,
        **parameters,
    }
    stack = Deployment(ROOT).spoke(DATA, fleet.regions[0], fleet.pump.hub, given)
    for role in stack.roles:
        fleet.cloud.authority.add(role)
