"""Which networks of the peer a side routes: the whole ones, named ones, its subnets. Row by row."""

import pytest
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.safety.guard import refusal
from peerkeeper.safety.rights import RIGHTS, owner_of
from peerkeeper.settings import RouteScope
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.connectivity import Upshot
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.trouble import ASSUME_ROLE, Meaning, Trouble

from tests.builders import (
    FOREIGN,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    subnet,
    table,
    vpc,
)

KEY = "peerkeeper:destinations"
SUBNETS = tuple(
    subnet(id=f"subnet-0a39a39a39a39a31{n}", cidrs=(network(cidr),))
    for n, cidr in enumerate(("10.39.0.0/24", "10.39.1.0/24", "10.39.16.0/20"))
)


def routed(*resources, says=None, whole=(SEOUL, TOKYO), unread=None, **chosen):
    """What Tokyo routes of Seoul, what is found, and the verdict of Tokyo's side."""
    tags = ((KEY, says),) if says is not None else ()
    read = {"whole": whole, "unread": unread or {}}
    seen = snapshot(peering(tags=tags), vpc(), vpc(SEOUL), *resources, **read)
    if not any(one.id == TOKYO_TABLE for one in seen.route_tables.values()):
        return routed(*resources, table(), says=says, **read, **chosen)
    made, verdicts = judged(plan(seen, settings(**chosen)), seen, settings(**chosen))
    creates = [one for one in made.changes if isinstance(one, CreateRoute)]
    (verdict,) = (one for one in verdicts if one.vpc_id == TOKYO_VPC)
    return (
        {str(one.destination) for one in creates if one.route_table_id == TOKYO_TABLE},
        [one for one in made.findings if one.code not in (Code.DNS_OFF, Code.PEER_DNS_OFF)],
        verdict,
    )


@pytest.mark.parametrize(
    ("says", "scope", "routes", "codes"),
    [
        (None, RouteScope.KEEP, {"10.39.0.0/16"}, []),
        (None, RouteScope.VPC, {"10.39.0.0/16"}, []),
        (None, RouteScope.SUBNETS, {"10.39.0.0/23", "10.39.16.0/20"}, []),
        ("subnets", RouteScope.VPC, {"10.39.0.0/23", "10.39.16.0/20"}, []),
        ("10.39.7.0/24", RouteScope.SUBNETS, {"10.39.7.0/24"}, []),
        ("10.39.7.0/24 10.39.0.0/16", RouteScope.KEEP, {"10.39.7.0/24", "10.39.0.0/16"}, []),
        ("10.39.7.0/24 10.38.0.0/16", RouteScope.KEEP, {"10.39.7.0/24"}, [Code.SCOPE_OUTSIDE]),
        ("10.0.0.0/8", RouteScope.KEEP, set(), [Code.SCOPE_OUTSIDE]),
        ("10.39.7.1/24", RouteScope.KEEP, set(), [Code.TAG_FAULT]),
        ("10.39.7.1", RouteScope.KEEP, set(), [Code.TAG_FAULT]),
        ("Subnets", RouteScope.KEEP, set(), [Code.TAG_FAULT]),
        ("subnets 10.39.7.0/24", RouteScope.KEEP, set(), [Code.TAG_FAULT]),
        (" ", RouteScope.KEEP, set(), [Code.TAG_FAULT]),
    ],
)
def test_a_side_routes_what_tag_and_parameter_say(says, scope, routes, codes):
    found, said, _ = routed(*SUBNETS, says=says, route_scope=scope)
    assert found == routes
    assert [one.code for one in said] == codes


def test_a_slip_of_the_key_routes_nothing():
    tags = ((KEY.upper(), "10.39.7.0/24"),)
    seen = snapshot(peering(tags=tags), vpc(), vpc(SEOUL), table(), *SUBNETS)
    made = plan(seen, settings())
    assert [one for one in made.changes if isinstance(one, CreateRoute)] == []
    assert Code.TAG_FAULT in {one.code for one in made.findings}


