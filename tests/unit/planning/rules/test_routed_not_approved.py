"""What is routed without consent: one finding a VPC, whatever the number of its peerings."""

import re
from dataclasses import replace

import pytest
from peerkeeper.planning.agreement import MOST as FEW
from peerkeeper.planning.rules.routed_not_approved import MOST, routed_not_approved
from peerkeeper.values.ec2 import Location, Side

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_VPC,
    THEM,
    TOKYO,
    TOKYO_VPC,
    US,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)


def found(count, tags=(), given=None, **changed):
    ids = [f"pcx-{number:017x}" for number in range(count)]
    peerings = [replace(peering(id=id_), **changed) for id_ in ids]
    routes = [route(f"10.{number}.0.0/16", id_) for number, id_ in enumerate(ids)]
    seen = snapshot(*peerings, vpc(tags=tags), table(TOKYO, *routes))
    return list(routed_not_approved(seen, given or settings()))


@pytest.mark.parametrize("count", [1, MOST, MOST + 3])
def test_a_hand_made_estate_is_one_finding_a_vpc(count):
    (only,) = found(count)
    assert (only.location, only.subject) == (TOKYO, TOKYO_VPC)
    assert f"{count} live peerings" in only.message
    assert only.message.count("pcx-") == min(count, MOST)
    assert ("and 3 more" in only.message) is (count > MOST)


def test_what_is_agreed_exempt_or_gone_is_no_finding():
    assert found(3, tags=vpc().tags) == []
    assert found(3, tags=(("peerkeeper:exempt", "true"),)) == []
    assert found(3, status=peering(status="deleted").status) == []
    seen = snapshot(peering(), table(TOKYO, route("10.39.0.0/16", PCX)))
    assert list(routed_not_approved(seen, settings())) == []
    assert list(routed_not_approved(snapshot(peering(), vpc(tags=()), table()), settings())) == []


TAG = "`peerkeeper explain` with the id of one names the tag that agrees"


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        (vpc().tags, f"keeps their routes; account {US} of the peer is not allowed; add it to"),
        ((), f"keeps their routes; {TAG}; account {US} of the peer is not allowed; add it to"),
    ],
)
def test_an_account_that_is_not_allowed_is_named_and_a_tag_only_where_one_is_missing(tags, words):
    (only,) = found(2, tags, settings(allowed_accounts=frozenset({THEM})))
    assert only.message.endswith(f"{words} AllowedAccounts to allow it")
    (plain,) = found(2)
    assert plain.message.endswith(f"keeps their routes; {TAG}")


def test_accounts_that_are_not_allowed_are_one_list_that_lets_all_of_them_in():
    far = [Location(f"{number:012}", SEOUL.region) for number in range(FEW + 2)]
    peerings = [
        peering(id=f"pcx-{n:017x}", requester=Side(where, SEOUL_VPC)) for n, where in enumerate(far)
    ]
    routes = [route(f"10.{n}.0.0/16", one.id) for n, one in enumerate(peerings)]
    seen = snapshot(*peerings, vpc(), table(TOKYO, *routes))
    (only,) = routed_not_approved(seen, settings())
    assert only.message.count("not allowed") == 1
    assert f"{far[FEW - 1].account_id} and 2 more of the peers" in only.message
    (value,) = re.findall(r"set AllowedAccounts=(\S+) to allow them beside our own", only.message)
    allowed = settings(allowed_accounts=frozenset(value.split(",")))
    (then,) = routed_not_approved(seen, allowed)
    assert then.message.endswith(f"keeps their routes; {TAG}")
    assert allowed.allows_account(TOKYO.account_id, TOKYO)
