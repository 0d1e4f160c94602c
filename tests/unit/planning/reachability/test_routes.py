"""The hop of a route table: each row of its table, both ways, and the route that would open it."""

from dataclasses import replace

import pytest
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.values.ec2 import PrefixList, Route, Side, network
from peerkeeper.values.reachability import HopKind, State, Verdict
from peerkeeper.values.surroundings import Kind
from peerkeeper.values.traffic import traffic

from tests.builders import OLD_PCX, PCX, SEOUL, TOKYO, peering, route, table
from tests.hosts import ALL_IN_AND_OUT, acl, end_of, group, hosts, subnet_of

VPC, SUBNET, HOST = "172.31.0.0/16", "172.31.16.0/20", "172.31.16.9/32"
LIST = Route(None, PCX, static=False, prefix_list="pl-1")
OTHER_LIST = Route(None, "tgw-1", static=False, prefix_list="pl-2")
WHOLE = (network(VPC),)
PL1, PL2 = PrefixList(SEOUL, "pl-1", WHOLE), PrefixList(SEOUL, "pl-2", WHOLE)
WIDER = PrefixList(SEOUL, "pl-2", (network("172.0.0.0/8"),))


def hop(*routes, back=False, word="tcp/22", seoul=None, tokyo=None, **changed):
    """The hop of Seoul's table; of Tokyo's on the way back."""
    led = {TOKYO if back else SEOUL: routes}
    answer = hosts(routes=led, seoul=seoul, tokyo=tokyo, **changed).ask(word)
    return next(hop for hop in answer.hops if hop.kind is HopKind.ROUTE and hop.back is back)


@pytest.mark.parametrize(
    ("routes", "state", "rule"),
    [
        ([route(VPC, PCX)], State.PASSED, f"{VPC} -> {PCX}"),
        ([route("172.31.16.9/32", PCX), route(VPC, "tgw-1")], State.PASSED, f"172.31.16.9/32 -> {PCX}"),
        ([route("0.0.0.0/0", PCX)], State.PASSED, f"0.0.0.0/0 -> {PCX}"),
        ([], State.BLOCKED, ""),
        ([route("172.30.0.0/16", PCX)], State.BLOCKED, ""),
        ([route(VPC, PCX, blackhole=True)], State.BLOCKED, f"{VPC} -> {PCX}"),
        # a dead narrow route takes the packets from the live wide one
        ([route(VPC, PCX), route(SUBNET, OLD_PCX, blackhole=True)], State.BLOCKED, f"{SUBNET} -> {OLD_PCX}"),
        ([route("0.0.0.0/0", "igw-1")], State.BLOCKED, "0.0.0.0/0 -> igw-1"),
        ([route("0.0.0.0/0", "nat-1")], State.BLOCKED, "0.0.0.0/0 -> nat-1"),
        ([route(VPC, "local", static=False)], State.BLOCKED, f"{VPC} -> local"),
        ([route(VPC, OLD_PCX)], State.BLOCKED, f"{VPC} -> {OLD_PCX}"),
        ([route("0.0.0.0/0", "tgw-1")], State.UNKNOWN, "0.0.0.0/0 -> tgw-1"),
        ([route(VPC, "eni-1")], State.UNKNOWN, f"{VPC} -> eni-1"),
        ([route(VPC, "")], State.UNKNOWN, f"{VPC} -> no target"),
        ([route(VPC, PCX, odd=True)], State.UNKNOWN, f"{VPC} -> {PCX}"),
        # a static route wins over a propagated one of the same destination
        ([route(VPC, "vgw-1", static=False), route(VPC, PCX)], State.PASSED, f"{VPC} -> {PCX}"),
        ([route("::/0", PCX)], State.BLOCKED, ""),
    ],
)  # fmt: skip
def test_the_winning_route_decides_in_any_order_of_the_reply(routes, state, rule):
    for given in (routes, routes[::-1]):
        found = hop(*given)
        assert (found.state, found.rule, found.in_part) == (state, rule, False)


def test_the_reply_must_enter_the_peering_of_the_way_there():
    """Two peers of one CIDR: Tokyo's winning route leads to the other one."""
    twin = replace(peering(SEOUL), id=OLD_PCX, requester=Side(SEOUL, "vpc-of-another-team"))
    around = {"peerings": (peering(SEOUL), twin)}
    found = hop(route("10.39.0.0/16", OLD_PCX), back=True, **around)
    assert found.state is State.BLOCKED
    assert found.words.endswith(
        f"10.39.0.0/16 -> {OLD_PCX}, which does not lead to vpc-0a39a39a39a39a391"
    )
    assert hop(route("10.39.0.0/16", PCX), back=True, **around).state is State.PASSED


