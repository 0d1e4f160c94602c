"""Reachability in the sweep: what it reads, and what stops all traffic. Two VPCs with a host each."""

import json

import pytest

from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.integration.neighbours import Neighbours
from tests.integration.pair import QUICK
from tests.reports.commands import commands, run

READS = ("DescribeNetworkInterfaces", "DescribeSecurityGroups", "DescribeNetworkAcls")
STRUCTURE = ("one-way-route", "acl-blocks-all", "acl-blocks-replies", "no-group-admits-peer")
CIDRS = {"seoul": "10.39.0.0/16", "neighbour": "10.40.0.0/16"}
OTHER = {"seoul": "neighbour", "neighbour": "seoul"}


class Hosts(Neighbours):
    """A subnet and an interface in each VPC; both groups admit all traffic of the other VPC."""

    def set_up(self):
        super().set_up()
        seoul = self.ec2(SEOUL)
        for name, cidr in CIDRS.items():
            subnet = seoul.create_subnet(
                VpcId=self.id(name), CidrBlock=cidr.replace("0.0/16", "1.0/24")
            )["Subnet"]["SubnetId"]
            self.names[f"subnet-{name}"] = subnet
            group = self.id(f"group-{name}")
            made = seoul.create_network_interface(SubnetId=subnet, Groups=[group])
            self.names[f"eni-{name}"] = made["NetworkInterface"]["NetworkInterfaceId"]
            self.admit(name, CIDRS[OTHER[name]])
        self.settle()

    def admit(self, name, cidr, call="authorize_security_group_ingress"):
        ranges = [{"CidrIp": cidr}]
        getattr(self.ec2(SEOUL), call)(
            GroupId=self.id(f"group-{name}"),
            IpPermissions=[{"IpProtocol": "-1", "IpRanges": ranges}],
        )

    def acl(self, name, *entries):
        """Give the VPC's subnet an ACL of its own, with these entries: direction, protocol, ports."""
        seoul = self.ec2(SEOUL)
        made = seoul.create_network_acl(VpcId=self.id(name))["NetworkAcl"]["NetworkAclId"]
        (used,) = seoul.describe_network_acls(
            Filters=[{"Name": "association.subnet-id", "Values": [self.id(f"subnet-{name}")]}]
        )["NetworkAcls"]
        (association,) = [
            one["NetworkAclAssociationId"]
            for one in used["Associations"]
            if one["SubnetId"] == self.id(f"subnet-{name}")
        ]
        seoul.replace_network_acl_association(AssociationId=association, NetworkAclId=made)
        for number, (egress, protocol, *ports) in enumerate(entries, 1):
            between = {"PortRange": dict(zip(("From", "To"), ports, strict=True))} if ports else {}
            seoul.create_network_acl_entry(
                NetworkAclId=made,
                RuleNumber=number,
                Protocol=protocol,
                RuleAction="allow",
                Egress=egress,
                CidrBlock="0.0.0.0/0",
                **between,
            )
        return made

    def structure(self):
        return self.found(*STRUCTURE)


@pytest.fixture
def pair():
    with Hosts("full", QUICK, Reachability="report") as opened:
        yield opened


def asked(run):
    return [call for call in run.calls if call.action in READS]


def test_where_all_is_open_nothing_is_found(pair):
    pair.join()
    assert pair.structure() == []


def test_what_is_read_is_of_the_vpcs_with_agreed_peerings_and_in_one_call_each(pair):
    before = pair.swept()
    assert asked(before) == []
    pair.join()
    swept = pair.swept()
    assert sorted(call.action for call in asked(swept)) == sorted(READS)
    ours = sorted([pair.id("seoul"), pair.id("neighbour")])
    for call in asked(swept):
        assert call.params["Filters"] == [{"Name": "vpc-id", "Values": ours}]
    assert swept.depth == before.depth
    assert swept.writes == []


def test_of_two_regions_each_is_asked_for_its_own_vpc(pair):
    pair.peer()
    calls = asked(pair.swept())
    assert sorted((call.region, call.action) for call in calls) == sorted(
        (region, action) for region in (SEOUL, TOKYO) for action in READS
    )


