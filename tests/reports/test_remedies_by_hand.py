"""What findings tell people to do with tags, requests, names, other accounts: done, it ends the finding."""

import re

import pytest

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.story.stage import ROOT
from tests.integration.fleet import BY_EXTERNAL_ID, DATA, Fleet, spoke_role
from tests.integration.pair import AGREED
from tests.reports.commands import commands, run
from tests.reports.estate import Estate, with_a_topic
from tests.reports.explained import explained

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"


def test_a_request_is_accepted_once_its_live_twin_is_deleted(estate):
    one, other, live = estate.peered(ONE, OTHER)
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


@pytest.mark.parametrize("support", [True, False])
def test_host_names_turned_on_by_hand_let_the_peers_resolve(support):
    with Estate(VpcDns="leave") as estate:
        one, other, pcx = estate.peered(ONE, OTHER)
        estate.owner.modify_vpc_attribute(VpcId=one, EnableDnsSupport={"Value": support})
        estate.sweep()
        found = estate.found("dns-off")
        off = {each["message"] for each in found}
        assert {message.partition(" ")[0] for message in off} == {one, other}
        assert all(message.endswith(", or set VpcDns=enforce") for message in off)
        for command in commands(found, "modify-vpc-attribute"):
            run(estate, command)
        assert estate.is_quiet()
        (shown,) = estate.owner.describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])[
            "VpcPeeringConnections"
        ]
        for side in ("RequesterVpcInfo", "AccepterVpcInfo"):
            assert shown[side]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"]


FAULTS = [
    # the tag as set, and what the finding says to do with it
    ("peerkeeper:Peers", "self", r"; write (?P<key>\S+), and remove '(?P<old>.+)'$"),
    ("peerkeeper:peer", "self", r"; if you mean (?P<key>\S+), write that$"),
    ("peerkeeper:peers", "me", r"; allowed are 12-digit account ids, vpc ids and (?P<value>self),"),
    ("peerkeeper:dns", "on", r"; allowed: (?P<value>enforce), leave$"),
    ("peerkeeper:colour", "red", r"is not a tag of Peerkeeper; the tags are (?P<known>.+)$"),
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


@pytest.mark.parametrize("key", ["peerkeeper:exempt", "Peerkeeper:exempt"])
@pytest.mark.parametrize("moved", [True, False])
def test_a_tag_in_the_wrong_place_is_moved_or_removed_as_its_fault_says(estate, key, moved):
    one, _, pcx = estate.peered(ONE, OTHER)
    estate.tag(pcx, key, "true")
    estate.tag(one, "peerkeeper:status", "ok")
    estate.sweep()
    said = {f["subject"]: f["message"] for f in estate.found("tag-fault")}
    assert said[one].endswith("has no effect on a VPC; remove that tag")
    told = re.search(
        r"; remove it, or (?:move it to|set (\S+) on) .*\ba route table$", said.pop(pcx)
    )
    estate.owner.delete_tags(
        Resources=[pcx, one], Tags=[{"Key": key}, {"Key": "peerkeeper:status"}]
    )
    if moved:
        estate.tag(estate.only_table(one), told[1] or key, "true")
    assert estate.is_quiet()
    estate.unroute(one, OTHER)
    estate.sweep(300)
    assert estate.targets(one, OTHER) == ([] if moved else [pcx])


@with_a_topic
def test_people_are_told_once_there_is_room_for_the_tag(estate):
    full = [{"Key": f"k{number}", "Value": "v"} for number in range(50)]
    pcx = estate.ask(estate.vpc(ONE), estate.vpc(OTHER), tags=full)
    estate.sweep(300)
    assert any(
        "a resource has at most 50 tags" in f["message"] for f in estate.found("cannot-remember")
    )
    assert estate.mails == []
    estate.owner.delete_tags(Resources=[pcx], Tags=[{"Key": "k0"}])
    estate.sweep(300)
    estate.reports.clear()
    estate.sweep(300)
    assert {finding["code"] for finding in estate.findings()} == {"held-not-approved"}
    assert len(estate.mails) == 1


def test_explain_names_the_tag_that_agrees(estate):
    one, other, pcx = estate.peered(ONE, OTHER)
    for vpc in (one, other):
        estate.owner.delete_tags(Resources=[vpc], Tags=[{"Key": "peerkeeper:peers"}])
    estate.sweep(300)
    assert len(estate.found("routed-not-approved")) >= 2
    said = [{"message": line.words} for line in explained(estate, pcx).lines]
    run(estate, commands(said, "create-tags")[0])
    assert estate.is_quiet()


def test_consent_that_went_is_given_again_or_the_peering_deleted(estate):
    one, other, pcx = estate.peered(ONE, OTHER)
    estate.owner.delete_tags(Resources=[one], Tags=[{"Key": "peerkeeper:peers"}])
    estate.pump.advance(120)
    (message,) = {finding["message"] for finding in estate.found("consent-withdrawn")}
    assert pcx in message
    assert f"took peerkeeper:peers off {one}" in message
    said = [{"message": line.words} for line in explained(estate, pcx).lines]
    run(estate, commands(said, "create-tags")[0])
    assert estate.is_quiet()
    estate.owner.delete_tags(Resources=[other], Tags=[{"Key": "peerkeeper:peers"}])
    estate.delete(pcx)
    assert estate.is_quiet()
    assert not estate.targets(one, OTHER)


def test_a_spoke_deployed_again_grants_the_right():
    """First it is not there, then it allows less than the hub wants, then it is as the findings say."""
    with Fleet(
        without=tuple(spoke_role(DATA, name) for name in ("connect-peerings", "sweep"))
    ) as fleet:
        pcx = fleet.peer("hub", "data")
        (shut,) = {one["message"] for one in fleet.found("account-unreachable")}
        assert (
            f"deploy spoke.yaml there (docs/adopt/fleet.md), which makes {spoke_role(DATA, '')}"
            in shut
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


def test_a_spoke_that_does_not_list_the_account_is_deployed_with_the_hubs_list():
    with Fleet() as fleet:
        deploy_spoke(fleet, AllowedAccounts=DATA)
        pcx = fleet.peer("hub", "data")
        fleet.pump.advance(300)
        (message,) = {one["message"] for one in fleet.found("denied")}
        assert message.endswith("and the hub's Mode and AllowedAccounts")
        assert fleet.status("data", pcx) == "pending-acceptance"
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