def test_a_second_peering_of_the_same_vpcs_is_another_way_back():
    twin = replace(peering(SEOUL), id=OLD_PCX)
    found = hop(route("10.39.0.0/16", OLD_PCX), back=True, peerings=(peering(SEOUL), twin))
    assert found.state is State.BLOCKED


def test_a_reply_that_leaves_by_a_gateway_is_blocked_and_no_client_gets_one():
    answer = hosts(routes={TOKYO: (route("0.0.0.0/0", "igw-1"),)}).ask("tcp/22")
    (stops,) = answer.blocking
    assert stops.back
    assert str(answer.client_ports) == "none"


def test_a_peering_that_was_not_read_may_be_the_right_one():
    lead = route("172.31.0.0/16", OLD_PCX)
    assert hop(lead, status="", peerings_read_in=frozenset()).state is State.UNKNOWN
    assert hop(lead, status="", peerings_read_in=frozenset({TOKYO})).state is State.UNKNOWN
    assert hop(lead, status="", peerings_read_in=frozenset({SEOUL})).state is State.BLOCKED


def test_a_table_that_was_not_read_is_unknown():
    answer = hosts(route_tables=(table(TOKYO, route("10.39.0.0/16", PCX)),)).ask()
    (unknown,) = answer.unknown
    assert unknown.words == "route tables of 111122223333/ap-northeast-2 were not read"


def test_a_subnets_own_table_hides_the_main_one():
    own = table(SEOUL, id="rtb-own", main=False, subnet_ids=(end_of(SEOUL).subnet_id,))
    main = table(SEOUL, route("172.31.0.0/16", PCX))
    others = table(TOKYO, route("10.39.0.0/16", PCX))
    answer = hosts(route_tables=(main, own, others)).ask()
    assert [one.where for one in answer.blocking] == ["rtb-own"]


@pytest.mark.parametrize(
    ("routes", "lists", "state"),
    [
        # the entries of a list that was read
        ([LIST], [PL1], State.PASSED),
        ([LIST], [PrefixList(SEOUL, "pl-1")], State.BLOCKED),
        ([LIST, route(VPC, "igw-1")], [PL1], State.BLOCKED),
        ([LIST, route(VPC, "vgw-1", static=False)], [PL1], State.PASSED),
        # a list that AWS owns has no private address
        ([replace(LIST, target="vpce-1")], [PrefixList(SEOUL, "pl-1", of_aws=True)], State.BLOCKED),
        # a list that was not read may win, or may not hold the address
        ([LIST], [], State.UNKNOWN),
        ([replace(LIST, target="tgw-1"), route(VPC, PCX)], [], State.UNKNOWN),
        # unless it leads to the same end, or the winner is one address
        ([LIST, route(VPC, PCX)], [], State.PASSED),
        ([replace(LIST, target="igw-1")], [], State.BLOCKED),
        ([replace(LIST, target="tgw-1"), route(HOST, PCX)], [], State.PASSED),
        # two lists with one entry: EC2 chooses
        ([LIST, OTHER_LIST], [PL1, PL2], State.UNKNOWN),
        ([LIST, replace(OTHER_LIST, target=PCX)], [PL1, PL2], State.PASSED),
        ([LIST, OTHER_LIST], [PL1, WIDER], State.PASSED),
    ],
)  # fmt: skip
def test_prefix_lists_are_judged_by_their_entries(routes, lists, state):
    for given in (routes, routes[::-1]):
        assert hop(*given, prefix_lists=tuple(lists)).state is state


def test_entries_that_stand_in_the_table_already_are_not_added_again():
    expanded = Route(WHOLE[0], PCX, static=False, prefix_list="pl-1")
    assert hop(LIST, expanded).state is State.PASSED
    found = hop(LIST, expanded, prefix_lists=(PrefixList(SEOUL, "pl-1", WHOLE),))
    assert found.rule == f"172.31.0.0/16 (pl-1) -> {PCX}"


