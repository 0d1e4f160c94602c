"""Peerings between accounts, through the real handlers: each side by its own tags and with its own role."""

import json

import pytest
from botocore.exceptions import ClientError

from peerkeeper_local.pump import Announced, EventForwarded, EventRefused
from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.integration.fleet import (
    APPS,
    CIDRS,
    DATA,
    EXTERNAL_ID,
    HUB,
    ORGANIZATION,
    PLACES,
    STRAY,
    Fleet,
    spoke_role,
)


@pytest.fixture
def fleet():
    with Fleet() as opened:
        yield opened


def attribute(fleet, name):
    return fleet.of(name).describe_vpc_attribute(
        VpcId=fleet.id(name), Attribute="enableDnsHostnames"
    )["EnableDnsHostnames"]["Value"]


def test_from_a_request_between_accounts_to_routes_and_names_and_back(fleet):
    """One story, since each scene stands on the one before."""
    # A new VPC in any account is set up by the hub.
    assert all(attribute(fleet, name) for name in PLACES)

    # The requester says yes on its own side, and on the peering itself: the accepter has not.
    fleet.agree("apps", DATA)
    pcx = fleet.ask("apps", "data", {"peerkeeper:approved": "true"})
    fleet.pump.advance(60)
    assert fleet.status("data", pcx) == "pending-acceptance"
    assert "held-not-approved" in fleet.codes(f"{DATA}/{TOKYO}")
    forwarded = [
        step
        for step in fleet.steps
        if isinstance(step, EventForwarded)
        and step.event["detail"]["eventName"] == "CreateVpcPeeringConnection"
    ]
    assert {(step.event["account"], step.region) for step in forwarded} == {(APPS, SEOUL)}

    # The accepter's own tag lets it in; both sides are routed, each with its own account's role.
    fleet.forget()
    fleet.agree("data", APPS)
    fleet.pump.advance(60)
    assert fleet.status("apps", pcx) == "active"
    assert fleet.routed("apps", pcx) == {CIDRS["data"]}
    assert fleet.routed("data", pcx) == {CIDRS["apps"]}
    assert fleet.resolves("apps", pcx)
    assert fleet.resolves("data", pcx)
    writers = {
        (call.account, call.principal)
        for call in fleet.ours()
        if call.action == "CreateRoute" and not call.error
    }
    assert writers == {
        (
            account,
            f"arn:aws:sts::{account}:assumed-role/peerkeeper-spoke-connect-peerings/connect_peerings",
        )
        for account in (APPS, DATA)
    }

    # A CIDR that comes later is routed on the other side.
    fleet.of("apps").associate_vpc_cidr_block(VpcId=fleet.id("apps"), CidrBlock="10.20.0.0/16")
    fleet.settle()
    assert fleet.routed("data", pcx) == {CIDRS["apps"], "10.20.0.0/16"}

    # Deleted on the requester's side: the routes go on both.
    fleet.of("apps").delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    fleet.settle(120)
    assert fleet.routed("apps", pcx) == fleet.routed("data", pcx) == set()

    # And from the accepter's.
    again = fleet.ask("apps", "data")
    fleet.settle()
    assert fleet.routed("apps", again) == {CIDRS["data"]}
    fleet.of("data").delete_vpc_peering_connection(VpcPeeringConnectionId=again)
    fleet.settle(120)
    assert fleet.routed("apps", again) == fleet.routed("data", again) == set()
    assert not {call.error for call in fleet.ours() if call.error and not call.dry_run}


def test_the_hubs_own_account_and_another_meet_over_two_regions(fleet):
    pcx = fleet.peer("hub", "data")
    assert fleet.routed("hub", pcx) == {CIDRS["data"]}
    assert fleet.routed("data", pcx) == {CIDRS["hub"]}
    roles = {call.principal.split("/")[1] for call in fleet.ours() if call.account == HUB}
    assert not any("spoke" in role for role in roles)


def test_approval_of_the_peering_itself_counts_in_the_accepters_location_alone(fleet):
    pcx = fleet.ask("hub", "data")
    fleet.settle()
    assert fleet.status("data", pcx) == "pending-acceptance"
    tag = {"Key": "peerkeeper:approved", "Value": "true"}
    fleet.of("hub").create_tags(Resources=[pcx], Tags=[tag])
    fleet.settle()
    assert fleet.status("data", pcx) == "pending-acceptance"
    fleet.of("data").create_tags(Resources=[pcx], Tags=[tag])
    fleet.settle()
    assert fleet.status("data", pcx) == "active"


def test_the_sweep_finds_drift_in_another_account_and_its_own_function_mends_it(fleet):
    pcx = fleet.peer("apps", "data")
    fleet.pump.cut()
    (table,) = fleet.of("data").describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [fleet.id("data")]}]
    )["RouteTables"]
    fleet.of("data").delete_route(
        RouteTableId=table["RouteTableId"], DestinationCidrBlock=CIDRS["apps"]
    )
    fleet.pump.join()
    assert not fleet.routed("data", pcx)
    fleet.pump.sweep()
    fleet.settle()
    assert fleet.routed("data", pcx) == {CIDRS["apps"]}


@pytest.fixture
def shut():
    """Nobody made `connect_peerings` a role in one of the accounts."""
    with Fleet(without=(spoke_role(DATA, "connect-peerings"),)) as opened:
        yield opened


