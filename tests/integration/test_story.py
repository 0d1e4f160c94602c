"""The story, scene by scene: the real handlers, woken by the patterns in template.yaml."""

from collections import Counter

import pytest

from peerkeeper_local.demo.tally import tally
from peerkeeper_local.story import SCENES, Stage, prepare
from peerkeeper_local.story.hosts import HOSTS
from peerkeeper_local.story.scenes.conflict import SECONDARY
from peerkeeper_local.story.scenes.outset import LAB
from peerkeeper_local.story.seoul import SUBNETS
from peerkeeper_local.story.stage import PLAYED, SEOUL, TOKYO, target_of
from tests.contract.deploy.templates import HUB, allowed, of_type
from tests.contract.fidelity.replies import wrong


@pytest.fixture(scope="module")
def stage():
    with Stage("full", **PLAYED) as opened:
        prepare(opened)
        opened.kept = []
        yield opened


@pytest.fixture
def played(stage, request):
    """The stage after the next scene, with only that scene's reports."""
    stage.reports.clear()
    stage.before = stage.routes()
    (number,) = request.node.get_closest_marker("scene").args
    assert number == getattr(stage, "scene", 0) + 1, "the scenes of a story are played in order"
    SCENES[number - 1].play(stage)
    stage.scene = number
    stage.kept += stage.reports
    return stage


def codes(stage):
    return {(f["code"], f["location"].partition("/")[2]) for f in stage.findings()}


def routed(stage, region, vpc):
    """Route tables of the VPC with what they send to the peering."""
    return {
        table["RouteTableId"]: {
            route["DestinationCidrBlock"]
            for route in table["Routes"]
            if target_of(route).startswith("pcx-")
        }
        for table in stage.tables(region, vpc)
    }


def public(stage, region):
    subnets = stage.ec2(region).describe_subnets()["Subnets"]
    return {subnet["SubnetId"] for subnet in subnets if subnet["MapPublicIpOnLaunch"]}


def named(stage, start):
    return {stage.id(name) for name in SUBNETS if name.startswith(start)}


def hostnames(stage, region, vpc):
    reply = stage.ec2(region).describe_vpc_attribute(
        VpcId=stage.id(vpc), Attribute="enableDnsHostnames"
    )
    return reply["EnableDnsHostnames"]["Value"]


def option(stage, region, side):
    return stage.peering(region)[side]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"]


def test_00_before_the_first_scene_there_is_nothing_to_do(stage):
    stage.pump.sweep()
    stage.pump.run()
    assert list(stage.writes()) == []
    assert not any(report["findings"] or report["hand_offs"] for report in stage.reports)
    assert hostnames(stage, SEOUL, "my-vpc")
    assert hostnames(stage, TOKYO, "default")
    for host in HOSTS:
        named = [{"Name": "tag:Name", "Values": [host.name]}]
        (found,) = stage.ec2(host.region).describe_instances(Filters=named)["Reservations"]
        (shown,) = found["Instances"]
        assert shown["VpcId"] == stage.id(host.vpc)
        assert [each["GroupId"] for each in shown["SecurityGroups"]] == [stage.id(host.group)]
    assert not public(stage, SEOUL) & set(map(stage.id, SUBNETS))


@pytest.mark.scene(1)
def test_01_two_vpcs_that_agree_are_peered_routed_and_resolve_each_other(played):
    assert played.peering(TOKYO)["Status"]["Code"] == "active"
    assert set(map(frozenset, routed(played, TOKYO, "default").values())) == {
        frozenset({"10.39.0.0/16"})
    }
    tables = routed(played, SEOUL, "my-vpc")
    assert len(tables) == 3
    assert tables.pop(played.id("my-vpc-main")) == set()  # every subnet has a table of its own
    assert all(found == {"172.31.0.0/16"} for found in tables.values())
    assert option(played, SEOUL, "RequesterVpcInfo")
    assert option(played, TOKYO, "AccepterVpcInfo")
    assert codes(played) == set()


@pytest.mark.scene(2)
def test_02_a_request_that_one_side_has_not_agreed_to_is_held_with_the_command_that_would_do(
    played,
):
    assert played.peering(TOKYO, "seoul-lab")["Status"]["Code"] == "pending-acceptance"
    (held,) = played.findings()
    assert (held["code"], held["location"]) == (
        "held-not-approved",
        f"{played.cloud.account}/{TOKYO}",
    )
    approved = "--tags 'Key=peerkeeper:approved,Value=true'"
    assert f"--resources {played.id('seoul-lab')} {approved}" in held["message"]


@pytest.mark.scene(3)
def test_03_that_tag_lets_this_one_in(played):
    assert played.peering(TOKYO, "seoul-lab")["Status"]["Code"] == "active"
    (tokyo,) = routed(played, TOKYO, "lab").values()
    assert tokyo == {"10.39.0.0/16"}
    seoul = routed(played, SEOUL, "my-vpc")
    assert seoul[played.id("my-pub")] == seoul[played.id("my-pvt")] == {"172.31.0.0/16", LAB}
    assert codes(played) == set()


@pytest.mark.scene(4)
def test_04_a_deleted_route_is_repaired_from_its_event(played):
    assert played.routes() == played.before
    assert [r["function"] for r in played.reports if r["outcomes"]] == ["connect_peerings"]


@pytest.mark.scene(5)
def test_05_without_events_it_is_repaired_by_the_sweep(played):
    assert played.routes() == played.before
    assert [r["function"] for r in played.reports] == ["sweep", "connect_peerings"]
    assert played.reports[0]["outcomes"] == []


@pytest.mark.scene(6)
def test_06_a_new_route_table_is_routed_once_it_serves_a_subnet(played):
    assert routed(played, TOKYO, "default")[played.id("nat-table")] == {"10.39.0.0/16"}


