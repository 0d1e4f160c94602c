from typing import Any

import pytest

from peerkeeper_local.semantics import endpoint_calls as rules
from peerkeeper_local.semantics import interface_endpoint_calls as inside
from peerkeeper_local.semantics.endpoint_services import service_named
from peerkeeper_local.semantics.endpoints import Endpoint
from peerkeeper_local.semantics.limits import Limits, Moment
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.routes import Route, Table, Target

SEOUL = "ap-northeast-2"
S3, SSM, DYNAMODB = (f"com.amazonaws.{SEOUL}.{name}" for name in ("s3", "ssm", "dynamodb"))
FIREWALL = f"com.amazonaws.vpce.{SEOUL}.vpce-svc-0a1"
GATEWAY = Endpoint("vpce-1", "vpc-1", S3, "Gateway", 0.0, tables=("rtb-1",))
TABLE = Table("rtb-1", "vpc-1", ())
A, SAME_ZONE, FOREIGN = (
    inside.Subnet("subnet-1", "vpc-1", "a"),
    inside.Subnet("subnet-2", "vpc-1", "a"),
    inside.Subnet("subnet-3", "vpc-2", "b"),
)


def code(check: Any, *sent: Any) -> str:
    """Return the code of the refusal; "done" if there is none."""
    try:
        check(*sent)
    except Refusal as refusal:
        return refusal.code
    return "done"


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("Gateway", S3, "done"),
        ("Interface", S3, "done"),
        ("Gateway", SSM, "InvalidParameter"),
        ("GatewayLoadBalancer", SSM, "InvalidParameter"),
        ("GatewayLoadBalancer", FIREWALL, "done"),
        ("Interface", FIREWALL, "done"),
        ("Gateway", FIREWALL, "InvalidParameter"),
    ],
)
def test_a_service_has_endpoints_of_its_types(kind: str, name: str, expected: str) -> None:
    assert code(rules.check_kind, service_named(name, SEOUL), kind, name) == expected


@pytest.mark.parametrize(
    ("kind", "sent", "expected"),
    [
        ("Gateway", {"RouteTableIds": ["rtb-1"], "PrivateDnsEnabled": False}, "done"),
        ("Gateway", {"PrivateDnsEnabled": True}, "InvalidParameter"),
        ("Gateway", {"AddSubnetIds": ["subnet-1"]}, "InvalidParameter"),
        ("Interface", {"SubnetIds": ["subnet-1"], "RouteTableIds": []}, "done"),
        ("Interface", {"AddRouteTableIds": ["rtb-1"]}, "InvalidParameter"),
        ("GatewayLoadBalancer", {"SubnetIds": ["subnet-1"]}, "done"),
        ("GatewayLoadBalancer", {"SubnetIds": ["subnet-1", "subnet-2"]}, "InvalidParameter"),
        ("GatewayLoadBalancer", {"SecurityGroupIds": ["sg-1"]}, "InvalidParameter"),
    ],
)
def test_each_type_has_parameters_of_its_own(
    kind: str, sent: dict[str, Any], expected: str
) -> None:
    assert code(rules.check_parameters, kind, sent) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "done"),
        ("{}", "done"),
        ('{"Statement": []}', "done"),
        ("", "InvalidPolicyDocument"),
        ("[]", "InvalidPolicyDocument"),
        ("not json", "InvalidPolicyDocument"),
    ],
)
def test_a_policy_is_a_json_object(text: str | None, expected: str) -> None:
    assert code(rules.check_policy, text) == expected


def test_gateway_endpoints_are_counted_in_the_region_and_interface_ones_in_the_vpc() -> None:
    limits = Limits(gateway_endpoints=1, interface_endpoints_per_vpc=1)
    other = Endpoint("vpce-2", "vpc-2", SSM, "Interface", 0.0)
    known = [GATEWAY, other]
    assert code(rules.check_quota, "Gateway", "vpc-9", known, limits) == "VpcEndpointLimitExceeded"
    assert code(rules.check_quota, "Interface", "vpc-1", known, limits) == "done"
    assert (
        code(rules.check_quota, "Interface", "vpc-2", known, limits) == "VpcEndpointLimitExceeded"
    )


