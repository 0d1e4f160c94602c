"""Which tables a gateway endpoint's tag wants, and how each stands to the endpoint."""

from dataclasses import replace

import pytest
from peerkeeper.planning.wanted_tables import Standing, wanted_tables
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import SEOUL, SUBNET, THEM, route, subnet, table
from tests.unit.planning.endpoints import ALL, ONE, OTHER, PRIVATE, S3_LIST, gateway, seen, to_s3

PUBLIC = route("0.0.0.0/0", "igw-0a39a39a39a39a301")
SLIP = (("Peerkeeper:endpoint-tables", "all"),)


def wanted(*tables, tags=PRIVATE, others=(), subnets=(), **changed):
    """Standing by table of the endpoint with these tags; another way or endpoint where there is one."""
    one = gateway(tags=tags, **{k: v for k, v in changed.items() if k != "lists"})
    lists = changed.get("lists", (S3_LIST,))
    shown = seen(*tables, *subnets, endpoints=(one, *others), lists=lists)
    return [(each.table.id, each.standing.value, each.other) for each in wanted_tables(shown, one)]


@pytest.mark.parametrize(
    ("target", "private"),
    [
        (None, True),
        ("nat-0a39a39a39a39a301", True),
        ("tgw-0a39a39a39a39a301", True),
        ("igw-0a39a39a39a39a301", False),
    ],
)
def test_private_means_no_route_to_an_internet_gateway_and_all_means_each(target, private):
    one = table(SEOUL, *([route("0.0.0.0/0", target)] if target else []))
    missing = [(one.id, "missing", "")]
    assert wanted(one) == (missing if private else [])
    assert wanted(one, tags=ALL) == missing


@pytest.mark.parametrize(
    "changed",
    [
        {"main": False},
        {"gateway_ids": ("igw-0a39a39a39a39a301",)},
        {"owner_id": THEM},
        {"tags": (("peerkeeper:routes", "none"),)},
        {"tags": (("peerkeeper:exempt", "true"),)},
    ],
)
def test_a_table_that_serves_no_subnet_or_is_not_ours_is_not_wanted(changed):
    assert wanted(table(SEOUL, **changed), tags=ALL) == []


def test_the_main_table_is_wanted_only_if_a_subnet_uses_it():
    own = table(SEOUL, id="rtb-0a39a39a39a39a302", main=False, subnet_ids=(SUBNET,))
    found = wanted(table(SEOUL), own, subnets=[subnet()])
    assert [one for one, _, _ in found] == [own.id]


@pytest.mark.parametrize(
    "tags",
    [
        (),
        SLIP,
        (*PRIVATE, *SLIP),
        (("peerkeeper:endpoint-tables", "public"),),
        (("peerkeeper:endpoint-tables", "Private"),),
        (("peerkeeper:endpoint-tables", ""),),
    ],
)
def test_without_a_valid_tag_nothing_is_wanted(tags):
    assert wanted(table(SEOUL), tags=tags) == []


def test_a_table_in_its_list_or_with_its_route_has_it():
    one = table(SEOUL)
    assert wanted(one, table_ids=(one.id,)) == [(one.id, "has", "")]
    assert wanted(table(SEOUL, to_s3())) == [(one.id, "has", "")]


@pytest.mark.parametrize("tags", [(), PRIVATE])
def test_a_table_that_another_endpoint_of_the_service_holds_is_taken(tags):
    one, other = table(SEOUL, to_s3(OTHER)), gateway(OTHER, tags=tags)
    assert wanted(one, others=[other]) == [(one.id, "taken", OTHER)]
    bare = table(SEOUL)  # the read of the tables lags
    holds = gateway(OTHER, tags=tags, table_ids=(bare.id,))
    assert wanted(bare, others=[holds]) == [(bare.id, "taken", OTHER)]


def test_a_route_to_the_services_list_by_another_way_takes_the_table():
    one = table(SEOUL, to_s3("nat-0a39a39a39a39a301"))
    assert wanted(one) == [(one.id, "taken", "nat-0a39a39a39a39a301")]


def test_two_tagged_endpoints_of_a_service_contest_a_table_that_neither_has():
    one, other = table(SEOUL), gateway(OTHER, tags=ALL)
    assert wanted(one, others=[other]) == [(one.id, "contested", OTHER)]
    assert wanted(one, others=[gateway(OTHER)]) == [(one.id, "missing", "")]
    away = gateway(OTHER, tags=ALL, state="deleting")
    assert wanted(one, others=[away]) == [(one.id, "missing", "")]


def test_a_public_table_is_not_contested_by_one_that_wants_private_ones():
    one = table(SEOUL, PUBLIC)
    assert wanted(one, tags=ALL, others=[gateway(OTHER, tags=PRIVATE)])[0][1] == "missing"


@pytest.mark.parametrize(
    "changed",
    [
        {"service": "com.amazonaws.ap-northeast-2.dynamodb"},
        {"vpc_id": "vpc-0a39a39a39a39a392"},
        {"kind": "interface"},
    ],
)
def test_an_endpoint_of_another_service_vpc_or_type_is_no_rival(changed):
    one, other = table(SEOUL), gateway(OTHER, tags=ALL, **changed)
    assert wanted(one, others=[other]) == [(one.id, "missing", "")]


def test_without_aws_own_lists_a_table_with_a_prefix_list_is_unknown():
    listed = table(SEOUL, to_s3("nat-0a39a39a39a39a301"))
    assert wanted(listed, lists=()) == [(listed.id, Standing.UNKNOWN.value, "")]
    bare = table(SEOUL)
    assert wanted(bare, lists=()) == [(bare.id, "missing", "")]
    assert ONE not in listed.prefix_lists


def test_where_not_all_endpoints_of_the_vpc_were_read_a_table_is_nobodys_to_take():
    one, held = table(SEOUL), gateway(tags=PRIVATE)
    shown = seen(one, endpoints=[held])
    unread = replace(shown, done=shown.done - {Read(SEOUL, Describe.VPC_ENDPOINTS)})
    assert [each.standing for each in wanted_tables(unread, held)] == [Standing.UNKNOWN]


def test_where_the_subnets_were_not_read_a_main_table_is_nobodys_to_take():
    main, held = table(SEOUL), gateway(tags=ALL)
    shown = seen(main, endpoints=[held])
    failed, trouble = Read(SEOUL, Describe.SUBNETS), Trouble(Meaning.PASSING, "x", "", "x")
    unread = replace(shown, done=shown.done - {failed}, unread={failed: trouble})
    assert [each.standing for each in wanted_tables(unread, held)] == [Standing.UNKNOWN]
    used = table(SEOUL, main=False, subnet_ids=(SUBNET,))
    other = replace(unread, route_tables={(SEOUL, used.id): used})
    assert [each.standing for each in wanted_tables(other, held)] == [Standing.MISSING]
