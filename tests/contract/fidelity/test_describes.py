"""Filters and page sizes of the describes are those that botocore's model of EC2 documents."""

import re

import pytest
from botocore import xform_name

from peerkeeper_local.cloud import Limits, Refusal
from peerkeeper_local.cloud.operations.endpoint_services import SERVICES
from peerkeeper_local.cloud.operations.prefix_lists import AWS_LISTS, LISTS
from peerkeeper_local.semantics.endpoint_view import ENDPOINTS
from peerkeeper_local.semantics.filter_paths import FILTERS as BY_LIST
from peerkeeper_local.semantics.host_filter_paths import GROUPS_FOR_VPC
from peerkeeper_local.semantics.image_filter_paths import IMAGES
from peerkeeper_local.semantics.listings import Listing
from peerkeeper_local.semantics.nat_gateways import NAT_GATEWAYS
from peerkeeper_local.semantics.paging import SMALLEST, page_of
from tests.contract.fidelity.host_deviations import ONE, host
from tests.contract.fidelity.replies import MODEL
from tests.contract.fidelity.stage import Stage, outcome

FILTERS = {f"Describe{name}": paths for name, paths in BY_LIST.items()}
PAGES = {action: Limits().page for action in FILTERS}
PAGES["DescribeRouteTables"] = Limits().route_tables_page
OF_TAGS = {"tag", "tag-key"}
NO_LONGER_DOCUMENTED = {"isDefault"}
LISTINGS = {
    "DescribeVpcEndpoints": ENDPOINTS,
    "DescribeVpcEndpointServices": SERVICES,
    "DescribeManagedPrefixLists": LISTS,
    "DescribePrefixLists": AWS_LISTS,
    "DescribeNatGateways": NAT_GATEWAYS,
}
FEWEST = {"DescribeSecurityGroupRules": 3}
"""How many filters are found at least: fewer, and the text is no longer read rightly."""


def member(action, name):
    return MODEL.operation_model(action).input_shape.members[name]


@pytest.mark.parametrize("action", FILTERS)
def test_the_filters_are_the_documented_ones_and_no_others(action: str) -> None:
    text = member(action, "Filters").documentation
    listed = set(re.findall(r"<li>\s*<p>\s*<code>([^<]+)</code>", text))
    assert len(listed) >= FEWEST.get(action, 9)
    assert listed - OF_TAGS <= set(FILTERS[action])
    assert set(FILTERS[action]) - NO_LONGER_DOCUMENTED <= set(
        re.findall(r"<code>([^<]+)</code>", text)
    )


@pytest.mark.parametrize("action", FILTERS)
def test_every_filter_is_taken(stage: Stage, action: str) -> None:
    call = getattr(stage.seoul, xform_name(action))
    for name in [*FILTERS[action], "tag:team", "tag-key", "tag-value"]:
        assert outcome(call, Filters=[{"Name": name, "Values": ["nothing"]}]) == "done", name


def test_the_filters_of_groups_for_a_vpc_are_the_documented_ones() -> None:
    text = member("GetSecurityGroupsForVpc", "Filters").documentation
    assert set(re.findall(r"<li>\s*<p>\s*<code>([^<]+)</code>", text)) == set(GROUPS_FOR_VPC)


def test_the_filters_of_images_are_documented_ones(stage: Stage) -> None:
    text = member("DescribeImages", "Filters").documentation
    assert set(IMAGES) <= set(re.findall(r"<code>([^<]+)</code>", text))
    for name in IMAGES:
        asked = [{"Name": name, "Values": ["nothing"]}]
        assert outcome(stage.seoul.describe_images, Filters=asked) == "done", name


def test_images_are_found_by_owner_and_by_who_may_run_them(stage: Stage) -> None:
    call = stage.seoul.describe_images
    assert len(call(Owners=["amazon"])["Images"]) == 5
    assert len(call(Owners=["099720109477"], ExecutableUsers=["all"])["Images"]) == 2
    assert call(Owners=["self"])["Images"] == call(ExecutableUsers=["self"])["Images"] == []
    assert outcome(call, ImageIds=["ami-0123456789abcdef0"]) == "InvalidAMIID.NotFound"
    instance = host(stage)["InstanceId"]
    made = stage.seoul.create_image(InstanceId=instance, Name="mine")["ImageId"]
    assert [each["ImageId"] for each in call(Owners=["self"])["Images"]] == [made]
    assert outcome(stage.seoul.run_instances, **{**ONE, "ImageId": made}) == "done"


@pytest.mark.parametrize("action", PAGES)
def test_a_page_is_as_large_as_the_model_says(action: str) -> None:
    bounds = member(action, "MaxResults").metadata
    assert (bounds["min"], bounds["max"]) == (SMALLEST, PAGES[action])


@pytest.mark.parametrize(("action", "listing"), LISTINGS.items(), ids=list(LISTINGS))
def test_a_listing_has_the_documented_parameters_filters_and_pages(
    stage: Stage, action: str, listing: Listing
) -> None:
    text = member(action, listing.filters).documentation
    documented = set(re.findall(r"<li>\s*<p>\s*<code>([^<]+)</code>", text))
    assert set(listing.paths) == {
        name for name in documented if name.partition(":")[0] not in OF_TAGS
    }
    bounds = member(action, "MaxResults").metadata
    given = {name: bounds[name] for name in ("min", "max") if name in bounds}
    assert given in ({"min": listing.least, "max": listing.most}, {})
    assert listing.capped == (given == {})
    call = getattr(stage.seoul, xform_name(action))
    for name in listing.paths:
        sent = {listing.filters: [{"Name": name, "Values": ["nothing"]}]}
        assert outcome(call, **sent) == "done", name


@pytest.mark.parametrize("size", [0, 4, 101])
def test_a_page_size_out_of_bounds_is_refused(size: int) -> None:
    with pytest.raises(Refusal) as caught:
        page_of([], "RouteTables", {"MaxResults": size}, 100)
    assert caught.value.code == "InvalidParameterValue"


@pytest.mark.parametrize("token", ["made-up", "!", "", "ZnJvbSB4", "dG8gNQ==", "ZnJvbSAtNQ=="])
def test_a_token_that_was_not_given_out_is_refused(token: str) -> None:
    with pytest.raises(Refusal) as caught:
        page_of([{}] * 9, "Vpcs", {"NextToken": token}, 5)
    assert caught.value.code == "InvalidNextToken"
