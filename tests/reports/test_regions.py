"""Every region that botocore knows is one to Peerkeeper, and belongs to its own partition."""

import re

import pytest
from botocore.session import Session
from peerkeeper.errors import SettingsError
from peerkeeper.settings.environment import settings_from
from peerkeeper.spoke_roles import partition_of

from tests.builders import US
from tests.contract.deploy.templates import HUB, SPOKE


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


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="The settings refuse a region whose name does not begin with two letters and a hyphen.",
)
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
@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="The template refuses a region whose name does not begin with two letters and a hyphen.",
)
def test_each_parameter_of_the_templates_takes_every_region(regions, template, parameter, value):
    pattern = template["Parameters"][parameter]["AllowedPattern"]
    unknown = [region for region in regions if not re.fullmatch(pattern, value.format(region))]
    assert unknown == []


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="The fleet knows partitions by a list of prefixes that lacks the newest three.",
)
def test_every_region_belongs_to_its_own_partition(regions):
    assert {region: partition_of(region) for region in regions} == regions
