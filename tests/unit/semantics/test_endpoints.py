import re

import pytest

from peerkeeper_local.semantics.endpoint_names import dns_entries
from peerkeeper_local.semantics.endpoint_services import SERVICES, service_details, service_named
from peerkeeper_local.semantics.endpoint_view import description
from peerkeeper_local.semantics.endpoints import Endpoint, Place, state_of
from peerkeeper_local.semantics.limits import Delays, Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal

SEOUL = "ap-northeast-2"
HERE = Location("111122223333", SEOUL)
DELAYS = Delays(endpoint_pending=30, endpoint_deleting=40)
S3, SSM = f"com.amazonaws.{SEOUL}.s3", f"com.amazonaws.{SEOUL}.ssm"


def moment(now: float) -> Moment:
    return Moment(now, DELAYS)


@pytest.mark.parametrize(
    ("kind", "deleted", "now", "state"),
    [
        ("Gateway", None, 0, "available"),
        ("Interface", None, 29, "pending"),
        ("Interface", None, 30, "available"),
        ("Interface", 10.0, 49, "deleting"),
        ("Interface", 10.0, 50, None),
        ("Gateway", 10.0, 49, "deleting"),
        ("Gateway", 10.0, 50, None),
    ],
)
def test_the_state_follows_from_the_times(
    kind: str, deleted: float | None, now: float, state: str | None
) -> None:
    endpoint = Endpoint("vpce-1", "vpc-1", S3, kind, 0.0, deleted=deleted)
    assert state_of(endpoint, moment(now)) == state


def test_a_service_is_known_by_its_full_name_in_its_own_region() -> None:
    assert service_named(S3, SEOUL).kinds == ("Gateway", "Interface")
    for name in (S3, "s3", f"com.amazonaws.{SEOUL}.nonsense"):
        with pytest.raises(Refusal, match=f"'{name}' does not exist") as caught:
            service_named(name, "us-east-1")
        assert caught.value.code == "InvalidServiceName"


def test_no_two_services_have_the_same_name_or_the_same_private_name() -> None:
    names = [service.name for service in SERVICES]
    private = [name for service in SERVICES for name in service.private_names(SEOUL)]
    assert len(set(names)) == len(names)
    assert len(set(private)) == len(private)


def test_only_interface_services_show_private_names() -> None:
    details = service_details(SEOUL, ["a", "b"])
    assert {tuple(each["AvailabilityZones"]) for each in details} == {("a", "b")}
    for each in details:
        kind = each["ServiceType"][0]["ServiceType"]
        has_names = kind == "Interface" and not each["ServiceName"].endswith("dynamodb")
        assert ("PrivateDnsNames" in each) == has_names, each["ServiceName"]
    assert len({each["ServiceId"] for each in details}) == len(details)


def test_names_are_of_the_region_of_each_zone_and_private_last() -> None:
    ssm = service_named(SSM, SEOUL)
    public = dns_entries("vpce-1", ssm, SEOUL, ["ap-northeast-2a", "ap-northeast-2c"], False)
    every = dns_entries("vpce-1", ssm, SEOUL, ["ap-northeast-2a", "ap-northeast-2c"], True)
    names = [each["DnsName"] for each in every]
    assert every[:3] == public
    assert names[3:] == [f"ssm.{SEOUL}.amazonaws.com"]
    assert [re.sub("^vpce-1-[0-9a-f]{8}", "", name) for name in names[:3]] == [
        f".ssm.{SEOUL}.vpce.amazonaws.com",
        f"-ap-northeast-2a.ssm.{SEOUL}.vpce.amazonaws.com",
        f"-ap-northeast-2c.ssm.{SEOUL}.vpce.amazonaws.com",
    ]


def test_the_names_of_s3_are_wildcards() -> None:
    (entry,) = dns_entries("vpce-1", service_named(S3, SEOUL), SEOUL, [], False)
    assert entry["DnsName"].startswith("*.vpce-1-")


def test_a_gateway_endpoint_shows_tables_and_no_names() -> None:
    endpoint = Endpoint("vpce-1", "vpc-1", S3, "Gateway", 0.0, tables=("rtb-1",))
    shown = description(endpoint, HERE, moment(1), {"a": "b"}, {})
    assert (shown["RouteTableIds"], shown["DnsEntries"]) == (["rtb-1"], [])
    assert shown["PrivateDnsEnabled"] is False
    assert shown["Tags"] == [{"Key": "a", "Value": "b"}]


def test_an_interface_endpoint_shows_its_places_and_the_groups_that_are_still_there() -> None:
    place = Place("subnet-1", "ap-northeast-2a", "eni-1")
    endpoint = Endpoint(
        "vpce-1", "vpc-1", SSM, "Interface", 0.0, places=(place,), groups=("sg-1", "sg-2")
    )
    shown = description(endpoint, HERE, moment(1), {}, {"sg-1": "web"})
    assert (shown["SubnetIds"], shown["NetworkInterfaceIds"]) == (["subnet-1"], ["eni-1"])
    assert shown["Groups"] == [{"GroupId": "sg-1", "GroupName": "web"}]
    assert len(shown["DnsEntries"]) == 2