def of_another_account(unread=None, *, covered=True):
    """What Tokyo does about the subnets of a peer in another account, which all are covered or none."""
    foreign = peering().requester.__class__(FOREIGN, SEOUL_VPC, (SEOUL_CIDR,))
    pcx = peering(tags=((KEY, "subnets"),), requester=foreign)
    named = (("peerkeeper:peers", FOREIGN.account_id),)
    seen = snapshot(pcx, vpc(tags=named), table(), whole=(TOKYO,), unread=unread or {})
    chosen = settings(organization=covered, allowed_accounts=frozenset({FOREIGN.account_id}))
    made, (verdict,) = judged(plan(seen, chosen), seen, chosen)
    assert [one for one in made.changes if isinstance(one, CreateRoute)] == []
    assert verdict.upshot is Upshot.UNKNOWN
    return [one.message for one in made.findings if one.code is Code.SCOPE_UNREADABLE]


REMEDY = f"name the CIDRs in the tag peerkeeper:destinations of {PCX}, in {TOKYO}"
OF_PEER = Read(FOREIGN, Describe.SUBNETS, By.VPC, SEOUL_VPC)
NO_ROLE = Trouble(Meaning.DENIED, "AccessDenied", "no", ASSUME_ROLE)
NO_RIGHT = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeSubnets")
IN_PASSING = Trouble(Meaning.PASSING, "RequestLimitExceeded", "wait", "DescribeSubnets")


def test_subnets_of_a_location_that_is_not_ours_route_nothing_and_are_named():
    (said,) = of_another_account(covered=False)
    assert "this stack does not cover 444455556666/ap-northeast-1" in said
    assert said.endswith(REMEDY)


@pytest.mark.parametrize(
    ("read", "trouble", "why"),
    [
        (OF_PEER, NO_ROLE, "account 444455556666 is unreachable"),
        (
            OF_PEER,
            NO_RIGHT,
            "the right to read the subnets of 444455556666/ap-northeast-1 is missing",
        ),
        (OF_PEER.whole, NO_RIGHT, "is missing"),
        (Read(FOREIGN, Describe.VPCS), NO_ROLE, "is unreachable"),
    ],
)
def test_subnets_that_no_role_may_read_are_named_though_the_organization_is_covered(
    read, trouble, why
):
    (said,) = of_another_account({read: trouble})
    assert why in said
    assert said.endswith(REMEDY)


@pytest.mark.parametrize(
    ("read", "trouble"),
    [
        (OF_PEER, IN_PASSING),
        (Read(FOREIGN, Describe.VPCS), NO_RIGHT),
        (Read(FOREIGN, Describe.SUBNETS, By.VPC, TOKYO_VPC), NO_RIGHT),
    ],
)
def test_subnets_that_may_still_be_read_are_waited_for(read, trouble):
    assert of_another_account({read: trouble}) == []


def test_subnets_that_were_read_count_though_an_earlier_try_was_denied():
    seoul = Read(SEOUL, Describe.SUBNETS, By.VPC, SEOUL_VPC)
    found, said, _ = routed(*SUBNETS, says="subnets", unread={seoul: NO_RIGHT})
    assert (found, said) == ({"10.39.0.0/23", "10.39.16.0/20"}, [])


def test_subnets_that_fill_two_neighbour_networks_of_the_peer_are_one_route_in_each():
    """A route across both would be no network of the peer: our guard refuses it."""
    both = (network("10.0.0.0/24"), network("10.0.1.0/24"))
    pcx = peering(requester=peering().requester.__class__(SEOUL, SEOUL_VPC, both))
    halves = [*both[0].subnets(1), both[1]]
    theirs = [subnet(id=f"subnet-{n}", cidrs=(one,)) for n, one in enumerate(halves)]
    seen = snapshot(pcx, vpc(), vpc(SEOUL, cidrs=both), table(), *theirs)
    chosen = settings(route_scope=RouteScope.SUBNETS)
    creates = [one for one in plan(seen, chosen).changes if isinstance(one, CreateRoute)]
    assert [one.destination for one in creates] == [*both]
    assert [refusal(one, seen, chosen, RIGHTS[owner_of(one)]) for one in creates] == [None, None]


def test_subnets_that_were_not_read_route_nothing_yet():
    found, said, verdict = routed(says="subnets", whole=(TOKYO,))
    assert (found, said, verdict.upshot) == (set(), [], Upshot.UNKNOWN)


def test_subnets_outside_the_networks_that_the_peering_shows_do_not_count():
    added = subnet(cidrs=(network("100.64.0.0/24"),))
    found, _, _ = routed(added, *SUBNETS[2:], says="subnets")
    assert found == {"10.39.16.0/20"}


