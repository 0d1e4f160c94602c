"""Every network of the peer, in every table of ours that routes a subnet; nobody's route is touched."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.missing_routes import missing_routes
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import Side, network
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Deferral

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

WANTED = CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")


def judged(*resources, **changed):
    return list(missing_routes(snapshot(*resources), settings(**changed)))


def codes(found):
    return [item.code for item in found if isinstance(item, Finding)]


def test_an_active_peering_is_routed_on_each_side_that_agreed():
    found = judged(peering(), peering(SEOUL), vpc(), vpc(SEOUL, tags=()), table(), table(SEOUL))
    assert [item for item in found if isinstance(item, CreateRoute)] == [WANTED]
    assert codes(found) == [Code.NOT_APPROVED]


def test_routes_may_be_added_while_provisioning_and_not_while_pending():
    assert judged(peering(status="provisioning"), vpc(), table()) == [WANTED]
    for status in ("pending-acceptance", "initiating-request", "deleting", "deleted", "unknown"):
        assert judged(peering(status=status), vpc(), table()) == []


def test_the_tag_on_the_peering_approves_a_side_for_routes_even_in_one_location():
    pcx = peering(
        tags=(("peerkeeper:approved", "true"),), requester=Side(TOKYO, SEOUL_VPC, (SEOUL_CIDR,))
    )
    assert judged(pcx, vpc(tags=()), table()) == [WANTED]


def test_both_sides_in_one_location_are_routed_from_one_view():
    pcx = peering(requester=Side(TOKYO, SEOUL_VPC, (SEOUL_CIDR,)))
    theirs = vpc(id=SEOUL_VPC, cidrs=(SEOUL_CIDR,))
    other = table(id="rtb-0a39a39a39a39a309", vpc_id=SEOUL_VPC, routes=())
    found = judged(pcx, vpc(), theirs, table(), other)
    assert {(c.route_table_id, str(c.destination)) for c in found} == {
        (TOKYO_TABLE, "10.39.0.0/16"),
        ("rtb-0a39a39a39a39a309", "172.31.0.0/16"),
    }


def test_of_two_networks_each_is_routed_that_the_table_lacks():
    more = network("10.40.0.0/16")
    pcx = peering(requester=Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR, more)))
    first, second = route(str(SEOUL_CIDR), PCX), route(str(more), PCX)
    assert judged(pcx, vpc(), table(routes=(first, second))) == []
    (made,) = judged(pcx, vpc(), table(routes=(second,)))
    assert made == WANTED


@pytest.mark.parametrize(
    "changed",
    [
        {"main": False},
        {"gateway_ids": ("igw-0b31b31b31b31b310",)},
        {"owner_id": "444455556666"},
        {"tags": (("peerkeeper:routes", "none"),)},
        {"tags": (("peerkeeper:routes", "nobody"),)},
        {"tags": (("peerkeeper:exempt", "true"),)},
        {"tags": (("peerkeeper:exempt", "yes"),)},
    ],
)
def test_a_table_that_serves_nothing_or_is_not_ours_to_touch_is_left_alone(changed):
    assert judged(peering(), vpc(), table(**changed)) == []


def test_a_table_of_a_subnet_is_routed_though_it_is_not_main():
    assert judged(peering(), vpc(), table(main=False, subnet_ids=("subnet-1",))) == [WANTED]


def test_an_exempt_vpc_gets_no_routes_and_no_findings():
    assert judged(peering(), vpc(tags=(("peerkeeper:exempt", "true"),)), table()) == []


@pytest.mark.parametrize("blackhole", [True, False])
def test_our_route_is_enough_whatever_its_state(blackhole):
    ours = route("10.39.0.0/16", PCX, blackhole=blackhole)
    assert judged(peering(), vpc(), table(TOKYO, ours)) == []


@pytest.mark.parametrize("target", ["nat-1", "tgw-1", "igw-1", "eni-1", "vgw-1", ""])
def test_a_destination_somebody_else_holds_is_a_conflict(target):
    foreign = route("10.39.0.0/16", target)
    found = judged(peering(), vpc(), table(TOKYO, foreign))
    assert codes(found) == [Code.CONFLICT]
    assert len(found) == 1


def test_a_propagated_route_to_the_destination_is_a_conflict():
    found = judged(peering(), vpc(), table(TOKYO, route("10.39.0.0/16", "vgw-1", static=False)))
    assert codes(found) == [Code.CONFLICT]


def test_the_tag_that_leaves_a_table_out_is_for_a_table_that_is_meant_to_send_it_there():
    """The tag makes the status `ok` and moves no traffic, so that the advice says when to set it."""
    told = (
        f"; or, if this table is meant to send the network there, tag {TOKYO_TABLE} peerkeeper:routes=none "
        "(then Peerkeeper leaves the table out and no longer reports it)"
    )
    for to in ("10.39.0.0/16", "10.0.0.0/8"):
        (found,) = judged(peering(), vpc(), table(TOKYO, route(to, "tgw-1")))
        command = f"aws ec2 delete-route --region ap-northeast-1 --route-table-id {TOKYO_TABLE}"
        assert found.message.endswith(
            f"{told}; to delete that route: {command} --destination-cidr-block {to}"
        )


def test_a_route_that_ec2_propagates_has_no_command_that_deletes_it():
    propagated = replace(route("10.39.0.0/16", "vgw-1"), static=False)
    (found,) = judged(peering(), vpc(), table(TOKYO, propagated))
    assert "delete that route, which ends its traffic to vgw-1" in found.message
    assert "aws ec2" not in found.message


def test_of_a_table_that_is_only_reported_on_the_owner_learns_what_it_lacks():
    reported = table(tags=(("peerkeeper:routes", "report"),))
    (said,) = judged(peering(), vpc(), reported)
    assert (said.code, said.subject, said.pcx_id) == (Code.LEFT_TO_OWNER, TOKYO_TABLE, PCX)
    routed = replace(reported, routes=(route(str(SEOUL_CIDR), PCX),))
    assert judged(peering(), vpc(), routed) == []


@pytest.mark.parametrize(
    ("networks", "told"), [(["10.7.0.0/16"] * 2, 2), (["10.7.0.0/16", "10.7.2.0/24"], 1)]
)
def test_its_owner_gets_no_command_for_a_network_that_another_peering_wants_too(networks, told):
    """Which of them is not ours to choose, as in a table that we write to."""
    both = [
        peering(id=f"pcx-{n:017x}", requester=Side(SEOUL, f"vpc-{n:017x}", (network(to),)))
        for n, to in enumerate(networks, 1)
    ]
    tags = (("peerkeeper:peers", " ".join(one.requester.vpc_id for one in both)),)
    found = judged(*both, vpc(tags=tags), table(tags=(("peerkeeper:routes", "report"),)))
    assert codes(found).count(Code.CONFLICT) == told
    assert codes(found).count(Code.LEFT_TO_OWNER) == 2 - told


def test_a_table_that_is_to_leave_the_holder_out_has_the_command_that_deletes_its_route():
    others = Side(SEOUL, "vpc-0a39a39a39a39a3ff", (SEOUL_CIDR,))
    holder = peering(id=OLD_PCX, requester=others)
    held = route(str(SEOUL_CIDR), OLD_PCX)
    said = []
    for tags in ((), (("peerkeeper:routes", PCX),)):
        found = judged(peering(), holder, vpc(), table(TOKYO, held, tags=tags))
        said += [one.message for one in found if one.code is Code.CLAIMED_TWICE]
    assert ["aws ec2 delete-route" in words for words in said] == [False, True]


def test_a_destination_that_another_live_peering_holds_is_claimed_twice():
    other = replace(peering(), id=OLD_PCX)
    found = judged(peering(), other, vpc(), table(TOKYO, route("10.39.0.0/16", OLD_PCX)))
    assert codes(found) == [Code.CLAIMED_TWICE]
    assert found[0].pcx_id == PCX  # the claimant's; the holder is well


def test_a_stale_route_in_the_way_is_waited_for():
    gone = replace(peering(status="deleted"), id=OLD_PCX)
    assert judged(peering(), gone, vpc(), table(TOKYO, route("10.39.0.0/16", OLD_PCX))) == []


def test_a_route_to_a_peering_not_read_yet_is_waited_for():
    assert judged(peering(), vpc(), table(TOKYO, route("10.39.0.0/16", OLD_PCX))) == []


def test_a_destination_inside_a_foreign_route_is_a_conflict_unless_listed():
    covered = table(TOKYO, route("10.0.0.0/8", "tgw-1"))
    assert codes(judged(peering(), vpc(), covered)) == [Code.CONFLICT]
    listed = frozenset({network("10.0.0.0/8")})
    assert judged(peering(), vpc(), covered, allow_more_specific_than=listed) == [WANTED]


def test_a_default_route_or_a_more_specific_one_is_no_conflict():
    tame = table(TOKYO, route("0.0.0.0/0", "nat-1"), route("10.39.7.0/24", "tgw-1"))
    assert judged(peering(), vpc(), tame) == [WANTED]


def test_every_cidr_of_the_peer_is_routed_and_one_outside_the_list_is_a_finding():
    cidrs = tuple(map(network, ("10.39.0.0/16", "100.64.0.0/16", "8.8.8.0/24", "2600:1f00::/56")))
    found = judged(peering(requester=Side(SEOUL, SEOUL_VPC, cidrs)), vpc(), table())
    assert [str(c.destination) for c in found if isinstance(c, CreateRoute)] == [
        "10.39.0.0/16",
        "100.64.0.0/16",
    ]
    assert codes(found) == [Code.DESTINATION]


def test_ipv6_is_routed_only_where_it_is_allowed_and_listed():
    six = network("2600:1f00:0:100::/56")
    pcx = peering(requester=Side(SEOUL, SEOUL_VPC, (six,)))
    assert judged(pcx, vpc(), table()) == []
    assert codes(judged(pcx, vpc(), table(), allow_ipv6=True)) == [Code.DESTINATION]
    found = judged(
        pcx, vpc(), table(), allow_ipv6=True, allowed_destinations=(network("2600::/16"),)
    )
    assert [c.destination for c in found] == [six]


def test_a_peer_cidr_over_our_own_is_a_finding_not_a_route():
    pcx = peering(requester=Side(SEOUL, SEOUL_VPC, (network("172.31.9.0/24"),)))
    found = judged(pcx, vpc(), table())
    assert codes(found) == [Code.OVERLAP]
    assert len(found) == 1


def test_cidrs_the_peering_does_not_show_come_from_the_peers_vpc_or_are_waited_for():
    pcx = peering(status="provisioning", requester=Side(SEOUL, SEOUL_VPC))
    assert [type(item) for item in judged(pcx, vpc(), table())] == [Deferral]
    assert judged(pcx, vpc(), vpc(SEOUL), table()) == [WANTED]


def test_a_route_to_a_cidr_the_peer_no_longer_has_is_reported_and_stays():
    found = judged(
        peering(), vpc(), table(TOKYO, route("10.39.0.0/16", PCX), route("10.40.0.0/16", PCX))
    )
    assert codes(found) == [Code.SURPLUS]
    assert len(found) == 1


def test_a_tag_taken_away_stops_new_routes_and_tears_nothing_down():
    assert judged(peering(), vpc(tags=()), table(TOKYO, route("10.39.0.0/16", PCX))) == []


def test_the_side_of_another_location_is_not_routed_from_here():
    found = judged(peering(), vpc(), vpc(SEOUL), table(), table(SEOUL))
    assert found == [WANTED]
    assert vpc().id == TOKYO_VPC


def test_a_destination_that_two_new_peerings_want_is_a_conflict_and_neither_is_routed():
    other = replace(peering(), id=OLD_PCX)
    found = judged(peering(), other, vpc(), table())
    assert codes(found) == [Code.CONFLICT, Code.CONFLICT]
    assert not any(isinstance(item, CreateRoute) for item in found)


def test_a_new_route_inside_another_new_one_of_another_peering_is_a_conflict():
    inner = replace(
        peering(requester=Side(SEOUL, "vpc-0a39a39a39a39a399", (network("10.39.1.0/24"),))),
        id=OLD_PCX,
    )
    found = judged(peering(), inner, vpc(), table())
    assert [item for item in found if isinstance(item, CreateRoute)] == [WANTED]
    assert codes(found) == [Code.CONFLICT]
    listed = frozenset({SEOUL_CIDR})
    assert len(judged(peering(), inner, vpc(), table(), allow_more_specific_than=listed)) == 2


def test_a_cover_to_a_peering_not_read_or_absent_is_waited_for_and_one_that_ended_is_not():
    covered = table(TOKYO, route("10.0.0.0/8", OLD_PCX))
    unread = snapshot(peering(), vpc(), covered, whole=())
    assert list(missing_routes(unread, settings())) == []
    lagging = snapshot(peering(), vpc(), covered)
    assert list(missing_routes(lagging, settings())) == []
    dead = table(TOKYO, route("10.0.0.0/8", OLD_PCX, blackhole=True))
    assert list(missing_routes(snapshot(peering(), vpc(), dead), settings())) == []
    ended = replace(peering(status="deleted"), id=OLD_PCX)
    assert list(missing_routes(snapshot(peering(), ended, vpc(), dead), settings())) == [WANTED]


def test_a_cover_to_a_live_peering_is_not_to_be_deleted_since_peerkeeper_might_put_it_back():
    covered = table(TOKYO, route("10.0.0.0/8", OLD_PCX))
    other = peering(
        id=OLD_PCX, requester=Side(SEOUL, "vpc-0a39a39a39a39a399", (network("10.0.0.0/8"),))
    )
    (found,) = judged(peering(), other, vpc(), covered)
    assert (found.code, found.pcx_id) == (Code.CONFLICT, PCX)
    assert "list 10.0.0.0/8 in AllowMoreSpecificThan" in found.message
    assert "delete" not in found.message


def test_a_peering_that_the_other_side_saw_end_is_not_routed_though_our_read_lags():
    assert judged(peering(), peering(SEOUL, "deleted"), vpc(), table()) == []


def test_a_table_waits_for_a_peering_that_it_routes_and_that_was_not_read():
    claims = table(TOKYO, route("10.60.0.0/16", OLD_PCX))
    part = snapshot(peering(), vpc(), claims, whole=())
    assert [one for one in missing_routes(part, settings()) if isinstance(one, CreateRoute)] == []
    whole = snapshot(peering(), vpc(), claims, peering(id=OLD_PCX, status="deleted"))
    assert [type(one) for one in missing_routes(whole, settings())] == [CreateRoute]


def test_a_dead_route_whose_end_only_the_other_side_shows_holds_no_other_route_back():
    ended = peering(SEOUL, "deleted", id=OLD_PCX)
    dead = table(TOKYO, route("10.9.0.0/16", OLD_PCX, blackhole=True))
    assert judged(ended, peering(), vpc(), dead) == [WANTED]


def test_a_route_to_a_peering_that_the_other_side_shows_alive_holds_other_routes_back():
    alive = peering(SEOUL, id=OLD_PCX)
    assert judged(alive, peering(), vpc(), table(TOKYO, route("10.9.0.0/16", OLD_PCX))) == []
