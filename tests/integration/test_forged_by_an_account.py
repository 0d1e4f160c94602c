"""An account of the fleet that lies: its events name what is another's, and nothing comes of it there.

The envelope's account is EventBridge's own stamp. That PutEvents refuses EC2's name is not counted on here:
all of `detail` is taken to be made up.
"""

import pytest

from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.integration.fleet import APPS, DATA, Fleet


@pytest.fixture(scope="module")
def fleet():
    with Fleet() as opened:
        opened.peer("apps", "data")
        opened.settle()
        yield opened


def table(fleet, name):
    (found,) = fleet.of(name).describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [fleet.id(name)]}]
    )["RouteTables"]
    return found["RouteTableId"]


def lie(fleet, name, request=None, response=None):
    """An event that APPS sends about what is DATA's, its record made out to be DATA's own."""
    fleet.forget()
    fleet.calls_before = len(fleet.ours())
    fleet.pump.inject(
        {
            "version": "0",
            "id": "00000000-0000-0000-0000-00000000f00d",
            "detail-type": "AWS API Call via CloudTrail",
            "source": "aws.ec2",
            "account": APPS,
            "region": SEOUL,
            "time": "2026-03-02T09:00:00Z",
            "resources": [],
            "detail": {
                "eventName": name,
                "awsRegion": TOKYO,
                "recipientAccountId": DATA,
                "userIdentity": {"type": "Root", "accountId": DATA},
                "requestParameters": request,
                "responseElements": response,
            },
        }
    )
    fleet.pump.advance(900)
    return fleet.ours()[fleet.calls_before :]


def lies(fleet):
    vpc, pcx = fleet.id("data"), fleet.id("apps-data")
    tagged = {"resourcesSet": {"items": [{"resourceId": vpc}, {"resourceId": pcx}]}}
    return {
        "CreateTags": {**tagged, "tagSet": {"items": [{"key": "peerkeeper:peers", "value": APPS}]}},
        "DeleteRoute": {
            "routeTableId": table(fleet, "data"),
            "destinationCidrBlock": "0.0.0.0/0",
        },
        "ModifyVpcAttribute": {"vpcId": vpc, "enableDnsHostnames": {"value": False}},
        "DeleteVpcPeeringConnection": {"vpcPeeringConnectionId": "pcx-00000000000000bad"},
        "RejectVpcPeeringConnection": {"vpcPeeringConnectionId": "pcx-00000000000000bad"},
    }


@pytest.mark.parametrize(
    "name",
    [
        "CreateTags",
        "DeleteRoute",
        "ModifyVpcAttribute",
        "DeleteVpcPeeringConnection",
        "RejectVpcPeeringConnection",
    ],
)
def test_an_id_is_looked_up_in_the_account_that_sent_the_event_and_nothing_is_written(fleet, name):
    made = lie(fleet, name, lies(fleet)[name], {"_return": True})
    assert made, "it was looked into"
    assert all(call.action.startswith("Describe") for call in made)
    if name != "CreateTags":  # which names a peering with a side in DATA, so that side is read
        assert {call.account for call in made} == {APPS}


@pytest.mark.parametrize("name", ["CreateVpcPeeringConnection", "AcceptVpcPeeringConnection"])
def test_a_request_that_was_never_made_is_read_for_on_both_sides_and_written_on_neither(
    fleet, name
):
    made_up = {
        "vpcPeeringConnection": {
            "vpcPeeringConnectionId": "pcx-00000000000000bad",
            "requesterVpcInfo": {"ownerId": APPS, "region": SEOUL, "vpcId": fleet.id("apps")},
            "accepterVpcInfo": {"ownerId": DATA, "region": TOKYO, "vpcId": fleet.id("data")},
        }
    }
    made = lie(fleet, name, {}, made_up)
    assert {call.account for call in made} == {APPS, DATA}
    assert all(call.action.startswith("Describe") for call in made)


def test_the_peering_is_as_it_was_after_all_that(fleet):
    pcx = fleet.id("apps-data")
    assert fleet.status("data", pcx) == "active"
    assert fleet.routed("apps", pcx)
    assert fleet.routed("data", pcx)
