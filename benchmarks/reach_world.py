"""A location of 300 VPCs, each peered with the next, and all that judges their packets, as EC2 describes it.

In: reads. Out: what EC2 shows for them, and how many items that is. The figures of a VPC are in constants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from peerkeeper.aws import parse
from peerkeeper.aws.parse_further import observed as further
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Describe, Read

HERE = Location("111122223333", "ap-northeast-2")
VPCS, SUBNETS, ROUTES = 300, 3, 20
INTERFACES, GROUPS, RULES = 30, 5, 10
"""Of a VPC: its network interfaces, its security groups, and the inbound rules of each group."""
Raw = dict[str, Any]


def vpc_id(number: int) -> str:
    """Return the id of a VPC."""
    return f"vpc-{number % VPCS:017x}"


def cidr(number: int, third: int = 0, bits: int = 20) -> str:
    """Return the network of a VPC, or of one of its subnets."""
    number %= VPCS
    return f"10.{number // 16}.{number % 16 * 16 + third}.0/{bits}"


@dataclass
class ReachWorld:
    """Answers reads. `expects`: the value of `peerkeeper:expect` on each VPC, or nothing."""

    expects: str = ""

    def observed(self, reads: tuple[Read, ...]) -> tuple[Observed, int]:
        """Return what the reads show, and how many items: its pages follow from that."""
        kind = reads[0].kind
        if kind in (Describe.DNS_HOSTNAMES, Describe.DNS_SUPPORT):
            return Observed(reads, enabled=True), 1
        numbers = [int(one.value[4:], 16) for one in reads] if reads[0].value else [*range(VPCS)]
        raw = [item for number in numbers for item in self._of(kind, number)]
        return _parsed(reads, raw), len(raw)

    def _of(self, kind: Describe, number: int) -> Iterator[Raw]:
        makers: dict[Describe, Callable[[int], Iterator[Raw]]] = {
            Describe.VPCS: self._vpc,
            Describe.SUBNETS: _subnets,
            Describe.ROUTE_TABLES: _tables,
            Describe.PEERINGS: _peering,
            Describe.INTERFACES: _interfaces,
            Describe.GROUPS: _groups,
            Describe.ACLS: _acls,
        }
        return makers[kind](number)

    def _vpc(self, number: int) -> Iterator[Raw]:
        tags = {"peerkeeper:peers": "self"} | (
            {"peerkeeper:expect": self.expects} if self.expects else {}
        )
        yield {
            "VpcId": vpc_id(number),
            "OwnerId": HERE.account_id,
            "CidrBlock": cidr(number),
            "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        }


def _parsed(reads: tuple[Read, ...], raw: list[Any]) -> Observed:
    match reads[0].kind:
        case Describe.VPCS:
            return Observed(reads, vpcs=tuple(parse.vpc(one, HERE) for one in raw))
        case Describe.SUBNETS:
            return Observed(reads, subnets=tuple(parse.subnet(one, HERE) for one in raw))
        case Describe.ROUTE_TABLES:
            return Observed(reads, route_tables=tuple(parse.route_table(one, HERE) for one in raw))
        case Describe.PEERINGS:
            return Observed(reads, peerings=tuple(parse.peering(one, HERE) for one in raw))
        case _:
            return further(reads, raw)


def _subnets(number: int) -> Iterator[Raw]:
    for which in range(SUBNETS):
        yield {
            "SubnetId": f"subnet-{number:010x}{which:07x}",
            "VpcId": vpc_id(number),
            "OwnerId": HERE.account_id,
            "CidrBlock": cidr(number, which, 24),
        }


def _tables(number: int) -> Iterator[Raw]:
    peers = [(number + 1, number), (number - 1, (number - 1) % VPCS)]
    to_peers = [(cidr(peer), "VpcPeeringConnectionId", f"pcx-{pcx:017x}") for peer, pcx in peers]
    others = [(f"192.168.{n}.0/24", "TransitGatewayId", "tgw-1") for n in range(ROUTES - 3)]
    for which in range(SUBNETS):
        yield {
            "RouteTableId": f"rtb-{number:010x}{which:07x}",
            "VpcId": vpc_id(number),
            "OwnerId": HERE.account_id,
            "Associations": [{"SubnetId": f"subnet-{number:010x}{which:07x}"}],
            "Routes": [
                {
                    "DestinationCidrBlock": cidr(number),
                    "GatewayId": "local",
                    "Origin": "CreateRouteTable",
                },
                *(
                    {
                        "DestinationCidrBlock": to,
                        key: target,
                        "State": "active",
                        "Origin": "CreateRoute",
                    }
                    for to, key, target in (*to_peers, *others)
                ),
            ],
        }


def _peering(number: int) -> Iterator[Raw]:
    sides = (number, (number + 1) % VPCS)
    requester, accepter = (
        {
            "OwnerId": HERE.account_id,
            "Region": HERE.region,
            "VpcId": vpc_id(one),
            "CidrBlock": cidr(one),
            "PeeringOptions": {"AllowDnsResolutionFromRemoteVpc": True},
        }
        for one in sides
    )
    yield {
        "VpcPeeringConnectionId": f"pcx-{number:017x}",
        "Status": {"Code": "active"},
        "RequesterVpcInfo": requester,
        "AccepterVpcInfo": accepter,
    }


def _interfaces(number: int) -> Iterator[Raw]:
    for which in range(INTERFACES):
        address = cidr(number, which % SUBNETS, 24).replace(".0/24", f".{10 + which}")
        yield {
            "NetworkInterfaceId": f"eni-{number:010x}{which:07x}",
            "VpcId": vpc_id(number),
            "SubnetId": f"subnet-{number:010x}{which % SUBNETS:07x}",
            "OwnerId": HERE.account_id,
            "PrivateIpAddress": address,
            "PrivateIpAddresses": [{"PrivateIpAddress": address}],
            "Groups": [{"GroupId": f"sg-{number:010x}{which % GROUPS:07x}"}],
            "InterfaceType": "interface",
            "Description": "made by a benchmark",
        }


def _groups(number: int) -> Iterator[Raw]:
    peer = cidr(number + 1)
    for which in range(GROUPS):
        yield {
            "GroupId": f"sg-{number:010x}{which:07x}",
            "GroupName": f"group-{which}",
            "VpcId": vpc_id(number),
            "OwnerId": HERE.account_id,
            "IpPermissions": [
                {
                    "IpProtocol": "tcp",
                    "FromPort": 400 + port,
                    "ToPort": 400 + port,
                    "IpRanges": [{"CidrIp": f"192.168.{port}.0/24"}, {"CidrIp": peer}],
                }
                for port in range(RULES)
            ],
            "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
        }


def _acls(number: int) -> Iterator[Raw]:
    yield {
        "NetworkAclId": f"acl-{number:017x}",
        "VpcId": vpc_id(number),
        "OwnerId": HERE.account_id,
        "IsDefault": True,
        "Associations": [
            {"SubnetId": f"subnet-{number:010x}{which:07x}"} for which in range(SUBNETS)
        ],
        "Entries": [
            {
                "RuleNumber": rule,
                "Egress": egress,
                "RuleAction": action,
                "Protocol": "-1",
                "CidrBlock": "0.0.0.0/0",
            }
            for egress in (False, True)
            for rule, action in ((100, "allow"), (32767, "deny"))
        ],
    }
