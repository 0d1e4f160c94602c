"""Accept what our side agrees to; hold the rest, and say what would let it pass."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.acceptance import acceptance
from peerkeeper.values.changes import AcceptPeering
from peerkeeper.values.ec2 import Location, PeeringStatus, Side, network
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.scope import Deferral
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    FOREIGN,
    OLD_PCX,
    PCX,
    SELF,
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


def judged(pcx, our_vpc, **changed):
    return list(acceptance(snapshot(pcx, our_vpc), settings(**changed)))


def codes(found):
    return [item.code for item in found if isinstance(item, Finding)]


@pytest.mark.parametrize("words", ["self", US, SEOUL_VPC, f"{THEM} self", f"{THEM}   {SEOUL_VPC}"])
def test_a_request_that_our_vpc_names_is_accepted(words):
    found = judged(peering(status="pending-acceptance"), vpc(tags=(("peerkeeper:peers", words),)))
    assert found == [AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="")]
    assert SEOUL_VPC in found[0].reason


def test_words_of_several_peers_tags_are_united():
    tags = (("peerkeeper:peers", THEM), ("peerkeeper:peers-lab", SEOUL_VPC))
    assert isinstance(
        judged(peering(status="pending-acceptance"), vpc(tags=tags))[0], AcceptPeering
    )


@pytest.mark.parametrize(
    "tags", [(), (("peerkeeper:peers", THEM),), (("peerkeeper:peers", "*"),), (("peers", "self"),)]
)
def test_a_request_that_no_tag_names_is_held_and_told_which_tag_would_do(tags):
    found = judged(peering(status="pending-acceptance"), vpc(tags=tags))
    assert codes(found) == [Code.HELD_APPROVAL]
    kept = f"{THEM} " if tags == (("peerkeeper:peers", THEM),) else ""
    alone, by_vpc = (
        f"aws ec2 create-tags --region {TOKYO.region} --resources {id_} --tags '{tag}'"
        for id_, tag in (
            (PCX, "Key=peerkeeper:approved,Value=true"),
            (TOKYO_VPC, f"Key=peerkeeper:peers,Value={kept}{SEOUL_VPC}"),
        )
    )
    assert 0 < found[0].message.index(alone) < found[0].message.index(by_vpc)


def test_the_tag_on_our_view_of_the_peering_approves_it_from_another_location():
    pcx = peering(status="pending-acceptance", tags=(("peerkeeper:approved", "true"),))
    assert judged(pcx, vpc(tags=())) == [AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="")]


def test_in_one_location_a_requester_cannot_approve_itself_by_the_shared_tag():
    pcx = peering(
        status="pending-acceptance",
        tags=(("peerkeeper:approved", "true"),),
        requester=Side(TOKYO, SEOUL_VPC, (network("10.39.0.0/16"),)),
    )
    found = judged(pcx, vpc(tags=()))
    assert codes(found) == [Code.HELD_APPROVAL]
    assert "peerkeeper:approved" not in found[0].message


def test_a_foreign_account_is_held_though_our_tag_names_it():
    foreign = Side(FOREIGN, SEOUL_VPC, (network("10.39.0.0/16"),))
    pcx = peering(status="pending-acceptance", requester=foreign)
    named = vpc(tags=(("peerkeeper:peers", THEM),))
    assert codes(judged(pcx, named)) == [Code.HELD_ACCOUNT]
    allowed = judged(pcx, named, allowed_accounts=frozenset({THEM}))
    assert allowed == [AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="")]


def test_self_does_not_mean_an_allowed_foreign_account():
    foreign = Side(FOREIGN, SEOUL_VPC, (network("10.39.0.0/16"),))
    pcx = peering(status="pending-acceptance", requester=foreign)
    found = judged(pcx, vpc(), allowed_accounts=frozenset({THEM}))
    assert codes(found) == [Code.HELD_APPROVAL]


@pytest.mark.parametrize(
    ("cidrs", "expected"),
    [
        (("8.8.0.0/16",), [Code.HELD_DESTINATION]),
        ((), [Code.HELD_DESTINATION]),
        (("172.31.128.0/20",), [Code.HELD_OVERLAP]),
        (("172.16.0.0/12",), [Code.HELD_OVERLAP]),
        (("10.39.0.0/16", "172.31.5.0/24"), [Code.HELD_OVERLAP]),
    ],
)
def test_addresses_that_cannot_or_may_not_be_routed_hold_a_request(cidrs, expected):
    side = Side(SEOUL, SEOUL_VPC, tuple(network(c) for c in cidrs))
    assert codes(judged(peering(status="pending-acceptance", requester=side), vpc())) == expected


def test_a_charge_is_not_taken_on_unless_allowed():
    pcx = peering(status="pending-acceptance", multipath=True)
    assert codes(judged(pcx, vpc())) == [Code.HELD_CHARGES]
    assert not codes(judged(pcx, vpc(), allow_multipath_charges=True))


def test_an_exempt_vpc_takes_no_peering():
    tags = (("peerkeeper:exempt", "true"), ("peerkeeper:peers", "self"))
    assert codes(judged(peering(status="pending-acceptance"), vpc(tags=tags))) == [Code.HELD_EXEMPT]


def test_every_failed_test_is_named_at_once():
    pcx = peering(
        status="pending-acceptance",
        multipath=True,
        requester=Side(FOREIGN, SEOUL_VPC, (network("8.0.0.0/8"),)),
    )
    assert set(codes(judged(pcx, vpc(tags=())))) == {
        Code.HELD_ACCOUNT,
        Code.HELD_APPROVAL,
        Code.HELD_DESTINATION,
        Code.HELD_CHARGES,
    }


@pytest.mark.parametrize("status", sorted(set(PeeringStatus) - {"pending-acceptance"}))
def test_only_a_pending_request_is_accepted(status):
    assert not any(isinstance(i, AcceptPeering) for i in judged(peering(status=status), vpc()))


def test_the_requester_never_accepts():
    pcx = peering(SEOUL, "pending-acceptance")
    assert list(acceptance(snapshot(pcx, vpc(SEOUL), vpc()), settings())) == []


def test_nothing_is_accepted_for_a_vpc_that_was_not_read():
    assert list(acceptance(snapshot(peering(status="pending-acceptance")), settings())) == []


def test_failed_expired_and_unknown_requests_are_explained():
    failed = peering(SEOUL, "failed", status_text="overlapping CIDR range")
    assert "overlapping CIDR range" in next(acceptance(snapshot(failed), settings())).message
    for status, code in (("expired", Code.REQUEST_EXPIRED), ("unknown", Code.UNKNOWN_STATUS)):
        assert codes(judged(peering(status=status), vpc())) == [code]


def test_a_request_being_made_is_looked_at_again():
    found = judged(peering(status="initiating-request"), vpc())
    assert [type(item) for item in found] == [Deferral]


def test_an_account_allowed_for_one_location_is_not_allowed_for_another():
    other = Location(THEM, "ap-northeast-1")
    pcx = replace(peering(status="pending-acceptance"), location=other)
    pcx = replace(pcx, accepter=replace(pcx.accepter, location=other))
    found = judged(pcx, vpc(other, owner_id=THEM))
    assert Code.HELD_ACCOUNT in codes(found)


def reversed_requests(first, tokyo_tags=SELF, **seoul):
    """Two requests for the same two VPCs, each seen on both sides; `first` was asked for a second earlier."""
    there, back = Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,)), Side(TOKYO, TOKYO_VPC, (TOKYO_CIDR,))
    views = [
        peering(where, "pending-acceptance", id=id_, requester=a, accepter=b, expires=expires)
        for id_, a, b in ((PCX, there, back), (OLD_PCX, back, there))
        for expires in (100 if id_ == first else 101,)
        for where in (SEOUL, TOKYO)
    ]
    return snapshot(*views, vpc(tags=tokyo_tags), vpc(SEOUL, **seoul))


@pytest.mark.parametrize(("first", "other"), [(PCX, OLD_PCX), (OLD_PCX, PCX)])
def test_of_two_requests_for_the_same_two_vpcs_the_first_is_accepted(first, other):
    found = list(acceptance(reversed_requests(first), settings()))
    assert [one.pcx_id for one in found if isinstance(one, AcceptPeering)] == [first]
    (held,) = [one for one in found if isinstance(one, Finding)]
    assert (held.code, held.subject) == (Code.HELD_TWIN, other)
    assert f"{first} is an earlier request for the same two VPCs" in held.message
    assert held.message.endswith(f"--vpc-peering-connection-id {other}")


def test_a_first_request_that_its_side_does_not_agree_to_holds_no_other():
    found = list(acceptance(reversed_requests(OLD_PCX, tags=()), settings()))
    assert [one.pcx_id for one in found if isinstance(one, AcceptPeering)] == [PCX]
    assert {one.subject for one in found if isinstance(one, Finding)} == {OLD_PCX}


def test_a_first_request_whose_side_was_not_read_holds_no_other():
    seen = reversed_requests(OLD_PCX)
    alone = replace(seen, vpcs={(TOKYO, TOKYO_VPC): seen.vpcs[TOKYO, TOKYO_VPC]})
    assert list(acceptance(alone, settings())) == [AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="")]


def test_a_first_request_that_has_ended_holds_no_other():
    seen = reversed_requests(OLD_PCX)
    ended = replace(seen.peerings[TOKYO, OLD_PCX], status=PeeringStatus.DELETED)
    found = list(
        acceptance(replace(seen, peerings={**seen.peerings, (TOKYO, OLD_PCX): ended}), settings())
    )
    assert [one.pcx_id for one in found if isinstance(one, AcceptPeering)] == [PCX]


def test_a_second_request_says_what_it_waits_for():
    found = acceptance(reversed_requests(PCX), settings())
    (held,) = [one for one in found if isinstance(one, Finding)]
    assert f"waits until {PCX} is accepted or ends" in held.message


@pytest.mark.parametrize("why", ["not looked after", "unreachable"])
def test_a_first_request_that_nobody_of_ours_can_accept_holds_no_other(why):
    there = Side(FOREIGN, SEOUL_VPC, (SEOUL_CIDR,))
    here = Side(TOKYO, TOKYO_VPC, (TOKYO_CIDR,))
    first = peering(FOREIGN, "pending-acceptance", id=OLD_PCX, requester=here, accepter=there)
    second = peering(TOKYO, "pending-acceptance", requester=there, accepter=here, expires=101)
    agreed = (("peerkeeper:peers", f"{US} {THEM}"),)
    no_role = Trouble(Meaning.DENIED, "AccessDenied", "no", "AssumeRole")
    lost = {Read(FOREIGN, Describe.SUBNETS): no_role} if why == "unreachable" else {}
    theirs = vpc(FOREIGN, id=SEOUL_VPC, cidrs=(SEOUL_CIDR,), tags=agreed)
    seen = snapshot(first, second, vpc(tags=agreed), theirs, unread=lost)
    chosen = settings(organization=why == "unreachable", allowed_accounts=frozenset({US, THEM}))
    found = [*acceptance(seen, chosen)]
    accepted = [one.pcx_id for one in found if isinstance(one, AcceptPeering)]
    assert PCX in accepted
    assert not any(one.code is Code.HELD_TWIN for one in found if isinstance(one, Finding))


def test_a_request_is_held_while_a_live_peering_joins_the_same_two_vpcs():
    both = peering(id=OLD_PCX), peering(status="pending-acceptance")
    found = acceptance(snapshot(*both, vpc()), settings())
    (held,) = [one for one in found if isinstance(one, Finding)]
    assert (held.code, held.subject) == (Code.HELD_TWIN, PCX)
    assert f"{OLD_PCX} joins the same two VPCs and is active" in held.message
