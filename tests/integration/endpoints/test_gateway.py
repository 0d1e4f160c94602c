"""Gateway endpoints: what the sweep asks and finds, and that what a finding says ends it."""

import pytest

from peerkeeper_local.story.stage import SEOUL
from tests.integration.endpoints.estate import DYNAMODB, READ, S3, Estate
from tests.integration.pair import QUICK
from tests.reports.commands import commands, run


@pytest.mark.parametrize(("said", "tables"), [("private", 1), ("all", 2)])
def test_missing_tables_are_told_until_the_command_of_the_finding_adds_them(estate, said, tables):
    estate.endpoint("s3", S3, f"peerkeeper:endpoint-tables={said}")
    assert estate.found() == [("endpoint-table-missing", "s3")]
    (command,) = commands(estate.about(), "modify-vpc-endpoint")
    run(estate, command)
    assert estate.found() == []
    assert len(estate.shown("s3")["RouteTableIds"]) == tables
    assert estate.id("table-private") in estate.shown("s3")["RouteTableIds"]


def test_a_new_private_table_is_missing(estate):
    private = [estate.id("table-private")]
    estate.endpoint("s3", S3, "peerkeeper:endpoint-tables=private", RouteTableIds=private)
    assert estate.found() == []
    estate.subnet("newer", "10.39.7.0/24")
    estate.settle()
    (one,) = estate.about()
    assert one["code"] == "endpoint-table-missing"
    assert estate.id("table-newer") in one["message"]


def test_two_endpoints_of_a_service_that_want_one_table_are_told(estate):
    private = [estate.id("table-private")]
    estate.endpoint("first", S3, "peerkeeper:endpoint-tables=private", RouteTableIds=private)
    estate.endpoint("second", S3, "peerkeeper:endpoint-tables=private")
    estate.endpoint("dynamodb", DYNAMODB, RouteTableIds=private)
    assert ("endpoint-twice", "second") in estate.found()
    assert "first" not in {name for _, name in estate.found()}
    estate.ec2(SEOUL).delete_tags(
        Resources=[estate.id("second")], Tags=[{"Key": "peerkeeper:endpoint-tables"}]
    )
    assert estate.found() == [("endpoint-unused", "second")]


def test_a_table_that_is_removed_from_the_other_endpoint_is_missing_in_this_one(estate):
    private = [estate.id("table-private")]
    estate.endpoint("first", S3, RouteTableIds=private)
    estate.endpoint("second", S3, "peerkeeper:endpoint-tables=private")
    assert ("endpoint-twice", "second") in estate.found()
    estate.ec2(SEOUL).modify_vpc_endpoint(
        VpcEndpointId=estate.id("first"), RemoveRouteTableIds=private
    )
    assert ("endpoint-table-missing", "second") in estate.found()
    assert ("endpoint-twice", "second") not in estate.found()


def test_an_endpoint_without_a_table_is_unused_until_it_has_one(estate):
    estate.endpoint("s3", S3)
    assert estate.found() == [("endpoint-unused", "s3")]
    estate.ec2(SEOUL).modify_vpc_endpoint(
        VpcEndpointId=estate.id("s3"), AddRouteTableIds=[estate.id("table-public")]
    )
    assert estate.found() == []


def test_a_slip_of_the_tag_is_told_and_consents_to_nothing(estate):
    estate.endpoint("s3", S3, "Peerkeeper:endpoint-tables=all")
    findings = estate.swept().report["findings"]
    about = {one["code"] for one in findings if one["subject"] == estate.id("s3")}
    assert about == {"tag-fault", "endpoint-unused"}


def test_a_sweep_asks_once_a_location_beside_its_other_reads_and_writes_nothing(estate):
    estate.endpoint("s3", S3, "peerkeeper:endpoint-tables=private")
    swept = estate.swept()
    assert [call.action for call in swept.calls].count(READ) == 2
    assert swept.depth == 2
    assert swept.writes == []


def test_with_off_a_sweep_asks_nothing_and_finds_nothing():
    with Estate("full", QUICK) as estate:
        estate.endpoint("s3", S3)
        swept = estate.swept()
        assert READ not in {call.action for call in swept.calls}
        assert not [one for one in swept.report["findings"] if "endpoint" in one["code"]]
