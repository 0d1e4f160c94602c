"""Tags of Peerkeeper that have no effect, or not the one that is written: a wrong key, value or place."""

import pytest
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rules.tag_faults import tag_faults
from peerkeeper.values.findings import Code
from peerkeeper.values.zones import HostedZone, ZonesOfAccount

from tests.builders import (
    SEOUL,
    TOKYO,
    US,
    peering,
    route,
    settings,
    snapshot,
    subnet,
    table,
    vpc,
)
from tests.unit.planning.endpoints import gateway, interface

OUR_VPC = "a VPC"
PLACES = {
    "peerkeeper:peers": [OUR_VPC],
    "peerkeeper:peers-lab": [OUR_VPC],
    "peerkeeper:approved": ["a peering"],
    "peerkeeper:routes": ["a route table"],
    "peerkeeper:destinations": ["a peering"],
    "peerkeeper:expect": [OUR_VPC, "a peering"],
    "peerkeeper:dns": [OUR_VPC],
    "peerkeeper:public-ip": [OUR_VPC],
    "peerkeeper:share": ["a private hosted zone"],
    "peerkeeper:zones": [OUR_VPC],
    "peerkeeper:endpoint-tables": ["a gateway endpoint"],
    "peerkeeper:private-dns": ["an interface endpoint"],
    "peerkeeper:exempt": [OUR_VPC, "a subnet", "a route table"],
    "peerkeeper:status": ["a peering"],
}
"""Where each key has effect, as docs/reference/tags.md says."""
RIGHT = {
    "peerkeeper:approved": "true",
    "peerkeeper:routes": "none",
    "peerkeeper:destinations": "subnets",
    "peerkeeper:expect": "icmp",
    "peerkeeper:dns": "leave",
    "peerkeeper:public-ip": "leave",
    "peerkeeper:endpoint-tables": "all",
    "peerkeeper:private-dns": "on",
    "peerkeeper:exempt": "true",
    "peerkeeper:status": "held",
}
"""A value that each key may have; of the others it is `self`."""
ANYWHERE = ("a VPC", "a route table", "a peering", "a subnet", "a private hosted zone")


def said(place, key, value):
    """What is said of a tag on one resource."""
    tags = ((key, value),)
    endpoints = {
        "a gateway endpoint": gateway(tags=tags),
        "an interface endpoint": interface(tags=tags),
        "a VPC endpoint": gateway(tags=tags, kind="gatewayloadbalancer"),
    }
    if place in endpoints:
        one = endpoints[place]
        seen = snapshot(vpc_endpoints={(one.location, one.id): one})
    elif place == "a private hosted zone":
        zone = HostedZone(SEOUL, "Z1", "internal.example.", tags, frozenset())
        seen = snapshot(zones={(SEOUL, US): ZonesOfAccount(SEOUL, US, (zone,))})
    else:
        build = {"a VPC": vpc, "a route table": table, "a peering": peering, "a subnet": subnet}
        seen = snapshot(build[place](tags=tags))
    found = list(tag_faults(seen, settings()))
    assert {one.code for one in found} <= {Code.TAG_FAULT}
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("key", "value", "faulty"),
    [
        ("peerkeeper:peers", "self 111122223333 vpc-0a39a39a39a39a391", False),
        ("peerkeeper:peers-lab", "self", False),
        ("peerkeeper:peers", "*", True),
        ("peerkeeper:peers", "", True),
        ("peerkeeper:peers", "11112222333", True),
        ("peerkeeper:approved", "yes", True),
        ("peerkeeper:approved", "false", False),
        ("peerkeeper:exempt", "True", True),
        ("peerkeeper:routes", "all", True),
        ("peerkeeper:routes", "report", False),
        ("peerkeeper:routes", "pcx-0a39a39a39a39a391 vpc-0a39a39a39a39a391", False),
        ("peerkeeper:routes", "pcx-0a39a39a39a39a391 self", True),
        ("peerkeeper:routes", "none", False),
        ("peerkeeper:dns", "enforce", False),
        ("peerkeeper:dns", "on", True),
        ("peerkeeper:public-ip", "leave", False),
        ("peerkeeper:private-dns", "yes", True),
        ("peerkeeper:status", "anything", False),
    ],
)
def test_a_value_outside_the_closed_list_is_a_fault(key, value, faulty):
    for place in PLACES[key]:
        found = said(place, key, value)
        assert len(found) == faulty
        assert not faulty or key in found[0]


