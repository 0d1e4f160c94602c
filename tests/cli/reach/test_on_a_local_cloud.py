"""`reach` of two hosts on a local cloud, as a role with the printed policy: each stage, right and read."""

import json
import re

import pytest
from peerkeeper.values.reachability import Verdict

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.reach.document import document
from peerkeeper_cli.reach.show import lines
from peerkeeper_cli.reader.allowed_actions import REACH
from tests.builders import settings
from tests.cli.reach.two_hosts import (
    OTHER_READER,
    READER,
    SEOUL,
    THEIRS,
    TOKYO,
    TwoHosts,
    admits,
    opened_cloud,
    page,
    states,
    stopped,
)

ID = re.compile(r"\b(?:pcx|vpc|rtb|subnet|acl|sg|eni|i)-[0-9a-f]{8,}")
EC2_READS = [one for one in REACH if one.startswith("ec2:") and one != "ec2:DescribeRegions"]


@pytest.fixture
def world(request):
    with opened_cloud() as cloud:
        yield TwoHosts(cloud, settings(), **getattr(request, "param", {}))


of_another_account = pytest.mark.parametrize(
    "world", [{"owner_of_tokyo": THEIRS}], indirect=True, ids=["another-account"]
)


def test_before_the_peering_it_says_what_would_be_once_it_is_accepted_and_routed(world):
    found = world.reach()
    assert (found.verdict, found.exit_code) == (Verdict.BLOCKED, 3)
    assert stopped(found.there) == [
        "there: route table",
        "there: peering connection",
        "back: route table",
    ]
    said = page(found, 400)
    assert "Once accepted and routed on both sides: would reach." in said
    assert said.count("aws ec2 create-vpc-peering-connection ") == 1  # one direction is enough


def test_what_would_block_even_then_is_said_at_once(world):
    world.acl(TOKYO)
    found = world.reach()
    (judged,) = found.there.judged
    assert judged.once_routed.verdict is Verdict.BLOCKED
    said = page(found, 400)
    assert re.search(
        r"is blocked at 2 of 9 hops: acl-\w+ \(network ACL, in\); acl-\w+ \(network ACL, out\)",
        said,
    )


def test_accepted_without_routes_each_command_that_is_named_opens_it(world):
    world.ask()
    found = world.reach()
    assert f"aws ec2 accept-vpc-peering-connection --region {TOKYO}" in page(found)
    world.accept()
    found = world.reach()
    assert stopped(found.there) == ["there: route table", "back: route table"]
    named = re.findall(r"aws ec2 create-route --region (\S+) --route-table-id (\S+)", page(found))
    assert named == [(one, world.table(one)["RouteTableId"]) for one in (SEOUL, TOKYO)]


def test_one_way_the_reply_has_no_route(world):
    world.ask()
    world.accept()
    world.route(SEOUL)
    found = world.reach()
    assert stopped(found.there) == ["back: route table"]
    assert stopped(found.other) == ["there: route table"]


def test_peered_and_routed_both_ways_reach_and_every_hop_has_a_tick(world):
    world.peered()
    found = world.reach()
    assert (found.verdict, found.other.verdict, found.exit_code) == (
        Verdict.REACHES,
        Verdict.REACHES,
        0,
    )
    assert [state for _, _, state in states(found.there)] == ["passed"] * 9
    assert page(found).count("✓") == 9


def test_the_way_that_was_asked_about_decides_the_exit_code(world):
    """Tokyo admits a ping of Seoul only: the other way is blocked, shown, and not counted."""
    world.peered()
    world.ec2(SEOUL).revoke_security_group_ingress(
        GroupId=world.groups[SEOUL], IpPermissions=admits("10.2.0.0/16")[:1]
    )
    found = world.reach()
    assert (found.exit_code, found.other.verdict) == (0, Verdict.BLOCKED)
    said = page(found, 400)
    assert "The other way, from" in said
    assert "✗ security groups, in" in said
    assert world.reach("tokyo", "seoul").exit_code == 3
    assert world.reach("tokyo", "seoul", "tcp/22").exit_code == 0


def test_a_port_that_no_rule_admits_names_the_group_and_the_command(world):
    world.peered()
    found = world.reach(of="tcp/443")
    (hop,) = found.there.judged[0].answer.blocking
    assert hop.where == world.groups[TOKYO]
    assert "authorize-security-group-ingress" in page(found)


def test_an_acl_without_reply_ports_stops_the_way_back(world):
    world.peered()
    acl = world.acl(TOKYO, (False, "6", 22, 22))
    found = world.reach(of="tcp/22")
    assert stopped(found.there) == ["back: network ACL, out"]
    assert acl in page(found)


