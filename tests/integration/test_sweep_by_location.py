"""Swept one by one, as the state machine does it, the locations tell what one sweep of them all tells."""

from collections import Counter

import pytest

from peerkeeper_local.pump.functions import Functions
from tests.integration.fleet import APPS, CIDRS, DATA, HUB, PLACES, Fleet


def a_day_of_drift(fleet):
    """Peerings of every kind, then an hour of which no event tells."""
    kept, gone = fleet.peer("hub", "data"), fleet.peer("apps", "data")
    assert fleet.routed("data", kept)
    assert fleet.routed("data", gone)
    fleet.agree("apps", f"{HUB} {DATA}")
    fleet.pump.cut()
    waiting = fleet.ask("hub", "apps")
    (table,) = fleet.of("data").describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [fleet.id("data")]}]
    )["RouteTables"]
    fleet.of("data").delete_route(
        RouteTableId=table["RouteTableId"], DestinationCidrBlock=CIDRS["hub"]
    )
    fleet.of("apps").delete_vpc_peering_connection(VpcPeeringConnectionId=gone)
    for name in PLACES:
        fleet.of(name).modify_vpc_attribute(
            VpcId=fleet.id(name), EnableDnsHostnames={"Value": False}
        )
    fleet.forget()
    return waiting


def told(run):
    """What one invocation found and handed on, by what it is about."""
    assert run.error is None, run.error
    (report,) = [line["report"] for line in run.logs if "report" in line]
    findings = Counter((one["code"], one["location"], one["subject"]) for one in report["findings"])
    hints = Counter(
        (sent["function"], hint["account"], hint["region"], hint.get("id"))
        for sent in report["hand_offs"]
        for hint in sent["hints"]
    )
    return findings, hints


@pytest.fixture(scope="module")
def drifted():
    with Fleet() as fleet:
        a_day_of_drift(fleet)
        yield fleet


def test_they_find_and_hand_on_the_same(drifted):
    sweep = drifted.pump.hub.function("Sweep")
    functions = Functions(drifted.cloud, drifted.pump.hub)
    whole = told(
        functions.run(sweep, {"detail-type": "Scheduled Event", "source": "aws.scheduler"})
    )
    findings, hints = Counter(), Counter()
    for account in (HUB, APPS, DATA):
        for region in drifted.regions:
            place = {"account": account, "region": region}
            run = functions.run(sweep, {"peerkeeper": "sweep", "locations": [place]})
            found, handed = told(run)
            findings, hints = findings + found, hints + handed
    assert set(findings) == set(whole[0])
    assert set(hints) == set(whole[1])
    assert {function for function, *_ in hints} == {
        *("connect_peerings", "clean_routes", "configure_vpcs")
    }
