"""Gateway endpoints: which finding each has, what it says, and which endpoints are left."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.endpoint_tables import endpoint_tables
from peerkeeper.settings import Endpoints
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.scope import Function

from tests.builders import SEOUL, SEOUL_TABLE, SEOUL_VPC, THEM, settings, table, vpc
from tests.unit.planning.endpoints import ALL, ONE, OTHER, PRIVATE, S3, gateway, seen, to_s3

TABLES = tuple(f"rtb-0a39a39a39a39a3{n:02}" for n in range(30))


def found(*resources, endpoints, **changed):
    return list(endpoint_tables(seen(*resources, endpoints=endpoints, **changed), settings()))


def codes(*resources, **changed):
    return [one.code for one in found(*resources, **changed)]


def test_a_missing_table_is_named_with_the_command_that_adds_it_and_what_that_costs():
    (one,) = found(table(SEOUL), endpoints=[gateway(tags=PRIVATE)])
    assert (one.code, one.location, one.subject) == (Code.ENDPOINT_TABLE, SEOUL, ONE)
    assert f"{ONE} ({S3}) has the tag peerkeeper:endpoint-tables=private" in one.message
    assert "ends the connections to the service that are open" in one.message
    assert one.message.endswith(
        "to add it there: aws ec2 modify-vpc-endpoint --region ap-northeast-2 "
        f"--vpc-endpoint-id {ONE} --add-route-table-ids {SEOUL_TABLE}"
    )
    assert one.remedy.command in one.message


def test_of_many_missing_tables_the_first_are_named_and_the_command_has_more():
    tables = [table(SEOUL, id=one, main=False, subnet_ids=("subnet-1",)) for one in TABLES]
    (one,) = found(*tables, endpoints=[gateway(tags=PRIVATE)])
    assert " and 25 more." in one.message
    assert " ".join(TABLES[:20]) in one.message
    assert TABLES[20] not in one.message


def test_a_table_of_another_endpoint_is_told_to_the_one_that_wants_it():
    one = table(SEOUL, to_s3(OTHER))
    holder = gateway(OTHER, tags=ALL, table_ids=(one.id,))
    late = gateway(tags=PRIVATE, table_ids=("rtb-0a39a39a39a39a309",))
    (said,) = found(one, endpoints=[late, holder])
    assert (said.code, said.subject) == (Code.ENDPOINT_TWICE, ONE)
    assert f"{one.id} ({OTHER})" in said.message


def test_a_contested_table_is_told_to_both():
    both = [gateway(tags=PRIVATE), gateway(OTHER, tags=ALL)]
    told = [one for one in found(table(SEOUL), endpoints=both) if one.code is Code.ENDPOINT_TWICE]
    assert {one.subject for one in told} == {ONE, OTHER}


@pytest.mark.parametrize("tags", [(), (("peerkeeper:endpoint-tables", "public"),)])
def test_an_endpoint_in_no_table_is_unused(tags):
    (one,) = found(table(SEOUL), endpoints=[gateway(tags=tags)])
    assert (one.code, one.subject) == (Code.ENDPOINT_UNUSED, ONE)


def test_one_that_has_what_it_wants_has_no_finding():
    one = table(SEOUL, to_s3())
    assert codes(one, endpoints=[gateway(tags=PRIVATE, table_ids=(one.id,))]) == []
    assert codes(one, endpoints=[gateway(table_ids=(one.id,))]) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "pending"},
        {"state": "deleting"},
        {"managed": True},
        {"owner_id": THEM},
        {"kind": "gatewayloadbalancer"},
        {"kind": "interface"},
    ],
)
def test_one_that_is_not_available_or_not_ours_is_left(changed):
    assert codes(table(SEOUL), endpoints=[gateway(tags=PRIVATE, **changed)]) == []


@pytest.mark.parametrize(
    "changed", [{"owner_id": THEM}, {"tags": (("peerkeeper:exempt", "true"),)}]
)
def test_one_in_a_vpc_that_is_not_ours_or_exempt_is_left(changed):
    known = vpc(SEOUL, **changed)
    assert codes(known, table(SEOUL), endpoints=[gateway(tags=PRIVATE)]) == []
    other = vpc(SEOUL, id="vpc-0a39a39a39a39a392")
    lags = seen(other, table(SEOUL), endpoints=[gateway(tags=PRIVATE)])
    lags = replace(lags, vpcs={k: v for k, v in lags.vpcs.items() if k[1] != SEOUL_VPC})
    assert list(endpoint_tables(lags, settings())) == []


def test_without_the_tables_nothing_is_said_of_them():
    shown = seen(endpoints=[gateway()])
    unread = replace(shown, done=shown.done - {Read(SEOUL, Describe.ROUTE_TABLES)})
    assert list(endpoint_tables(unread, settings())) == []


KEEP = settings(endpoints=Endpoints.KEEP)


def kept(*resources, endpoints):
    return list(endpoint_tables(seen(*resources, endpoints=endpoints), KEEP))


def test_with_keep_a_missing_table_is_added_and_one_of_another_owner_is_told():
    report = (("peerkeeper:routes", "report"),)
    theirs = table(SEOUL, id=TABLES[1], main=False, subnet_ids=("subnet-1",), tags=report)
    ours = table(SEOUL, id=TABLES[2], main=False, subnet_ids=("subnet-2",))
    added, told = kept(ours, theirs, endpoints=[gateway(tags=PRIVATE)])
    assert (added.endpoint_id, added.route_table_id) == (ONE, ours.id)
    assert "wants private tables" in added.reason
    assert told.code is Code.ENDPOINT_TABLE
    assert (theirs.id in told.message, ours.id in told.message) == (True, False)


@pytest.mark.parametrize(
    ("tags", "state", "again"),
    [(PRIVATE, "pending", 1), ((), "pending", 0), (PRIVATE, "deleting", 0)],
)
def test_with_keep_a_tagged_endpoint_that_is_pending_is_looked_at_again(tags, state, again):
    found = kept(table(SEOUL), endpoints=[gateway(tags=tags, state=state)])
    assert [one.function for one in found] == [Function.KEEP] * again
