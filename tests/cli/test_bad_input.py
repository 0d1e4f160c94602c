"""What a user may get wrong: one clear error each, an exit code, and nothing half printed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from peerkeeper_cli.app import INSTALLED, operator_app
from tests.cli.fake_aws import REGIONS, FakeAws, Refused, refuse, refuse_in
from tests.cli.machine import KEYS, configured

COMMANDS = ("plan", "peerings", "map", "adopt")
CONFIG = f"""
[profile network]
region = ap-northeast-2
{KEYS}
[profile twin]
region = ap-northeast-2
{KEYS}
[profile sso]
region = ap-northeast-2
sso_session = office
sso_account_id = 111122223333
sso_role_name = reader
[sso-session office]
sso_start_url = https://example.awsapps.com/start
sso_region = ap-northeast-2
sso_registration_scopes = sso:account:access
"""


@pytest.fixture
def aws(tmp_path, monkeypatch):
    """A machine with two profiles of one account and one of SSO, and nobody logged in."""
    configured(tmp_path, monkeypatch, CONFIG)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    fake = FakeAws()
    fake.stand_in(monkeypatch)
    return fake


def run(*words):
    return CliRunner().invoke(operator_app(INSTALLED), [*words], env={"COLUMNS": "200"})


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "the environment has no credentials: name a --profile"),
        (["--profile", "absent"], "there is no profile absent"),
        (["--profile", "sso"], "run `aws sso login --profile sso`"),
        (["--profile", "network", "--profile", "twin"], "are both of account 111122223333"),
        (["--profile", "network", "--region", "eu-wst-1"], "eu-wst-1 is no region; did you mean"),
        (["--profile", "network", "--config", "none.toml"], "none.toml cannot be read"),
        (["--profile", "network", "--set", "Mod=full"], "did you mean Mode?"),
        (["--profile", "network", "--set", "Mode=ful"], "Mode is 'ful': allowed are"),
        (
            ["--profile", "network", "--hub", "eu-west-1"],
            "the hub in 111122223333/eu-west-1 cannot",
        ),
    ],
)
def test_each_fault_is_one_error_with_its_remedy(aws, command, words, says):
    done = run(command, *words)
    assert done.exit_code == 1, done.output
    assert says in " ".join(done.stderr.split())
    assert done.stdout == ""
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--account", "444455556666"], "--account goes with --role-name"),
        (["--role-name", "r", "--account", "4444"], "an account id has 12 digits"),
        (["--set", "Mode"], "is no Name=Value"),
        (["--endpoint", "http://127.0.0.1:1", "--profile", "network"], "name one of them"),
        (["--markdown", "--json"], "name one of them"),
        (["--accept-unknown", "12"], "an account id has 12 digits"),
    ],
)
def test_a_wrong_command_line_is_exit_code_2_and_asks_nobody(aws, words, says):
    done = run("plan", *words)
    assert done.exit_code == 2
    assert says in " ".join(done.output.replace("│", " ").split())
    assert aws.asked == []


def test_a_denied_describe_is_said_once_and_everything_else_goes_on(aws):
    aws.answers["DescribeVpcs"] = refuse_in("eu-west-1", "UnauthorizedOperation", "Vpcs")
    done = run("plan", "--profile", "network")
    assert done.exit_code == 4
    assert done.stdout.count("DescribeVpcs says UnauthorizedOperation") == 1
    assert "Nothing would be written." in done.stdout


def test_nothing_read_is_one_error_with_what_aws_said(aws):
    aws.answers |= dict.fromkeys(
        ("DescribeVpcs", "DescribeSubnets", "DescribeRouteTables", "DescribeVpcPeeringConnections"),
        refuse("UnauthorizedOperation", "ask your administrator"),
    )
    done = run("plan", "--profile", "network")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nothing could be read" in done.stderr
    assert "ask your administrator" in done.stderr


def test_an_opted_out_region_is_named_and_the_others_are_read(aws):
    for operation, list_ in (
        ("DescribeVpcs", "Vpcs"),
        ("DescribeSubnets", "Subnets"),
        ("DescribeRouteTables", "RouteTables"),
        ("DescribeVpcPeeringConnections", "VpcPeeringConnections"),
    ):
        aws.answers[operation] = refuse_in("af-south-1", "AuthFailure", list_)
    words = ("--region", "ap-northeast-2", "--region", "af-south-1")
    done = run("plan", "--profile", "network", *words)
    assert done.exit_code == 0
    assert "af-south-1" in done.stdout
    assert "the region is not enabled there" in done.stdout


def test_regions_that_cannot_be_listed_ask_for_names(aws):
    aws.answers["DescribeRegions"] = refuse("UnauthorizedOperation")
    done = run("plan", "--profile", "network")
    assert done.exit_code == 1
    assert "DescribeRegions says UnauthorizedOperation: no): name each --region" in done.stderr


def test_a_wrong_role_name_leaves_that_account_unread(aws):
    aws.answers["AssumeRole"] = refuse("AccessDenied", "is not authorized to assume", 403)
    words = ("--role-name", "nobody", "--account", "444455556666", "--region", "eu-west-1")
    done = run("plan", "--profile", "network", *words)
    assert done.exit_code == 4
    assert "account 444455556666 in region eu-west-1" in done.stdout
    assert "AssumeRole says AccessDenied" in done.stdout
    accepted = run("plan", "--profile", "network", *words, "--accept-unknown", "444455556666")
    assert accepted.exit_code == 0


def test_a_broken_aws_configuration_is_one_error(aws, tmp_path):
    (tmp_path / "config").write_text("[profile network\nregion")
    done = run("plan", "--profile", "network")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "configuration cannot be read" in done.stderr


def test_every_enabled_region_is_read_and_nothing_but_reads_is_asked(aws):
    done = run("plan", "--profile", "network")
    assert done.exit_code == 0
    assert (
        "by the settings of the template's defaults (no hub was found in 2 regions)" in done.stdout
    )
    assert {region for _, region in aws.asked} == {*REGIONS}
    assert {name for name, _ in aws.asked} == {
        "GetCallerIdentity",
        "DescribeRegions",
        "GetFunctionConfiguration",
        "DescribeVpcs",
        "DescribeSubnets",
        "DescribeRouteTables",
        "DescribeVpcPeeringConnections",
    }


def test_two_hubs_ask_for_one(aws):
    aws.answers["GetFunctionConfiguration"] = lambda _region: {"Environment": {"Variables": {}}}
    done = run("plan", "--profile", "network")
    assert "there are hubs in ap-northeast-2, eu-west-1: name one of them with --hub" in done.stderr


def test_a_hub_that_may_be_there_and_cannot_be_read_leaves_the_settings_unknown(aws):
    aws.answers["GetFunctionConfiguration"] = refuse("AccessDeniedException", status=403)
    done = run("plan", "--profile", "network", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["complete"]) == (4, False)
    assert "name the --hub, or a --config" in said["coverage"][-1]["words"]


def test_a_hub_is_looked_for_in_every_region_whatever_is_to_be_read(aws):
    run("plan", "--profile", "network", "--region", "ap-northeast-2")
    looked = {region for name, region in aws.asked if name == "GetFunctionConfiguration"}
    assert looked == {*REGIONS}


def test_the_accounts_of_an_organization_are_said_to_be_unknown(aws, tmp_path):
    text = "Accounts=organization FleetSweep=state-machine Regions=eu-west-1 ExternalId=x"
    (tmp_path / "samconfig.toml").write_text(
        f"[default.deploy.parameters]\nparameter_overrides = '{text}'\n"
    )
    done = run("plan", "--profile", "network", "--config", "samconfig.toml")
    assert done.exit_code == 4
    assert "manages the whole organization: name each --account" in done.stdout


def pcx_of(status):
    """A request of an account that nobody knows, which EC2 shows."""
    sides = {
        "RequesterVpcInfo": {
            "OwnerId": "666666666666",
            "VpcId": "vpc-0f0f0f0f",
            "Region": "eu-west-1",
        },
        "AccepterVpcInfo": {
            "OwnerId": "111122223333",
            "VpcId": "vpc-0e0e0e0e",
            "Region": "eu-west-1",
        },
    }
    one = {"VpcPeeringConnectionId": "pcx-0f0f0f0f", "Status": {"Code": status}, **sides}
    return lambda region: {"VpcPeeringConnections": [one] if region == "eu-west-1" else []}


@pytest.mark.parametrize(("status", "code"), [("rejected", 0), ("failed", 0), ("active", 4)])
def test_an_outsider_whose_request_ended_turns_no_gate_red(aws, status, code):
    aws.answers["DescribeVpcPeeringConnections"] = pcx_of(status)
    aws.answers["DescribeVpcAttribute"] = refuse("InvalidVpcID.NotFound")
    assert run("plan", "--profile", "network").exit_code == code


@pytest.mark.parametrize("status", ["pending-acceptance", "failed", "expired"])
def test_no_role_is_assumed_in_an_account_that_only_asked(aws, status):
    aws.answers["DescribeVpcPeeringConnections"] = pcx_of(status)
    run("plan", "--profile", "network", "--role-name", "reader", "--external-id", "secret")
    assert "AssumeRole" not in {name for name, _ in aws.asked}


def test_one_account_whose_regions_cannot_be_listed_does_not_end_the_rest(aws):
    expires = datetime.now(UTC) + timedelta(hours=1)
    credentials = {
        "AccessKeyId": "ASIAAAAAAAAAAAAAAAAA",
        "SecretAccessKey": "a",
        "SessionToken": "t",
    }
    aws.answers["AssumeRole"] = lambda _region: {
        "Credentials": {**credentials, "Expiration": expires}
    }
    asked = iter([False, False])

    def regions(_region):
        if next(asked, True):
            raise Refused("UnauthorizedOperation")
        return {"Regions": [{"RegionName": one} for one in REGIONS]}

    aws.answers["DescribeRegions"] = regions
    words = ("--role-name", "reader", "--account", "444455556666")
    done = run("plan", "--profile", "network", *words)
    assert done.exit_code in (0, 4), done.output
    assert "Read: " in done.stdout


def test_a_region_that_an_organization_shuts_leaves_no_doubt_about_the_hub(aws):
    def lambda_(region):
        raise Refused(
            "AccessDeniedException" if region == "eu-west-1" else "ResourceNotFoundException"
        )

    aws.answers["GetFunctionConfiguration"] = lambda_
    done = run("plan", "--profile", "network", "--region", "ap-northeast-2")
    assert done.exit_code == 0
    assert "whether there is a hub could not be read in 1 of 2 regions" in done.stdout
