"""Route 53's replies as values: pages, public zones, ids of both forms; and whose turn a share has."""

import pytest
from botocore.session import Session
from botocore.stub import Stubber
from peerkeeper.aws import zones
from peerkeeper.aws.clients import Clients
from peerkeeper.aws.pace import Pace
from peerkeeper.values.zones import ListedZone, ZoneVpc

from tests.builders import SEOUL, SEOUL_VPC, TOKYO

TAGS = [{"Key": "peerkeeper:share", "Value": "self"}]
VPC = {"VPCRegion": SEOUL.region, "VPCId": SEOUL_VPC}


@pytest.fixture
def route53():
    session = Session()
    session.set_credentials("AKIAAAAAAAAAAAAAAAAA", "a")
    client = session.create_client("route53", region_name=SEOUL.region)
    with Stubber(client) as stubber:
        yield client, stubber
        stubber.assert_no_pending_responses()


def zone(number, *, private=True):
    return {
        "Id": f"/hostedzone/Z{number:04}",
        "Name": f"n{number}.example.",
        "CallerReference": str(number),
        "Config": {"PrivateZone": private},
    }


def lists(stubber, *pages):
    for at, page in enumerate(pages):
        last = at == len(pages) - 1
        said = {"HostedZones": page, "Marker": "", "MaxItems": "100", "IsTruncated": not last}
        stubber.add_response("list_hosted_zones", said if last else {**said, "NextMarker": "Z0"})


def tells_tags(stubber, ids, tagged=()):
    sets = [
        {
            "ResourceType": "hostedzone",
            "ResourceId": one,
            **({"Tags": TAGS} if one in tagged else {}),
        }
        for one in ids
    ]
    asked = {"ResourceType": "hostedzone", "ResourceIds": ids}
    stubber.add_response("list_tags_for_resources", {"ResourceTagSets": sets}, asked)


def test_private_zones_of_all_pages_are_asked_for_tags_and_tagged_ones_for_their_vpcs(route53):
    client, stubber = route53
    lists(stubber, [zone(2), zone(3, private=False)], [zone(1)])
    tells_tags(stubber, ["Z0001", "Z0002"], {"Z0002"})
    got = {"HostedZone": zone(2), "VPCs": [VPC]}
    stubber.add_response("get_hosted_zone", got, {"Id": "Z0002"})
    found = zones.of_account(client, SEOUL, 0)
    (tagged,) = found.tagged
    assert (tagged.id, tagged.name, tagged.owner) == ("Z0002", "n2.example.", SEOUL.account_id)
    assert tagged.tags == (("peerkeeper:share", "self"),)
    assert tagged.vpcs == {ZoneVpc(SEOUL.region, SEOUL_VPC)}
    assert (found.left, found.sweeps) == (0, 1)


def test_of_many_zones_each_is_asked_in_one_turn_and_at_most_fifty_in_each(route53):
    client, stubber = route53
    many = [f"Z{number:04}" for number in range(123)]
    seen = []
    for turn in range(5):
        lists(stubber, [zone(number) for number in range(123)])
        for start in range(10 * turn, 123, 50):
            tells_tags(stubber, many[start : start + 10])
            seen += many[start : start + 10]
        found = zones.of_account(client, SEOUL, turn)
        assert 123 - found.left <= zones.AT_ONCE
        assert found.sweeps == 5
    assert sorted(seen) == many


def test_all_pages_of_a_vpcs_zones_are_read_with_who_owns_each(route53):
    client, stubber = route53
    first = {"HostedZoneId": "Z1", "Name": "a.example.", "Owner": {"OwningAccount": "444455556666"}}
    second = {"HostedZoneId": "Z2", "Name": "b.example.", "Owner": {"OwningService": "efs"}}
    page = {"HostedZoneSummaries": [first], "MaxItems": "1", "NextToken": "more"}
    stubber.add_response("list_hosted_zones_by_vpc", page, VPC)
    last = {"HostedZoneSummaries": [second], "MaxItems": "1"}
    stubber.add_response("list_hosted_zones_by_vpc", last, {**VPC, "NextToken": "more"})
    found = zones.of_vpc(client, SEOUL, SEOUL_VPC)
    assert found.zones == (
        ListedZone("Z1", "a.example.", "444455556666"),
        ListedZone("Z2", "b.example.", "efs", of_service=True),
    )


class SentError(Exception):
    """The call was about to leave."""


def send(**_):
    raise SentError


def test_all_calls_of_an_account_wait_for_one_rate_whatever_the_region_or_the_operation():
    slept = []
    session = Session()
    session.set_credentials("AKIAAAAAAAAAAAAAAAAA", "a")
    pace = Pace(lambda: 100.0, slept.append)
    clients = Clients([SEOUL, TOKYO], SEOUL.region, pace=pace, session=session)
    for client in [clients.other("route53", where) for where in (SEOUL, TOKYO)]:
        client.meta.events.register("before-send", send)
        for call in (
            client.list_hosted_zones,
            client.list_traffic_policies,
            client.list_geo_locations,
        ):
            with pytest.raises(SentError):
                call()
    assert slept == pytest.approx([0.5 / 4.5, 1.5 / 4.5])
    assert pace.taken == 6
