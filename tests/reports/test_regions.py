"""Every region that botocore knows is one to Peerkeeper, and a stack in it names its own partition."""

import re

import pytest
from botocore.session import Session
from peerkeeper.errors import SettingsError
from peerkeeper.settings.environment import settings_from
from peerkeeper.spoke_roles import trust_statement

from peerkeeper_local.deployment import Deployment
from tests.builders import THEM, US
from tests.contract.deploy.templates import HUB, ROOT, SPOKE


@pytest.fixture(scope="module")
def regions():
    """The partition of each region."""
    aws = Session()
    return {
        region: partition
        for partition in aws.get_available_partitions()
        for region in aws.get_available_regions("ec2", partition)
    }


def refused(region):
    try:
        settings_from({"PEERKEEPER_ACCOUNT": US, "AWS_REGION": region})
    except SettingsError:
        return True
    return False


def test_the_settings_take_every_region(regions):
    assert [region for region in regions if refused(region)] == []


@pytest.mark.parametrize(
    ("template", "parameter", "value"),
    [
        (HUB, "Regions", "{}"),
        (HUB, "DeleteOverride", f"{US}/{{}}=40"),
        (SPOKE, "Regions", "{}"),
        (SPOKE, "RoleRegion", "{}"),
    ],
    ids=["hub-regions", "hub-delete-override", "spoke-regions", "spoke-role-region"],
)
def test_each_parameter_of_the_templates_takes_every_region(regions, template, parameter, value):
    pattern = template["Parameters"][parameter]["AllowedPattern"]
    unknown = [region for region in regions if not re.fullmatch(pattern, value.format(region))]
    assert unknown == []


def test_a_stack_names_its_own_partition_in_every_arn(regions):
    one_of_each = {partition: region for region, partition in regions.items()}
    for partition, region in one_of_each.items():
        given = {"Accounts": THEM, "ExternalId": "a-secret-of-both-sides"}
        stack = Deployment(ROOT).hub(US, region, given)
        function = stack.function("ConnectPeerings")
        found = settings_from({**function.environment, "AWS_REGION": region})
        assert found.partition == partition
        role = f"arn:{partition}:iam::{US}:role/peerkeeper-connect-peerings"
        assert function.role_arn == role
        assert role in trust_statement(found)
        assert f"arn:{partition}:iam::*:role/peerkeeper-spoke-sweep" in str(stack.roles)
        named = set(re.findall(r"\barn:([a-z-]+):", f"{stack.roles}{stack.queues}{stack.rules}"))
        assert named == {partition}