def test_narrow_routes_come_first_and_then_the_wide_one_is_told_and_stays():
    wide = table(TOKYO, route("10.39.0.0/16", PCX))
    found, said, verdict = routed(wide, says="10.39.7.0/24")
    assert (found, said) == ({"10.39.7.0/24"}, [])
    assert verdict.carries
    both = table(TOKYO, route("10.39.0.0/16", PCX), route("10.39.7.0/24", PCX))
    found, (said,), verdict = routed(both, says="10.39.7.0/24")
    assert (found, said.code, verdict.carries) == (set(), Code.WIDER, True)
    assert "only 10.39.7.0/24" in said.message
    assert "--destination-cidr-block 10.39.0.0/16" in said.remedy.clause


def test_a_part_of_what_is_named_is_no_surplus_and_does_not_keep_the_rest_away():
    part = table(TOKYO, route("10.39.7.128/25", PCX))
    found, said, _ = routed(part, says="10.39.7.0/24")
    assert (found, said) == ({"10.39.7.0/24"}, [])


def test_named_networks_outside_the_allowed_destinations_are_told():
    found, (said,), _ = routed(
        says="10.39.7.0/24 10.39.8.0/24", excluded_destinations=(network("10.39.8.0/24"),)
    )
    assert (found, said.code) == ({"10.39.7.0/24"}, Code.DESTINATION)


def test_in_one_location_each_side_takes_the_networks_of_its_own_peer():
    """Both sides share the tag."""
    ours = peering(
        requester=peering().requester.__class__(TOKYO, SEOUL_VPC, (SEOUL_CIDR,)),
        tags=((KEY, "10.39.7.0/24 172.31.7.0/24"),),
    )
    near = table(TOKYO, vpc_id=SEOUL_VPC, id=SEOUL_TABLE, routes=())
    theirs = vpc(TOKYO, id=SEOUL_VPC, cidrs=(SEOUL_CIDR,))
    seen = snapshot(ours, vpc(), theirs, table(), near)
    made = plan(seen, settings())
    found = {
        (one.route_table_id, str(one.destination))
        for one in made.changes
        if isinstance(one, CreateRoute)
    }
    assert found == {(TOKYO_TABLE, "10.39.7.0/24"), (SEOUL_TABLE, "172.31.7.0/24")}
    assert Code.SCOPE_OUTSIDE not in {one.code for one in made.findings}


def test_a_tag_that_names_the_other_side_alone_says_that_this_side_routes_nothing():
    ours = peering(
        requester=peering().requester.__class__(TOKYO, SEOUL_VPC, (SEOUL_CIDR,)),
        tags=((KEY, "172.31.7.0/24"),),
    )
    seen = snapshot(ours, vpc(), vpc(TOKYO, id=SEOUL_VPC, cidrs=(SEOUL_CIDR,)), table())
    (said,) = (one for one in plan(seen, settings()).findings if one.code is Code.SCOPE_OUTSIDE)
    assert f"names no network of {SEOUL_VPC}, so {TOKYO_VPC} routes nothing to it" in said.message


def test_ipv6_subnets_count_where_ipv6_is_on():
    six = network("2600:1f14:39::/64")
    pcx = peering(
        tags=((KEY, "subnets"),),
        requester=peering().requester.__class__(
            SEOUL, SEOUL_VPC, (SEOUL_CIDR, network("2600:1f14:39::/56"))
        ),
    )
    own = subnet(cidrs=(network("10.39.0.0/24"), six))
    seen = snapshot(pcx, vpc(), vpc(SEOUL), table(), own)
    for on, count in ((False, 1), (True, 2)):
        chosen = settings(
            allow_ipv6=on, allowed_destinations=(network("10.0.0.0/8"), network("2600::/16"))
        )
        found = [one for one in plan(seen, chosen).changes if isinstance(one, CreateRoute)]
        assert len([one for one in found if one.route_table_id == TOKYO_TABLE]) == count


def test_the_requester_is_judged_by_its_own_view():
    """Tokyo's tag says nothing for Seoul's side."""
    tagged = peering(tags=((KEY, "10.39.7.0/24"),))
    seen = snapshot(tagged, peering(SEOUL), vpc(), vpc(SEOUL), table(SEOUL), table())
    found = {
        (one.route_table_id, str(one.destination))
        for one in plan(seen, settings()).changes
        if isinstance(one, CreateRoute)
    }
    assert found == {(SEOUL_TABLE, str(TOKYO_CIDR)), (TOKYO_TABLE, "10.39.7.0/24")}