def test_a_peer_that_does_not_route_back_is_named_with_its_table(pair):
    pair.join()
    seoul = pair.ec2(SEOUL)
    tags = [{"Key": "peerkeeper:peers"}]
    seoul.delete_tags(Resources=[pair.id("neighbour")], Tags=tags)
    (table,) = seoul.describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [pair.id("neighbour")]}]
    )["RouteTables"]
    seoul.delete_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock=CIDRS["seoul"])
    pair.settle()
    (found,) = pair.structure()
    assert (found["code"], found["subject"]) == ("one-way-route", pair.id("pcx"))
    assert f"{table['RouteTableId']} has no live route to 10.39.0.0/16" in found["message"]


def test_a_route_that_is_due_is_no_one_way_route(pair):
    pair.join()
    pair.pump.cut()
    seoul = pair.ec2(SEOUL)
    (table,) = seoul.describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [pair.id("neighbour")]}]
    )["RouteTables"]
    seoul.delete_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock=CIDRS["seoul"])
    pair.pump.join()
    assert pair.structure() == []


def test_an_acl_that_was_just_made_denies_all_and_is_named_with_its_subnet(pair):
    pair.join()
    made = pair.acl("seoul")
    found = pair.structure()
    assert {(one["code"], one["subject"]) for one in found} == {("acl-blocks-all", made)}
    assert len(found) == 2, "in and out"
    for one in found:
        assert pair.id("subnet-seoul") in one["message"]
        assert "by entry *" in one["message"]
        assert pair.id("pcx") in one["message"]


def test_an_acl_that_stops_replies_is_named_with_the_client_ports_that_pass(pair):
    pair.join()
    made = pair.acl("seoul", (False, "-1"), (True, "6", 1024, 20000))
    (found,) = pair.structure()
    assert (found["code"], found["subject"]) == ("acl-blocks-replies", made)
    assert "lets TCP in from" in found["message"]
    assert "of the client ports it allows 1024-20000" in found["message"]


def test_an_acl_that_lets_a_usual_clients_ports_out_is_no_finding(pair):
    pair.join()
    pair.acl("seoul", (False, "-1"), (True, "6", 32768, 60999))
    assert pair.structure() == []


def test_groups_that_admit_nobody_are_information_until_one_does(pair):
    pair.join()
    pair.admit("seoul", CIDRS["neighbour"], "revoke_security_group_ingress")
    (found,) = pair.structure()
    assert (found["code"], found["subject"]) == ("no-group-admits-peer", pair.id("seoul"))
    named = [{"GroupId": pair.id("group-neighbour")}]
    pair.ec2(SEOUL).authorize_security_group_ingress(
        GroupId=pair.id("group-seoul"),
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": named}
        ],
    )
    assert pair.structure() == []


def expect(pair, value, name="seoul"):
    tags = [{"Key": "peerkeeper:expect", "Value": value}]
    pair.ec2(SEOUL).create_tags(Resources=[pair.id(name)], Tags=tags)
    pair.settle()


def reaches(pair):
    """How many sides of each kind the sweep's report has."""
    return pair.swept().report["reaches"]


def test_without_the_tag_a_side_is_open_and_a_closed_port_is_no_finding(pair):
    pair.join()
    assert reaches(pair) == {"open": 2}
    pair.admit("seoul", CIDRS["neighbour"], "revoke_security_group_ingress")
    assert reaches(pair) == {"open": 2}
    pair.acl("seoul")
    assert reaches(pair) == {"open": 1, "shut": 1}


def test_what_a_tag_expects_is_judged_hop_by_hop(pair):
    pair.join()
    expect(pair, "icmp tcp/22")
    assert reaches(pair) == {"open": 1, "reaches": 1}
    assert pair.found("expected-traffic-blocked") == []
    made = pair.acl("seoul", (False, "-1"), (True, "6", 1024, 65535))
    (found,) = pair.found("expected-traffic-blocked")
    assert found["subject"] == pair.id("seoul")
    assert f"expects icmp from {pair.id('neighbour')}" in found["message"]
    assert f"on the way back, {made}, egress entry *" in found["message"]
    assert reaches(pair) == {"open": 1, "blocked": 1}


