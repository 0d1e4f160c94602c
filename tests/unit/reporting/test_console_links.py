"""Pages of the console: one host for each partition, and no link where none is known."""

import botocore.session
import pytest
from peerkeeper.reporting.console_links import console_link
from peerkeeper.values.ec2 import Location

from tests.builders import PCX, SEOUL, TOKYO_TABLE, TOKYO_VPC, US

SESSION = botocore.session.Session()
HOSTS = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
    "aws-eusc": "console.amazonaws-eusc.eu",
}
REGIONS = [
    (region, partition)
    for partition in SESSION.get_available_partitions()
    for region in SESSION.get_available_regions("ec2", partition)
]


@pytest.mark.parametrize(("region", "partition"), REGIONS)
def test_every_region_has_the_console_of_its_partition(region, partition):
    link = console_link(Location(US, region), PCX)
    if partition not in HOSTS:
        assert "iso" in partition
        assert link == ""
        return
    page = f"PeeringConnectionDetails:VpcPeeringConnectionId={PCX}"
    assert link == (f"https://{region}.{HOSTS[partition]}/vpcconsole/home?region={region}#{page}")


def test_botocore_knows_all_partitions_that_have_a_host():
    assert {partition for _, partition in REGIONS} >= {"aws", "aws-cn", "aws-us-gov"}


@pytest.mark.parametrize(
    ("id_", "page"),
    [
        (TOKYO_TABLE, f"RouteTableDetails:RouteTableId={TOKYO_TABLE}"),
        (TOKYO_VPC, f"VpcDetails:VpcId={TOKYO_VPC}"),
        ("", "PeeringConnections:"),
    ],
)
def test_each_kind_of_resource_has_its_page(id_, page):
    assert console_link(SEOUL, id_).endswith(f"#{page}")


@pytest.mark.parametrize("id_", ["subnet-0a39a39a39a39a311", "pcx-1 onclick=x", "nonsense"])
def test_what_has_no_page_has_no_link(id_):
    assert console_link(SEOUL, id_) == ""