@pytest.mark.parametrize(
    ("key", "value", "faulty"),
    [
        ("Peerkeeper:exempt", "true", True),
        ("PEERKEEPER:PEERS", "self", True),
        ("peerkeeper:exempt ", "true", True),
        (" peerkeeper:peers-lab", "self", True),
        ("peerkeper:exempt", "true", True),
        ("peer-keeper:peers", "self", True),
        ("peerkeeper:exmpt", "true", True),
        ("peerkeeper:colour", "red", True),
        ("peers", "self", False),
        ("peering", "lab", False),
        ("Name", "peerkeeper:*", False),
    ],
)
def test_a_key_outside_the_closed_list_is_a_fault_on_any_resource(key, value, faulty):
    for place in ANYWHERE:
        found = said(place, key, value)
        assert len(found) == faulty
        assert not faulty or key in found[0]


@pytest.mark.parametrize("key", PLACES)
@pytest.mark.parametrize(
    "place", [*ANYWHERE, "a gateway endpoint", "an interface endpoint", "a VPC endpoint"]
)
def test_a_key_on_a_resource_where_it_has_no_effect_is_a_fault(key, place):
    found = said(place, key, RIGHT.get(key, "self"))
    if place in PLACES[key]:
        assert found == []
    else:
        (message,) = found
        assert f": {key} has no effect on {place}" in message


@pytest.mark.parametrize(
    ("place", "key", "words"),
    [
        (
            "a peering",
            "peerkeeper:exempt",
            "peerkeeper:exempt has no effect on a peering; remove it, or move it to a VPC, a subnet or a "
            "route table",
        ),
        (
            "a route table",
            "peerkeeper:approved",
            "peerkeeper:approved has no effect on a route table; remove it, or move it to a peering",
        ),
        (
            "a VPC",
            "peerkeeper:status",
            "peerkeeper:status has no effect on a VPC; remove that tag",
        ),
        (
            "a peering",
            "Peerkeeper:exempt",
            "'Peerkeeper:exempt' looks like peerkeeper:exempt, which has no effect on a peering; remove it, "
            "or set peerkeeper:exempt on a VPC, a subnet or a route table",
        ),
        (
            "a VPC",
            "peerkeper:routes",
            "'peerkeper:routes' looks like peerkeeper:routes, which has no effect on a VPC; remove it, or "
            "set peerkeeper:routes on a route table",
        ),
    ],
)
def test_the_fault_says_where_the_key_has_effect(place, key, words):
    (message,) = said(place, key, "none")
    assert message.partition(": ")[2] == words


def test_a_key_that_has_no_effect_changes_no_decision():
    """The fault is told; what is planned is the same as without the tag."""
    stray = {"peerkeeper:exempt": "true", "peerkeeper:routes": "none"}
    plain = snapshot(vpc(TOKYO), peering(TOKYO), table(TOKYO, route("0.0.0.0/0", "igw-1")))
    tagged = snapshot(
        vpc(TOKYO, tags=(*vpc().tags, ("peerkeeper:routes", "none"))),
        peering(TOKYO, tags=tuple(stray.items())),
        table(TOKYO, route("0.0.0.0/0", "igw-1"), tags=(("peerkeeper:approved", "false"),)),
    )
    assert plan(tagged, settings()).changes == plan(plain, settings()).changes
    told = [one for one in plan(tagged, settings()).findings if one.code is Code.TAG_FAULT]
    assert len(told) == 4
