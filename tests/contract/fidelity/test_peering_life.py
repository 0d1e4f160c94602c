"""The whole life of a peering between two Regions, under the virtual clock."""

from datetime import timedelta
from typing import Any

from peerkeeper_local.cloud import Delays, LocalCloud
from tests.contract.fidelity.stage import SEOUL, TOKYO, Stage, outcome

HOUR = 3600


def states(stage: Stage, pcx: str) -> tuple[str, str]:
    """What Seoul and Tokyo see of the peering; "-" for nothing."""
    seen = []
    for client in (stage.seoul, stage.tokyo):
        wanted = [{"Name": "vpc-peering-connection-id", "Values": [pcx]}]
        found = client.describe_vpc_peering_connections(Filters=wanted)["VpcPeeringConnections"]
        seen.append(found[0]["Status"]["Code"] if found else "-")
    return seen[0], seen[1]


def test_a_peering_from_request_to_oblivion(stage: Stage) -> None:
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.tokyo, "10.1.0.0/16")
    made = stage.seoul.create_vpc_peering_connection(
        VpcId=ours, PeerVpcId=theirs, PeerRegion=TOKYO
    )["VpcPeeringConnection"]
    pcx, sent = (
        made["VpcPeeringConnectionId"],
        {"VpcPeeringConnectionId": made["VpcPeeringConnectionId"]},
    )
    assert made["Status"]["Code"] == "initiating-request"
    assert states(stage, pcx) == ("initiating-request", "-")
    assert outcome(stage.tokyo.accept_vpc_peering_connection, **sent) == (
        "InvalidVpcPeeringConnectionID.NotFound"
    )

    stage.advance(1)
    assert states(stage, pcx) == ("pending-acceptance", "pending-acceptance")
    table = stage.routed(pcx)
    accepted = stage.tokyo.accept_vpc_peering_connection(**sent)["VpcPeeringConnection"]
    assert accepted["Status"]["Code"] == "provisioning"
    assert accepted["AccepterVpcInfo"]["CidrBlock"] == "10.1.0.0/16"

    stage.advance(5)
    assert states(stage, pcx) == ("active", "active")
    assert [each["State"] for each in stage.routes(table)] == ["active", "active"]
    turn_on_dns(stage, pcx, ours)

    stage.tokyo.delete_vpc_peering_connection(**sent)
    assert states(stage, pcx) == ("deleting", "deleting")
    stage.advance(5)
    assert states(stage, pcx) == ("deleted", "deleted")
    assert [each["State"] for each in stage.routes(table)] == ["active", "blackhole"]
    stage.advance(2 * HOUR)
    assert states(stage, pcx) == ("-", "-")
    assert [each["State"] for each in stage.routes(table)] == ["active", "blackhole"]
    assert stage.requested(ours, theirs, PeerRegion=TOKYO) != pcx


def turn_on_dns(stage: Stage, pcx: str, ours: str) -> None:
    dns = {"AllowDnsResolutionFromRemoteVpc": True}
    call = stage.seoul.modify_vpc_peering_connection_options
    sent: dict[str, Any] = {"VpcPeeringConnectionId": pcx, "RequesterPeeringConnectionOptions": dns}
    assert outcome(call, **sent) == "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled"
    stage.dns(stage.seoul, ours)
    assert call(**sent)["RequesterPeeringConnectionOptions"]["AllowDnsResolutionFromRemoteVpc"]
    seen = stage.shown(stage.tokyo, pcx)
    assert seen["RequesterVpcInfo"]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"] is True
    assert seen["AccepterVpcInfo"]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"] is False


def test_an_unanswered_request_expires_and_cannot_be_accepted_any_more(stage: Stage) -> None:
    pcx = stage.request()
    stage.advance(timedelta(days=7).total_seconds())
    assert states(stage, pcx) == ("expired", "expired")
    assert outcome(stage.tokyo.accept_vpc_peering_connection, VpcPeeringConnectionId=pcx) == (
        "InvalidStateTransition"
    )
    stage.advance(timedelta(days=2).total_seconds())
    assert states(stage, pcx) == ("-", "-")


def test_a_stranger_forgets_a_peering_we_deleted_later_than_we_do(stage: Stage) -> None:
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.stranger, "10.1.0.0/16")
    pcx = stage.requested(ours, theirs, PeerOwnerId="444455556666")
    sent = {"VpcPeeringConnectionId": pcx}
    assert outcome(stage.seoul.accept_vpc_peering_connection, **sent) == "OperationNotPermitted"
    stage.stranger.accept_vpc_peering_connection(**sent)
    stage.advance(10)
    stage.seoul.delete_vpc_peering_connection(**sent)
    stage.advance(2 * HOUR)
    assert not stage.seoul.describe_vpc_peering_connections()["VpcPeeringConnections"]
    assert stage.code(stage.stranger, pcx) == "deleted"


def test_without_delays_a_request_can_be_accepted_and_routed_at_once() -> None:
    with LocalCloud(delays=Delays.none()) as cloud:
        stage = Stage(lambda region, account: cloud.client("ec2", region, account), lambda _s: None)
        pcx = stage.active()
        assert states(stage, pcx) == ("active", "active")
        assert stage.routes(stage.routed(pcx))[1]["State"] == "active"


def test_a_new_vpc_may_stay_pending_for_a_while() -> None:
    with LocalCloud(delays=Delays(vpc_pending=3.0)) as cloud:
        client = cloud.client("ec2", SEOUL)
        vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        assert client.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["State"] == "pending"
        cloud.clock.advance(3)
        assert client.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["State"] == "available"