def test_a_tag_on_the_peering_counts_for_both_sides_of_one_location(pair):
    pair.join()
    expect(pair, "tcp/443", "pcx")
    assert reaches(pair) == {"reaches": 2}


def test_an_interface_that_admits_it_is_enough(pair):
    pair.join()
    expect(pair, "tcp/5432")
    seoul = pair.ec2(SEOUL)
    (default,) = seoul.describe_security_groups(
        Filters=[
            {"Name": "vpc-id", "Values": [pair.id("seoul")]},
            {"Name": "group-name", "Values": ["default"]},
        ]
    )["SecurityGroups"]
    seoul.create_network_interface(SubnetId=pair.id("subnet-seoul"), Groups=[default["GroupId"]])
    assert reaches(pair) == {"open": 1, "reaches": 1}
    pair.admit("seoul", CIDRS["neighbour"], "revoke_security_group_ingress")
    assert reaches(pair) == {"open": 1, "blocked": 1}


def test_the_command_of_a_single_hop_opens_it_and_ends_the_finding(pair):
    pair.join()
    pair.admit("seoul", CIDRS["neighbour"], "revoke_security_group_ingress")
    expect(pair, "tcp/22")
    (command,) = commands(
        pair.found("expected-traffic-blocked"), "authorize-security-group-ingress"
    )
    run(pair, command)
    assert pair.found("expected-traffic-blocked") == []


def test_a_rule_that_names_a_group_of_the_peer_admits_its_interfaces(pair):
    pair.join()
    pair.admit("seoul", CIDRS["neighbour"], "revoke_security_group_ingress")
    expect(pair, "tcp/22")
    assert reaches(pair) == {"open": 1, "blocked": 1}
    named = [{"GroupId": pair.id("group-neighbour")}]
    ssh = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": named}
    pair.ec2(SEOUL).authorize_security_group_ingress(
        GroupId=pair.id("group-seoul"), IpPermissions=[ssh]
    )
    assert reaches(pair) == {"open": 1, "reaches": 1}


def test_a_wrong_word_is_a_tag_fault_and_expects_nothing(pair):
    pair.join()
    expect(pair, "ssh")
    assert {one["subject"] for one in pair.found("tag-fault")} == {pair.id("seoul")}
    assert reaches(pair) == {"open": 2}


def test_a_route_that_is_due_is_waited_for(pair):
    pair.join()
    expect(pair, "tcp/22")
    pair.pump.cut()
    (table,) = pair.ec2(SEOUL).describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [pair.id("neighbour")]}]
    )["RouteTables"]
    pair.ec2(SEOUL).delete_route(
        RouteTableId=table["RouteTableId"], DestinationCidrBlock=CIDRS["seoul"]
    )
    pair.pump.join()
    swept = pair.swept()
    assert swept.report["reaches"] == {"waits": 2}
    assert "expected-traffic-blocked" not in {one["code"] for one in swept.report["findings"]}


def not_carrying(pair):
    """The metric PeeringsNotCarrying of a sweep made now."""
    printed = []
    pair.pump.on_step(lambda step: printed.extend(getattr(step, "printed", ())))
    pair.swept()
    name = "PeeringsNotCarrying"
    return [json.loads(line)[name] for line in printed if name in line]


def test_only_what_a_tag_expects_counts_for_the_alarm(pair):
    pair.join()
    pair.acl("seoul")
    assert not_carrying(pair) == [[0.0]]
    expect(pair, "icmp")
    assert not_carrying(pair) == [[1.0]]


def test_the_verdict_on_the_routes_stays_the_same(pair):
    pair.join()
    pair.acl("seoul")
    expect(pair, "icmp")
    assert pair.swept().report["not_carrying"] == []


def test_with_off_nothing_is_asked_and_nothing_found():
    with Hosts("full", QUICK) as pair:
        pair.join()
        pair.acl("seoul")
        swept = pair.swept()
        assert asked(swept) == []
        assert not {one["code"] for one in swept.report["findings"]} & {*STRUCTURE}
