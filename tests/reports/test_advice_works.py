"""Advice works when followed: each command that a finding prints, run as it stands, mends what it names."""

import pytest

from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.integration.pair import AGREED
from tests.reports.commands import commands, run
from tests.reports.estate import add_only, with_a_topic

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"


@pytest.mark.parametrize("way", ["this peering only", "every peering with"])
def test_either_way_to_agree_agrees(estate, way):
    one, other = estate.vpc(ONE, AGREED), estate.vpc(OTHER, region=TOKYO)
    pcx = estate.ask(one, other, SEOUL, TOKYO)
    estate.pump.advance(120)
    held = [each for each in estate.findings() if each["code"] == "held-not-approved"]
    (alone, by_vpc) = commands(held, "create-tags")
    assert held[0]["message"].index("this peering only") < held[0]["message"].index("every")
    run(estate, alone if way == "this peering only" else by_vpc)
    estate.pump.advance(300)
    assert estate.status(pcx) == "active"


def test_advice_for_two_requests_in_turn_keeps_the_first_agreement(estate):
    """The whole new value is printed: followed to the letter, it takes nothing back."""
    mine = estate.vpc(OTHER)
    peers = [estate.vpc(cidr, AGREED) for cidr in (ONE, "10.3.0.0/16")]
    asked = []
    for peer in peers:
        asked.append(estate.ask(peer, mine))
        estate.pump.advance(120)
        (command,) = commands(estate.naming(asked[-1]), "create-tags")
        run(estate, command)
        estate.pump.advance(300)
        estate.reports.clear()
    assert [estate.status(pcx) for pcx in asked] == ["active", "active"]
    estate.sweep(600)
    assert not [each for each in estate.findings() if "approved" in each["code"]]


@with_a_topic
def test_the_command_survives_the_mail(estate):
    mine = estate.vpc(OTHER, [{"Key": "peerkeeper:peers", "Value": "444455556666"}])
    pcx = estate.ask(estate.vpc(ONE, AGREED), mine)
    estate.pump.advance(120)
    (line,) = (one for one in estate.mails[0].split("\n") if one.startswith('" aws '))
    run(estate, line.strip('" '))
    estate.pump.advance(300)
    assert estate.status(pcx) == "active"


@with_a_topic
def test_the_command_of_a_notice_about_an_expired_request_asks_again(estate):
    one, other = estate.vpc(ONE, AGREED), estate.vpc(OTHER, region=TOKYO)
    old = estate.ask(one, other, SEOUL, TOKYO)
    for _ in range(8):
        estate.sweep(86_400)
    assert estate.status(old) == "expired"
    (line,) = (one for one in estate.mails[-1].split("\n") if one.startswith('" aws '))
    told = len(estate.mails)
    run(estate, line.strip('" '))
    estate.pump.advance(120)
    assert estate.mails[told].startswith('"Peering request held: ')
    assert old not in estate.mails[told]


@add_only
def test_the_command_that_deletes_a_dead_route_makes_room_for_the_live_one(estate):
    one, other = estate.agreed(ONE, OTHER)
    old, new = estate.asked_again(one, other)
    dead = [each for each in estate.naming(old) if each["code"] == "dead-route"]
    for command in commands(dead, "delete-route"):
        run(estate, command)
    estate.sweep(600)
    assert estate.targets(one, OTHER) == estate.targets(other, ONE) == [new]


def test_the_command_that_rejects_a_twin_ends_its_finding(estate):
    one, other = estate.vpc(ONE, AGREED), estate.vpc(OTHER, AGREED, TOKYO)
    estate.ask(one, other, SEOUL, TOKYO)
    estate.pump.advance(120)
    twin = estate.ask(other, one, TOKYO, SEOUL)
    estate.sweep(600)
    held = [each for each in estate.naming(twin) if each["code"] == "held-twin"]
    (command,) = commands(held, "reject-vpc-peering-connection")
    run(estate, command)
    estate.pump.advance(300)
    estate.reports.clear()
    estate.sweep(600)
    assert not estate.naming(twin)
