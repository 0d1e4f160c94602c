"""Private zones: what is found of a zone that two owners share, row by row of the rule's table."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.private_zones import private_zones
from peerkeeper.planning.zone_findings import not_shared
from peerkeeper.values.ec2 import Location, Side, network
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.zones import HostedZone, ListedZone, ZonesOfAccount, ZonesOfVpc, ZoneVpc

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    THEM,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_VPC,
    US,
    peering,
    settings,
    snapshot,
    vpc,
)

HOME, GUEST = ZoneVpc(SEOUL.region, SEOUL_VPC), ZoneVpc(TOKYO.region, TOKYO_VPC)
ZONE = HostedZone(
    SEOUL, "Z1", "internal.example.", (("peerkeeper:share", "self"),), frozenset({HOME})
)
THERE = Location(THEM, TOKYO.region)
KEY = (TOKYO, TOKYO_VPC)
ON = {"dns_support": {KEY: True}, "dns_hostnames": {KEY: True}}


def tagged(word="self", peers="self", *more, **changed):
    tags = (("peerkeeper:peers", peers), ("peerkeeper:zones", word), *more)
    return vpc(tags=tags, **changed)


def listed(*zones, where=TOKYO):
    return {(where, TOKYO_VPC): ZonesOfVpc(where, TOKYO_VPC, zones)}


def found(
    *, zone=ZONE, guest=None, state="active", theirs=None, left=0, views=(SEOUL, TOKYO), **more
):
    """What the rule finds of one zone of Seoul's VPC, which is peered with Tokyo's."""
    account = ZonesOfAccount(SEOUL, US, (zone,), left, 5)
    seen = snapshot(
        vpc(SEOUL),
        guest or tagged(),
        *(peering(where, state) for where in views),
        zones={(SEOUL, US): account},
        zones_of_vpcs=listed() if theirs is None else theirs,
        **{**ON, **more},
    )
    return list(private_zones(seen, settings()))


def codes(**given):
    return [one.code.value for one in found(**given)]


def test_a_zone_that_both_tags_share_is_missed_in_the_vpc():
    (one,) = found()
    assert (one.code, one.location, one.subject, one.pcx_id) == (
        "zone-not-shared",
        SEOUL,
        "Z1",
        PCX,
    )
    assert one.message.endswith(
        f"to associate it, with credentials of {US}: aws route53 associate-vpc-with-hosted-zone "
        f"--hosted-zone-id Z1 --vpc VPCRegion={TOKYO.region},VPCId={TOKYO_VPC}"
    )


@pytest.mark.parametrize(
    "given",
    [
        {"guest": vpc()},
        {"guest": tagged(THEM)},
        {"guest": tagged(US, peers=THEM)},
        {"guest": tagged(owner_id=THEM)},
        {"guest": tagged("self", "self", ("peerkeeper:exempt", "true"))},
        {"zone": replace(ZONE, tags=(("peerkeeper:share", THEM),))},
        {"zone": replace(ZONE, tags=(("Name", "a"),))},
        {"zone": replace(ZONE, vpcs=frozenset())},
        {"state": "provisioning"},
        {"state": "deleted"},
        {"views": (SEOUL,)},
        {"theirs": {}},
        {"zone": replace(ZONE, vpcs=frozenset({HOME, GUEST}))},
    ],
    ids=lambda given: next(iter(given)),
)
def test_without_one_of_the_conditions_nothing_is_found(given):
    assert codes(**given) == []


@pytest.mark.parametrize("word", [TOKYO_VPC, US, "self", f"{THEM} self"])
def test_each_word_that_names_the_vpc_shares_the_zone(word):
    assert codes(zone=replace(ZONE, tags=(("peerkeeper:share", word),))) == ["zone-not-shared"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("INTERNAL.example.", "zone-conflict"),
        ("a.internal.example.", "zone-not-shared"),
        ("example.", "zone-not-shared"),
    ],
)
def test_only_a_zone_of_the_same_name_is_in_the_way(name, code):
    assert codes(theirs=listed(ListedZone("Z2", name, US))) == [code]


def test_a_zone_of_a_service_in_the_way_is_named():
    other = ListedZone("Z2", ZONE.name, "vpce.amazonaws.com", of_service=True)
    (one,) = found(theirs=listed(other))
    assert "which the service vpce.amazonaws.com owns" in one.message


@pytest.mark.parametrize(
    ("support", "names", "said"),
    [(False, False, ["support", "hostnames"]), (True, False, ["hostnames"]), (None, True, [])],
)
def test_dns_that_is_off_is_told_whether_the_vpc_has_the_zone_or_not(support, names, said):
    dns = {
        "dns_support": {} if support is None else {KEY: support},
        "dns_hostnames": {KEY: names},
    }
    having = replace(ZONE, vpcs=frozenset({HOME, GUEST}))
    both = [found(zone=zone, **dns) for zone in (ZONE, having)]
    assert [one.code for one in both[0]][-1] == "zone-not-shared"
    for message in [
        one.message for each in both for one in each if one.code == "zone-needs-vpc-dns"
    ]:
        assert [
            name for name in ("support", "hostnames") if f"--enable-dns-{name} " in message
        ] == said
    assert len(both[1]) == bool(said)


def left(*peerings, words="self", guest=None, read=True, vpcs=(HOME, GUEST)):
    """What is found once the zone has both VPCs, with these peerings."""
    zone = replace(ZONE, tags=(("peerkeeper:share", words),), vpcs=frozenset(vpcs))
    seen = snapshot(
        vpc(SEOUL),
        *([guest] if guest else []),
        *peerings,
        zones={(SEOUL, US): ZonesOfAccount(SEOUL, US, (zone,))},
    )
    if not read:
        seen = replace(seen, done=seen.done - {Read(SEOUL, Describe.PEERINGS)})
    return [one.code.value for one in private_zones(seen, settings())]


LEFT = ["zone-left-behind"]


def test_a_vpc_that_asked_for_the_zone_is_left_behind_once_no_peering_leads_there():
    assert left(guest=tagged()) == LEFT
    assert left(peering(SEOUL, "deleted"), guest=tagged(), words=THEM) == LEFT


@pytest.mark.parametrize("state", ["active", "provisioning", "deleting", "pending-acceptance"])
def test_while_a_peering_lives_or_may_come_nothing_is_left_behind(state):
    assert left(peering(SEOUL, state), guest=tagged()) == []


def test_a_vpc_that_did_not_ask_and_is_ours_is_a_home():
    assert left(guest=vpc()) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [(TOKYO_VPC, LEFT), (THEM, LEFT), ("self", []), (US, [])],
)
def test_a_vpc_of_an_unknown_account_is_left_behind_if_the_tag_may_name_it(words, expected):
    assert left(words=words) == expected


def test_another_accounts_vpc_is_left_behind_if_its_ended_peering_is_shown():
    there = Side(THERE, TOKYO_VPC, (TOKYO_CIDR,))
    ended = peering(
        SEOUL, "deleted", requester=Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,)), accepter=there
    )
    assert left(ended, words="self") == LEFT


def test_without_a_whole_read_of_the_peerings_nothing_is_concluded():
    assert left(guest=tagged(), read=False) == []


def test_without_a_home_nothing_is_concluded_as_the_last_vpc_stays():
    assert left(guest=tagged(), vpcs=(GUEST,)) == []


def test_a_vpc_outside_the_stack_may_be_a_home_with_a_peering():
    far = ZoneVpc("eu-west-1", "vpc-0ffffffffffffff01")
    assert left(guest=tagged(), vpcs=(HOME, GUEST, far)) == []


def test_what_a_sweep_leaves_out_is_told():
    (first, _) = found(left=450)
    assert (first.code, first.subject) == ("zones-in-turn", US)
    assert "left out 450 of the private zones" in first.message
    assert "once in 5 sweeps" in first.message


def test_the_read_of_one_vpc_is_enough_to_know_that_another_account_has_it():
    read = Read(TOKYO, Describe.VPCS, By.VPC, TOKYO_VPC)
    zone = replace(ZONE, tags=(("peerkeeper:share", THEM),), vpcs=frozenset({HOME, GUEST}))
    seen = snapshot(
        vpc(SEOUL), whole=(SEOUL,), zones={(SEOUL, US): ZonesOfAccount(SEOUL, US, (zone,))}
    )
    assert list(private_zones(seen, settings())) == []
    known = replace(seen, done=seen.done | {read})
    assert [one.code.value for one in private_zones(known, settings())] == LEFT


def test_between_two_accounts_each_owner_has_its_commands_in_order():
    one = not_shared(ZONE, Side(THERE, TOKYO_VPC, (TOKYO_CIDR,)), PCX)
    steps = [
        f"credentials of {US}: aws route53 create-vpc-association-authorization",
        f"credentials of {THEM}: aws route53 associate-vpc-with-hosted-zone",
        f"credentials of {US}: aws route53 delete-vpc-association-authorization",
    ]
    places = [one.message.index(step) for step in steps]
    assert places == sorted(places)
    assert "create-vpc-association-authorization" in one.remedy.command


A, B, C = (f"vpc-0{letter * 16}" for letter in "abc")
ASKS = (("peerkeeper:peers", "self"), ("peerkeeper:zones", "self"))


def chained(state, *having, asking=(B, C), share="self"):
    """What is found where A is peered with B, and B with C. These VPCs have the zone."""
    named = {A: "10.1.0.0/16", B: "10.2.0.0/16", C: "10.3.0.0/16"}
    vpcs = [
        vpc(id=id_, cidrs=(network(cidr),), tags=ASKS if id_ in asking else ASKS[:1])
        for id_, cidr in named.items()
    ]
    first, second = (
        peering(TOKYO, status, id=id_, requester=Side(TOKYO, one), accepter=Side(TOKYO, other))
        for id_, status, one, other in ((PCX, state, A, B), (OLD_PCX, "active", B, C))
    )
    places = frozenset(ZoneVpc(TOKYO.region, one) for one in having)
    zone = HostedZone(TOKYO, "Z1", "a.", (("peerkeeper:share", share),), places)
    seen = snapshot(
        *vpcs,
        first,
        second,
        dns_support={(TOKYO, one): True for one in named},
        dns_hostnames={(TOKYO, one): True for one in named},
        zones={(TOKYO, US): ZonesOfAccount(TOKYO, US, (zone,))},
        zones_of_vpcs={(TOKYO, one): ZonesOfVpc(TOKYO, one, ()) for one in named},
    )
    return [
        (one.code.value, next(id_ for id_ in named if id_ in one.message))
        for one in private_zones(seen, settings())
    ]


def test_a_guest_does_not_hand_the_zone_on_to_its_own_peers():
    assert chained("active", A) == [("zone-not-shared", B)]
    assert chained("active", A, B) == []


def test_guests_do_not_vouch_for_each_other_once_the_home_has_no_peering():
    assert chained("deleted", A, B) == [("zone-left-behind", B)]
    assert chained("deleted", A, B, C) == [("zone-left-behind", B), ("zone-left-behind", C)]


def test_where_every_vpc_asks_for_the_zone_one_that_its_tag_leaves_out_is_the_home():
    all_ask = (A, B, C)
    assert chained("active", A, asking=all_ask, share=B) == [("zone-not-shared", B)]
    assert chained("active", A, B, asking=all_ask, share=f"{B} {C}") == []
    assert chained("deleted", A, B, asking=all_ask, share=B) == [("zone-left-behind", B)]


def test_where_any_vpc_may_be_the_home_a_guest_must_meet_them_all():
    all_ask = (A, B, C)
    assert chained("active", A, asking=all_ask) == [("zone-not-shared", B)]
    assert chained("active", A, B, asking=all_ask) == []
    assert chained("active", B, C, asking=all_ask) == []
    assert chained("active", A, C, asking=all_ask) == [("zone-not-shared", B)]
    assert chained("deleted", A, B, asking=all_ask) == []