@pytest.mark.scene(7)
def test_07_a_new_cidr_is_routed_and_a_table_that_sends_it_elsewhere_is_a_conflict(played):
    tables = routed(played, TOKYO, "default")
    conflicting = tables.pop(played.id("nat-table"))
    assert conflicting == {"10.39.0.0/16"}
    assert all(found == {"10.39.0.0/16", SECONDARY} for found in tables.values())
    assert (played.id("nat-table"), SECONDARY, played.id("nat")) in played.routes()
    (verdict,) = (one for report in played.reports for one in report["not_carrying"])
    assert (verdict["peering"], verdict["verdict"]) == (played.id("seoul-tokyo"), "partly")
    (conflict,) = played.findings()
    assert (conflict["code"], conflict["subject"]) == ("route-conflict", played.id("nat-table"))


@pytest.mark.scene(8)
def test_08_a_table_that_lets_go_is_routed_and_the_peering_carries(played):
    tables = routed(played, TOKYO, "default")
    assert all(found == {"10.39.0.0/16", SECONDARY} for found in tables.values())
    statuses = [
        outcome["status"]
        for report in played.reports
        for outcome in report["outcomes"]
        if outcome["change"] == "TagStatus"
    ]
    assert statuses == ["ok"]
    assert played.findings() == []


@pytest.mark.scene(9)
def test_09_dns_host_names_come_on_again_and_public_ips_follow_the_route_to_the_internet(played):
    assert hostnames(played, SEOUL, "my-vpc")
    ours = public(played, SEOUL) & set(map(played.id, SUBNETS))
    assert ours == named(played, "my-pub-")
    assert len(ours) == 4
    assert played.id("nat-subnet") not in public(played, TOKYO)


@pytest.mark.scene(10)
def test_10_an_endpoint_gets_the_table_that_its_tag_wants(played):
    new = played.routes() - played.before
    assert {(table, target) for table, _, target in new} == {
        (played.id("my-pvt"), played.id("my-s3"))
    }
    assert {r["function"] for r in played.reports if r["outcomes"]} == {"keep_endpoints"}


@pytest.mark.scene(11)
def test_11_a_group_that_stops_pings_is_nothing_that_peerkeeper_changes(played):
    assert played.routes() == played.before
    assert not any(report["outcomes"] for report in played.reports)


@pytest.mark.scene(12)
def test_12_deleting_the_peering_takes_its_routes_in_both_regions_and_no_other(played):
    pcx = played.id("seoul-tokyo")
    assert played.routes() == {route for route in played.before if route[2] != pcx}
    assert sum(route[2] == pcx for route in played.before) == 6
    assert {r["function"] for r in played.reports if r["outcomes"]} == {"clean_routes"}


@pytest.mark.scene(13)
def test_13_what_no_event_tells_of_is_found_and_explained_by_the_sweep(played):
    swept = [report for report in played.reports if report["function"] == "sweep"]
    others = [report for report in played.reports if report["function"] != "sweep"]
    assert not any(finding for report in others for finding in report["findings"])
    (report,) = swept
    found = {(finding["code"], finding["subject"]) for finding in report["findings"]}
    foreign, overlapping = played.id("foreign"), played.id("overlapping")
    assert found == {
        ("held-account-not-allowed", foreign),
        ("held-not-approved", foreign),
        ("request-failed", overlapping),
    }
    texts = " ".join(finding["message"] for finding in report["findings"])
    assert "AllowedAccounts" in texts
    assert "overlap" in texts


def test_14_the_tally_of_the_demo_counts_the_calls_that_ec2_got(stage):
    counted = tally(stage.kept)
    calls = Counter(call.action for call in stage.writes())
    assert len(counted.accepted) == calls["AcceptVpcPeeringConnection"]
    assert len(counted.routed) + len(counted.repaired) == calls["CreateRoute"]
    assert len(counted.cleaned) == calls["DeleteRoute"]
    assert len(counted.settings) == sum(count for name, count in calls.items() if "Modify" in name)
    assert [by_sweep for _, by_sweep in counted.repaired] == [False, True]
    assert set(counted.held) == {stage.id("seoul-lab"), stage.id("foreign")}
    assert set(counted.failed) == {stage.id("overlapping")}
    assert counted.blocked == [(stage.id("nat-table"), SECONDARY, stage.id("seoul-tokyo"))]


def test_15_no_message_is_lost_and_the_next_sweep_changes_nothing(stage):
    stage.pump.advance(900)
    writes = len(list(stage.writes()))
    stage.reports.clear()
    stage.pump.sweep()
    stage.pump.advance(900)
    assert len(list(stage.writes())) == writes
    assert not any(report["hand_offs"] for report in stage.reports)


@pytest.mark.parametrize("function", ["ConnectPeerings", "CleanRoutes", "ConfigureVpcs", "Sweep"])
def test_16_each_function_made_just_the_calls_that_its_role_grants(stage, function):
    role = of_type(HUB, "AWS::IAM::Role")[f"{function}Role"]["RoleName"]
    made = {call.action for call in stage.cloud.calls if f"role/{role}" in call.principal}
    granted = {
        action.removeprefix("ec2:")
        for action in allowed(HUB, f"{function}Role", "full", Endpoints="keep")
        if action.startswith("ec2:")
    }
    # The story has no interface endpoint, whose groups the sweep would read.
    assert made == granted - {"DescribeSecurityGroups"}


def test_17_every_reply_of_the_story_is_one_that_ec2s_model_allows(stage):
    assert len(stage.cloud.calls) > 100
    assert wrong(stage.cloud.calls) == []