def test_deleted_both_routes_are_blackholes(world):
    world.peered()
    world.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=world.pcx)
    world.cloud.clock.advance(60)
    assert "a blackhole" in page(world.reach(), 400)


@pytest.mark.parametrize("by", ["id", "address", "interface", "subnet", "vpc"])
def test_each_kind_of_end_is_found_and_judged(world, by):
    world.peered()
    ends = [_end(world, region, by) for region in (SEOUL, TOKYO)]
    assert world.reach(*ends).exit_code == 0


def _end(world, region, by):
    match by:
        case "id":
            return world.hosts[region][0]
        case "address":
            return world.hosts[region][1]
        case "subnet":
            return world.subnets[region]
        case "vpc":
            return world.vpcs[region]
    filters = [{"Name": "attachment.instance-id", "Values": [world.hosts[region][0]]}]
    shown = world.ec2(region).describe_network_interfaces(Filters=filters)
    return shown["NetworkInterfaces"][0]["NetworkInterfaceId"]


@pytest.mark.parametrize(("by", "most"), [("id", 9), ("address", 9), ("interface", 9)])
def test_two_hosts_in_two_regions_take_nine_reads_and_every_read_is_filtered(world, by, most):
    world.peered()
    ends = [_end(world, region, by) for region in (SEOUL, TOKYO)]
    before = len(world.reads())
    world.reach(*ends)
    reads = world.reads()[before:]
    assert len(reads) == most
    assert all(call.params.get("Filters") for call in reads)


def test_a_name_takes_one_read_more_in_each_location(world):
    world.peered()
    world.reach()
    assert len(world.reads()) == 11


def test_two_ends_in_one_vpc_need_no_peering(world):
    world.host(SEOUL, "other")
    found = world.reach("seoul", "other", "tcp/22")
    assert "DescribeVpcPeeringConnections" not in {call.action for call in world.reads()}
    assert [hop for hop in stopped(found.there) if "peering" in hop] == []


def test_a_prefix_list_in_a_table_is_read(world):
    world.ask()
    world.accept()
    world.route(TOKYO)
    made = world.ec2(SEOUL).create_managed_prefix_list(
        PrefixListName="peers",
        MaxEntries=2,
        AddressFamily="IPv4",
        Entries=[{"Cidr": "10.2.0.0/16"}],
    )["PrefixList"]["PrefixListId"]
    world.cloud.clock.advance(60)
    world.ec2(SEOUL).create_route(
        RouteTableId=world.table(SEOUL)["RouteTableId"],
        DestinationPrefixListId=made,
        VpcPeeringConnectionId=world.pcx,
    )
    assert world.reach().exit_code == 0
    assert "GetManagedPrefixListEntries" in {call.action for call in world.reads()}
    with world.cloud.authority.without(READER, "ec2:GetManagedPrefixListEntries"):
        found = world.reach()
    assert found.exit_code == 4
    assert "ec2:GetManagedPrefixListEntries says UnauthorizedOperation" in page(found, 400)


@pytest.mark.parametrize("action", [one for one in EC2_READS if "PrefixList" not in one])
def test_each_right_that_is_missing_is_said_by_its_name_and_makes_it_unknown(world, action):
    world.peered()
    ends = ("seoul", "tokyo")
    if action == "ec2:DescribeSubnets":
        ends = (world.vpcs[SEOUL], world.vpcs[TOKYO])
    with world.cloud.authority.without(READER, action):
        found = world.reach(*ends)
    assert (found.verdict, found.exit_code) == (Verdict.UNKNOWN, 4)
    for said in (page(found, 400), "\n".join(lines(found))):
        assert f"{action} says UnauthorizedOperation" in said
    assert {one["action"] for one in document(found)["unread"]} == {action}


def test_the_printed_policy_suffices_and_the_role_writes_nothing(world):
    world.peered()
    world.reach(world.vpcs[SEOUL], world.vpcs[TOKYO])
    world.reach()
    assert {call.error for call in world.reads()} == {None}
    assert {call.action for call in world.reads()} <= {one.partition(":")[2] for one in REACH}


def test_a_name_of_several_things_is_one_error_that_lists_them(world):
    second, _ = world.host(SEOUL, "tokyo")
    with pytest.raises(ReadError) as error:
        world.reach()
    said = str(error.value)
    assert "tokyo is the name of 2 things" in said
    assert all(one in said for one in (second, world.hosts[TOKYO][0], "name one by its id"))