def test_an_account_without_our_role_is_one_finding_and_stops_nobody_else(shut):
    fleet = shut
    pcx = fleet.peer("hub", "apps")
    assert fleet.routed("hub", pcx) == {CIDRS["apps"]}
    fleet.forget()

    fleet.agree("apps", f"{HUB} {DATA}")
    other = fleet.ask("apps", "data")
    fleet.pump.advance(60)
    assert fleet.status("data", other) == "pending-acceptance"
    (finding,) = fleet.found("account-unreachable")
    assert finding["subject"] == DATA
    for granted in (
        spoke_role(DATA, "connect-peerings"),
        f'"aws:PrincipalArn": "arn:aws:iam::{HUB}:role/peerkeeper-connect-peerings"',
        f'"AWS": "arn:aws:iam::{HUB}:root"',
        "docs/adopt/fleet.md",
    ):
        assert granted in finding["message"]
    assert "other-side" in fleet.codes(f"{APPS}/{SEOUL}")


def test_the_external_id_is_in_no_report_though_a_role_is_refused(shut):
    shut.agree("data", APPS)
    shut.pump.advance(60)
    said = json.dumps(shut.reports)
    assert "sts:ExternalId" in said
    assert EXTERNAL_ID not in said


def test_a_role_that_is_refused_is_asked_for_once_and_its_message_is_dealt_with(shut):
    fleet = shut
    fleet.agree("data", APPS)
    fleet.pump.advance(5)
    asked = [one for one in fleet.cloud.authority.assumptions if "connect" in one[1]]
    assert [allowed for _, _, allowed in asked] == [False]
    connects = [run for run in fleet.runs() if run.function == "ConnectPeerings"]
    assert len(connects) == 1
    assert all(reply == {"batchItemFailures": []} for reply in fleet.replies())
    fleet.forget()
    fleet.pump.advance(3600)
    assert [run for run in fleet.runs() if run.function == "ConnectPeerings"] == []
    assert "location-unread" not in fleet.codes()


def test_a_role_deleted_under_way_is_noticed_and_one_made_anew_is_taken_up(fleet):
    arn = spoke_role(DATA, "connect-peerings")
    role = fleet.cloud.authority.role(arn)
    fleet.cloud.authority.remove(arn)
    pcx = fleet.peer("apps", "data")
    assert fleet.status("data", pcx) == "pending-acceptance"
    assert {"denied", "account-unreachable"} <= fleet.codes()
    fleet.cloud.authority.add(role)
    fleet.pump.sweep()
    fleet.settle()
    assert fleet.status("data", pcx) == "active"


class WithStray(Fleet):
    """A fourth account has a spoke, but the hub does not list it."""

    accounts = (APPS, DATA, STRAY)


def test_an_account_outside_the_list_is_not_heard_and_never_called():
    with WithStray(Accounts=f"{APPS},{DATA}") as fleet:
        fleet.ec2(SEOUL, STRAY).create_vpc(CidrBlock="10.9.0.0/16")
        fleet.pump.run()
        (refused,) = [step for step in fleet.steps if isinstance(step, EventRefused)]
        assert (refused.event["account"], refused.bus) == (STRAY, "peerkeeper")
        assert not fleet.runs()
        fleet.pump.sweep()
        fleet.pump.advance(60)
        assert STRAY not in {call.account for call in fleet.ours()}
        assert STRAY not in {arn.split(":")[4] for _, arn, _ in fleet.cloud.authority.assumptions}


def test_an_event_that_names_an_account_outside_the_list_leads_nowhere(fleet):
    fleet.agree("apps", STRAY)
    reply = fleet.of("apps").create_vpc_peering_connection(
        VpcId=fleet.id("apps"),
        PeerVpcId="vpc-0123456789abcdef0",
        PeerOwnerId=STRAY,
        PeerRegion=TOKYO,
    )
    fleet.pump.advance(60)
    assert reply["VpcPeeringConnection"]["VpcPeeringConnectionId"].startswith("pcx-")
    assert STRAY not in {arn.split(":")[4] for _, arn, _ in fleet.cloud.authority.assumptions}


def test_an_account_of_the_fleet_puts_nothing_on_the_hub_bus_by_hand(fleet):
    (bus,) = fleet.pump.hub.buses.values()
    told = {"Source": "peerkeeper", "DetailType": "PeeringAccepted", "Detail": "{}"}
    theirs = fleet.cloud.client("events", SEOUL, APPS)
    with pytest.raises(ClientError, match=r"AccessDenied.*events:PutEvents"):
        theirs.put_events(Entries=[{**told, "EventBusName": bus}])
    fleet.pump.run()
    assert not [step for step in fleet.steps if isinstance(step, Announced)]


def test_in_an_organization_its_id_takes_the_place_of_the_external_id():
    with Fleet(ExternalId="", OrganizationId=ORGANIZATION) as fleet:
        fleet.cloud.authority.organizations.update(dict.fromkeys((HUB, APPS), ORGANIZATION))
        fleet.cloud.authority.organizations[DATA] = "o-somebody0else"
        fleet.agree("apps", HUB)
        fleet.agree("data", HUB)
        fleet.pump.run()
        allowed = {
            (arn.split(":")[4], allowed) for _, arn, allowed in fleet.cloud.authority.assumptions
        }
        assert allowed == {(APPS, True)}
        (refused,) = [step for step in fleet.steps if isinstance(step, EventRefused)]
        assert refused.event["account"] == DATA


def test_in_mode_observe_nothing_is_written_anywhere_and_no_role_could():
    with Fleet("observe") as fleet:
        fleet.agree("apps", DATA)
        fleet.agree("data", APPS)
        pcx = fleet.ask("apps", "data")
        fleet.pump.advance(60)
        assert fleet.status("data", pcx) == "pending-acceptance"
        would = {change["change"] for report in fleet.reports for change in report["would"]}
        assert "AcceptPeering" in would
        assert all(call.action.startswith("Describe") for call in fleet.ours())
