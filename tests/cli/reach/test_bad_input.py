"""What a user may get wrong in `reach`: one error with every fault, and nobody asked."""

import json

import pytest
from typer.testing import CliRunner

from peerkeeper_cli.app import INSTALLED, operator_app
from tests.cli.fake_aws import FakeAws, refuse
from tests.cli.machine import KEYS, configured

WEB, DB = "eni-0000000000000000a", "eni-0000000000000000b"
VPC = "vpc-0000000000000000a"
CONFIG = f"[profile network]\nregion = ap-northeast-2\n{KEYS}\n"


@pytest.fixture
def aws(tmp_path, monkeypatch):
    configured(tmp_path, monkeypatch, CONFIG)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    fake = FakeAws()
    lists = ("DescribeNetworkInterfaces", "NetworkInterfaces"), ("DescribeTags", "Tags")
    fake.answers |= {action: (lambda _region, key=key: {key: []}) for action, key in lists}
    fake.stand_in(monkeypatch)
    return fake


def run(*words):
    return CliRunner().invoke(operator_app(INSTALLED), ["reach", *words], env={"COLUMNS": "400"})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], ["FROM: a name has 1 to 255 characters", "TO: a name has 1 to 255"]),
        ([WEB], ["TO: a name has 1 to 255 characters"]),
        (
            ["pcx-0a1b2c3d", "10.2.0.0/24", "tcp"],
            [
                "FROM: pcx-0a1b2c3d is no end of traffic",
                "TO: 10.2.0.0/24 is a network",
                "TRAFFIC: 'tcp' is no traffic; write tcp/22",
            ],
        ),
        ([WEB, DB, "tcp/70000"], ["'tcp/70000' is no traffic"]),
        ([WEB, WEB], [f"FROM and TO are both {WEB}: name two ends"]),
        (["--matrix", VPC, DB], [f"--matrix: {DB} is no VPC"]),
    ],
)
def test_a_wrong_command_line_names_every_fault_and_asks_nobody(aws, words, says):
    done = run(*words, "--profile", "network")
    assert done.exit_code == 2, done.output
    said = " ".join(done.output.replace("│", " ").split())
    assert [one for one in says if one not in said] == []
    assert aws.asked == []


def test_what_does_not_exist_is_named_with_where_it_was_looked_for(aws):
    done = run("web", "10.2.0.5", "--profile", "network", "--region", "eu-west-1")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no interface, instance, subnet or VPC has the tag Name=web" in done.stderr
    assert "no interface has the private address 10.2.0.5" in done.stderr
    assert "Looked in 111122223333/eu-west-1" in done.stderr
    assert "name its --region" in done.stderr


def test_with_a_region_no_hub_is_looked_for_and_no_region_listed(aws):
    run(WEB, DB, "--profile", "network", "--region", "eu-west-1")
    assert aws.asked == [
        ("GetCallerIdentity", "eu-west-1"),
        ("DescribeNetworkInterfaces", "eu-west-1"),
    ]


def test_without_one_every_region_of_the_account_is_looked_in(aws):
    run(WEB, DB, "--profile", "network")
    looked = {region for name, region in aws.asked if name == "DescribeNetworkInterfaces"}
    assert looked == {"ap-northeast-2", "eu-west-1"}


def test_an_end_that_could_not_be_looked_for_is_unknown_not_absent(aws):
    aws.answers["DescribeTags"] = refuse("UnauthorizedOperation", "ask your administrator")
    words = ("web", "db", "--profile", "network", "--region", "eu-west-1")
    done = run(*words)
    assert done.exit_code == 4, done.output
    assert "From web to" in done.stdout
    assert "is unknown" in done.stdout
    assert "ec2:DescribeTags says UnauthorizedOperation: ask your administrator" in done.stdout
    said = json.loads(run(*words, "--json").stdout)
    assert (said["verdict"], said["asked"], said["exit_code"]) == ("unknown", None, 4)
    assert [one["action"] for one in said["unread"]] == ["ec2:DescribeTags"]


def test_an_end_that_is_surely_absent_is_an_error_whatever_else_was_refused(aws):
    aws.answers["DescribeTags"] = refuse("UnauthorizedOperation")
    done = run("web", WEB, "--profile", "network", "--region", "eu-west-1")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{WEB} does not exist" in done.stderr
    assert "Name=web" not in done.stderr


def test_the_policy_needs_no_ends():
    done = run("--print-policy", "--role-name", "reader")
    reads, role = json.loads(done.stdout)["Statement"]
    assert "ec2:DescribeNetworkAcls" in reads["Action"]
    assert role["Resource"] == "arn:*:iam::*:role/reader"
