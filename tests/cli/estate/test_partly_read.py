"""An estate of which a part cannot be read, or was left out: what each command says, and its exit code."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from peerkeeper_cli.app import INSTALLED, operator_app
from tests.cli.fake_aws import REGIONS, FakeAws, Refused, refuse
from tests.cli.machine import KEYS, configured

HUB, OTHER = "111122223333", "444455556666"
COMMANDS = ("plan", "peerings", "adopt")
ROLE = ("--role-name", "reader", "--account", OTHER)
READS = ("DescribeVpcs", "DescribeSubnets", "DescribeRouteTables", "DescribeVpcPeeringConnections")


@pytest.fixture
def aws(tmp_path, monkeypatch):
    """A machine with one profile, of the hub's account."""
    configured(tmp_path, monkeypatch, f"[profile network]\nregion = ap-northeast-2\n{KEYS}")
    monkeypatch.chdir(tmp_path)
    dns = {key: {"Value": True} for key in ("EnableDnsSupport", "EnableDnsHostnames")}
    fake = FakeAws({"DescribeVpcAttribute": lambda _region: dns})
    fake.stand_in(monkeypatch)
    return fake


def run(*words):
    app = operator_app(INSTALLED)
    return CliRunner().invoke(app, [*words, "--profile", "network"], env={"COLUMNS": "200"})


def told(*words):
    done = run(*words, "--json")
    assert done.exit_code != 1, done.output
    return done.exit_code, json.loads(done.stdout)


def lets_in(aws):
    """Let the role in, and let only the first account list its Regions."""
    keys = {"AccessKeyId": "ASIAAAAAAAAAAAAAAAAA", "SecretAccessKey": "a", "SessionToken": "t"}
    until = datetime.now(UTC) + timedelta(hours=1)
    aws.answers["AssumeRole"] = lambda _: {"Credentials": {**keys, "Expiration": until}}
    own = iter([True, True])

    def regions(_region):
        if next(own, False):
            return {"Regions": [{"RegionName": one} for one in REGIONS]}
        raise Refused("UnauthorizedOperation", "ask your administrator")

    aws.answers["DescribeRegions"] = regions


@pytest.mark.parametrize("command", COMMANDS)
def test_an_account_that_does_not_list_its_regions_is_not_read_whole(aws, command):
    lets_in(aws)
    code, said = told(command, *ROLE)
    assert code == 4
    rows = {(one["account"], one["region"]): one for one in said["coverage"]}
    assert rows[OTHER, "ap-northeast-2"]["state"] == "read"
    row = rows[OTHER, ""]
    assert row["state"] == "denied"
    assert "every Region other than ap-northeast-2" in row["words"]
    assert "Grant ec2:DescribeRegions there" in row["words"]
    assert said.get("complete", False) is False


def test_a_map_of_such_an_account_is_not_complete_either(aws):
    lets_in(aws)
    done = run("map", "--mermaid", *ROLE)
    assert done.exit_code == 4
    assert "1 of 4 locations could not be read in full" in done.stderr


def test_a_word_that_admits_that_account_admits_at_least_what_was_read(aws):
    lets_in(aws)
    tags = [{"Key": "peerkeeper:peers", "Value": f"self {OTHER}"}]
    vpc = {"VpcId": "vpc-0a1b2c3d", "OwnerId": HUB, "CidrBlock": "10.0.0.0/16", "Tags": tags}
    aws.answers["DescribeVpcs"] = lambda region: {"Vpcs": [vpc] if region == "eu-west-1" else []}
    _, said = told("plan", *ROLE)
    found = {one["word"]: one["at_least"] for one in said["standing_consents"]}
    assert found == {"self": False, OTHER: True}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("action", READS)
def test_one_action_that_is_denied_everywhere_leaves_what_was_read(aws, command, action):
    aws.answers[action] = refuse("UnauthorizedOperation", "ask your administrator")
    code, said = told(command)
    assert code == 4
    rows = {one["region"]: one for one in said["coverage"]}
    assert {*rows} == {*REGIONS}
    assert all(f"{action} says Unauth" in one["words"] for one in rows.values())


def test_a_look_that_is_only_an_option_ends_no_plan(aws):
    aws.answers["ListHostedZones"] = refuse("AccessDenied", "ask your administrator", 403)
    done = run("plan", "--set", "PrivateZones=report")
    assert done.exit_code == 4
    assert "Read: 1 account, 2 regions" in done.stdout
    assert "ListHostedZones says AccessDenied" in done.stdout


def test_a_region_that_is_not_enabled_stays_one_where_an_action_is_denied_in_all_others(aws):
    def vpcs(region):
        raise Refused("AuthFailure" if region == "eu-west-1" else "UnauthorizedOperation")

    def off(key):
        def answer(region):
            if region == "eu-west-1":
                raise Refused("AuthFailure")
            return {key: []}

        return answer

    aws.answers |= {
        "DescribeVpcs": vpcs,
        "DescribeSubnets": off("Subnets"),
        "DescribeRouteTables": off("RouteTables"),
        "DescribeVpcPeeringConnections": off("VpcPeeringConnections"),
    }
    _, said = told("plan")
    states = {one["region"]: one["state"] for one in said["coverage"]}
    assert states == {"ap-northeast-2": "denied", "eu-west-1": "not enabled"}


