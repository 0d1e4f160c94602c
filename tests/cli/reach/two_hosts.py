"""Two hosts on a local cloud of this process, in Seoul and Tokyo, and the command as a role that reads.

The role has the policy that `reach --print-policy` prints, and nothing else.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import fastjsonschema
from botocore.session import Session
from peerkeeper.aws.pace import Pace
from peerkeeper.settings import Settings
from peerkeeper.values.traffic import traffic
from rich.console import Console

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.logins.login import Login
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.reach.asking import Asking
from peerkeeper_cli.reach.document import document
from peerkeeper_cli.reach.matrix_table import show_matrix
from peerkeeper_cli.reach.reached import reached
from peerkeeper_cli.reach.show import show
from peerkeeper_cli.reach.word import word
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.allowed_actions import hold, policy
from peerkeeper_cli.reader.progress import Silent
from peerkeeper_local.cloud import Delays, LocalCloud
from peerkeeper_local.iam import Role

ROOT = Path(__file__).parents[3]
VALIDATE = fastjsonschema.compile(
    json.loads((ROOT / "docs/schemas/cli/reach.schema.json").read_text())
)
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
OURS, THEIRS = "111122223333", "444455556666"
READER = f"arn:aws:iam::{OURS}:role/reader"
OTHER_READER = "network-reader"
"""The role in the other account."""
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": OURS}}
NETWORKS = {SEOUL: "10.1.0.0/16", TOKYO: "10.2.0.0/16"}


class TwoHosts:
    """The owner's hands; `seoul` and `tokyo` are the names of the instances."""

    def __init__(self, cloud: LocalCloud, settings: Settings, owner_of_tokyo: str = OURS) -> None:
        self.cloud, self.settings = cloud, settings
        self.accounts = {SEOUL: OURS, TOKYO: owner_of_tokyo}
        self.vpcs, self.subnets, self.groups, self.hosts = {}, {}, {}, {}
        for region, other in ((SEOUL, TOKYO), (TOKYO, SEOUL)):
            self._build(region, NETWORKS[region], NETWORKS[other])
        self.pcx = ""
        reads, other = json.loads(policy("reach")), json.loads(policy("reach", OTHER_READER))
        cloud.authority.add(Role("reader", READER, {"Statement": []}, (other,)))
        arn = f"arn:aws:iam::{THEIRS}:role/{OTHER_READER}"
        cloud.authority.add(Role(OTHER_READER, arn, {"Statement": [TRUST]}, (reads,)))

    def ec2(self, region):
        return self.cloud.client("ec2", region, account=self.accounts[region])

    def _build(self, region, cidr, peers):
        ec2 = self.ec2(region)
        name = "seoul" if region == SEOUL else "tokyo"
        vpc = self.vpcs[region] = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr.replace("/16", "/24"))["Subnet"]
        self.subnets[region] = subnet["SubnetId"]
        made = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)
        self.groups[region] = made["GroupId"]
        ec2.authorize_security_group_ingress(GroupId=made["GroupId"], IpPermissions=admits(peers))
        self.hosts[region] = self.host(region, name)

    def host(self, region, name="", **more):
        """Run an instance; return its id and its private address."""
        ec2 = self.ec2(region)
        tagged = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": name}]}]
        place = more or {
            "SubnetId": self.subnets[region],
            "SecurityGroupIds": [self.groups[region]],
        }
        (made,) = ec2.run_instances(
            ImageId=ec2.describe_images()["Images"][0]["ImageId"],
            MinCount=1,
            MaxCount=1,
            TagSpecifications=tagged if name else [],
            **place,
        )["Instances"]
        return made["InstanceId"], made["PrivateIpAddress"]

    def ask(self):
        """Request the peering in Seoul."""
        made = self.ec2(SEOUL).create_vpc_peering_connection(
            VpcId=self.vpcs[SEOUL],
            PeerVpcId=self.vpcs[TOKYO],
            PeerRegion=TOKYO,
            PeerOwnerId=self.accounts[TOKYO],
        )
        self.pcx = made["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self.cloud.clock.advance(60)

    def accept(self):
        self.ec2(TOKYO).accept_vpc_peering_connection(VpcPeeringConnectionId=self.pcx)
        self.cloud.clock.advance(60)

    def table(self, region):
        filters = [{"Name": "vpc-id", "Values": [self.vpcs[region]]}]
        return self.ec2(region).describe_route_tables(Filters=filters)["RouteTables"][0]

    def route(self, region):
        other = TOKYO if region == SEOUL else SEOUL
        self.ec2(region).create_route(
            RouteTableId=self.table(region)["RouteTableId"],
            DestinationCidrBlock=NETWORKS[other],
            VpcPeeringConnectionId=self.pcx,
        )

    def peered(self):
        """Accept and route everything."""
        self.ask()
        self.accept()
        self.route(SEOUL)
        self.route(TOKYO)

    def acl(self, region, *entries):
        """Give the subnet a network ACL of its own with these entries; return its id."""
        ec2 = self.ec2(region)
        made = ec2.create_network_acl(VpcId=self.vpcs[region])["NetworkAcl"]["NetworkAclId"]
        for number, (egress, protocol, first, last) in enumerate(entries, 1):
            ec2.create_network_acl_entry(
                NetworkAclId=made,
                RuleNumber=number * 10,
                Egress=egress,
                Protocol=protocol,
                RuleAction="allow",
                CidrBlock="0.0.0.0/0",
                **({"PortRange": {"From": first, "To": last}} if last else {}),
            )
        filters = [{"Name": "association.subnet-id", "Values": [self.subnets[region]]}]
        (old,) = ec2.describe_network_acls(Filters=filters)["NetworkAcls"]
        (here,) = (
            one["NetworkAclAssociationId"]
            for one in old["Associations"]
            if one["SubnetId"] == self.subnets[region]
        )
        ec2.replace_network_acl_association(AssociationId=here, NetworkAclId=made)
        return made

    def opened(self, **asked):
        session = Session()
        told = self.cloud.environment(READER)
        session.set_credentials(
            told["AWS_ACCESS_KEY_ID"],
            told["AWS_SECRET_ACCESS_KEY"],
            told.get("AWS_SESSION_TOKEN"),
        )
        hold(session, "reach")
        access = Access(
            [Login(OURS, session, "the reader", SEOUL)], pace=Pace(sleep=lambda _: None)
        )
        return Opened(
            AskedFor("reach", **asked),
            access,
            self.settings,
            "the test",
            located=False,
            now=self.cloud.clock.now(),
            regions=(TOKYO, SEOUL),
        )

    def reach(self, one="seoul", other="tokyo", of="icmp", **asked):
        """Ask as the role; the answer keeps to the schema."""
        opened = self.opened(**asked)
        found = reached(
            word(one), word(other), traffic(of), opened, Asking(opened.access, Silent())
        )
        VALIDATE(json.loads(json.dumps(document(found))))
        return found

    def reads(self):
        """The calls that the role made."""
        return [call for call in self.cloud.calls if "/reader/" in call.principal]


def admits(cidr):
    """A ping and SSH."""
    ranges = [{"CidrIp": cidr}]
    return [
        {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": ranges},
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": ranges},
    ]


def opened_cloud():
    """A cloud whose peerings change their state at once."""
    return LocalCloud(delays=Delays(initiating=1.0, provisioning=1.0, deleting=1.0))


def page(found, width=120, *, matrix=False):
    """What a terminal of this width shows."""
    console = Console(file=io.StringIO(), force_terminal=True, width=width, no_color=True)
    (show_matrix if matrix else show)(Page(console), found)
    return re.sub(r"\x1b\[[0-9;]*m", "", console.file.getvalue())


def states(way):
    """Each hop of a way's first answer."""
    return [(hop.kind.value, hop.back, hop.state.value) for hop in way.judged[0].answer.hops]


def stopped(way):
    """The hops that do not pass, in a word each."""
    hops = (hop for hop in way.judged[0].answer.hops if hop.state.value != "passed")
    return [f"{'back' if hop.back else 'there'}: {hop.kind.value}" for hop in hops]
