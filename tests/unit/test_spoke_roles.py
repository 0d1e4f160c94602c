"""Other accounts: which are ours to look after, and what to grant where we are shut out."""

import json

import pytest
from peerkeeper.errors import SettingsError
from peerkeeper.reporting.call_findings import call_findings
from peerkeeper.settings.environment import settings_from
from peerkeeper.spoke_roles import how_to_reach, role_arn, trust_statement
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import ENVIRONMENT, SEOUL, THEM, US

ROLE = "peerkeeper-spoke-connect-peerings"
OTHER = "777788889999"
REFUSED = Trouble(Meaning.DENIED, "AccessDenied", "no", "AssumeRole")


def read(**more):
    named = {f"PEERKEEPER_{name}": value for name, value in more.items()}
    return settings_from({**ENVIRONMENT, "PEERKEEPER_SPOKE_ROLE": ROLE, **named})


def at(account, region="ap-northeast-2"):
    return Location(account, region)


def test_without_other_accounts_only_our_own_regions_are_covered():
    found = read()
    assert found.covers(SEOUL)
    assert not found.covers(at(US, "eu-west-1"))
    assert not found.covers(at(THEM))


def test_listed_accounts_are_covered_in_every_region_and_no_other_is():
    found = read(ACCOUNTS=f"{THEM}, {OTHER}", EXTERNAL_ID=" known ")
    assert len(found.locations) == 6
    assert found.covers(at(THEM, "ap-northeast-1"))
    assert not found.covers(at(THEM, "eu-west-1"))
    assert not found.covers(at("000000000000"))
    assert (found.account, found.external_id) == (US, "known")


def test_of_an_organization_any_account_is_covered_and_only_our_own_is_listed():
    found = read(ACCOUNTS="organization", FLEET_SWEEP="state-machine")
    assert found.organization
    assert {location.account_id for location in found.locations} == {US}
    assert found.covers(at(THEM))
    assert not found.covers(at(THEM, "eu-west-1"))


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"ACCOUNTS": "organization"}, "set FleetSweep=state-machine, or list the accounts"),
        ({"ACCOUNTS": THEM, "SPOKE_ROLE": ""}, "PEERKEEPER_SPOKE_ROLE is not set"),
        ({"PARTITION": "aws:*"}, "'aws:*' is not a partition"),
        ({"ACCOUNTS": "*"}, "'*' is not a 12-digit account id"),
        ({"ACCOUNTS": f"{THEM},organization"}, "'organization' is not a 12-digit account id"),
        ({"FLEET_SWEEP": "often"}, "allowed are direct, state-machine"),
    ],
)
def test_a_fleet_that_cannot_work_is_an_error_at_cold_start(variables, words):
    with pytest.raises(SettingsError, match="settings are wrong") as raised:
        read(**variables)
    assert words in str(raised.value)


@pytest.mark.parametrize("partition", ["", "aws", "aws-cn", "aws-iso-b", "aws-eusc"])
def test_a_role_is_of_the_partition_of_the_stack(partition):
    settings, named = read(ACCOUNTS=THEM, PARTITION=partition), partition or "aws"
    assert role_arn(settings.partition, THEM, ROLE) == f"arn:{named}:iam::{THEM}:role/{ROLE}"
    assert f'"AWS": "arn:{named}:iam::{US}:root"' in trust_statement(settings)
    assert f"makes arn:{named}:iam::{THEM}:role/" in how_to_reach(at(THEM), settings)


def test_the_trust_names_the_hubs_account_and_there_this_functions_role_alone():
    assert json.loads(trust_statement(read(ACCOUNTS=THEM))) == {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{US}:root"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "ArnEquals": {"aws:PrincipalArn": f"arn:aws:iam::{US}:role/peerkeeper-connect-peerings"}
        },
    }


def test_an_account_that_shuts_us_out_is_one_finding_however_much_could_not_be_read():
    regions = ("ap-northeast-1", "ap-northeast-2")
    unread = {
        Read(at(THEM, region), kind): REFUSED
        for region in regions
        for kind in (Describe.VPCS, Describe.PEERINGS)
    }
    (finding,) = call_findings(
        Snapshot(unread=unread), (), read(ACCOUNTS=THEM, EXTERNAL_ID="known")
    )
    assert (finding.code, finding.subject) == (Code.UNREACHABLE, THEM)
    assert finding.location == at(THEM, "ap-northeast-1")
    assert role_arn("aws", THEM, ROLE) in finding.message
    assert "sts:ExternalId" in finding.message
    assert "aws:PrincipalOrgID" in finding.message, (
        "the hub may have both; spoke.yaml asks for that first"
    )
    assert finding.message.endswith("remove the account from Accounts")
    assert "known" not in finding.message, "who reads logs need not learn it"


def test_the_role_for_endpoints_is_made_only_where_the_spoke_keeps_them():
    seen = Snapshot(unread={Read(at(THEM), Describe.VPC_ENDPOINTS): REFUSED})
    keeps = read(ACCOUNTS=THEM, SPOKE_ROLE="peerkeeper-spoke-keep-endpoints")
    (finding,) = call_findings(seen, (), keeps)
    assert "Peerkeeper keeps no endpoint there; deploy spoke.yaml there" in finding.message
    assert "keep-endpoints (only if Endpoints is keep there) with the trust" in finding.message
    assert "Accounts" not in finding.message  # the other functions work there


def test_in_an_organization_a_stranger_is_not_told_to_deploy_a_spoke_alone():
    seen = Snapshot(unread={Read(at(THEM), Describe.VPCS): REFUSED})
    set_ = read(ACCOUNTS="organization", FLEET_SWEEP="state-machine")
    (finding,) = call_findings(seen, (), set_)
    assert finding.message.endswith("other-side says what its owner must do")


def test_an_sts_that_does_not_answer_is_passing_trouble_of_the_read():
    slow = Trouble(Meaning.PASSING, "Throttling", "slow down", "AssumeRole")
    (finding,) = call_findings(
        Snapshot(unread={Read(at(THEM), Describe.VPCS): slow}), (), read(ACCOUNTS=THEM)
    )
    assert finding.code is Code.UNREAD