def test_the_words_about_a_list_name_what_was_not_read():
    unread = {(SEOUL, Kind.PREFIX_LISTS): "UnauthorizedOperation"}
    assert hop(LIST, unread=unread).words.endswith(
        "has a route to pl-1: prefix lists of 111122223333/ap-northeast-2 could not be read: "
        "UnauthorizedOperation"
    )


def test_a_subnet_is_as_bad_as_its_worst_part():
    whole = subnet_of(TOKYO)
    wide = route("172.31.0.0/16", PCX)
    assert hop(wide, route("172.31.16.0/24", PCX), tokyo=whole).state is State.PASSED
    found = hop(wide, route("172.31.16.0/24", "igw-1"), tokyo=whole)
    assert (found.state, found.in_part, found.rule) == (
        State.BLOCKED,
        True,
        "172.31.16.0/24 -> igw-1",
    )
    found = hop(wide, route("172.31.16.0/24", "tgw-1"), tokyo=whole)
    assert (found.state, found.in_part) == (State.UNKNOWN, False)
    found = hop(route("172.31.0.0/16", "tgw-1"), route("172.31.16.0/24", "igw-1"), tokyo=whole)
    assert (found.state, found.in_part) == (State.BLOCKED, True)


def test_within_a_vpc_the_local_route_passes_and_a_narrower_one_is_an_appliance():
    def both(*routes):
        other = end_of(
            SEOUL, subnet_id="subnet-2", network=network("10.39.2.9"), group_ids=("sg-seoul",)
        )
        ids = (end_of(SEOUL).subnet_id, "subnet-2")
        around = replace(
            hosts().around,
            network_acls=(acl(SEOUL, *ALL_IN_AND_OUT, subnet_ids=ids),),
            security_groups=(group(SEOUL, "in all 0.0.0.0/0", "out all 0.0.0.0/0"),),
            route_tables=(table(SEOUL, *routes),),
        )
        return judge(around, end_of(SEOUL), other, traffic("tcp/22"))

    assert both().verdict is Verdict.REACHES
    assert both(route("10.39.2.0/24", "vpce-1")).verdict is Verdict.UNKNOWN
    dead = both(route("10.39.2.0/24", "eni-1", blackhole=True))
    assert dead.verdict is Verdict.BLOCKED
    assert dead.blocking[0].opening is None


@pytest.mark.parametrize(
    ("routes", "operation", "destination"),
    [
        ([], "create-route", VPC),
        ([route("0.0.0.0/0", "igw-1")], "create-route", VPC),
        ([route(VPC, OLD_PCX, blackhole=True)], "replace-route", VPC),
        ([route("172.31.16.0/20", OLD_PCX, blackhole=True)], "replace-route", "172.31.16.0/20"),
        ([route("172.31.16.0/20", "nat-1", static=False)], "create-route", "172.31.16.0/20"),
        ([route("172.31.16.0/24", "igw-1")], "create-route", "172.31.16.9/32"),
        ([route("172.31.16.9/32", "igw-1")], "replace-route", "172.31.16.9/32"),
    ],
)  # fmt: skip
def test_the_opening_is_the_route_of_connect_peerings_or_else_the_widest_that_wins(
    routes, operation, destination
):
    assert hop(*routes).opening.command == (
        f"aws ec2 {operation} --region ap-northeast-2 --route-table-id rtb-0a39a39a39a39a301 "
        f"--destination-cidr-block {destination} --vpc-peering-connection-id {PCX}"
    )


def test_the_opening_for_an_address_of_an_unknown_subnet_under_a_narrower_route_is_the_address():
    tokyo = end_of(TOKYO, subnet_network=None)
    narrower = route("172.31.16.0/24", "igw-1")
    assert "--destination-cidr-block 172.31.16.9/32" in hop(narrower, tokyo=tokyo).opening.command


def test_the_opening_over_ipv6_names_an_ipv6_block():
    ends = {
        "seoul": end_of(SEOUL, network=network("fd39::5")),
        "tokyo": end_of(TOKYO, network=network("fd31::9"), subnet_network=None),
    }
    assert "--destination-ipv6-cidr-block fd31::9/128" in hop(**ends).opening.command


def test_without_a_peering_the_route_is_named_in_words():
    found = hop(status="").opening
    assert not found.command
    assert (
        found.words
        == "add a route 172.31.0.0/16 to the peering in rtb-0a39a39a39a39a301, once there is one"
    )


def test_an_address_of_the_own_vpc_has_no_opening():
    assert hop(route("172.31.0.0/16", "local", static=False)).opening is None
