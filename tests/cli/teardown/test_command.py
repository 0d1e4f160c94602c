"""`peerkeeper teardown` against answers of AWS: what it asks, says and ends with."""

import json

import fastjsonschema
import pytest
from typer.testing import CliRunner

from peerkeeper_cli.app import operator_app
from peerkeeper_cli.reader.allowed_actions import ACTIONS, iam_prefix
from tests.builders import PCX, SEOUL_VPC, TOKYO_VPC
from tests.cli.fake_aws import FakeAws, Refused, refuse
from tests.cli.machine import KEYS, configured
from tests.contract.deploy.templates import ROOT

SCHEMAS = ROOT / "docs/schemas/cli"
HERE = "ap-northeast-2"
NONE = {
    "DescribeInstances": "Reservations",
    "DescribeNatGateways": "NatGateways",
    "DescribeVpcEndpoints": "VpcEndpoints",
    "DescribeNetworkInterfaces": "NetworkInterfaces",
    "DescribeAddresses": "Addresses",
    "DescribeNetworkAcls": "NetworkAcls",
    "DescribeInternetGateways": "InternetGateways",
    "DescribeEgressOnlyInternetGateways": "EgressOnlyInternetGateways",
    "DescribeVpnGateways": "VpnGateways",
    "DescribeSecurityGroups": "SecurityGroups",
    "DescribeSecurityGroupRules": "SecurityGroupRules",
    "ListHostedZonesByVPC": "HostedZoneSummaries",
    "ListHostedZones": "HostedZones",
}


def peering(region):
    side = {"OwnerId": "111122223333", "Region": HERE}
    return {
        "VpcPeeringConnectionId": PCX,
        "Status": {"Code": "active"},
        "RequesterVpcInfo": {**side, "VpcId": SEOUL_VPC},
        "AccepterVpcInfo": {**side, "VpcId": TOKYO_VPC},
        "Tags": [{"Key": "Name", "Value": "to tokyo"}],
    }


def only_in(region, key, one):
    return lambda asked: {key: [one(asked)] if asked == region else []}


def vpc(_region):
    return {"VpcId": SEOUL_VPC, "OwnerId": "111122223333", "Tags": []}


@pytest.fixture
def aws(tmp_path, monkeypatch):
    configured(tmp_path, monkeypatch, f"[profile network]\nregion = {HERE}\n{KEYS}")
    found = FakeAws({name: (lambda _r, key=key: {key: []}) for name, key in NONE.items()})
    found.answers |= {
        "DescribeVpcPeeringConnections": only_in(HERE, "VpcPeeringConnections", peering),
        "DescribeVpcs": only_in(HERE, "Vpcs", vpc),
    }
    found.stand_in(monkeypatch)
    return found


def run(*words):
    app = operator_app("peerkeeper")
    return CliRunner().invoke(app, ["teardown", *words, "--profile", "network"])


def valid(document, name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    fastjsonschema.compile(schema)(document)
    return document


def test_a_peering_in_a_pipe_is_a_line_a_command(aws):
    done = run(PCX)
    assert done.exit_code == 3
    first, wait, upshot = done.stdout.splitlines()
    assert first.split("\t") == [
        *("1", "due", "peering", f"111122223333/{HERE}", PCX),
        f"aws ec2 delete-vpc-peering-connection --region {HERE} --vpc-peering-connection-id {PCX} "
        "--profile network",
    ]
    assert "aws ec2 wait vpc-peering-connection-deleted" in wait
    assert upshot == f"{PCX}: 1 step. Nothing was written."


@pytest.mark.parametrize("words", [(PCX,), (SEOUL_VPC,), (PCX, "--after")])
def test_a_pipe_is_a_pipe_whatever_the_environment_says(aws, monkeypatch, words):
    usual = run(*words).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run(*words).stdout == usual


@pytest.mark.parametrize("target", [PCX, SEOUL_VPC])
def test_the_document_is_what_the_schema_says(aws, target):
    done = run(target, "--json")
    found = valid(json.loads(done.stdout), "teardown")
    assert found["exit_code"] == done.exit_code == 3
    assert found["names"] == {PCX: "to tokyo"}
    assert found["about"]["peerings"][0]["id"] == PCX
    left = valid(json.loads(run(target, "--after", "--json").stdout), "teardown-after")
    assert {one["code"] for one in left["left"]} == {"still-there"}


@pytest.mark.parametrize("target", [PCX, SEOUL_VPC])
def test_only_listed_reads_are_asked(aws, target):
    for words in ((), ("--after",)):
        run(target, *words)
    services = ("ec2", "lambda", "route53", "sts")
    allowed = {*ACTIONS["teardown"], "sts:GetCallerIdentity"}
    for operation, _ in aws.asked:
        assert any(f"{iam_prefix(one)}:{operation}" in allowed for one in services), operation


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("DescribeInstances", "instance"),
        ("DescribeNatGateways", "NAT gateway"),
        ("DescribeVpcEndpoints", "endpoint"),
        ("DescribeNetworkInterfaces", "interface"),
        ("DescribeAddresses", "address"),
        ("DescribeSubnets", "subnet"),
        ("DescribeNetworkAcls", "network ACL"),
        ("DescribeInternetGateways", "internet gateway"),
        ("DescribeEgressOnlyInternetGateways", "egress-only gateway"),
        ("DescribeVpnGateways", "VPC"),
        ("DescribeSecurityGroups", "group"),
        ("ListHostedZonesByVPC", "zone"),
        ("ListHostedZones", "authorization"),
    ],
)
def test_each_read_that_fails_leaves_its_step_unknown(aws, operation, kind):
    aws.answers[operation] = refuse("UnauthorizedOperation", "ask your administrator")
    done = run(SEOUL_VPC, "--json")
    assert done.exit_code == 4
    found = json.loads(done.stdout)
    assert kind in {one["kind"] for one in found["steps"] if one["state"] == "unknown"}
    (gap, *_) = found["unread"]
    assert f"{operation} says UnauthorizedOperation: ask your administrator" in gap["words"]
    assert run(SEOUL_VPC, "--after").exit_code == 4


