"""What public reports describe as going wrong elsewhere, and Peerkeeper does right."""

import pytest
from peerkeeper.aws.organization import accounts_of

from peerkeeper_local.story.stage import TOKYO

HUB, PEER = "10.1.0.0/16", "10.2.0.0/16"


def test_a_request_that_somebody_else_accepts_first_is_routed_without_a_finding(estate):
    one, other = estate.agreed(HUB, PEER)
    estate.pump.advance(30)
    first = []

    def accept_before(_at, action, params):
        if action == "AcceptVpcPeeringConnection" and not first:
            first.append(params["VpcPeeringConnectionId"])
            estate.owner.accept_vpc_peering_connection(VpcPeeringConnectionId=first[0])

    estate.cloud.outages.add(accept_before)
    estate.reports.clear()
    pcx = estate.ask(one, other)
    estate.pump.advance(180)
    assert first == [pcx]
    assert estate.targets(one, PEER) == estate.targets(other, HUB) == [pcx]
    assert estate.naming(pcx) == []


def test_of_two_peers_with_one_cidr_the_second_is_reported_and_routed_when_the_first_goes(estate):
    hub, *peers = estate.agreed(HUB, PEER, PEER)
    asked = []
    for peer in peers:
        estate.reports.clear()
        asked.append(estate.ask(hub, peer))
        estate.pump.advance(120)
    first, second = asked
    found = [each for each in estate.findings() if each["code"] == "claimed-twice"]
    assert found
    assert all(first in each["message"] and second in each["message"] for each in found)
    assert estate.targets(hub, PEER) == [first]
    estate.delete(first)
    estate.pump.advance(240)
    assert estate.targets(hub, PEER) == [second]


@pytest.mark.parametrize("code", ["AuthFailure", "OptInRequired"])
def test_a_region_that_is_switched_off_holds_up_no_other_and_its_finding_says_the_way_out(
    estate, code
):
    one, other = estate.agreed(HUB, PEER)
    estate.pump.advance(30)
    off = (code, "AWS was not able to validate the provided access credentials")
    estate.cloud.outages.add(lambda at, *_: off if at.region == TOKYO else None)
    estate.reports.clear()
    pcx = estate.ask(one, other)
    estate.pump.advance(120)
    estate.sweep()
    assert estate.targets(one, PEER) == [pcx]
    denied = [each["message"] for each in estate.findings() if each["code"] == "denied"]
    assert denied
    assert all("remove the region from Regions" in words for words in denied)


class Organization:
    """Tells each account's State, and no Status."""

    def get_paginator(self, _name):
        return self

    def paginate(self, **_asked):
        said = ("ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED", "PENDING_ACTIVATION")
        accounts = [{"Id": str(n) * 12, "State": state} for n, state in enumerate(said, 1)]
        return [{"Accounts": accounts}]


def test_an_account_of_which_the_organization_tells_the_state_alone_is_active_or_not():
    accounts = accounts_of(Organization(), [])
    assert [each.id for each in accounts if each.state == "ACTIVE"] == ["1" * 12]


def test_a_route_that_a_tool_takes_away_again_and_again_is_put_back_and_counted(estate):
    one, other = estate.agreed(HUB, PEER)
    pcx = estate.ask(one, other)
    estate.pump.advance(120)
    for _ in range(5):
        estate.owner.delete_route(RouteTableId=estate.only_table(one), DestinationCidrBlock=PEER)
        estate.pump.advance(300)
    assert estate.targets(one, PEER) == [pcx]
    counted = [line.get("MostRepeatedWrites") or [0] for line in estate.metrics]
    assert max(map(max, counted)) > 3