def hub_of(aws, accounts=""):
    """Deploy a hub of both Regions."""
    variables = {"PEERKEEPER_REGIONS": ",".join(REGIONS), "PEERKEEPER_ACCOUNT": HUB}
    if accounts:
        variables |= {"PEERKEEPER_ACCOUNTS": accounts, "PEERKEEPER_EXTERNAL_ID": "x"}

    def function(region):
        if region == "ap-northeast-2":
            return {"Environment": {"Variables": variables}}
        raise Refused("ResourceNotFoundException", status=404)

    aws.answers["GetFunctionConfiguration"] = function


@pytest.mark.parametrize("command", COMMANDS)
def test_a_region_that_the_user_left_out_is_told_and_turns_no_exit_code(aws, command):
    hub_of(aws)
    code, said = told(command, "--region", "ap-northeast-2")
    assert code == 0
    (row,) = [one for one in said["coverage"] if one["region"] == "eu-west-1"]
    assert row["state"] == "left out"
    assert "not among the --region that you named: add --region eu-west-1" in row["words"]


def test_a_peering_that_leads_to_a_region_left_out_is_half_unknown(aws):
    hub_of(aws)
    near = {"OwnerId": HUB, "VpcId": "vpc-0f0f0f0f", "Region": "ap-northeast-2"}
    far = {"OwnerId": HUB, "VpcId": "vpc-0e0e0e0e", "Region": "eu-west-1"}
    one = {"VpcPeeringConnectionId": "pcx-0f0f0f0f", "Status": {"Code": "active"}}
    one |= {"RequesterVpcInfo": near, "AccepterVpcInfo": far}
    aws.answers["DescribeVpcPeeringConnections"] = lambda _: {"VpcPeeringConnections": [one]}
    code, said = told("peerings", "--region", "ap-northeast-2")
    assert code == 4
    (row,) = [one for one in said["coverage"] if one["region"] == "eu-west-1"]
    assert row["state"] == "not asked"
    assert "peerings name it" in row["words"]
    assert "add --region eu-west-1" in row["words"]


def test_an_account_that_the_user_left_out_is_told_and_turns_no_exit_code(aws):
    hub_of(aws, f"{OTHER},777788889999")
    lets_in(aws)
    words = ("--external-id", "secret", "--region", "eu-west-1", "--region", "ap-northeast-2")
    code, said = told("plan", *ROLE, *words)
    assert code == 0
    rows = [one for one in said["coverage"] if one["account"] == "777788889999"]
    assert {one["state"] for one in rows} == {"left out"}
    assert "add --account 777788889999" in rows[0]["words"]


def test_an_account_without_a_login_is_still_unread(aws):
    hub_of(aws, OTHER)
    code, said = told("plan", "--region", "ap-northeast-2")
    assert code == 4
    rows = {one["region"]: one for one in said["coverage"] if one["account"] == OTHER}
    assert {one["state"] for one in rows.values()} == {"not asked"}
    assert "has no login for it" in rows["ap-northeast-2"]["words"]


TABLES = "DescribeRouteTables says UnauthorizedOperation: ask your administrator"


@pytest.mark.parametrize(
    ("words", "comment"),
    [
        (("peerings",), ""),
        (("plan", "--format", "terraform"), "# "),
        (("adopt", "--format", "terraform"), "# "),
        (("map", "--mermaid"), ""),
    ],
)
def test_an_output_for_machines_says_on_stderr_what_was_not_read(aws, words, comment):
    aws.answers["DescribeRouteTables"] = refuse("UnauthorizedOperation", "ask your administrator")
    done = run(*words)
    assert done.exit_code == 4
    told = f"account {HUB} in 2 regions (ap-northeast-2, eu-west-1): denied: {TABLES}"
    assert f"not read: {told}" in done.stderr
    assert (f"{comment}not read: {told}" in done.stdout) is bool(comment)
    assert "No table" not in done.stdout


def test_the_same_outputs_say_nothing_of_it_where_all_was_read(aws):
    for words in (("peerings",), ("plan", "--format", "terraform")):
        done = run(*words)
        assert (done.exit_code, done.stderr) == (0, "")
    assert "No table" in done.stdout
    assert "Not all was read" not in run("adopt", "--format", "terraform").stdout


def test_nothing_is_said_of_what_was_not_read(aws):
    aws.answers["DescribeRouteTables"] = refuse("UnauthorizedOperation")
    assert "Nothing to adopt: each peering that was read and is routed" in run("adopt").stdout
    assert "Nothing is open in what was read." in run("plan", "--blocked").stdout