def test_routes_that_were_not_read_are_unknown(aws):
    aws.answers["DescribeRouteTables"] = refuse("UnauthorizedOperation")
    found = json.loads(run(PCX, "--json").stdout)
    assert [one["kind"] for one in found["steps"] if one["state"] == "unknown"] == ["route"]


def test_a_peering_that_is_nowhere_is_one_error(aws):
    aws.answers["DescribeVpcPeeringConnections"] = lambda _r: {"VpcPeeringConnections": []}
    done = run(PCX)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{PCX} does not exist in 111122223333/ap-northeast-2" in done.stderr
    assert "name its --region" in done.stderr


def test_one_that_is_nowhere_where_a_region_refuses_says_so(aws):
    def answer(region):
        if region == "eu-west-1":
            raise Refused("UnauthorizedOperation")
        return {"Vpcs": []}

    aws.answers["DescribeVpcs"] = answer
    done = run(SEOUL_VPC)
    assert done.exit_code == 1
    assert "not every location was read: 111122223333/eu-west-1" in done.stderr


def test_after_a_peering_is_forgotten_its_zones_are_unknown_without_the_list(aws, tmp_path):
    kept = tmp_path / "teardown.json"
    kept.write_text(run(PCX, "--json").stdout)
    aws.answers["DescribeVpcPeeringConnections"] = lambda _r: {"VpcPeeringConnections": []}
    done = run(PCX, "--after")
    assert done.exit_code == 4
    assert "--before" in done.stdout
    done = run(PCX, "--after", "--before", str(kept))
    assert (done.exit_code, done.stdout) == (
        0,
        f"{PCX}: nothing is left. Nothing was written.\n",
    )


def test_after_a_vpc_is_gone_its_addresses_are_unknown_without_the_list(aws, tmp_path):
    kept = tmp_path / "teardown.json"
    kept.write_text(run(SEOUL_VPC, "--json").stdout)
    aws.answers["DescribeVpcs"] = lambda _r: {"Vpcs": []}
    aws.answers["DescribeVpcPeeringConnections"] = lambda _r: {"VpcPeeringConnections": []}
    done = run(SEOUL_VPC, "--after")
    assert done.exit_code == 4
    assert "--before" in done.stdout
    listed = ("--after", "--before", str(kept))
    done = run(SEOUL_VPC, *listed)
    assert (done.exit_code, done.stdout) == (
        0,
        f"{SEOUL_VPC}: nothing is left. Nothing was written.\n",
    )
    elsewhere = run(SEOUL_VPC, *listed, "--region", "eu-west-1")
    assert elsewhere.exit_code == 4
    assert f"111122223333/{HERE}" in elsewhere.stdout


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 1, "target": "vpc-00000000"}'])
def test_a_wrong_list_is_one_error(aws, tmp_path, text):
    kept = tmp_path / "wrong.json"
    kept.write_text(text)
    done = run(PCX, "--after", "--before", str(kept))
    assert done.exit_code == 1
    assert f"--before {kept}: it is " in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("i-0a1b2c3d",), "pcx- or vpc-"),
        ((PCX, "--shell", "--json"), "without --json and --after"),
        ((PCX, "--shell", "--after"), "without --json and --after"),
        ((PCX, "--before", "x"), "--before goes with --after"),
    ],
)
def test_a_wrong_command_line_is_one_error(aws, words, said):
    done = run(*words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert aws.asked == []


def test_the_script_has_the_profile(aws):
    assert "PROFILE_111122223333=${PROFILE_111122223333:-network}" in run(PCX, "--shell").stdout


def test_the_policy_is_of_this_command(aws):
    said = json.loads(run(PCX, "--print-policy").stdout)
    assert "route53:ListHostedZonesByVPC" in said["Statement"][0]["Action"]
    assert aws.asked == []
