"""A dumped cloud can be put back: resources, ages, tags and states; all faults are named."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from peerkeeper_local.saved.saved import SavedError, saved_from
from peerkeeper_local.saved.state import state
from peerkeeper_local.seeds.open_stage import OpenStage
from peerkeeper_local.seeds.sample_ids import (
    GATEWAY,
    MAIN_TABLE,
    REQUEST,
    SEOUL_VPC,
    TOKYO_MAIN_TABLE,
)
from peerkeeper_local.seeds.seed import Seed, SeedError, Wanted, wanted
from peerkeeper_local.seeds.sow import sow
from peerkeeper_local.story.stage import SEOUL, TOKYO

STRANGER = "444455556666"


def dumped(stage: OpenStage) -> dict[str, Any]:
    return json.loads(json.dumps(state(stage), default=str))


def resources(document: dict[str, Any]) -> dict[str, Any]:
    """What a put-back cloud must show alike: all but addresses, DHCP options and moving times."""
    shown = json.loads(json.dumps(document["locations"]))
    for lists in shown.values():
        lists["NatGateways"] = [
            (each["NatGatewayId"], each["SubnetId"], each["State"]) for each in lists["NatGateways"]
        ]
        for pcx in lists["VpcPeeringConnections"]:
            pcx.pop("ExpirationTime", None)
        for vpc in lists["Vpcs"]:
            vpc.pop("DhcpOptionsId")
        for subnet in lists["Subnets"]:
            subnet.pop("AvailableIpAddressCount")
        for table in lists["RouteTables"]:
            table["Associations"].sort(key=str)
        for items in lists.values():
            items.sort(key=str)
    return shown


def busy_cloud(file: Path) -> dict[str, Any]:
    """Save a cloud in which much has happened; return what was saved."""
    with OpenStage("full") as stage:
        sow(stage, Wanted(Seed.EVENTS, "replace-route"))
        ours, theirs = stage.ec2(SEOUL), stage.ec2(SEOUL, STRANGER)
        ours.associate_vpc_cidr_block(VpcId=SEOUL_VPC, AmazonProvidedIpv6CidrBlock=True)
        listed = ours.create_managed_prefix_list(
            PrefixListName="offices", MaxEntries=1, AddressFamily="IPv4"
        )["PrefixList"]["PrefixListId"]
        ours.create_route(
            RouteTableId=MAIN_TABLE, DestinationPrefixListId=listed, GatewayId=GATEWAY
        )
        tags = [{"Key": "Name", "Value": "way out"}]
        ours.create_tags(Resources=[GATEWAY], Tags=tags)
        ours.modify_vpc_attribute(VpcId=SEOUL_VPC, EnableDnsHostnames={"Value": True})
        (subnet, *_) = ours.describe_subnets()["Subnets"]
        named = {"SubnetId": subnet["SubnetId"]}
        ours.modify_subnet_attribute(EnableDns64={"Value": True}, **named)
        ours.modify_subnet_attribute(PrivateDnsHostnameTypeOnLaunch="resource-name", **named)
        foreign = theirs.create_vpc(CidrBlock="10.77.0.0/16")["Vpc"]["VpcId"]
        theirs.create_vpc_peering_connection(
            VpcId=foreign, PeerVpcId=SEOUL_VPC, PeerOwnerId=stage.cloud.account
        )
        tags = [{"Key": "peerkeeper:approved", "Value": "true"}]
        stage.ec2(TOKYO).create_tags(Resources=[REQUEST], Tags=tags)
        stage.cloud.clock.advance(60)
        document = dumped(stage)
    file.write_text(json.dumps(document))
    return document


def test_a_saved_cloud_comes_back_as_it_was(tmp_path: Path) -> None:
    before = busy_cloud(tmp_path / "cloud.json")
    with OpenStage("full") as stage:
        sow(stage, wanted(str(tmp_path / "cloud.json")))
        after = dumped(stage)
        assert resources(after) == resources(before)
        assert {where.partition("/")[0] for where in after["locations"]} > {STRANGER}
        tables = stage.ec2(TOKYO).describe_route_tables(RouteTableIds=[TOKYO_MAIN_TABLE])
        states = {r["DestinationCidrBlock"]: r["State"] for r in tables["RouteTables"][0]["Routes"]}
        assert states["10.40.0.0/16"] == "blackhole"
        (pcx,) = stage.ec2(TOKYO).describe_vpc_peering_connections(
            VpcPeeringConnectionIds=[REQUEST]
        )["VpcPeeringConnections"]
        assert pcx["Tags"] == [{"Key": "peerkeeper:approved", "Value": "true"}]


FIREWALL = f"com.amazonaws.vpce.{SEOUL}.vpce-svc-0123456789abcdef0"
NOWHERE = {"PeerVpcId": "vpc-0123456789abcdef0"}


def odd_cloud() -> dict[str, Any]:
    """Return a saved cloud with what is rare: an IPv6-only subnet, odd targets, hopeless requests."""
    with OpenStage("full") as stage:
        ours = stage.ec2(SEOUL)
        made = ours.create_vpc(CidrBlock="10.60.0.0/16", AmazonProvidedIpv6CidrBlock=True)
        vpc = made["Vpc"]["VpcId"]
        stage.cloud.clock.advance(60)
        shown = ours.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"]
        six = shown[0]["Ipv6CidrBlock"].replace("/56", "/64")
        ours.create_subnet(VpcId=vpc, Ipv6CidrBlock=six, Ipv6Native=True)
        subnet = ours.create_subnet(VpcId=vpc, CidrBlock="10.60.1.0/24")["Subnet"]["SubnetId"]
        nat = ours.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]
        firewall = ours.create_vpc_endpoint(
            VpcId=vpc,
            ServiceName=FIREWALL,
            VpcEndpointType="GatewayLoadBalancer",
            SubnetIds=[subnet],
        )["VpcEndpoint"]["VpcEndpointId"]
        table = ours.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        for third, target in enumerate(
            ({"GatewayId": nat["NatGatewayId"]}, {"VpcEndpointId": firewall})
        ):
            cidr = {"RouteTableId": table, "DestinationCidrBlock": f"10.{third}.0.0/16"}
            ours.create_route(**cidr, **target)
        for wrong in ({"PeerRegion": "nowhere-1"}, {"PeerOwnerId": "12"}):
            with pytest.raises(ClientError, match="InvalidParameterValue"):
                ours.create_vpc_peering_connection(VpcId=vpc, **NOWHERE, **wrong)
        ours.create_vpc_peering_connection(VpcId=vpc, **NOWHERE, PeerOwnerId=STRANGER)
        stage.cloud.clock.advance(86_400)
        return dumped(stage)


def test_whatever_is_saved_comes_back(tmp_path: Path) -> None:
    before, file = odd_cloud(), tmp_path / "cloud.json"
    file.write_text(json.dumps(before))
    with OpenStage("full") as stage:
        sow(stage, wanted(str(file)))
        after = dumped(stage)
    assert resources(after) == resources(before)
    assert [each["id"] for each in after["peerings"]] == [each["id"] for each in before["peerings"]]


S3 = f"com.amazonaws.{SEOUL}.s3"


def lists_of(stage: OpenStage, table: str) -> list[str]:
    """Return the prefix lists that the table routes."""
    tables = stage.ec2(SEOUL).describe_route_tables(RouteTableIds=[table])["RouteTables"]
    shown = (route.get("DestinationPrefixListId") for route in tables[0]["Routes"])
    return [each for each in shown if each]


def test_an_endpoints_route_comes_back_with_a_new_endpoint(tmp_path: Path) -> None:
    """Only an endpoint could remove the route, and endpoints are not saved."""
    file, tables = tmp_path / "cloud.json", [MAIN_TABLE]
    with OpenStage("full") as stage:
        sow(stage, Wanted(Seed.EVENTS))
        asked = {"VpcId": SEOUL_VPC, "ServiceName": S3, "RouteTableIds": tables}
        stage.ec2(SEOUL).create_vpc_endpoint(**asked)
        before = lists_of(stage, MAIN_TABLE)
        file.write_text(json.dumps(dumped(stage)))
    with OpenStage("full") as stage:
        sow(stage, wanted(str(file)))
        restored = lists_of(stage, MAIN_TABLE)
        stage.ec2(SEOUL).create_vpc_endpoint(**asked)
        after = lists_of(stage, MAIN_TABLE)
    assert (len(before), restored, after) == (1, [], before)


def test_what_comes_back_goes_on_living(tmp_path: Path) -> None:
    """It is as old as it was: a request of six days expires a day later; new resources can be made."""
    file = tmp_path / "cloud.json"
    with OpenStage("full") as stage:
        sow(stage, Wanted(Seed.EVENTS))
        stage.cloud.clock.advance(6 * 86_400)
        file.write_text(json.dumps(state(stage), default=str))
    with OpenStage("full") as stage:
        sow(stage, wanted(str(file)))
        seoul = stage.ec2(SEOUL)

        def code() -> str:
            reply = seoul.describe_vpc_peering_connections(VpcPeeringConnectionIds=[REQUEST])
            return str(reply["VpcPeeringConnections"][0]["Status"]["Code"])

        assert code() == "pending-acceptance"
        stage.cloud.clock.advance(86_400)
        assert code() == "expired"
        seoul.create_subnet(VpcId=SEOUL_VPC, CidrBlock="10.39.9.0/24")
        seoul.create_route_table(VpcId=SEOUL_VPC)


def spoilt(document: dict[str, Any]) -> dict[str, Any]:
    tokyo = document["locations"][f"111122223333/{TOKYO}"]
    tokyo["Subnets"][0]["VpcId"] = "vpc-0ff"
    tokyo["RouteTables"][0]["Routes"][0] = {"DestinationCidrBlock": "10.0.0.0/8"}
    tokyo["Vpcs"][0]["Colour"] = "blue"
    document["peerings"][0]["created"] = "yesterday"
    document["peerings"][1].pop("requester")
    document["time"] = "noon"
    return document


def test_every_fault_of_a_spoilt_document_is_named() -> None:
    with OpenStage("full") as stage:
        sow(stage, Wanted(Seed.EVENTS))
        document = dumped(stage)
    with pytest.raises(SavedError) as refused:
        saved_from(json.dumps(spoilt(document)))
    said = str(refused.value)
    for word in ("noon", "Colour", "created", 'parameter in input: "requester"', "dump > FILE"):
        assert word in said, said
    document["locations"][f"111122223333/{TOKYO}"]["Vpcs"][0].pop("Colour")
    with pytest.raises(SavedError) as refused:
        saved_from(json.dumps(document))
    for word in ("its VPC vpc-0ff is not saved", "one of these targets"):
        assert word in str(refused.value)


@pytest.fixture(scope="module")
def whole() -> str:
    """A cloud as it is saved."""
    with OpenStage("full") as stage:
        sow(stage, Wanted(Seed.EVENTS, "replace-route"))
        return json.dumps(dumped(stage))


SEOUL_LISTS = f"111122223333/{SEOUL}"


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        (("RouteTables", 0, "Associations", 0, "Main"), None, "Main is missing"),
        (
            ("RouteTables", 0, "Associations", 0, "RouteTableAssociationId"),
            None,
            "RouteTableAssociationId is missing",
        ),
        (("RouteTables", 0, "Associations", 0, "Main"), False, "needs a subnet or a gateway"),
        (("Vpcs", 0, "CidrBlockAssociationSet", 0, "AssociationId"), None, "is missing"),
        (("Vpcs", 0, "Tags"), [{"Key": "a"}], "Value is missing"),
        (("Vpcs", 0, "CidrBlock"), "10.0.0.0/99", "cannot be restored"),
        (("Subnets", 0, "CidrBlock"), "192.0.2.0/24", "cannot be restored"),
        (("Subnets", 0, "AvailabilityZone"), "nowhere", "cannot be restored"),
        (("Subnets", 0, "CidrBlock"), None, "no IPv4 or IPv6 CIDR block"),
        (("InternetGateways", 0, "Attachments"), [{"VpcId": "vpc-0ff"}], "its VPC vpc-0ff"),
        (("NatGateways", 0, "SubnetId"), "subnet-0ff", "its subnet subnet-0ff"),
        (("VpcAttributes",), [], "has no VpcAttributes"),
        (("RouteTables", 0, "Routes", 0, "DestinationCidrBlock"), None, "these destinations"),
    ],
)
def test_what_cannot_be_put_back_is_refused(
    path: tuple[Any, ...], value: object, word: str, whole: str, tmp_path: Path
) -> None:
    document = json.loads(whole)
    place = document["locations"][SEOUL_LISTS]
    own = next(n for n, vpc in enumerate(place["Vpcs"]) if vpc["VpcId"] == SEOUL_VPC)
    place["Vpcs"].insert(0, place["Vpcs"].pop(own))
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    assert refused(json.dumps(document).encode(), tmp_path, word)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda whole: whole.update(peerkeeper=True), "is wanted"),
        (lambda whole: whole["locations"].update({"111122223333/xx-nowhere-1": {}}), "no region"),
        (lambda whole: whole["peerings"][0]["requester"].update(cidrs=[]), "has no CIDR"),
        (lambda whole: whole["peerings"][0]["requester"].update(location=["1"]), "no location"),
        (
            lambda whole: whole["locations"][SEOUL_LISTS]["RouteTables"].append(
                whole["locations"][SEOUL_LISTS]["RouteTables"][0]
            ),
            "is there twice",
        ),
    ],
)
def test_what_no_cloud_can_hold_is_refused(
    change: Any, word: str, whole: str, tmp_path: Path
) -> None:
    document = json.loads(whole)
    change(document)
    assert refused(json.dumps(document).encode(), tmp_path, word)


@pytest.mark.parametrize(("raw", "word"), [(b"\xff\xfe", "not text"), (b"[" * 100_000, "not JSON")])
def test_what_is_no_document_is_refused(raw: bytes, word: str, tmp_path: Path) -> None:
    assert refused(raw, tmp_path, word)


def refused(raw: bytes, folder: Path, word: str) -> bool:
    """Whether a file with these bytes is refused, in words that say `word`."""
    file = folder / "cloud.json"
    file.write_bytes(raw)
    with OpenStage("full") as stage, pytest.raises(SavedError) as error:
        sow(stage, wanted(str(file)))
    return word in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"peerkeeper": 2}',
        '{"peerkeeper": 1, "time": 7, "locations": [], "peerings": []}',
        '{"peerkeeper": 1, "time": "2026-01-01T00:00:00+00:00", "locations": {"here": {}}, "peerings": []}',
        '{"peerkeeper": 1, "time": "2026-01-01T00:00:00+00:00", "locations": {}, "peerings": [7]}',
    ],
)
def test_what_is_no_saved_cloud_is_said_to_be_none(text: str) -> None:
    with pytest.raises(SavedError, match="no saved cloud"):
        saved_from(text)


@pytest.mark.parametrize(
    ("seed", "at", "word"),
    [
        ("nonsense", None, "none, story, events"),
        ("story", "create-vpc", "goes with --seed events"),
        ("events", "create-cloud", "create-subnet"),
    ],
)
def test_what_is_no_seed_is_said_to_be_none(seed: str, at: str | None, word: str) -> None:
    with pytest.raises(SeedError, match=word):
        wanted(seed, at)
