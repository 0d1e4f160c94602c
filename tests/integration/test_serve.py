"""Real clients drive a served cloud: `serve`, `invoke` and `dump` as processes of their own."""

import json
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests.contract.events.facts import messages
from tests.served import ROOT, SEOUL, TOKYO, Served, run, serving, until

REQUEST = "pcx-0c0ffee0c0ffee001"
pytestmark = pytest.mark.enable_socket


def test_a_request_made_with_boto3_is_accepted_and_routed_on_both_sides() -> None:
    with serving("--seed", "story", "--speed", "30") as served:
        seoul, tokyo = served.client("ec2", SEOUL), served.client("ec2", TOKYO)
        (ours,) = (v["VpcId"] for v in seoul.describe_vpcs()["Vpcs"] if not v["IsDefault"])
        (theirs,) = (v["VpcId"] for v in tokyo.describe_vpcs()["Vpcs"])
        for ec2, vpc in ((seoul, ours), (tokyo, theirs)):
            tags = [{"Key": "peerkeeper:peers", "Value": "self"}]
            ec2.create_tags(Resources=[vpc], Tags=tags)
        before = run("ping", "seoul", "tokyo", "--endpoint", served.url)
        assert (before.returncode, before.stdout.count("0 would come back")) == (3, 2)
        pcx = seoul.create_vpc_peering_connection(VpcId=ours, PeerVpcId=theirs, PeerRegion=TOKYO)[
            "VpcPeeringConnection"
        ]["VpcPeeringConnectionId"]
        assert until(lambda: len(served.targets(SEOUL, pcx)) == 2)
        assert until(lambda: served.status(pcx) == "active")
        assert {cidr for _, cidr in served.targets(TOKYO, pcx)} == {"10.39.0.0/16"}
        after = run("ping", "seoul", "tokyo", "--endpoint", served.url, "--json")
        said = json.loads(after.stdout)
        assert (after.returncode, said["asked"]["verdict"]) == (0, "reaches"), after.stderr
        assert said["other_way"]["verdict"] == "reaches"