def test_an_endpoint_on_its_way_out_is_not_changed() -> None:
    leaving = Endpoint("vpce-1", "vpc-1", S3, "Gateway", 0.0, deleted=5.0)
    assert code(rules.check_there, leaving, Moment(6.0)) == "IncorrectState"
    assert code(rules.check_there, GATEWAY, Moment(6.0)) == "done"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (TABLE, "done"),
        (Table("rtb-1", "vpc-2", ()), "InvalidParameter"),
        (Table("rtb-1", "vpc-1", (), edge=True), "InvalidParameter"),
        (
            Table("rtb-1", "vpc-1", (Route("pl-1", Target("GatewayId", "vpce-9")),)),
            "RouteAlreadyExists",
        ),
        (
            Table("rtb-1", "vpc-1", (Route("10.9.0.0/16", Target("GatewayId", "igw-1")),)),
            "RouteLimitExceeded",
        ),
    ],
)
def test_a_table_takes_one_endpoint_of_a_service_of_its_vpc(table: Table, expected: str) -> None:
    limits = Limits(routes_per_table=1)
    assert code(rules.check_table, "vpc-1", table, "pl-1", limits, {"pl-1": (4, 1)}) == expected


def test_what_goes_has_to_be_there() -> None:
    assert code(rules.check_associated, GATEWAY, GATEWAY.tables, ["rtb-1"]) == "done"
    assert code(rules.check_associated, GATEWAY, GATEWAY.tables, ["rtb-2"]) == "InvalidParameter"


@pytest.mark.parametrize(
    ("added", "kept", "expected"),
    [
        ([A], [], "done"),
        ([A, SAME_ZONE], [], "DuplicateSubnetsInSameZone"),
        ([SAME_ZONE], [A], "DuplicateSubnetsInSameZone"),
        ([FOREIGN], [A], "InvalidParameter"),
    ],
)
def test_an_endpoint_is_once_in_a_zone(added: Any, kept: Any, expected: str) -> None:
    assert code(inside.check_subnets, "vpc-1", added, kept) == expected


def test_groups_are_of_the_endpoints_vpc_and_one_stays() -> None:
    assert code(inside.check_groups, "vpc-1", {"sg-1": "vpc-1"}) == "done"
    for home in (None, "vpc-2"):
        assert code(inside.check_groups, "vpc-1", {"sg-1": home}) == "InvalidGroup.NotFound"
    assert code(inside.check_some_group, ["sg-1"]) == "done"
    assert code(inside.check_some_group, []) == "InvalidParameter"


@pytest.mark.parametrize(
    ("name", "dns_on", "others", "words"),
    [
        (SSM, True, [], ""),
        (SSM, True, [(f"sqs.{SEOUL}.amazonaws.com",)], ""),
        (SSM, True, [(f"ssm.{SEOUL}.amazonaws.com",)], "conflicting DNS domain"),
        (SSM, False, [], "enableDnsSupport and enableDnsHostnames"),
        (DYNAMODB, True, [], "does not provide a private DNS name"),
    ],
)
def test_private_dns_needs_a_name_the_attributes_and_no_other(
    name: str, dns_on: bool, others: Any, words: str
) -> None:
    said = ""
    try:
        inside.check_private_dns(service_named(name, SEOUL), SEOUL, "vpc-1", dns_on, others)
    except Refusal as refusal:
        said = refusal.message
        assert refusal.code == "InvalidParameter"
    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [(SSM, None, True), (SSM, False, False), (DYNAMODB, None, False), (DYNAMODB, True, True)],
)
def test_private_dns_is_on_where_it_can_be_unless_said(
    name: str, said: bool | None, expected: bool
) -> None:
    sent = {"PrivateDnsEnabled": said}
    assert inside.wants_private_dns(sent, service_named(name, SEOUL)) is expected


def test_calls_for_endpoints_spell_id() -> None:
    assert [
        rules.no_such_vpc_for_endpoint("vpc-1").code,
        rules.no_such_table_for_endpoint("rtb-1").code,
        rules.no_such_subnet_for_endpoint("subnet-1").code,
    ] == ["InvalidVpcId.NotFound", "InvalidRouteTableId.NotFound", "InvalidSubnetId.NotFound"]