def test_an_instance_with_two_interfaces_says_which_were_judged(world):
    ec2, group = world.ec2(SEOUL), world.groups[SEOUL]
    cards = [
        {"DeviceIndex": at, "SubnetId": world.subnets[SEOUL], "Groups": [group]} for at in (0, 1)
    ]
    two, _ = world.host(SEOUL, NetworkInterfaces=cards)
    filters = [{"Name": "attachment.instance-id", "Values": [two]}]
    shown = ec2.describe_network_interfaces(Filters=filters)["NetworkInterfaces"]
    world.peered()
    found = world.reach(two, "tokyo")
    assert (found.there.pairs, found.exit_code) == (2, 0)
    said = page(found, 400)
    assert "judged for each of 2 interfaces" in said
    assert all(one["NetworkInterfaceId"] in said for one in shown)
    assert "would reach for 2 of 2 pairs" in said


@of_another_account
def test_an_address_in_an_account_without_a_login_is_judged_on_our_side(world):
    world.peered()
    found = world.reach("seoul", world.hosts[TOKYO][1])
    assert found.exit_code == 4
    hops = states(found.there)
    assert ("route table", False, "passed") in hops
    assert ("network ACL, in", False, "unknown") in hops
    said = page(found, 400)
    assert f"only a peering names it; name a --profile of {THEIRS}" in said
    assert "no credentials for that account: name a --profile of it" in said


@of_another_account
@pytest.mark.parametrize("accounts", [(), (THEIRS,)], ids=["follow-the-peering", "named"])
def test_with_a_role_the_other_account_is_read_as_well(world, accounts):
    world.peered()
    found = world.reach(
        "seoul", world.hosts[TOKYO][1], "tcp/22", role_name=OTHER_READER, accounts=accounts
    )
    assert found.exit_code == 0, page(found, 400)
    assert found.there.target.location == (THEIRS, TOKYO)
    assert found.unread == ()


@of_another_account
def test_an_account_that_refuses_the_role_is_said_and_its_hops_are_unknown(world):
    world.peered()
    found = world.reach("seoul", world.hosts[TOKYO][1], role_name="nobody", accounts=(THEIRS,))
    assert found.exit_code == 4
    assert "sts:AssumeRole says AccessDenied" in page(found, 400)
    assert [one["action"] for one in document(found)["unread"]] == ["sts:AssumeRole"]


@of_another_account
def test_a_vpc_of_that_account_is_known_by_its_peering_too(world):
    world.peered()
    found = world.reach(world.vpcs[SEOUL], world.vpcs[TOKYO])
    assert found.exit_code == 4
    with pytest.raises(ReadError, match=r"no interface has the private address 10\.9\.0\.9"):
        world.reach("seoul", "10.9.0.9")


@pytest.mark.parametrize("width", [80, 120])
def test_on_either_terminal_no_id_is_broken_and_prose_keeps_to_the_width(world, width):
    world.acl(TOKYO, (False, "6", 22, 22))
    world.ask()
    found = world.reach(of="tcp/22")
    said = page(found, width)
    assert {len(one.partition("-")[2]) for one in ID.findall(said)} == {17}
    over = [line for line in said.splitlines() if len(line) > width]
    assert over
    assert all(line.strip().startswith("aws ec2 ") for line in over)


def test_a_pipe_gets_a_line_a_hop_and_then_both_verdicts(world):
    world.peered()
    *hops, asked, other = lines(world.reach())
    assert len(hops) == 18
    assert {line.count("\t") for line in hops} == {5}
    way, between, there, hop, state, words = hops[0].split("\t")
    assert (way, there, hop, state) == ("asked", "there", "security groups, out", "passed")
    assert " to eni-" in between
    assert words
    assert asked.startswith("From i-")
    assert ": would reach, as read at" in asked
    assert other.startswith("The other way, from ")


def test_a_pipe_gets_each_change_with_its_command_and_what_would_be(world):
    world.ask()
    cells = [line.split("\t") for line in lines(world.reach()) if "\t" in line]
    assert {len(each) for each in cells} == {6}
    changes = [each for each in cells if each[2] == "would open it"]
    assert changes[0][5].startswith("aws ec2 accept-vpc-peering-connection ")
    assert [each[4] for each in cells if each[2] == "once routed"] == ["reaches", "reaches"]


def test_a_hostile_name_steers_no_terminal(world):
    ec2 = world.ec2(SEOUL)
    name = "web\u202eevil\x1b"
    ec2.create_tags(Resources=[world.hosts[SEOUL][0]], Tags=[{"Key": "Name", "Value": name}])
    found = world.reach(name, "tokyo")
    said = page(found, 400) + "\n".join(lines(found)) + json.dumps(document(found))
    assert "\u202e" not in said
    assert "\x1b" not in said
