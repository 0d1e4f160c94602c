"""The smallest change that the judge names for a hop: the aws CLI makes it as written, and the hop opens."""

import os
import subprocess
from collections.abc import Iterator

import pytest
from botocore import xform_name
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reachability import State, Verdict
from peerkeeper.values.traffic import traffic

from peerkeeper_cli.reach.call import LISTS, Reply
from peerkeeper_cli.reach.find_ends import find_ends
from peerkeeper_cli.reach.read_around import read_around
from peerkeeper_cli.reach.word import Kind, Word
from tests.served import HANGS, SEOUL, TOKYO, Served, serving, until

AWS = os.environ.get("AWS", "")
OURS = "111122223333"
ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not AWS, reason="needs the aws CLI: `make test` sets it up"),
]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("--speed", "60", "--no-functions") as served:
        yield served


class Host:
    """An interface in a VPC of its own. Its group and its ACL let nothing through."""

    def __init__(self, served, region, cidr):
        self.region = region
        self.ec2 = served.client("ec2", region)
        self.vpc = self.ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        part = cidr.replace(".0.0/16", ".4.0/24")
        made = self.ec2.create_subnet(VpcId=self.vpc, CidrBlock=part)["Subnet"]
        self.subnet = made["SubnetId"]
        group = self.ec2.create_security_group(GroupName="g", Description="g", VpcId=self.vpc)
        self.group = group["GroupId"]
        self.ec2.revoke_security_group_egress(
            GroupId=self.group,
            IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
        )
        interface = self.ec2.create_network_interface(SubnetId=self.subnet, Groups=[self.group])
        self.interface = interface["NetworkInterface"]["NetworkInterfaceId"]
        self.address = interface["NetworkInterface"]["PrivateIpAddress"]
        self.acl = self.ec2.create_network_acl(VpcId=self.vpc)["NetworkAcl"]["NetworkAclId"]
        self.ec2.replace_network_acl_association(
            AssociationId=self._association(), NetworkAclId=self.acl
        )

    def _association(self):
        found = self.ec2.describe_network_acls(
            Filters=[{"Name": "association.subnet-id", "Values": [self.subnet]}]
        )["NetworkAcls"]
        return next(
            one["NetworkAclAssociationId"]
            for acl in found
            for one in acl["Associations"]
            if one["SubnetId"] == self.subnet
        )

    def denies(self, number, protocol="-1", **more):
        for egress in (True, False):
            self.ec2.create_network_acl_entry(
                NetworkAclId=self.acl,
                RuleNumber=number,
                Protocol=protocol,
                RuleAction="deny",
                Egress=egress,
                CidrBlock="0.0.0.0/0",
                **more,
            )

    def table(self):
        found = self.ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])
        return found["RouteTables"][0]["RouteTableId"]

    def routes_away(self, cidr):
        """Send a network to the internet."""
        gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)
        self.ec2.create_route(
            RouteTableId=self.table(), DestinationCidrBlock=cidr, GatewayId=gateway
        )


class Asked:
    """One question, asked again after each change, as `peerkeeper reach` reads the cloud."""

    def __init__(self, served, one, other, word):
        self.served, self.word = served, traffic(word)
        words = [Word(Kind.INTERFACE, host.interface) for host in (one, other)]
        places = {Location(OURS, host.region) for host in (one, other)}
        found = find_ends(words, places, self._ask)
        self.ends = [found.ends[each][0] for each in words]

    def _ask(self, calls):
        return [Reply(call, tuple(self._items(call))) for call in calls]

    def _items(self, call):
        pages = self.served.client("ec2", call.location.region).get_paginator(
            xform_name(call.action)
        )
        filters = [{"Name": name, "Values": [*has]} for name, has in call.filters]
        for page in pages.paginate(Filters=filters):
            yield from page[LISTS[call.action]]

    def answer(self):
        around, unread = read_around(self.ends, self._ask)
        assert not unread
        return judge(around, *(end.points[0] for end in self.ends), self.word)

    def hop(self, like):
        """Return the same hop as it is now."""
        hops = self.answer().hops
        return next(hop for hop in hops if (hop.kind, hop.back) == (like.kind, like.back))

    def followed(self):
        """Run the command of one hop after the other. Each opens its hop. Return the operations."""
        done = []
        while (answer := self.answer()).verdict is Verdict.BLOCKED:
            done += self._opened(next(hop for hop in answer.blocking if hop.opening.command))
        return done, answer

    def _opened(self, hop):
        """Run the hop's command, and the next one: a request that is made is a peering to accept."""
        for _ in range(2):
            said = run(self.served, hop.opening.command)
            assert said.returncode == 0, said.stderr
            yield hop.opening.command.split()[2]
            assert until(lambda was=hop: self._goes_on(was))
            hop = self.hop(hop)
            if hop.state is State.PASSED:
                return
        raise AssertionError(hop)

    def _goes_on(self, was):
        """Tell whether the hop is open, or has another command. A peering on its way has none."""
        now = self.hop(was)
        return now.state is State.PASSED or now.opening.command not in ("", was.opening.command)


def run(served, command):
    return subprocess.run(
        ["bash", "-c", f'aws() {{ "{AWS}" "$@"; }}; {command}'],
        env=served.variables,
        text=True,
        capture_output=True,
        timeout=HANGS,
        check=False,
    )


def test_each_opening_opens_its_hop_and_all_together_the_way(served):
    """From two hosts that nothing joins and that let nothing through, to a ping and then to SSH."""
    one, other = Host(served, SEOUL, ONE), Host(served, TOKYO, OTHER)
    one.denies(90)
    other.denies(1000, "1", IcmpTypeCode={"Type": 0, "Code": -1})
    one.routes_away(f"{other.address}/32")
    opened = [
        "authorize-security-group-egress",
        "authorize-security-group-ingress",
        *["create-network-acl-entry"] * 4,
    ]
    joined = ["create-vpc-peering-connection", "accept-vpc-peering-connection"]
    done, answer = Asked(served, one, other, "icmp").followed()
    assert answer.verdict is Verdict.REACHES
    assert sorted(done) == sorted([*opened, *joined, "create-route", "replace-route"])
    done, answer = Asked(served, one, other, "tcp/22").followed()
    assert answer.verdict is Verdict.REACHES
    assert sorted(done) == sorted(opened)


def test_where_no_number_is_free_other_numbers_make_room(served):
    one, other = Host(served, SEOUL, ONE), Host(served, TOKYO, OTHER)
    one.denies(1)
    asked = Asked(served, one, other, "icmp")

    def openings():
        return [hop.opening for hop in asked.answer().blocking if hop.where == one.acl]

    assert [opening.command for opening in openings()] == ["", ""]
    for egress in (True, False):
        one.ec2.delete_network_acl_entry(NetworkAclId=one.acl, RuleNumber=1, Egress=egress)
    one.denies(2)
    for opening in openings():
        assert "--rule-number 1 " in opening.command
        assert run(served, opening.command).returncode == 0
    assert openings() == []