def test_a_peering_between_two_accounts_is_routed_on_both_sides() -> None:
    """The hub's functions assume the spoke's roles; without them the other side would stay as it is."""
    hub, other = "111122223333", "444455556666"
    words = {
        "Accounts": other,
        "AllowedAccounts": f"{hub},{other}",
        "ExternalId": "3f1c9a5e-0d6b-4c57-9d55-6d0f8b5f7a10",
        "Regions": f"{SEOUL},{TOKYO}",
    }
    given = [part for name, value in words.items() for part in ("--set", f"{name}={value}")]
    with serving("--speed", "30", *given) as served:
        ours, theirs = served.client("ec2", SEOUL), served.client("ec2", TOKYO, other)
        vpcs = []
        for ec2, cidr, peer in ((ours, "10.1.0.0/16", other), (theirs, "10.2.0.0/16", hub)):
            vpcs.append(ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"])
            tags = [{"Key": "peerkeeper:peers", "Value": peer}]
            ec2.create_tags(Resources=vpcs[-1:], Tags=tags)
        pcx = ours.create_vpc_peering_connection(
            VpcId=vpcs[0], PeerVpcId=vpcs[1], PeerOwnerId=other, PeerRegion=TOKYO
        )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        assert until(lambda: served.targets(SEOUL, pcx) and served.targets(TOKYO, pcx, other))
        assert {cidr for _, cidr in served.targets(SEOUL, pcx)} == {"10.2.0.0/16"}
        assert {cidr for _, cidr in served.targets(TOKYO, pcx, other)} == {"10.1.0.0/16"}
        share_a_zone(served, vpcs[0], vpcs[1], other)


def share_a_zone(served: Served, ours: str, theirs: str, other: str) -> None:
    """Route 53 and Service Quotas answer at the same endpoint."""
    zones, their_zones = (served.client("route53", SEOUL, who) for who in ("", other))
    mine, foreign = ({"VPCRegion": r, "VPCId": v} for r, v in ((SEOUL, ours), (TOKYO, theirs)))
    made = zones.create_hosted_zone(Name="internal.example", CallerReference="a", VPC=mine)
    named = {"HostedZoneId": made["HostedZone"]["Id"], "VPC": foreign}
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        their_zones.associate_vpc_with_hosted_zone(**named)
    zones.create_vpc_association_authorization(**named)
    change = their_zones.associate_vpc_with_hosted_zone(**named)["ChangeInfo"]["Id"]
    zones.delete_vpc_association_authorization(**named)
    found = their_zones.list_hosted_zones_by_vpc(VPCId=theirs, VPCRegion=TOKYO)
    assert [zone["Name"] for zone in found["HostedZoneSummaries"]] == ["internal.example."]
    assert until(lambda: their_zones.get_change(Id=change)["ChangeInfo"]["Status"] == "INSYNC")
    quotas = served.client("service-quotas", TOKYO, other)
    quota = quotas.get_aws_default_service_quota(ServiceCode="vpc", QuotaCode="L-93826ACB")
    assert quota["Quota"]["QuotaArn"].split(":")[3] == TOKYO


def test_an_invoked_event_does_its_work_in_the_served_cloud_and_the_dump_shows_it() -> None:
    with serving("--seed", "events", "--no-functions", "--speed", "30") as served:
        assert served.status(REQUEST) == "pending-acceptance"
        event = "events/create-vpc-peering-connection.json"
        done = run("invoke", event, "--endpoint", served.url, "--json")
        assert done.returncode == 0, done.stderr
        (told,) = json.loads(done.stdout)
        changes = [outcome["change"] for outcome in told["report"]["outcomes"]]
        assert changes == ["AcceptPeering", "CreateRoute", "CreateRoute"]
        assert until(lambda: served.status(REQUEST) == "active")
        dumped = served.dump()
        tables = dumped["locations"][f"111122223333/{TOKYO}"]["RouteTables"]
        routes = {
            (route["DestinationCidrBlock"], route.get("VpcPeeringConnectionId"))
            for table in tables
            for route in table["Routes"]
        }
        assert ("10.39.0.0/16", REQUEST) in routes


def test_at_a_day_a_second_seven_days_pass_and_a_request_expires() -> None:
    with serving("--seed", "events", "--no-functions", "--speed", "86400") as served:
        assert until(lambda: served.status(REQUEST) == "expired")


def test_without_functions_a_message_that_is_due_stays_in_its_queue() -> None:
    """A run from outside may hand off; what it leaves is for the next run from outside, however late."""
    with serving("--seed", "events", "--no-functions", "--speed", "600") as served:
        queue = served.client("sqs", SEOUL)
        url = next(each for each in queue.list_queues()["QueueUrls"] if each.endswith("connect"))
        body = (ROOT / "events/create-vpc-peering-connection.json").read_text()
        queue.send_message(QueueUrl=url, MessageBody=body)
        then = served.now()
        assert until(lambda: served.now() > then + timedelta(hours=1))
        assert served.status(REQUEST) == "pending-acceptance"
        assert messages(served.dump()) == {"peerkeeper-connect": 1}


def test_the_env_file_leads_every_function_to_the_endpoint_and_its_queues(tmp_path: Path) -> None:
    file = tmp_path / "env.json"
    with serving("--env-file", str(file)) as served:
        variables = json.loads(file.read_text())
        assert set(variables) == {"ConnectPeerings", "CleanRoutes", "ConfigureVpcs", "Sweep"}
        for each in variables.values():
            assert each["AWS_ENDPOINT_URL"] == served.url
            assert each["PEERKEEPER_MODE"] == "full"
            assert each["PEERKEEPER_ACCOUNT"] == "111122223333"
            queues = [each[name] for name in each if name.startswith("PEERKEEPER_QUEUE_")]
            queues = [url for url in queues if url]  # that of keep_endpoints, which is not there
            assert len(set(queues)) == 3
            for url in queues:
                assert url.startswith(served.url)
                served.client("sqs", SEOUL).get_queue_attributes(QueueUrl=url)


def test_motos_own_reset_is_closed() -> None:
    with serving() as served:
        reset = urllib.request.Request(f"{served.url}/moto-api/reset", data=b"")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(reset)
        assert refused.value.code == 403
        refused.value.close()


def test_an_event_that_no_rule_takes_ends_with_one_and_says_why() -> None:
    done = run("invoke", "events/create-tags-unrelated.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no rule" in done.stderr


def test_an_event_is_told_as_the_demo_tells_it() -> None:
    done = run("invoke", "events/create-vpc-peering-connection.json")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[:2] == ["ConnectPeerings", "    ✔ accepted pcx-0c0ffee0c0ffee001 in Tokyo"]
    assert any(line.startswith("    ⤷ connect_peerings in 30 s: ") for line in lines)
    assert max(map(len, lines)) <= 80


def test_the_same_event_in_mode_observe_changes_nothing() -> None:
    event = "events/create-vpc-peering-connection.json"
    done = run("invoke", event, "--mode", "observe", "--json")
    (told,) = json.loads(done.stdout)
    assert told["report"]["outcomes"] == []
    assert "AcceptPeering" in {would["change"] for would in told["report"]["would"]}


def test_a_wrong_command_line_ends_with_two_and_nobody_listening_with_one() -> None:
    assert run("serve", "--seed", "nonsense").returncode == 2
    assert run("dump", "--endpoint", "http://127.0.0.1:9").returncode == 1


def test_at_half_an_hour_a_second_second_looks_and_tombstones_pass() -> None:
    """The sweep finds the route of a peering long gone, and five minutes later it goes."""
    gone, rejected = "pcx-0c0ffee0c0ffee003", "pcx-0c0ffee0c0ffee002"

    def remembered() -> set[str]:
        reply = served.client("ec2", TOKYO).describe_vpc_peering_connections()
        return {each["VpcPeeringConnectionId"] for each in reply["VpcPeeringConnections"]}

    with serving("--seed", "events", "--speed", "1800") as served:
        assert rejected in remembered()
        assert until(lambda: not served.targets(TOKYO, gone))
        assert until(lambda: rejected not in remembered())
